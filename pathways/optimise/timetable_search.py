"""The search between a bound and a plan: CP-SAT on choice and calendar together.

Takes an :class:`Agenda`, an objective, a bound and the best plan known, gives what closes the gap or narrows it. One
worker, a fixed seed, linearisation level 2; the model is built in the order of identifiers, so the answer is the same
on every machine unless the seconds run out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pathways.optimise.budget import Budget, OutOfTime, Stop, never
from pathways.optimise.cp_sat import CpSolver, Read, Watch, listening
from pathways.optimise.timetable import Free, Objective
from pathways.optimise.timetable_agenda import Agenda, no_heavier_than
from pathways.optimise.timetable_model import TimetableModel
from pathways.optimise.timetable_plan import Plan, dated, place, trimmed, value

Report = Callable[[Plan | None, int], None]
"""Called with a better plan (None: no news of it) and a bound of the objective."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The best plan known (None: none) and a bound of the objective; not ``possible``: there is no plan at all."""

    plan: Plan | None
    bound: int
    closed: bool = False
    possible: bool = True


def search(
    agenda: Agenda,
    objective: Objective | None,
    low: int,
    known: Plan | None,
    budget: Budget,
    *,
    work: float = math.inf,
    report: Report | None = None,
) -> Searched:
    """The best plan of an agenda in one objective, of which ``low`` is a bound; without objective any plan.

    With a known plan, only better ones are looked for; when it is proved that there is none, it is the best.
    """
    most = None if known is None else value(agenda, known, objective) - 1
    if most is not None and most < low:
        return Searched(known, low, closed=True)
    if budget.over():
        return Searched(known, low)
    try:
        model = TimetableModel(agenda, objective, budget.over)
    except OutOfTime:
        return Searched(known, low)
    model.minimise(objective, low, most)
    solver = _solver(budget, work)
    listener = _listener(model, low, report)
    with Watch(solver, budget):
        status = solver.solve(model.cp, listener)
    if status == "INFEASIBLE":
        return Searched(known, low if most is None else most + 1, closed=known is not None, possible=known is not None)
    bound = max(low, math.ceil(solver.best_objective_bound - 1e-6))
    if status == "UNKNOWN":
        return Searched(known, bound)
    plan = improved(agenda, raw_plan(model, solver.value), objective, budget.over)
    reached = value(agenda, plan, objective)
    closed = status == "OPTIMAL" or reached <= bound
    return Searched(plan, reached if closed else bound, closed=closed)


def _solver(budget: Budget, work: float) -> CpSolver:
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_presolve_iterations = 1  # measured: with probing and symmetries 3 to 7 times slower
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    if work < math.inf:
        solver.parameters.max_deterministic_time = work
    if (seconds := budget.seconds()) is not None:
        solver.parameters.max_time_in_seconds = max(0.95 * seconds, 0.001)  # it does not stop at once
    return solver


def _listener(model: TimetableModel, low: int, report: Report | None) -> Any:
    """What CP-SAT calls on each plan it finds."""

    def heard(read: Read, bound: float) -> None:
        if report is not None:
            report(raw_plan(model, read), max(low, math.ceil(bound - 1e-6)))

    return listening(heard)


def raw_plan(model: TimetableModel, read: Read) -> Plan:
    """The plan of a solution, as CP-SAT placed it."""
    agenda = model.agenda
    chosen = [i for i, x in model.x.items() if agenda.canonical.ids[i] is not None and read(x)]
    loads: dict[int, tuple[tuple[int, int], ...]] = {}
    spans: dict[int, tuple[int, int]] = {}
    for index in chosen:
        some = ((slot, int(read(load[index]))) for slot, load in enumerate(model.load) if index in load)
        loads[index] = tuple((slot, minutes) for slot, minutes in some if minutes)
        spans[index] = int(read(model.start[index])), int(read(model.after[index]))
        if loads[index] and isinstance(agenda.timing[index], Free):  # it lies where its loads are
            spans[index] = loads[index][0][0], loads[index][-1][0] + 1
    return Plan(spans, loads)


def improved(agenda: Agenda, raw: Plan, objective: Objective | None, stop: Stop = never) -> Plan:
    """The plan without what it can do without, and its weeks filled early where they can be.

    Raises
    ------
    AssertionError
        If the plan does not replay.
    """
    plan = dated(agenda, raw)
    assert plan is not None, "the timetable does not replay"
    plan = trimmed(agenda, plan, stop)
    if objective == "peak_load":
        agenda = no_heavier_than(agenda, value(agenda, plan, objective))
    order = {index: (after, int(start == after), index) for index, (start, after) in plan.spans.items()}
    placed = place(agenda, order) or plan
    return placed if value(agenda, placed, objective) <= value(agenda, plan, objective) else plan
