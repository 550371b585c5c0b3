"""The width of columns on paper (*largeur des colonnes*): figures and days are never cut, and texts share what is left.

The shares that a paper asks for are wishes. A column of figures takes what its longest cell needs on one line; a column of text
takes its share of the rest, and at least its longest word. Widths are counted in characters of the text of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reports.paper import Block, ColumnKind, Figure, Paper, Section, Table

LINE = 104
"""Characters of the text of a table across a sheet of A4."""
MARGIN = 2
"""Characters that the margins of a cell take."""
LONGEST_FIGURE = 22
LONGEST_WORD = 15
"""What is longer may be cut."""

_BREAKS = re.compile("[ \n/@-]")  # a figure and its unit stay together: the space between them does not break


def fitted(paper: Paper) -> Paper:
    """The paper with the width that each column gets as its weight."""
    return paper.model_copy(
        update={"opening": _blocks(paper.opening), "sections": tuple(map(_section, paper.sections))}
    )


def _section(section: Section) -> Section:
    inside = {"blocks": _blocks(section.blocks), "sections": tuple(map(_section, section.sections))}
    return section.model_copy(update=inside)


def _blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(_block(block) for block in blocks)


def _block(block: Block) -> Block:
    if isinstance(block, Figure):
        return block.model_copy(update={"table": _table(block.table)})
    return _table(block) if isinstance(block, Table) else block


def _table(table: Table) -> Table:
    columns = zip(table.columns, column_widths(table), strict=True)
    return table.model_copy(
        update={"columns": tuple(column.model_copy(update={"weight": width}) for column, width in columns)}
    )


def column_widths(table: Table) -> list[float]:
    """The width of each column, in characters; their sum is that of the line, or more where nothing more can be cut.

    Examples
    --------
    >>> from reports.paper import Cell, Column
    >>> columns = (Column(title="Module", weight=3), Column(title="Prix", kind=ColumnKind.EUROS), Column(title="Note"))
    >>> row = (Cell(text="Concevoir"), Cell(text="1 234,50 €", value=1234.5), Cell())
    >>> column_widths(Table(name="t", caption="c", columns=columns, rows=(row,)))
    [69.0, 12, 23.0]
    """
    needed = [_needed(table, index) for index in range(len(table.columns))]
    wished = {index: one.weight for index, one in enumerate(table.columns) if one.kind is ColumnKind.TEXT}
    left = LINE - sum(width for index, width in enumerate(needed) if index not in wished)
    return [_shared(wished, needed, left).get(index, width) for index, width in enumerate(needed)]


def _shared(wished: dict[int, float], needed: Sequence[float], left: float) -> dict[int, float]:
    """What each column of text gets: its share of what is left, unless it needs more."""
    shares = {index: left * weight / sum(wished.values()) for index, weight in wished.items()}
    narrow = {index for index, share in shares.items() if share < needed[index]}
    if not narrow:
        return shares
    given = {index: needed[index] for index in narrow}
    others = {index: weight for index, weight in wished.items() if index not in narrow}
    return given | (_shared(others, needed, left - sum(given.values())) if others else {})


def _needed(table: Table, index: int) -> float:
    """What a column cannot do without."""
    column = table.columns[index]
    texts = [row[index].text for row in table.rows]
    total = table.total[index].text if table.total else ""
    words = max(_longest_word([column.title, total]), min(_on_two_lines(total), LONGEST_FIGURE))
    if column.kind is ColumnKind.TEXT:
        return max(words, _longest_word(texts)) + MARGIN
    return max(words, min(max(map(len, texts), default=0), LONGEST_FIGURE)) + MARGIN


def _longest_word(texts: Iterable[str]) -> int:
    return min(max((len(word) for text in texts for word in _BREAKS.split(text)), default=0), LONGEST_WORD)


def _on_two_lines(text: str) -> int:
    """The width that a text needs on two lines, in bold.

    Examples
    --------
    >>> _on_two_lines("au moins 375\u00a0h")
    9
    """
    words = text.split(" ")
    halves = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words) + 1))
    return 1 + min(max(map(len, pair)) for pair in halves)
