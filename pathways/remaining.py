"""How much is left of a target (*ce qui reste*): how many more blocks its award asks for, and their known competencies.

An award may ask for *k* of *n* blocks: what is left is then the fewest blocks that meet it, those with the fewest competencies
left first. Exact where each block is named once, which is how awards are written; else a number that is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pydantic import Field

from pathways.requirements import leaf_facts
from referentials.library import Library
from referentials.model import Kind, Referential
from referentials.provenance import Value
from referentials.requirement import AllOf, AnyOf, AtLeast, Requirement, leaves, parts


class Remaining(Value):
    """How much is left, counting as missing what is to confirm."""

    blocks: int = Field(description="Blocs qu'il faut encore, au moins.")
    competencies: int = Field(description="Compétences connues qui restent dans ces blocs.")
    among: int | None = Field(
        None, description="Blocs non acquis parmi lesquels ils se choisissent ; vide : aucun choix."
    )


class _Way(NamedTuple):
    """A way to meet a requirement: how many things other than blocks of the target it needs, and which blocks."""

    others: int
    blocks: frozenset[str]


def remaining(
    library: Library, version: Referential, left: Mapping[str, int], is_true: Callable[[str], bool]
) -> Remaining:
    """What is left of a whole certification.

    Parameters
    ----------
    left : mapping
        The blocks that are not acquired, by reference, with how many of their competencies are not.
    is_true : callable
        Whether a fact is acquired.
    """
    if version.award is None or version.kind is Kind.CADRE_DE_COMPETENCES:
        needed = frozenset(ref for ref in left if _is_asked(version, ref))
        return Remaining(blocks=len(needed), competencies=sum(left[ref] for ref in needed))
    way = _least(library, version.award, left, is_true)
    named = {fact for leaf in leaves(version.award) for fact in leaf_facts(library, leaf)} & left.keys()
    among = len(named) if len(named) > len(way.blocks) and way.blocks else None
    return Remaining(blocks=len(way.blocks), competencies=sum(left[ref] for ref in way.blocks), among=among)


def asks_for_every_block(version: Referential) -> bool:
    """Whether what is left is every block that is not acquired: nothing optional, nothing to choose, nothing else asked for."""
    if any(block.optional for block in version.known_blocks):
        return False
    if version.award is None or version.kind is Kind.CADRE_DE_COMPETENCES:
        return True
    every = {f"{version.key}/{block.code}" for block in version.known_blocks}
    named = [str(getattr(leaf, "root", "")) for leaf in leaves(version.award)]
    return isinstance(version.award, AllOf) and len(named) == len(parts(version.award)) and set(named) == every


def _is_asked(version: Referential, ref: str) -> bool:
    block = version.block(ref.rpartition("/")[2])
    return block is not None and not block.optional


def _least(library: Library, requirement: Requirement, left: Mapping[str, int], is_true: Callable[[str], bool]) -> _Way:
    ways = [_least(library, part, left, is_true) for part in parts(requirement)]
    if isinstance(requirement, AllOf):
        return _together(ways)
    if isinstance(requirement, AnyOf | AtLeast):
        needed = 1 if isinstance(requirement, AnyOf) else requirement.at_least
        ranked = sorted(ways, key=lambda way: _cost(way, left))
        return _together(ranked[:needed])
    met_by = leaf_facts(library, requirement)
    if any(is_true(fact) for fact in met_by):
        return _Way(0, frozenset())
    own = [fact for fact in met_by if fact in left]
    return _Way(0, frozenset(own[:1])) if own else _Way(1, frozenset())


def _together(ways: Iterable[_Way]) -> _Way:
    some = list(ways)
    return _Way(sum(way.others for way in some), frozenset().union(*(way.blocks for way in some)))


def _cost(way: _Way, left: Mapping[str, int]) -> tuple[int, int, int, list[str]]:
    return way.others, len(way.blocks), sum(left[ref] for ref in way.blocks), sorted(way.blocks)
