"""OR-Library weighted set covering files, read as problems: one fact per row, one action per column."""

from __future__ import annotations

import gzip
from pathlib import Path

from pathways.optimise.problem import Action, Problem


def read_set_cover(file: Path) -> Problem:
    """Rows, columns; the columns' costs; for each row how many columns cover it, and which (from 1)."""
    with gzip.open(file, "rt", encoding="ascii") as text:
        numbers = iter([int(word) for word in text.read().split()])
    rows, columns = next(numbers), next(numbers)
    costs = [next(numbers) for _ in range(columns)]
    covers: list[set[int]] = [set() for _ in range(columns)]
    for row in range(rows):
        for _ in range(next(numbers)):
            covers[next(numbers) - 1].add(row)
    actions = tuple(
        Action(f"column-{i + 1:05}", frozenset(), frozenset(some), (cost,))
        for i, (some, cost) in enumerate(zip(covers, costs, strict=True))
    )
    return Problem(tuple(f"row-{i + 1:05}" for i in range(rows)), frozenset(), actions, frozenset(range(rows)))
