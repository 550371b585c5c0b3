"""What a fiche of the national directory says (*fiche RNCP ou RS*), whichever file it was read in: texts, nothing interpreted yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from referentials.findings import Place

_DATED = re.compile(r"(?<!\d)(20\d\d)[-_](\d\d)[-_](\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class RawBlock:
    """One block of a fiche (*BLOC_COMPETENCES*). ``competencies`` is ``None`` where the file has no such column."""

    code: str
    title: str | None = None
    competencies: str | None = None
    assessment: str | None = None
    prerequisites: str | None = None


@dataclass(frozen=True, slots=True)
class RawCorrespondence:
    """One row of *CORRESPONDANCES*: the blocks of this fiche (none: the whole), and by fiche those of the others (none: the whole)."""

    source: tuple[str, ...]
    destination: tuple[tuple[str, tuple[str, ...]], ...]

    def __str__(self) -> str:
        held = " ; ".join(" + ".join((number, *blocks)) for number, blocks in self.destination)
        return f"SOURCE {' + '.join(self.source) or '(la fiche)'}, DESTINATION {held or '(rien)'}"


@dataclass(frozen=True, slots=True)
class Export:
    """The file that fiches come from: what to call it, and its day when its name has one."""

    title: str
    on: str | None = None


@dataclass(frozen=True, slots=True)
class RawFiche:
    """One fiche. ``dates`` are as written, by the names of the XML tags; what the file does not say is empty."""

    number: str
    title: str
    where: Place
    abbreviation: str | None = None
    level: str | None = None
    nsf: tuple[str, ...] = ()
    rome: tuple[str, ...] = ()
    formacode: tuple[str, ...] = ()
    certifiers: tuple[str, ...] = ()
    active: bool | None = None
    dates: Mapping[str, str] | None = None
    vae: bool | None = None
    entry: str | None = None
    capacities: str | None = None
    blocks: tuple[RawBlock, ...] = ()
    correspondences: tuple[RawCorrespondence, ...] = ()

    @property
    def is_rs(self) -> bool:
        """Whether it belongs to the *répertoire spécifique*, whose fiches have no block and no level."""
        return self.number.startswith("RS")


def day_of(name: str) -> str | None:
    """The day that the name of a file has, if it has one.

    Examples
    --------
    >>> day_of("export-fiches-rncp-v4-1-2026-07-21.zip"), day_of("fiches.xml")
    ('2026-07-21', None)
    """
    for found in _DATED.finditer(name):
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            continue
    return None
