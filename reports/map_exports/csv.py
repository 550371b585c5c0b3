"""The national map for a spreadsheet (*CSV*), as French ones open it; a list is one cell, and no cell is run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from pathways.national_map import Row
from reports.exporters.csv import SEPARATOR, inert
from reports.language import say, translated
from reports.map_exports import Subject
from reports.map_exports.columns import columns, items

_WITHIN = " | "


def write(rows: Iterable[Row], subject: Subject, file: BinaryIO) -> int:
    """A line per passage, or per chain; how many there are."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    lines, shown, count = csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n"), columns(subject.chains), 0
    lines.writerow([inert(translated(column.title)) for column in shown])
    for one in items(rows, subject.chains):
        lines.writerow([_cell(column.read(one, subject.texts)) for column in shown])
        count += 1
    text.flush()
    text.detach()
    return count


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return say("oui") if value else say("non")
    return inert(_WITHIN.join(value) if isinstance(value, tuple) else str(value))
