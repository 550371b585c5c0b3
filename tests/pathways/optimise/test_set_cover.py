"""Weighted set covering (OR-Library) is the problem without prerequisites: known optima."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmarks.set_cover import read_set_cover
from pathways.optimise.dispatch import solve


@pytest.mark.parametrize("name", ["scp41", "scp42", "scp51"])
def test_a_set_cover_is_solved_to_its_known_optimum(samples: Path, name: str):
    file = samples / "bench" / "scp" / f"{name}.txt.gz"
    if not file.exists():
        pytest.skip("sample data not found")
    with (samples / "bench" / "known_optima.csv").open(encoding="utf-8") as rows:
        known = {row["instance"]: int(row["optimum"]) for row in csv.DictReader(rows)}
    answer = solve(read_set_cover(file))
    assert (answer.status, answer.value) == ("optimal", (known[name],))
