"""Choice and calendar together, beside a job: seeded catalogues, 6 h a week, half of the modules with two or three sessions.

A target of blocks, each with an assessment that follows its competencies; modules give one to three competencies, may need
others, and come from several bodies, so that each competency can be had in several ways; holidays; a right or two that
brings a competency, and awards that follow. Time to the proof, by number of modules, weeks and objectives.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator

from pathways.optimise.problem import Action, Problem
from pathways.optimise.timetable import Fixed, Free, Instant, Objective, TimetableProblem, Timing
from pathways.optimise.timetable_solve import solve_timetable

WEEKLY = 360
"""Minutes that a person gives a week."""

QUESTIONS: tuple[tuple[Objective, ...], ...] = (("weeks", 0, 1), (0, 1, "weeks"), (1, "weeks"), ("weeks", "peak_load"))
"""Objectives asked for: 0 is minutes, 1 cents."""


def beside_a_job(modules: int, weeks: int, seed: int, objectives: tuple[Objective, ...]) -> TimetableProblem:
    """A catalogue drawn from the seed, and a target whose modules take about two thirds of 52 weeks."""
    draw = random.Random(f"beside a job {modules} {weeks} {seed}")
    blocks = 2 if modules < 40 else 4
    competencies = [[f"b{b}c{c}" for c in range(draw.randint(3, 5))] for b in range(blocks)]
    names = [name for block in competencies for name in block]
    facts = [*names, *(f"b{b}" for b in range(blocks)), "title"]
    rank = {fact: number for number, fact in enumerate(facts)}
    actions: list[Action] = []
    timing: dict[str, Timing] = {}
    exclusive: list[frozenset[str]] = []
    for number in range(modules):
        block = competencies[number % blocks]
        given = draw.sample(block, min(len(block), draw.choice((1, 1, 2, 2, 3))))
        first = min(names.index(name) for name in given)
        needed = draw.sample(names[:first], min(first, draw.choice((0, 0, 1, 1, 2))))
        minutes = 60 * sum(draw.randint(7, 16) for _ in given)
        cost = minutes * draw.randint(15, 30)
        pre, add = frozenset(rank[name] for name in needed), frozenset(rank[name] for name in given)
        sessions: dict[str, Timing] = (
            dict(_sessions(draw, f"m{number:03}", minutes, weeks)) if draw.random() < 0.5 else {}
        )
        alone: dict[str, Timing] = {f"m{number:03}": Free(minutes, min_weeks=draw.choice((1, 1, 1, 2, 4)))}
        timing |= sessions or alone
        actions += [Action(name, pre, add, (minutes, cost)) for name in sessions or (f"m{number:03}",)]
        exclusive += [frozenset(sessions)] if sessions else []
    for b, block in enumerate(competencies):
        actions.append(
            Action(f"assess-b{b}", frozenset(rank[c] for c in block), frozenset({rank[f"b{b}"]}), (120, 9000))
        )
        timing[f"assess-b{b}"] = Free(120)
    last = frozenset(rank[f"b{b}"] for b in range(blocks))
    actions.append(Action("award", last, frozenset({rank["title"]}), (0, 0)))
    timing["award"] = Instant()
    held = frozenset(rank[name] for name in draw.sample(names, len(names) // 5))
    capacity = tuple(0 if week % 26 in (15, 16) else WEEKLY for week in range(weeks))
    choice = Problem(tuple(facts), held, tuple(actions), frozenset({rank["title"]}), exclusive=tuple(exclusive))
    return TimetableProblem(choice, timing, capacity, objectives)


def _sessions(draw: random.Random, name: str, minutes: int, weeks: int) -> Iterator[tuple[str, Fixed]]:
    """Two or three sessions of a module, a few hours every week."""
    weekly = draw.choice((120, 180, 240, 360))
    lasting = -(-minutes // weekly)
    for letter in "abc"[: draw.choice((2, 3))]:
        start = draw.randrange(max(weeks - lasting, 1))
        amounts = [weekly] * (lasting - 1) + [minutes - weekly * (lasting - 1)]
        yield f"{name}{letter}", Fixed(tuple((start + i, amount) for i, amount in enumerate(amounts)))


def main(sizes: tuple[int, ...] = (30, 60, 120), seeds: int = 3, seconds: float = 30.0) -> None:
    """Print seconds to the proof for each size and question."""
    import ortools.sat.python.cp_model  # noqa: F401  (its import is not part of the measure)

    print(f"{'modules':>7} {'weeks':>5} {'objectives':24} {'proved':>7} {'median':>8} {'worst':>8}   values")
    for modules in sizes:
        for weeks in (52, 104):
            for objectives in QUESTIONS:
                times, proved, values = [], 0, []
                for seed in range(seeds):
                    problem = beside_a_job(modules, weeks, seed, objectives)
                    start = time.perf_counter()
                    outcome = solve_timetable(problem, time_limit=seconds).outcome
                    times.append(time.perf_counter() - start)
                    proved += outcome.status in ("optimal", "infeasible")
                    values.append(outcome.value or outcome.status)
                print(
                    f"{modules:7} {weeks:5} {objectives!s:24} {proved:3}/{seeds:<3} {statistics.median(times):8.2f}"
                    f" {max(times):8.2f}   {' '.join(map(str, values))}",
                    flush=True,
                )


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or (30, 60, 120))
