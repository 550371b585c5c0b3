"""The Balanced Academic Curriculum Problem (CSPLib 30), every sample file, against a plain CP-SAT model in the same run.

Every course is a module that the target requires, its credits are minutes, a prerequisite is a fact that the course before
makes true; periods with a minimum and a maximum of credits and of courses; the heaviest period is to be as light as it can.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pathways.optimise.problem import Action, Problem
from pathways.optimise.timetable import Free, Grid, TimetableProblem
from pathways.optimise.timetable_solve import solve_timetable


@dataclass(frozen=True)
class Curriculum:
    """Credits of each course, pairs (course, what it needs), and the bounds of every period."""

    name: str
    periods: int
    credits: tuple[int, ...]
    needs: tuple[tuple[int, int], ...]
    credits_bounds: tuple[int, int]
    courses_bounds: tuple[int, int]


def folder() -> Path:
    """The folder of sample data."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    return Path(os.environ.get("PASSERELLES_SAMPLES") or beside) / "bench"


def curricula(samples: Path) -> Iterator[Curriculum]:
    """Every file, by name."""
    for path in sorted((samples / "bacp").iterdir(), key=lambda path: (path.suffix, len(path.name), path.name)):
        yield _from_dat(path) if path.suffix == ".dat" else _from_json(path)


def _from_json(path: Path) -> Curriculum:
    data = json.loads(path.read_text("utf-8"))
    needs = tuple((course, before) for course, before in data["prerequisites_0based_course_then_prereq"])
    credits_bounds = data["load_lb"], data["load_ub"]
    return Curriculum(
        path.stem, data["periods"], tuple(data["load"]), needs, credits_bounds, (data["courses_lb"], data["courses_ub"])
    )


def _from_dat(path: Path) -> Curriculum:
    text = re.sub(r"/\*.*?\*/|//[^\n]*", " ", path.read_text("utf-8"), flags=re.DOTALL)
    fields = dict(re.findall(r"(\w+)\s*=\s*([^;]*);", text))
    courses = re.findall(r"\w+", fields["courses"])
    rank = {course: number for number, course in enumerate(courses)}
    pairs = re.findall(r"<\s*(\w+)\s*,\s*(\w+)\s*>", fields["prereq"])
    needs = tuple(sorted({(rank[course], rank[before]) for course, before in pairs}))
    bounds = {name: int(fields[name]) for name in "pabcd"}
    amounts = tuple(int(amount) for amount in re.findall(r"\d+", fields["credit"]))
    assert len(amounts) == len(courses)
    return Curriculum(path.stem, bounds["p"], amounts, needs, (bounds["a"], bounds["b"]), (bounds["c"], bounds["d"]))


def timetable_problem(curriculum: Curriculum) -> TimetableProblem:
    """The curriculum as a timetable on a grid of periods."""
    count = len(curriculum.credits)
    before: dict[int, set[int]] = {}
    for course, needed in curriculum.needs:
        before.setdefault(course, set()).add(needed)
    names = [f"course-{number:03}" for number in range(count)]
    actions = tuple(
        Action(names[i], frozenset(before.get(i, ())), frozenset({i}), (curriculum.credits[i],), True)
        for i in range(count)
    )
    choice = Problem(
        tuple(f"passed-{number:03}" for number in range(count)), frozenset(), actions, frozenset(range(count))
    )
    (low, high), (fewest, most) = curriculum.credits_bounds, curriculum.courses_bounds
    timing = {name: Free(amount) for name, amount in zip(names, curriculum.credits, strict=True)}
    return TimetableProblem(choice, timing, (high,) * curriculum.periods, ("peak_load",), Grid(low, high, fewest, most))


def plain(curriculum: Curriculum, seconds: float) -> tuple[int | None, bool]:
    """The textbook model: x(course, period), one worker, defaults."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    periods, count = range(curriculum.periods), len(curriculum.credits)
    x = [[model.new_bool_var("") for _ in periods] for _ in range(count)]
    at = [sum(p * some[p] for p in periods) for some in x]
    peak = model.new_int_var(*curriculum.credits_bounds, "peak")
    for some in x:
        model.add_exactly_one(some)
    for course, needed in curriculum.needs:
        model.add(at[course] >= at[needed] + 1)
    for p in periods:
        load = sum(amount * some[p] for amount, some in zip(curriculum.credits, x, strict=True))
        model.add(load >= curriculum.credits_bounds[0])
        model.add(load <= peak)
        model.add(sum(some[p] for some in x) >= curriculum.courses_bounds[0])
        model.add(sum(some[p] for some in x) <= curriculum.courses_bounds[1])
    model.minimize(peak)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return (round(solver.objective_value) if found else None), status == cp_model.OPTIMAL


def main(seconds: float = 60.0) -> None:
    """Solve each file both ways and print a table."""
    import ortools.sat.python.cp_model  # noqa: F401  (its import is not part of the measure)

    samples = folder()
    if not samples.is_dir():
        sys.exit("sample data not found")
    with (samples / "known_optima.csv").open(encoding="utf-8") as text:
        known = {row["instance"]: int(row["optimum"]) for row in csv.DictReader(text)}
    print(f"{'file':10} {'known':>6} {'found':>6} {'proved':>7} {'seconds':>8} {'plain':>8}")
    totals = [0.0, 0.0]
    for curriculum in curricula(samples):
        start = time.perf_counter()
        outcome = solve_timetable(timetable_problem(curriculum), time_limit=seconds).outcome
        ours = time.perf_counter() - start
        start = time.perf_counter()
        value, proved = plain(curriculum, seconds)
        theirs = time.perf_counter() - start
        right = outcome.value == (known[curriculum.name],) and (not proved or value == known[curriculum.name])
        totals = [totals[0] + ours, totals[1] + theirs]
        print(
            f"{curriculum.name:10} {known[curriculum.name]:6} {outcome.value[0] if outcome.value else '-':>6}"
            f" {'yes' if outcome.status == 'optimal' else 'no':>7} {ours:8.3f} {theirs:8.3f}{'' if proved else ' (not proved)'}"
            f"{'' if right else '   WRONG'}"
        )
    print(f"{'total':10} {'':21} {totals[0]:9.3f} {totals[1]:8.3f}")


if __name__ == "__main__":
    main()
