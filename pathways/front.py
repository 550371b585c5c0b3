"""The front between two objectives (*compromis*): every plan of which no other one is better in one and as good in the other.

The best plan for the first objective, then for the second, is one of them. The next one is the best, in the same order, among the
plans that do better in the second; and so on until nothing does. Each pair of values is met once, and none is missed (the
ε-constraint method, exact because every value is a whole number and every plan is proved).

Hours and cost compare plans on how many modules have none known, then on the known sum. To do better is then one condition:
Σ (M·unknown + known) ≤ (M·unknown* + known*) - 1, with M above every known sum. Weeks and peak load bound the calendar.

References
----------
Haimes, Lasdon & Wismer (1971), *On a bicriterion formulation of the problems of integrated system identification and system
optimization*, IEEE Transactions on Systems, Man, and Cybernetics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pathways.candidates import candidates
from pathways.draft import Candidates
from pathways.gap import Positioning
from pathways.objectives import Objective, components, width
from pathways.optimise.problem import Limit, Problem
from pathways.question import Question
from pathways.slots import Slots
from pathways.solution import Limits, Solution, decided


@dataclass(frozen=True, slots=True)
class Compromises:
    """Plans, best in the first objective first, and whether it is sure that there is no other."""

    plans: tuple[Solution, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is still to be answered: the choice and its calendar, narrower after each plan."""

    choice: Candidates
    slots: Slots | None = None


def compromises(positioning: Positioning, question: Question, limits: Limits) -> Compromises:
    """Every compromise between the two objectives that a question minimises.

    Notes
    -----
    One solve for each, and one more to know that there is no other. A plan that is not proved is left out.
    """
    budget = limits.begin()
    offering = question.offering(positioning.rights.library)
    asked: _Asked | None = _Asked(candidates(positioning, offering, question.objectives, dated=question.is_dated))
    plans: list[Solution] = []
    while asked is not None:
        if budget.over():
            return Compromises(tuple(plans), complete=False)
        found = decided(asked.choice, question, limits.left(budget), asked.slots)
        if found.outcome.status == "infeasible":
            break
        if not found.found or not all(found.outcome.proved[: width(question.minimise)]):
            return Compromises(tuple(plans), complete=False)
        plans.append(found)
        asked = _better(asked, found, question.minimise[-1])
    return Compromises(tuple(plans), complete=True)


def _better(asked: _Asked, found: Solution, objective: Objective) -> _Asked | None:
    """Only what does better than a plan in an objective; ``None`` when nothing can."""
    if objective is Objective.WEEKS:
        return None if (found.weeks or 0) < 2 else replace(asked, slots=_sooner(found))
    if objective is Objective.PEAK_LOAD:
        return None if not heaviest(found) else replace(asked, slots=_lighter(found))
    return _less(asked, found, objective)


def _sooner(found: Solution) -> Slots:
    assert found.slots is not None
    near = found.slots.up_to((found.weeks or 0) - 1)
    return replace(near, earliest=found.slots.earliest, latest=found.slots.latest)


def _lighter(found: Solution) -> Slots:
    assert found.slots is not None
    most = heaviest(found) - 1
    return replace(found.slots, capacity=tuple(min(most, one) for one in found.slots.capacity))


def heaviest(found: Solution) -> int:
    """The minutes of the heaviest slot of a plan."""
    spent: dict[int, int] = {}
    for load in found.loads.values():
        for slot, minutes in load:
            spent[slot] = spent.get(slot, 0) + minutes
    return max(spent.values(), default=0)


def _less(asked: _Asked, found: Solution, objective: Objective) -> _Asked | None:
    """Only plans whose count of unknowns, then known sum, is below that of a plan."""
    problem = asked.choice.problem
    weights = _weights(problem, components(found.objectives), objective)
    reached = sum(weights[name] for name in found.outcome.selection)
    if not reached:
        return None
    name = f"better {objective.value}"
    limit = Limit(name, tuple(pair for pair in weights.items() if pair[1]), reached - 1)
    kept = (one for one in problem.limits if one.name != name)
    return replace(asked, choice=replace(asked.choice, problem=replace(problem, limits=(*kept, limit))))


def _weights(problem: Problem, parts: Sequence[tuple[Objective, bool]], objective: Objective) -> dict[str, int]:
    """What each action weighs in one objective: one whole number, of which its unknown is worth more than all that is known."""
    rank = {part: number for number, part in enumerate(parts)}
    known = rank[objective, False]
    unknown = rank.get((objective, True))
    above = 1 + sum(action.cost[known] for action in problem.actions)
    return {
        action.id: action.cost[known] + (0 if unknown is None else above * action.cost[unknown])
        for action in problem.actions
    }
