"""What a workbook of ours looks like (*formulaire*): its sheets, their columns, and where each cell goes in the values of our files.

The first sheet of a form has one row for each thing; a row of another sheet names the row that it belongs to, and takes its place in a
list of it (a :class:`Slot`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from referentials.formats.workbook_values import CHOICE, DAY, HOURS, TEXT, WORDS, Kind, folded
from referentials.formats.workbook_words import CONFIDENCE

Path = tuple[str, ...]
NATURE: Path = ("#",)
"""Where a row says which of several lists it goes to."""


class Column(NamedTuple):
    """A column: what it is called, where its cells go, how they are read.

    ``link`` names the sheet whose row this cell names; ``low`` and ``high`` bound a number, ``longest`` a text; ``otherwise`` is what is shown when the
    group that the cell belongs to is there and says nothing.
    """

    title: str
    path: Path
    kind: Kind = TEXT
    hint: str = ""
    needed: bool = False
    choices: Mapping[str, str] = {}
    low: float | None = None
    high: float | None = None
    example: Any = None
    link: str = ""
    otherwise: Any = None
    longest: int = 32_767


def _itself(values: list[Any]) -> Any:
    return values


class Slot(NamedTuple):
    """Where the rows of a sheet go in the row that they belong to; ``nature`` tells several such places apart.

    ``gather`` makes one value of the rows, ``scatter`` makes rows of it again.
    """

    path: Path
    nature: str = ""
    gather: Callable[[list[Any]], Any] = _itself
    scatter: Callable[[Any], list[Any]] = list


class Sheet(NamedTuple):
    """A sheet. ``key`` is what its rows are named by; ``unit`` says that a row and all that belongs to it come in together or not."""

    title: str
    columns: tuple[Column, ...]
    about: str
    key: tuple[Path, ...] = ()
    slots: tuple[Slot, ...] = ()
    unit: bool = False
    nature_of: Callable[[Mapping[str, Any]], str] | None = None

    @property
    def links(self) -> tuple[Column, ...]:
        """The columns that name the row above, from the first sheet down."""
        return tuple(column for column in self.columns if column.link)

    @property
    def under(self) -> tuple[str, ...]:
        """The sheets that its rows may belong to, the nearest first; an empty link leads to the one before."""
        return tuple(column.link for column in reversed(self.links))


class Refusal(NamedTuple):
    """What forbids a thing, at a path of its values: the rule, what is wrong, what to do."""

    path: tuple[Any, ...]
    rule: str
    message: str
    remedy: str


def _nothing(_values: Mapping[str, Any]) -> Iterator[Refusal]:
    return iter(())


class Form(NamedTuple):
    """A workbook of one kind. ``always`` is what must be there, were it empty; two rows that say the same at all
    paths of an ``alike`` may be one thing twice; ``refusals`` tells what whoever reads the file knows against a thing."""

    id: str
    title: str
    record: str
    sheets: tuple[Sheet, ...]
    item: type[BaseModel] | None = None
    always: Mapping[str, Any] = {}
    alike: tuple[tuple[Path, ...], ...] = ()
    refusals: Callable[[Mapping[str, Any]], Iterator[Refusal]] = _nothing

    @property
    def root(self) -> Sheet:
        """The sheet that has one row for each thing."""
        return self.sheets[0]

    def below(self, title: str) -> Iterator[Sheet]:
        """The sheets whose rows may belong to a row of that one."""
        return (sheet for sheet in self.sheets if title in sheet.under)

    def sheet(self, title: str) -> Sheet | None:
        """The sheet of a title, whatever its case and accents."""
        return next((sheet for sheet in self.sheets if folded(sheet.title) == folded(title)), None)


def stated(*path: str, of: str) -> tuple[Column, ...]:
    """The three columns of a statement with its own sources and confidence."""
    return (
        Column(f"Confiance ({of})", (*path, "confidence"), CHOICE, choices=CONFIDENCE),
        Column(f"Sources ({of})", (*path, "sources"), WORDS, "identifiants de la feuille Sources"),
        Column(f"Remarque ({of})", (*path, "note")),
    )


def spans(*path: str, of: str) -> tuple[Column, ...]:
    """The columns of durations that a text sets."""
    names = (
        ("Durée totale", "total"),
        ("Théorie", "theory"),
        ("Pratique", "practice"),
        ("En entreprise au moins", "workplace_min"),
    )
    columns = (Column(f"{title} ({of})", (*path, "hours", name), HOURS, "heures", low=0) for title, name in names)
    return (*columns, *stated(*path, "hours", of=f"durées, {of}"))


def sources(link: str, about: str, *path: str) -> Sheet:
    """The sheet of the texts and pages that were read."""
    columns = (Column(link, (), link=link, hint=about), *source_columns())
    return Sheet("Sources", columns, "Les textes et les pages lus.", slots=(Slot((*path, "sources")),))


def source_columns(*path: str) -> tuple[Column, ...]:
    """The columns of one source."""
    return (
        Column("Identifiant de la source", (*path, "id"), hint="court, pour la citer ailleurs", example="arrete-2025"),
        Column("Texte ou page", (*path, "title"), needed=True, example="Arrêté du 4 mars 2025"),
        Column("Numéro officiel", (*path, "reference"), hint="NOR, JORFTEXT, fiche"),
        Column("Article", (*path, "article")),
        Column("Adresse", (*path, "url")),
        Column("Relu le", (*path, "checked_on"), DAY, "JJ/MM/AAAA"),
        Column("Remarque sur la source", (*path, "note")),
    )
