"""The first sheet of a workbook (*résumé*): what the document is, what it says in words and key figures, and its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from reports.exporters.xlsx.cells import TOP_LEFT, at, font, grow, put, say
from reports.exporters.xlsx.number_formats import decimals_of, kind_of
from reports.language import NO_BREAK
from reports.paper import Block, Fact, Facts, Items, Notice, Paper, Section, Text, Tone
from reports.paper_wording import WORDS
from reports.tones import ACCENT, BY_DAY, QUIET

WIDTHS = (34, 70)
"""Of the two columns, in characters."""


def summarise(sheet: Worksheet, paper: Paper, names: Sequence[str]) -> None:
    sheet.title = WORDS["summary"]
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = WIDTHS
    sheet.sheet_view.showGridLines = False
    for row, (words, size, bold, ink) in enumerate(_heading(paper), 1):
        say(at(sheet, row, 1), words, size=size, bold=bold, ink=ink, wrap=False)
        grow(sheet, row, [("", 1)], size)
    for block in paper.opening:
        _add(sheet, block)
    for section in paper.sections:
        _section(sheet, section)
    _contents(sheet, paper, names)


def _heading(paper: Paper) -> Iterator[tuple[str, int, bool, str]]:
    yield paper.kind, 9, False, QUIET
    yield paper.title, 16, True, ACCENT
    if paper.subtitle:
        yield paper.subtitle, 10, False, QUIET
    yield f"{WORDS['reference']}{NO_BREAK}: {paper.reference}", 10, False, QUIET
    if paper.illustrative:
        yield WORDS["illustrative"], 10, True, BY_DAY[Tone.WARNING].ink


def _section(sheet: Worksheet, section: Section) -> None:
    told = [block for block in section.blocks if isinstance(block, Text | Facts | Items | Notice)]
    if told:
        say(at(sheet, sheet.max_row + 2, 1), section.title, size=12, bold=True, ink=ACCENT, wrap=False)
    for block in told:
        _add(sheet, block)
    for part in section.sections:
        _section(sheet, part)


def _add(sheet: Worksheet, block: Block) -> None:
    """What a block says, at the end of the summary."""
    if isinstance(block, Facts):
        for fact in block.facts:
            _fact(sheet, fact, bold=block.large)
    elif isinstance(block, Text | Notice):
        tone = block.tone if isinstance(block, Notice) else Tone.NEUTRAL
        _sentence(sheet, block.text, tone, bold=isinstance(block, Text) and block.strong)
    elif isinstance(block, Items):
        for item in block.items:
            _sentence(sheet, f"{'☐' if block.boxes else '•'} {item}", Tone.NEUTRAL)


def _sentence(sheet: Worksheet, text: str, tone: Tone, *, bold: bool = False) -> None:
    row = sheet.max_row + 1
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    say(at(sheet, row, 1), text, bold=bold, tone=tone)
    grow(sheet, row, [(text, sum(WIDTHS))])


def _fact(sheet: Worksheet, fact: Fact, *, bold: bool) -> None:
    row = sheet.max_row + 1
    say(at(sheet, row, 1), fact.name, ink=QUIET)
    grow(sheet, row, zip((fact.name, fact.cell.text), WIDTHS, strict=True))
    kind = kind_of(fact.cell)
    put(at(sheet, row, 2), fact.cell, kind, decimals_of([fact.cell], kind))
    at(sheet, row, 2).alignment = TOP_LEFT
    if bold:
        at(sheet, row, 2).font = font(bold=True, ink=BY_DAY[fact.cell.tone].ink)


def _contents(sheet: Worksheet, paper: Paper, names: Sequence[str]) -> None:
    """A link to each sheet."""
    first = sheet.max_row + 2
    say(at(sheet, first, 1), WORDS["contents"], size=12, bold=True, ink=ACCENT)
    for row, (name, table) in enumerate(zip(names, paper.tables, strict=True), first + 1):
        say(at(sheet, row, 1), name, ink=ACCENT)
        at(sheet, row, 1).hyperlink = f"#{_quoted(name)}!A1"
        say(at(sheet, row, 2), table.caption)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
