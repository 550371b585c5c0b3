"""The fewest weeks, from below: is there a plan that ends within n weeks? If not, n + 1.

Takes an :class:`Agenda`, gives a plan and a bound that meet, or how far it came. Each question is small, as a plan of n
weeks knows only the sessions and slots of n weeks. First the choice alone is asked (does any choice of what is left fit into n
weeks?), which is quick; then, if few weeks are left in doubt, CP-SAT.
"""

from __future__ import annotations

from pathways.optimise.budget import Budget, OutOfTime
from pathways.optimise.problem import Problem
from pathways.optimise.timetable_agenda import NEVER, Agenda, ending_by
from pathways.optimise.timetable_bound import Bound, fitted, relaxed
from pathways.optimise.timetable_plan import Plan, value
from pathways.optimise.timetable_search import Report, Searched, search

NARROW = 2
"""Up to so many weeks between bound and plan the search goes on from below; otherwise from above."""

WORK = 4.0
"""CP-SAT deterministic time for one question; one that is harder is left to the search from above."""


def shortest(agenda: Agenda, choice: Problem, low: int, known: Plan | None, budget: Budget, report: Report) -> Searched:
    """The fewest weeks, as far as it can be told from below.

    Returns
    -------
    Searched
        Not closed: the search from above is to go on between ``bound`` and ``plan``, if there is one.
    """
    low, known = without_dates(agenda, choice, low, known, budget, report)
    while not budget.over():
        most = NEVER if known is None else value(agenda, known, "weeks")
        if low >= most:
            return Searched(known, low, closed=True)
        if known is not None and most - low > NARROW:
            break
        report(known, low)
        try:
            narrowed = ending_by(agenda, low, budget.over)
        except OutOfTime:
            break
        found = search(narrowed, None, 0, None, budget, work=WORK) if narrowed.possible else None
        if found is not None and found.plan is not None:
            return Searched(found.plan, low, closed=True)
        if (found is not None and found.possible) or low >= agenda.horizon:
            break
        low += 1
    return Searched(known, low)


def without_dates(
    agenda: Agenda, choice: Problem, low: int, known: Plan | None, budget: Budget, report: Report
) -> tuple[int, Plan | None]:
    """The fewest weeks in which the choice alone fits, found by halving; and the best plan that showed on the way.

    More weeks never make a choice impossible, so halving is sound.
    """
    most = agenda.horizon if known is None else value(agenda, known, "weeks")
    while low < most and not budget.over():
        weeks = (low + most) // 2
        try:
            narrowed = ending_by(agenda, weeks, budget.over)
        except OutOfTime:
            break
        alone = relaxed(narrowed, choice, narrowed.minutes, budget) if narrowed.possible else IMPOSSIBLE
        if not alone.possible:
            low = weeks + 1
            report(None, low)
            continue
        if budget.over():
            break
        most = weeks
        plan = None if alone.chosen is None else fitted(narrowed, alone.chosen, budget.over)
        if plan is not None and (known is None or value(agenda, plan, "weeks") < value(agenda, known, "weeks")):
            known = plan
            report(known, low)
            most = value(agenda, plan, "weeks")
    return low, known


IMPOSSIBLE = Bound(0, possible=False)
"""No choice at all."""
