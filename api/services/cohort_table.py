"""People from a table (*tableau CSV*): the columns of the first sheet of the people's workbook, and what is held on the same row.

::

    Code;Cible;Heures par semaine;Diplômes;Blocs;Compétences
    p-001;tp-mn@2025;6;deme@2007;tp-remn@2019/CCP1 tp-remn@2019/CCP2;

References are separated by spaces. Each row is read as if it stood in the workbook, so many rows at once: a table of any length takes
the room of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from referentials.findings import Finding
from referentials.formats.exchange import Record, Upload
from referentials.formats.table import table
from referentials.formats.workbook_assembly import Assembly
from referentials.formats.workbook_people import FORM
from referentials.formats.workbook_source import Line, Page
from referentials.formats.workbook_values import folded

_AT_ONCE = 2_000
_LARGEST = 1_000_000_000
"""Bytes."""

_HELD: Mapping[str, str] = {
    "diplomes": "diplôme",
    "blocs": "bloc",
    "competences": "compétence",
    "modules": "module",
}
"""The columns of what is held, and what the workbook calls the nature of each."""

_PERSON, _REFERENCE, _NATURE = "Personne", "Référence", "Nature"


def read_table(path: Path) -> Iterator[Record | Finding]:
    """The people of a table, each as a row of the workbook; what is wrong comes after the rows read with it.

    Raises
    ------
    FileProblem
        It is no table.
    """
    with path.open("rb") as stream:
        found = table(Upload(path.name, stream, path.stat().st_size), _LARGEST)
        held = {name: _HELD[folded(name)] for name in found.columns if folded(name) in _HELD}
        said = [name for name in found.columns if name not in held]
        first = True
        while rows := list(islice(found.rows, _AT_ONCE)):
            batch = list(_batch(path.name, rows, said, held))
            yield from (one for one in batch if first or isinstance(one, Record) or one.where.line != 1)
            first = False


def _batch(
    name: str, rows: list[tuple[int, Mapping[str, str]]], said: list[str], held: Mapping[str, str]
) -> Iterator[Record | Finding]:
    assembly = Assembly(FORM, name)
    people: list[Line] = [
        (1, tuple(said)),
        *((line, tuple(row.get(one) or None for one in said)) for line, row in rows),
    ]
    items: list[Line] = [(1, (_PERSON, _REFERENCE, _NATURE)), *_items(rows, said, held)]
    assembly.read([Page(FORM.root.title, tuple(people)), Page(FORM.sheets[1].title, tuple(items))])
    yield from assembly.records()
    yield from assembly.findings


def _items(rows: list[tuple[int, Mapping[str, str]]], said: list[str], held: Mapping[str, str]) -> Iterator[Line]:
    """The rows of what is held, each under the code of its person."""
    key = next((name for name in said if folded(name) == folded(FORM.root.columns[0].title)), "")
    for line, row in rows:
        for column, nature in held.items():
            yield from ((line, (row.get(key), ref, nature)) for ref in row.get(column, "").split())
