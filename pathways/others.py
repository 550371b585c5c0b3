"""Other plans (*autres parcours*): the next best ones that differ in substance, and the front between two objectives.

Two plans differ in substance when neither holds all the steps of the other: a plan that is another one plus a useless
module is no alternative. With a calendar, each other choice is kept when it fits in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pathways.gap import Positioning
from pathways.objectives import Objective
from pathways.optimise.alternatives import alternatives
from pathways.optimise.problem import Outcome
from pathways.question import Question
from pathways.solution import Limits, Solution, placed, resolve

_MORE = 3
"""How many times more choices are looked at than plans wanted, when some may not fit in the calendar."""


def others(solution: Solution, positioning: Positioning, question: Question, limits: Limits) -> tuple[Solution, ...]:
    """The next best plans after a solution, best first, at most as many as the question asks for."""
    wanted = question.alternatives
    dated = solution.slots is not None
    choices = alternatives(solution.choice.problem, (wanted + 1) * (_MORE if dated else 1), time_limit=limits.seconds)
    found = []
    for choice in choices:
        other = _as_solution(choice, solution, question, limits)
        if other is not None and other.modules != solution.modules:
            found.append(other)
    return tuple(found[:wanted])


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
