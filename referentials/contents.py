"""A version's parts by their codes (*table des codes*): its own, for references, and those of outside nomenclatures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from referentials.model import Block, Competency, Referential
from referentials.provenance import Code


class Part(NamedTuple):
    """A block, and its competencies by code."""

    block: Block
    competencies: dict[str, Competency]


class Contents(NamedTuple):
    """The blocks of a version by code, the blocks that have each competency code, and the block of each outside code."""

    blocks: dict[str, Part]
    owners: dict[str, list[str]]
    named: dict[str, str]

    @classmethod
    def of(cls, version: Referential) -> Contents:
        blocks: dict[str, Part] = {}
        owners: dict[str, list[str]] = {}
        for block in version.known_blocks:
            blocks.setdefault(block.code, Part(block, {item.code: item for item in block.known_competencies}))
            for code in blocks[block.code].competencies:
                owners.setdefault(code, []).append(block.code)
        named = {squeezed(code.code): block.code for block in version.known_blocks for code in block.codes}
        return cls(blocks, owners, named)


def codes_of(version: Referential) -> Iterator[tuple[str, Code]]:
    """Every RNCP, RS and ministry code of a version and of its blocks, after the reference of what it names."""
    for code in (*version.codes.rncp, *version.codes.rs, *version.codes.ministry):
        yield version.key, code
    for block in version.known_blocks:
        for code in block.codes:
            yield f"{version.key}/{block.code}", code


def identities_of(version: Referential) -> Iterator[tuple[str, Code]]:
    """What another system calls a version and its parts, after the reference of what it names; a detail leads to its competency."""
    for one in version.origins:
        part = one.part.partition("~")[0]
        yield f"{version.key}/{part}" if part else version.key, Code(code=one.identifier)


def squeezed(code: str) -> str:
    """A code as it is looked for: in capitals, without spaces.

    Examples
    --------
    >>> squeezed("rncp 34137")
    'RNCP34137'
    """
    return "".join(code.split()).upper()
