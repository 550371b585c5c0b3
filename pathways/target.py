"""What is aimed at (*cible*): a certification, a block or a competency, and the facts that must become true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pathways.requirements import leaf_facts
from pathways.validity import is_open, last_day
from referentials.library import Library, UnknownReference
from referentials.model import Block, Kind, Referential
from referentials.reference import Ref, parse_ref
from referentials.requirement import Held

_ENDING = (Kind.TITRE_PROFESSIONNEL, Kind.CERTIFICATION_RNCP, Kind.CERTIFICATION_RS, Kind.DIPLOME_JEPS)
"""What is registered for some years, or withdrawn one speciality after the other: an end that was not read exists all the same."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target and the version it belongs to.

    Parameters
    ----------
    ref : str
        The full reference aimed at.
    version : Referential
        The version that contains it.
    goals : tuple of str
        The facts that must be true at the end.
    notices : tuple of str
        Codes of what the reader must know: ``not_in_force``, ``replaced``, ``end_not_read``.
    """

    ref: str
    version: Referential
    goals: tuple[str, ...]
    notices: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks that the target is made of."""
        code = parse_ref(self.ref).block
        return tuple(block for block in self.version.known_blocks if code in (None, block.code))

    @property
    def local(self) -> Ref:
        """The parsed reference."""
        return parse_ref(self.ref)


def aim(library: Library, text: str, on: date) -> Target:
    """The target that a text names, on a day.

    Raises
    ------
    UnknownReference
        Nothing has that reference.
    NotInForce
        The text names no version, and none is in force.
    """
    if not library.expand(text):
        raise UnknownReference(text, library.near(text))
    version = library.target(text.partition("/")[0], on)
    full = version.key + text[len(text.partition("/")[0]) :]
    found = library.expand(full)
    if not found:
        raise UnknownReference(full, library.near(full))
    return Target(found[0], version, _goals(library, found[0], version), tuple(_notices(library, version, on)))


def _notices(library: Library, version: Referential, on: date) -> Iterator[str]:
    if not is_open(library, version, on):
        yield "not_in_force"
    if version.replaced_by:
        yield "replaced"
    if version.kind in _ENDING and last_day(library, version, on) is None:
        yield "end_not_read"


def _goals(library: Library, full: str, version: Referential) -> tuple[str, ...]:
    """The facts to reach: what is named itself, or every competency of a framework, which awards nothing."""
    if "/" in full or version.kind is not Kind.CADRE_DE_COMPETENCES:
        return leaf_facts(library, Held(full))
    return tuple(key for key, _competency in version.competencies()) or (full,)
