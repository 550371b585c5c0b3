"""The rows of a Moodle competency framework (*fichier CSV d'un référentiel Moodle*): its columns under each of their names.

Two generations of files exist, with 12 columns and with 14, and headers differ in case, and in language where Moodle speaks another
one: known names are followed, else the number of columns tells which is which. No column gives the order: that of the rows does.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from referentials.formats.exchange import Upload
from referentials.formats.text import clean, decoded
from referentials.formats.upload import content_of, refused

COLUMNS = {
    "parent": "Parent id number",
    "id": "Id number",
    "short": "Shortname",
    "description": "Description",
    "format": "Description format",
    "scale": "Scale values",
    "scale_configuration": "Scale configuration",
    "rule": "Rule type (optional)",
    "rule_outcome": "Rule outcome (optional)",
    "rule_configuration": "Rule config (optional)",
    "related": "Cross referenced competency id numbers",
    "exported": "Exported id (optional)",
    "is_framework": "Is framework",
    "taxonomy": "Taxonomy",
}
"""Our name of each column, and the header that Moodle writes today."""

_OLDER = [name for name in COLUMNS if name not in ("related", "exported")]
_BY_COUNT = {len(COLUMNS): list(COLUMNS), len(_OLDER): _OLDER}
_OTHER_NAMES = {"parentid": "parent", "taxonomies": "taxonomy", "relatedidnumbers": "related", "exportid": "exported"}
_NEEDED = {"parent", "id", "short", "is_framework"}
_FORMULA = "=+-@\t"
_MOST_LINES = 100_000

LONGEST = 100
"""How many characters Moodle keeps of a short name and of an id number."""

AT_MOST = 12_000_000
"""How many bytes a file may have."""


@dataclass(frozen=True)
class Row:
    """One row: its line in the file, its cells by the names of :data:`COLUMNS`."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def rows_of(upload: Upload) -> Iterator[Row]:
    """Every row after the header.

    Raises
    ------
    FileProblem
        The file is too large, is no CSV, or its columns are not those of a competency framework.
    """
    text = decoded(content_of(upload, AT_MOST))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    names: Sequence[str] | None = None
    try:
        for cells in reader:
            if names is None:
                names = _names(upload, cells)
            elif reader.line_num > _MOST_LINES:
                raise refused(upload, "fichier-trop-gros", f"Le fichier a plus de {_MOST_LINES} lignes.", _AGAIN)
            elif any(cell.strip() for cell in cells):
                yield Row(reader.line_num, {name: _read(cell) for name, cell in zip(names, cells, strict=False)})
    except csv.Error:
        message = f"Le fichier cesse d'être un CSV lisible vers la ligne {reader.line_num + 1}."
        raise refused(upload, "csv-illisible", message, _AGAIN, reader.line_num + 1) from None
    if names is None:
        raise refused(upload, "moodle-colonnes", "Le fichier est vide.", _AGAIN, 1)


_AGAIN = "Exportez de nouveau le référentiel depuis Moodle, en CSV, sans l'ouvrir dans un tableur."


def _separator(text: str) -> str:
    first = text.lstrip("\ufeff \r\n").partition("\n")[0]
    return max(",;\t", key=first.count)


def _names(upload: Upload, header: Sequence[str]) -> list[str]:
    """What each column is."""
    known = {_squeezed(title): name for name, title in COLUMNS.items()} | _OTHER_NAMES
    found = [known.get(_squeezed(title), "") for title in header]
    if set(found) >= _NEEDED:
        return found
    if len(header) in _BY_COUNT:
        return _BY_COUNT[len(header)]
    message = f"Les colonnes ne sont pas celles d'un référentiel Moodle : {len(header)} colonnes, 12 ou 14 attendues."
    raise refused(upload, "moodle-colonnes", message, _AGAIN, 1)


def _squeezed(title: str) -> str:
    return re.sub(r"\(.*?\)|[^a-z]", "", title.lower())


def _read(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from computing it."""
    return clean(cell[1:] if cell.startswith("'") and _is_formula(cell) else cell)


def _written(cell: str) -> str:
    return f"'{cell}" if _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    return cell.lstrip("'").startswith(tuple(_FORMULA))


def csv_of(columns: Mapping[str, str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The file of these rows, as Moodle reads it: UTF-8, commas; ``columns`` gives the header of each cell's name."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns.values())
    writer.writerows([_written(row.get(name, "")) for name in columns] for row in rows)
    return out.getvalue().encode()


def short_name(title: str) -> str:
    """A title in the room there is, cut at a word.

    Examples
    --------
    >>> short_name("Accueillir " * 20)[-12:], len(short_name("Accueillir " * 20))
    ('Accueillir …', 100)
    """
    if len(title) <= LONGEST:
        return title
    head = title[: LONGEST - 2]
    whole_words = head.rpartition(" ")[0] if " " in head and title[LONGEST - 2] != " " else head
    return f"{(whole_words or head).rstrip()} …"


def id_number(identifier: str) -> str:
    """An id number in the room there is: the end of a longer one gives way to a digest of the whole."""
    if len(identifier) <= LONGEST:
        return identifier
    return f"{identifier[: LONGEST - 9]}~{hashlib.sha256(identifier.encode()).hexdigest()[:8]}"
