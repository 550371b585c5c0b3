"""Rows of cells → a workbook (*écriture du classeur*): titles frozen, a row of hints, closed lists to choose from, typed cells.

A text is a text whatever it starts with, and the same rows give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast
from zipfile import ZipFile

from referentials.formats.archive import packed
from referentials.formats.workbook_filling import Cells, Filling
from referentials.formats.workbook_form import Column, Form, Sheet
from referentials.formats.workbook_header import ASIDE, HINT, letters_of
from referentials.formats.workbook_values import YES

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LISTS, GUIDE = "Listes", "Lisez-moi"
"""Sheets that only help, and are not read."""

_ADVICE = (
    "Une ligne par élément ; les colonnes marquées * sont indispensables, les autres peuvent rester vides.",
    "Ce qui n'est pas connu reste vide : n'écrivez jamais une supposition.",
    f"La ligne qui commence par « {HINT.strip()} » explique, celle qui commence par « {ASIDE} » est un exemple : ni l'une ni l'autre n'est lue.",
    "Les colonnes peuvent changer d'ordre ; les formules ne se lisent pas : collez les valeurs.",
    "Essayez d'abord à blanc : passerelles import --dry-run classeur.xlsx dit tout ce qui ne va pas, sans rien changer.",
)
_CHOICES_DOWN_TO = 5_000
_DAY = "2000-01-01T00:00:00Z"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FONT = "Calibri"
_HEIGHTS = (32, 44)
"""Of the titles and of the hints, in points: two lines, three lines."""
_WIDEST, _NARROWEST = 44, 12


def workbook(filling: Filling, *, example: bool = False) -> bytes:
    """The bytes of a workbook.

    Parameters
    ----------
    example : bool
        Add a row that shows how to write, and that no one reads.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    lists = _Lists(filling.form.sheets)
    for sheet in filling.form.sheets:
        page = book.create_sheet(sheet.title)
        rows = filling.rows[sheet.title] + ([_example(sheet)] if example else [])
        _fill(page, sheet, rows)
        lists.offer(page, sheet)
    _guide(book.create_sheet(GUIDE), filling.form)
    lists.write(book)
    return _written(book, filling.form)


def _example(sheet: Sheet) -> Cells:
    """A row of examples, set aside by its first cell."""
    first, *rest = (column.example for column in sheet.columns)
    return (f"{ASIDE} {first or 'exemple'}", *rest)


# -- a sheet


def _fill(page: Worksheet, sheet: Sheet, rows: Sequence[Cells]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    top = Alignment(wrap_text=True, vertical="top")
    ground = PatternFill("solid", fgColor="E8EEF4")
    for number, column in enumerate(sheet.columns, 1):
        head, hint = _say(page, 1, number, _title(column)), _say(page, 2, number, HINT + (column.hint or _any(column)))
        head.font, head.fill, head.alignment = Font(name=_FONT, size=11, bold=True), ground, top
        hint.font, hint.alignment = Font(name=_FONT, size=10, italic=True, color="5A6472"), top
        _dress(page, column, number, max((len(str(cells[number - 1] or "")) for cells in rows), default=0))
    for row, cells in enumerate(rows, 3):
        for number, (column, value) in enumerate(zip(sheet.columns, cells, strict=True), 1):
            if value is not None:
                drawn = _say(page, row, number, value)
                drawn.number_format = column.kind.number_format if not isinstance(value, str) else "@"
                drawn.alignment = top
    page.row_dimensions[1].height, page.row_dimensions[2].height = _HEIGHTS
    page.freeze_panes = "B3"
    page.auto_filter.ref = f"A1:{letters_of(len(sheet.columns) - 1)}1" if not rows else None


def _title(column: Column) -> str:
    return column.title + (" *" if column.needed else "")


def _any(column: Column) -> str:
    return "choisir dans la liste" if column.choices else "texte"


def _dress(page: Worksheet, column: Column, number: int, longest: int) -> None:
    """The width of a column, and the format of the cells that people will fill."""
    dimension = page.column_dimensions[letters_of(number - 1)]
    wanted = max(len(_title(column)) + 2, len(column.hint) // 2 + 4, longest + 2, _NARROWEST)
    dimension.width, dimension.number_format = min(wanted, _WIDEST), column.kind.number_format


def _say(page: Worksheet, row: int, number: int, value: Any) -> Any:
    drawn = cast(Any, page.cell(row, number))
    drawn.value = value
    if isinstance(value, str):
        drawn.data_type = "s"
        drawn.quotePrefix = value[:1] in "=+-@"
    return drawn


def _guide(page: Worksheet, form: Form) -> None:
    lines = [form.title, "", *(f"{sheet.title} : {sheet.about}" for sheet in form.sheets), "", *_ADVICE]
    for row, line in enumerate(lines, 1):
        if line:
            _say(page, row, 1, line)
    page.column_dimensions["A"].width = 110


# -- closed lists


class _Lists:
    """The closed lists of a form, in a hidden sheet, for cells to choose from."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        columns = [column for sheet in sheets for column in sheet.columns]
        self._lists = list(dict.fromkeys(words for column in columns if (words := _words(column))))

    def offer(self, page: Worksheet, sheet: Sheet) -> None:
        """Let the cells of a sheet choose."""
        from openpyxl.worksheet.datavalidation import DataValidation

        for number, column in enumerate(sheet.columns):
            if words := _words(column):
                letters = letters_of(self._lists.index(words))
                said = f"'{LISTS}'!${letters}$1:${letters}${len(words)}"
                validation = DataValidation(type="list", formula1=said, allow_blank=True, showErrorMessage=True)
                validation.error, validation.errorTitle = "Choisissez dans la liste.", column.title[:30]
                validation.add(f"{letters_of(number)}3:{letters_of(number)}{_CHOICES_DOWN_TO}")
                page.add_data_validation(validation)

    def write(self, book: Workbook) -> None:
        """Write the lists."""
        page = book.create_sheet(LISTS)
        page.sheet_state = "hidden"
        for number, words in enumerate(self._lists, 1):
            for row, word in enumerate(words, 1):
                _say(page, row, number, word)


def _words(column: Column) -> tuple[str, ...]:
    from referentials.formats.workbook_values import CHOICE

    if column.kind is YES:
        return ("oui", "non")
    return tuple(column.choices.values()) if column.kind is CHOICE else ()


# -- the file


def _written(book: Workbook, form: Form) -> bytes:
    """The bytes; the library would else write the moment when it saved."""
    book.properties.title, book.properties.creator, book.properties.language = form.title, "Passerelles", "fr-FR"
    saved = io.BytesIO()
    book.save(saved)
    with ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    parts[core] = _MOMENT.sub(rb"\g<1>" + _DAY.encode(), parts[core])
    return packed(parts)
