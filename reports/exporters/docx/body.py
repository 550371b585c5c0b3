"""The blocks of a paper as paragraphs and tables of a text document."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from reports.archive import settled
from reports.columns import fitted
from reports.exporters.docx.markup import BOX, cell, element, paragraph, row, run, table, widths
from reports.exporters.docx.styles import sheet
from reports.language import NO_BREAK, speaking
from reports.paper import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Facts,
    Figure,
    Items,
    Notice,
    Paper,
    Section,
    Signature,
    Signatures,
    Table,
    Text,
    Tone,
)
from reports.paper_wording import WORDS
from reports.tones import ACCENT, BY_DAY, QUIET

TALL = 600
"""Characters: a cell that may need more than a page."""

SHORT = 300
"""Characters: what a drawing shows, when it can be read in a glance."""

DEEPEST = 3
"""Headings have three levels."""


def text_document(paper: Paper) -> bytes:
    """A paper as the bytes of a text document."""
    with speaking(paper.language):
        document = sheet(paper)
        end = document.element.body[-1]  # the properties of the sheet, which stay last
        for piece in _close(_pieces(fitted(paper))):
            end.addprevious(element(piece))
    written = io.BytesIO()
    document.save(written)
    return settled(written.getvalue())


def _pieces(paper: Paper) -> Iterator[str]:
    yield paragraph(run(paper.title), "Title")
    if paper.subtitle:
        yield paragraph(run(paper.subtitle), "Subtitle")
    for block in paper.opening:
        yield from _block(block)
    for section in paper.sections:
        yield from _section(section, 1)


def _close(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces without the line that would stand between a table and a new page, and might fill a page alone."""
    every = [*pieces, ""]
    for piece, following in pairwise(every):
        if piece != _GAP or "w:pageBreakBefore" not in following:
            yield piece


def _section(section: Section, level: int) -> Iterator[str]:
    yield paragraph(run(section.title), f"Heading{min(level, DEEPEST)}", new_page=section.new_page)
    for block in section.blocks:
        yield from _block(block)
    for part in section.sections:
        yield from _section(part, level + 1)


def _block(block: Block) -> Iterator[str]:
    yield from _DRAWN[type(block)](block)


# -- words ----------------------------------------------------------------------------------------------------------------


def _text(block: Text) -> Iterator[str]:
    yield paragraph(run(block.text), "MainSentence" if block.strong else "Normal")


def _items(block: Items) -> Iterator[str]:
    for item in block.items:
        yield paragraph(BOX + run(f" {item}"), "Box") if block.boxes else paragraph(run(item), "ListBullet")


def _notice(block: Notice) -> Iterator[str]:
    shade = BY_DAY[block.tone]
    quiet = (ACCENT, BY_DAY[Tone.MISSING].ground)
    yield paragraph(run(block.text), "Message", shade=quiet if block.tone is Tone.NEUTRAL else shade)


# -- tables ---------------------------------------------------------------------------------------------------------------


def _facts(block: Facts) -> Iterator[str]:
    if block.facts:
        yield from _large_facts(block) if block.large else _plain_facts(block)


def _plain_facts(block: Facts) -> Iterator[str]:
    sizes = widths((1, 2.4))
    rows = (
        row((cell(paragraph(run(fact.name, ink=QUIET), "Cell"), sizes[0]), _cell(fact.cell, sizes[1], ground=False)))
        for fact in block.facts
    )
    yield table(rows, sizes, "Ruled")
    yield _GAP


def _large_facts(block: Facts) -> Iterator[str]:
    sizes = widths([1] * len(block.facts))
    cells = (
        cell(
            paragraph(run(fact.name), "FigureName")
            + paragraph(run(fact.cell.text, ink=_ink(fact.cell)), "FigureValue"),
            size,
            framed=True,
        )
        for fact, size in zip(block.facts, sizes, strict=True)
    )
    yield table([row(cells)], sizes, "Boxes")
    yield _GAP


def _table(block: Table) -> Iterator[str]:
    sizes = widths([column.weight for column in block.columns])
    yield paragraph(run(block.caption or block.name), "Caption")
    yield table(_rows(block, sizes), sizes, "Ruled", block.caption, head=True, last=bool(block.total))
    yield paragraph(run(block.note), "Note") if block.note else _GAP


def _rows(block: Table, sizes: list[int]) -> Iterator[str]:
    columns = list(zip(block.columns, sizes, strict=True))
    yield row(
        (cell(paragraph(run(column.title), "HeadCell", right=_is_number(column)), size) for column, size in columns),
        head=True,
    )
    for cells in (*block.rows, *([block.total] if block.total else [])):
        bold = cells is block.total
        drawn = (_cell(one, size, column, bold=bold) for one, (column, size) in zip(cells, columns, strict=True))
        yield row(drawn, whole=max((len(one.text) for one in cells), default=0) < TALL)


def _cell(one: Cell, width: int, column: Column | None = None, *, ground: bool = True, bold: bool = False) -> str:
    right = column is not None and _is_number(column)
    ink = QUIET if right and one.value is None and one.tone is Tone.NEUTRAL else _ink(one)
    shade = BY_DAY[one.tone].ground if ground and one.tone is not Tone.NEUTRAL else ""
    return cell(paragraph(run(one.text, bold=bold, ink=ink), "Cell", right=right), width, ground=shade)


def _is_number(column: Column) -> bool:
    return column.kind is not ColumnKind.TEXT


def _ink(one: Cell) -> str:
    return "" if one.tone is Tone.NEUTRAL else BY_DAY[one.tone].ink


def _figure(block: Figure) -> Iterator[str]:
    """What the drawing shows, in figures; in words too where they are short. Nothing, where another table says it."""
    if block.told:
        return
    yield paragraph(run(block.caption), "Caption")
    if len(block.alternative) <= SHORT:
        yield paragraph(run(block.alternative), "Normal")
    pieces = _table(block.table)
    if block.table.caption == block.caption:
        next(pieces)  # said once
    yield from pieces


def _signatures(block: Signatures) -> Iterator[str]:
    sizes = widths((1, 1))
    pairs = [block.signatures[start : start + 2] for start in range(0, len(block.signatures), 2)]
    rows = (row(_signature(one, size) for one, size in zip((*pair, None), sizes, strict=False)) for pair in pairs)
    yield table(rows, sizes, "Boxes")
    yield _GAP


def _signature(one: Signature | None, width: int) -> str:
    if one is None:
        return cell(paragraph("", "Cell"), width)
    lines = [paragraph(run(one.role, bold=True), "Cell"), paragraph(run(one.name or _blank("name")), "Cell")]
    lines += [paragraph(run(_blank(word)), "Cell") for word in ("at", "on")]
    lines += [paragraph(run(f"{WORDS['signature']}{NO_BREAK}:"), "Cell"), *[paragraph("", "Normal")] * 4]
    return cell("".join(lines), width, framed=True)


def _blank(word: str) -> str:
    return f"{WORDS[word]}{NO_BREAK}: {'.' * 40}"


_GAP = paragraph("", "Note")
"""A line between a table and what follows; two tables would else become one."""

_DRAWN: Mapping[type, Callable[[Any], Iterator[str]]] = {
    Text: _text,
    Items: _items,
    Facts: _facts,
    Table: _table,
    Figure: _figure,
    Notice: _notice,
    Signatures: _signatures,
}
