"""From the question to the answer: one objective after the other, each between a bound and a plan that meet.

Takes a :class:`TimetableProblem`, gives a :class:`TimetableOutcome`. For each objective, with those before it held at their
optimum: the choice alone, without its calendar, gives a bound (and, its plan being put on the calendar, often the plan
that meets it); what remains between the two is searched by CP-SAT on choice and calendar together. Ties are broken by
fewer steps, then (without a grid) by an earlier end, as far as a fixed amount of work goes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathways.optimise.budget import Budget, OutOfTime
from pathways.optimise.closure import valid
from pathways.optimise.dispatch import Progress, solve_within
from pathways.optimise.instance import canonical
from pathways.optimise.problem import Outcome, Problem, Status
from pathways.optimise.timetable import Objective, TimetableOutcome, TimetableProblem
from pathways.optimise.timetable_agenda import Agenda, agenda, costing_at_most, ending_by, no_heavier_than
from pathways.optimise.timetable_bound import bound_without_calendar, fitted, relaxed
from pathways.optimise.timetable_first import first_plan, placed, tried
from pathways.optimise.timetable_plan import Plan, last_slot, value
from pathways.optimise.timetable_search import Report, Searched, improved, search
from pathways.optimise.timetable_weeks import shortest

TIE_BREAK_WORK = 2.0
"""CP-SAT deterministic time that a tie-break may take."""


@dataclass(slots=True)
class State:
    """How far the search has come: the question narrowed by what is proved, the best plan, the bounds so far."""

    agenda: Agenda
    plan: Plan | None
    bound: list[int]


def solve_timetable(
    problem: TimetableProblem,
    *,
    time_limit: float | None = None,
    should_stop: Callable[[], bool] | None = None,
    on_progress: Progress | None = None,
) -> TimetableOutcome:
    """The best plan and its dates, with a proof, or the best one in the time given, with a bound.

    Parameters
    ----------
    problem : TimetableProblem
    time_limit : float or None
        Seconds. When it strikes, the answer may depend on the machine.
    should_stop : callable or None
        Asked between steps and during the search; true ends it with the best plan so far.
    on_progress : callable or None
        Called with the values of the best plan so far (None: no plan yet) and the bounds, in the objectives of the problem.

    Returns
    -------
    TimetableOutcome
    """
    return solve_timetable_within(problem, Budget(time_limit, None, should_stop), on_progress)


def solve_timetable_within(
    problem: TimetableProblem, budget: Budget, on_progress: Progress | None = None
) -> TimetableOutcome:
    """The same, in what is left of a budget."""
    question = canonical(problem.choice).instance
    if not question.goals and valid(question, frozenset()):
        nothing = (0,) * len(problem.objectives)
        return TimetableOutcome(Outcome("held", (), nothing, nothing, (True,) * len(nothing)), {}, {})
    try:
        start = agenda(problem, budget.over)
    except OutOfTime:
        return unknown(problem)
    if not start.possible:
        return infeasible(problem, budget)
    state = State(start, None, [])

    def report(plan: Plan | None, bound: int) -> None:
        if on_progress is not None:
            best = plan or state.plan
            bounds = (*state.bound, bound, *(0 for _ in problem.objectives))[: len(problem.objectives)]
            on_progress(None if best is None else values(problem, start, best), bounds)

    first = first_plan(start, problem.objectives[0], budget)
    if first is not None:
        state.plan = improved(start, first, problem.objectives[0], budget.over)
        report(state.plan, 0)
    try:
        if not minimise_all(state, problem, budget, report):
            return infeasible(problem, budget)
    except OutOfTime:
        pass
    return answer(problem, start, state)


def minimise_all(state: State, problem: TimetableProblem, budget: Budget, report: Report) -> bool:
    """One objective after the other, then the ties, for as long as each is closed; False when there is no plan.

    Raises
    ------
    OutOfTime
        Between two objectives: the state holds what is known.
    """
    for objective in problem.objectives:
        found = minimise(state, problem.choice, objective, budget, report)
        if not found.possible:
            return False
        state.plan = found.plan or state.plan
        state.bound.append(found.bound)
        if not found.closed:
            return True
        state.agenda = held_at(state.agenda, objective, found.bound, budget)
    break_ties(state, problem, budget)
    return True


def sketch(
    choice: Problem, narrow: Callable[[frozenset[str]], TimetableProblem], budget: Budget
) -> TimetableOutcome | None:
    """A first plan of a choice with its dates, if one is found quickly, before its whole timetable is even looked at.

    Parameters
    ----------
    choice : Problem
    narrow : callable
        The timetable of some of its actions.
    """
    question = canonical(choice)
    if not question.instance.goals:
        return None
    most = [max(1, *column) for column in zip(*(rule.cost for rule in question.instance.rules), strict=True)]
    price = {
        costs: sum(1e-3**rank * cost / top for rank, (cost, top) in enumerate(zip(costs, most, strict=True)))
        for costs in {rule.cost for rule in question.instance.rules}
    }
    prices = [price[rule.cost] for rule in question.instance.rules]
    asked: list[TimetableProblem] = []

    def narrowed(names: frozenset[str]) -> Agenda:
        asked.append(narrow(names))
        return agenda(asked[-1])

    found = tried(question, [prices], narrowed, budget)
    if found is None:
        return None
    made, plan = found
    return answer(asked[-1], made, State(made, plan, []))


def unknown(problem: TimetableProblem) -> TimetableOutcome:
    """Nothing is known yet."""
    zero = (0,) * len(problem.objectives)
    return TimetableOutcome(Outcome("unknown", bound=zero, proved=(False,) * len(zero)), {}, {})


def minimise(state: State, choice: Problem, objective: Objective, budget: Budget, report: Report) -> Searched:
    """One objective: its bound by the choice alone, plans that fit at once, then the search for what is between."""
    agenda = state.agenda
    bound = bound_without_calendar(agenda, choice, objective, budget)
    if not bound.possible:
        return Searched(None, 0, possible=False)
    report(None, bound.value)
    best = state.plan
    plan = None if bound.chosen is None else on_calendar(agenda, bound.chosen, objective, budget)
    if plan is None and best is None:  # the choice that takes the fewest minutes is the likeliest to fit
        lightest = relaxed(agenda, choice, agenda.minutes, budget).chosen
        plan = None if lightest is None else on_calendar(agenda, lightest, objective, budget)
    if plan is not None and (best is None or value(agenda, plan, objective) < value(agenda, best, objective)):
        best = plan
    if best is not None:
        state.plan = best
        report(best, bound.value)
    low = bound.value
    if objective == "weeks":
        found = shortest(agenda, choice, low, best, budget, report)
        if found.closed:
            return found
        low, best = found.bound, found.plan
        state.plan = best or state.plan
        try:
            agenda = agenda if best is None else ending_by(agenda, value(agenda, best, "weeks"), budget.over)
        except OutOfTime:
            return found
    return search(agenda, objective, low, best, budget, report=report)


def on_calendar(agenda: Agenda, chosen: frozenset[int], objective: Objective, budget: Budget) -> Plan | None:
    """A choice on the calendar: its very sessions, or else any sessions of its modules."""
    plan = fitted(agenda, chosen, budget.over)
    if plan is not None:
        return plan
    plan = placed(agenda, chosen, budget)
    return None if plan is None else improved(agenda, plan, objective, budget.over)


def held_at(agenda: Agenda, objective: Objective, bound: int, budget: Budget) -> Agenda:
    """The agenda of the plans that are best in an objective."""
    if objective == "weeks":
        return ending_by(agenda, bound, budget.over)
    if objective == "peak_load":
        return no_heavier_than(agenda, bound, budget.over)
    return costing_at_most(agenda, objective, bound)


def break_ties(state: State, problem: TimetableProblem, budget: Budget) -> None:
    """Among the best plans, fewer steps; then, among weeks, an earlier end."""
    ties: tuple[Objective, ...] = (problem.choice.objectives, "weeks")
    for objective in ties:
        if objective in problem.objectives or (objective == "weeks" and problem.grid is not None):
            continue
        if state.plan is None or budget.over():
            return
        low = bound_without_calendar(state.agenda, problem.choice, objective, budget).value
        best = search(state.agenda, objective, low, state.plan, budget, work=TIE_BREAK_WORK).plan or state.plan
        state.plan = best
        state.agenda = held_at(state.agenda, objective, value(state.agenda, best, objective), budget)


def infeasible(problem: TimetableProblem, budget: Budget) -> TimetableOutcome:
    """No plan: with the obstacle, if the choice alone has none; without, if the calendar is what forbids it."""
    alone = solve_within(problem.choice, budget.part())
    obstacle = alone.obstacle if alone.status == "infeasible" else None
    return TimetableOutcome(Outcome("infeasible", obstacle=obstacle), {}, {})


def values(problem: TimetableProblem, agenda: Agenda, plan: Plan) -> tuple[int, ...]:
    """The plan's value in each objective of the question, in its units."""
    return tuple(value(agenda, plan, o) * in_units(agenda, o) for o in problem.objectives)


