"""The lines of a cohort in a file: a table as French spreadsheets read it, a workbook, or JSON Lines with the whole answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from api.terminal.problems import WrongRequest

if TYPE_CHECKING:
    from api.services.cohort import Everybody

_SUFFIXES = (".csv", ".xlsx", ".jsonl")
_COLUMNS = (
    "personne",
    "cible",
    "réponse",
    "prouvé",
    "heures",
    "coût",
    "semaines",
    "modules",
    "blocs restants",
    "à corriger",
)


def check(output: Path | None) -> None:
    """Refuse a file of a kind that can't be written."""
    if output is not None and output.suffix.lower() not in _SUFFIXES:
        raise WrongRequest("-o attend un fichier .csv, .xlsx ou .jsonl.")


def write(found: Everybody, output: Path) -> None:
    """One line per person."""
    {".csv": _csv, ".xlsx": _xlsx, ".jsonl": _jsonl}[output.suffix.lower()](found, output)


def _csv(found: Everybody, output: Path) -> None:
    import csv

    from reports.exporters.csv import SEPARATOR, inert
    from reports.wording import number

    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR)
        writer.writerow(_COLUMNS)
        for texts, figures, wrong in _rows(found):
            told = ["" if figure is None else number(figure) for figure in figures]
            writer.writerow([inert(cell) for cell in (*texts, *told, wrong)])


def _xlsx(found: Everybody, output: Path) -> None:
    from reports.exporters.xlsx.rows import write_rows

    rows = ((*texts, *figures, wrong) for texts, figures, wrong in _rows(found))
    output.write_bytes(write_rows("Personnes", _COLUMNS, rows))


def _jsonl(found: Everybody, output: Path) -> None:
    with output.open("w", encoding="utf-8") as file:
        for entry, figures in found.entries():
            head = {"person": entry.person, "target": entry.target, "aside": entry.aside, "problems": entry.said}
            whole = "null" if figures is None else figures.json.decode()
            file.write(f'{json.dumps(head, ensure_ascii=False)[:-1]}, "answer": {whole}}}\n')


_Row = tuple[tuple[str, ...], tuple[float | None, ...], str]
"""Texts, figures, and what is wrong."""


def _rows(found: Everybody) -> Iterator[_Row]:
    from api.terminal.cohort_page import STATUSES

    for entry, one in found.entries():
        if one is None:
            yield (entry.person, entry.target or "", "", ""), (None,) * 5, " ".join(entry.said)
            continue
        texts = (entry.person, entry.target or "", STATUSES[one.status], "oui" if one.proved else "non")
        yield texts, (one.hours, one.cost, one.weeks, one.modules, one.remaining), ""
