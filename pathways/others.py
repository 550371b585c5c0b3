"""Other plans (*autres parcours*): the next best ones that differ in substance, and whether one does as well as the best.

Two plans differ in substance when neither holds all the modules of the other: a plan that is another one plus a useless
module is no alternative. What a plan holds is then ruled out by one condition, Σ x(m) ≤ |S| - 1 over the modules m of S, and the
same question is asked again, calendar included: a module that only the dates make useful is found like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pathways.draft import Candidates, Doing
from pathways.fitting import WEEK
from pathways.objectives import width
from pathways.optimise.alternatives import alternatives
from pathways.optimise.problem import Limit, Outcome
from pathways.pathway import Rivals
from pathways.question import Question
from pathways.solution import Limits, Solution, decided

_MORE = 2
"""How many times more choices are looked at when some of them hold the same modules, and differ by their routes alone."""

Thing = tuple[str, str]
"""What a plan is made of: the kind of a step, and what it is about."""


def others(solution: Solution, question: Question, limits: Limits) -> tuple[Solution, ...]:
    """The next best plans after a solution, best first, at most as many as the question asks for."""
    found = _undated(solution, question.alternatives, limits) if solution.slots is None else None
    return tuple(_dated(solution, question, limits) if found is None else found)


def _undated(solution: Solution, wanted: int, limits: Limits) -> list[Solution]:
    """All in one search; plans of the same modules, which differ by their routes alone, count once."""
    budget, asked = limits.begin(), wanted + 1
    while True:
        choices = alternatives(
            solution.choice.problem,
            asked,
            best=solution.outcome,
            time_limit=budget.seconds(),
            should_stop=limits.should_stop,
        )
        found = _distinct(solution, choices)
        if len(found) >= wanted or len(choices) < asked or budget.over():
            return found[:wanted]
        asked *= _MORE


def _distinct(solution: Solution, choices: tuple[Outcome, ...]) -> list[Solution]:
    seen, found = {solution.modules}, []
    for choice in choices:
        other = replace(solution, outcome=choice)
        if other.modules not in seen:
            seen.add(other.modules)
            found.append(other)
    return found


def _dated(solution: Solution, question: Question, limits: Limits) -> Iterator[Solution]:
    """One after the other, each with its dates, without what was found before."""
    budget, known = limits.begin(), [solution]
    while len(known) <= question.alternatives and not budget.over():
        other = _without(known, question, limits.left(budget))
        if other is None or not other.found:
            return
        known.append(other)
        yield other


def rivals(solution: Solution, question: Question, limits: Limits) -> Rivals:
    """Whether another plan, made of other modules, does as well on everything that is minimised: the next best one tells."""
    if solution.outcome.status != "optimal":
        return Rivals.NOT_KNOWN
    other = _without([solution], question, limits)
    if other is None or other.outcome.status == "infeasible":
        return Rivals.NONE
    asked = width(question.minimise)
    mine = solution.outcome.value[:asked]
    if other.found and other.outcome.value[:asked] == mine:
        return Rivals.SOME
    return Rivals.NONE if other.outcome.bound[:asked] > mine else Rivals.NOT_KNOWN


def _without(known: list[Solution], question: Question, limits: Limits) -> Solution | None:
    """The best plan that holds none of the known ones; ``None`` when every plan holds one, which has no step at all."""
    solution = known[0]
    ruled_out = [_not_all(solution.choice, _substance(one), number) for number, one in enumerate(known)]
    if any(limit is None for limit in ruled_out):
        return None
    problem = solution.choice.problem
    kept = (limit for limit in problem.limits if not limit.name.startswith(WEEK))
    fresh = (limit for limit in ruled_out if limit is not None)
    choice = replace(solution.choice, problem=replace(problem, limits=(*kept, *fresh)))
    return decided(choice, question, limits, solution.slots)


def _substance(solution: Solution) -> frozenset[Thing]:
    """The modules of a plan; of a plan without modules, its steps."""
    things = frozenset(map(_thing, (solution.choice.doings[name] for name in solution.actions)))
    modules = frozenset(one for one in things if one[0] == "module")
    return modules or frozenset(one for one in things if one[0] in ("assessment", "vae"))


def _thing(doing: Doing) -> Thing:
    return doing.kind, doing.ref


def _not_all(choice: Candidates, things: frozenset[Thing], number: int) -> Limit | None:
    """Not all of these together, whatever their sessions; ``None`` when there is nothing to do without."""
    ways = tuple((one.id, 1) for one in choice.problem.actions if _thing(choice.doings[one.id]) in things)
    return Limit(f"other {number}", ways, len(things) - 1) if things else None
