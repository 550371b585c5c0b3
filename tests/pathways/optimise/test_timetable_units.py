"""Minutes may be counted in bigger units only when what a week holds is counted in them too."""

from __future__ import annotations

import pytest

from pathways.optimise.problem import Action, Problem
from pathways.optimise.timetable import Free, TimetableProblem
from pathways.optimise.timetable_solve import solve_timetable


@pytest.mark.parametrize(
    ("minutes", "capacity", "weeks"), [(720, 360, 2), (50_400, 360, 140), (700, 300, 3), (360, 360, 1)]
)
def test_a_module_longer_than_a_week_is_spread_over_as_many_weeks_as_it_needs(
    minutes: int, capacity: int, weeks: int
) -> None:
    module = Action("module", frozenset(), frozenset({0}), (minutes,))
    assessment = Action("assessment", frozenset({0}), frozenset({1}), (0,), step=True)
    choice = Problem(("ready", "obtained"), frozenset(), (assessment, module), frozenset({1}))
    timing = {"module": Free(minutes), "assessment": Free(0)}
    found = solve_timetable(TimetableProblem(choice, timing, (capacity,) * (weeks + 5), ("weeks",)))
    assert found.outcome.status == "optimal"
    assert found.outcome.value == (weeks + 1,)
    assert found.slots == {"module": (0, weeks - 1), "assessment": (weeks, weeks)}
