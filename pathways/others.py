"""Other plans (*autres parcours*): the next best ones that differ in substance, and the front between two objectives.

Two plans differ in substance when neither holds all the steps of the other: a plan that is another one plus a useless
module is no alternative. With a calendar, each other choice is kept when it fits in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pathways.draft import Candidates
from pathways.fitting import WEEK
from pathways.gap import Positioning
from pathways.objectives import Objective
from pathways.optimise.alternatives import alternatives
from pathways.optimise.problem import Outcome, Problem
from pathways.question import Question
from pathways.schedule import kept
from pathways.solution import Limits, Solution, placed, resolve

_MORE = 4
"""How many times more choices are looked at than plans wanted, when some may not fit in the calendar."""


def others(solution: Solution, positioning: Positioning, question: Question, limits: Limits) -> tuple[Solution, ...]:
    """The next best plans after a solution, best first, at most as many as the question asks for."""
    wanted = question.alternatives
    found: list[Solution] = []
    seen = {solution.modules}
    for choice in _choices(solution, wanted, limits):
        other = _as_solution(choice, solution, question, limits)
        if other is not None and other.modules not in seen and len(found) < wanted:
            seen.add(other.modules)
            found.append(other)
    return tuple(found)


def _choices(solution: Solution, wanted: int, limits: Limits) -> tuple[Outcome, ...]:
    if solution.slots is None:
        return alternatives(
            solution.choice.problem, wanted + 1, time_limit=limits.seconds, should_stop=limits.should_stop
        )
    once = _one_session_each(solution.choice)
    return alternatives(once, (wanted + 1) * _MORE, time_limit=limits.seconds, should_stop=limits.should_stop)


def _one_session_each(choice: Candidates) -> Problem:
    """The choice among modules, not among their sessions, which cost and bring the same; weeks are looked at afterwards."""
    first: dict[str, str] = {}
    for action in choice.problem.actions:
        doing = choice.doings[action.id]
        first.setdefault(doing.ref if doing.kind == "module" else action.id, action.id)
    limits = tuple(limit for limit in choice.problem.limits if not limit.name.startswith(WEEK))
    return replace(kept(replace(choice.problem, limits=limits), frozenset(first.values())), exclusive=())


def _as_solution(choice: Outcome, solution: Solution, question: Question, limits: Limits) -> Solution | None:
    if solution.slots is None:
        return replace(solution, outcome=choice)
    return placed(choice, solution.choice, solution.slots, question, limits)


def front(positioning: Positioning, question: Question, limits: Limits = Limits()) -> Iterator[Solution]:  # noqa: B008
    """The Pareto front of hours against cost: every plan of which no other one is better in one and as good in the other.

    Starts with the fewest hours; each next plan is the one of fewest hours among those that cost less than the last.
    """
    library = positioning.rights.library
    asked = replace(question, minimise=(Objective.HOURS, Objective.COST))
    while True:
        solution = resolve(positioning, asked, asked.offering(library), limits)
        if not solution.found:
            return
        yield solution
        if solution.sum("cents") == 0:
            return
        asked = replace(asked.giving(budget=(solution.sum("cents") - 1) / 100), minimise=asked.minimise)