def in_units(agenda: Agenda, objective: Objective) -> int:
    """How much one is, of an objective as the agenda counts it."""
    return agenda.unit if objective == "peak_load" else 1


def answer(problem: TimetableProblem, agenda: Agenda, state: State) -> TimetableOutcome:
    """The answer in the caller's words."""
    objectives = problem.objectives
    found = [bound * in_units(agenda, objective) for objective, bound in zip(objectives, state.bound, strict=False)]
    bound = (*found, *(0 for _ in objectives[len(found) :]))
    if state.plan is None:
        return TimetableOutcome(Outcome("unknown", bound=bound, proved=(False,) * len(bound)), {}, {})
    reached = values(problem, agenda, state.plan)
    proved = tuple(reached[: i + 1] == bound[: i + 1] for i in range(len(bound)))
    names = {index: agenda.canonical.ids[index] or "" for index in state.plan.spans}
    slots = {
        names[i]: (min(span[0], last_slot(agenda, i, span)), last_slot(agenda, i, span))
        for i, span in state.plan.spans.items()
    }
    loads = {names[i]: tuple((slot, n * agenda.unit) for slot, n in load) for i, load in state.plan.loads.items()}
    status: Status = "optimal" if all(proved) else "feasible"
    return TimetableOutcome(Outcome(status, tuple(names.values()), reached, bound, proved), slots, loads)
