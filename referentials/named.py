"""A number that rights name + what they name under it → what is known of a fiche that nobody read (*fiche nommée, non lue*).

A fiche recognises the blocks of others, often older, that the file at hand may not have. Whoever holds one of these can say so all the same: their number, and
the codes of the blocks that are named, are enough for the right to play. Nothing else is known of them, and nothing else is said: they have neither
title, nor rule of award, nor dates, and none can be aimed at. The real fiche takes their place as soon as it is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from referentials.model import Block, Codes, Kind, Referential, State
from referentials.provenance import Code, Confidence
from referentials.reference import Ref, parse
from referentials.registers import FICHE, is_fiche
from referentials.requirement import references
from referentials.rights import Recognition

NOTE = "Fiche non lue : seuls les blocs que nomme une passerelle sont connus."


def blocks_named(recognitions: Iterable[Recognition]) -> dict[str, frozenset[str]]:
    """The codes of the blocks that rights ask for, by fiche of a national directory; none for one that is named as a whole only."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item in recognitions:
        for ref in map(parse, references(item.given)):
            if isinstance(ref, Ref) and ref.version in (None, FICHE) and is_fiche(ref.referential):
                found[ref.referential].update([ref.block] if ref.block else ())
    return {identifier: frozenset(codes) for identifier, codes in found.items()}


def unread(identifier: str, codes: Iterable[str]) -> Referential:
    """The fiche of an identifier, as far as rights name it.

    Examples
    --------
    >>> found = unread("rncp90010", ["RNCP90010BC01"])
    >>> found.title, [block.code for block in found.blocks], found.award
    ('RNCP90010 (fiche non lue)', ['RNCP90010BC01'], None)
    """
    number = identifier.upper()
    blocks = tuple(_block(code, number) for code in sorted(codes))
    specific = number.startswith("RS")
    own = (Code(code=number),)
    return Referential(
        id=identifier,
        version=FICHE,
        title=f"{number} (fiche non lue)",
        short_title=number,
        kind=Kind.CERTIFICATION_RS if specific else Kind.CERTIFICATION_RNCP,
        state=State.NAMED,
        codes=Codes(rs=own) if specific else Codes(rncp=own),
        confidence=Confidence.TO_CONFIRM,
        note=NOTE,
        blocks=blocks or None,
        complete=False,
    )


def _block(code: str, number: str) -> Block:
    return Block(code=code, codes=(Code(code=code),) if code.startswith(number) else ())
