"""The periods that a calendar counts in, in words (*semaines, mois, trimestres, semestres*)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pathways.profile import CanGive, PeriodUnit
from reports.language import Words, to_say
from reports.wording import months, quarters, semesters, weeks

_ONE = Words(
    {
        PeriodUnit.WEEK: to_say("semaine"),
        PeriodUnit.MONTH: to_say("mois"),
        PeriodUnit.QUARTER: to_say("trimestre"),
        PeriodUnit.SEMESTER: to_say("semestre"),
    }
)

_SEVERAL = Words(
    {
        PeriodUnit.WEEK: to_say("semaines"),
        PeriodUnit.MONTH: to_say("mois"),
        PeriodUnit.QUARTER: to_say("trimestres"),
        PeriodUnit.SEMESTER: to_say("semestres"),
    }
)

_COUNTED: Mapping[PeriodUnit, Callable[[float], str]] = {
    PeriodUnit.WEEK: weeks,
    PeriodUnit.MONTH: months,
    PeriodUnit.QUARTER: quarters,
    PeriodUnit.SEMESTER: semesters,
}


class _Units(Mapping[PeriodUnit, tuple[str, str]]):
    def __getitem__(self, unit: PeriodUnit) -> tuple[str, str]:
        return _ONE[unit], _SEVERAL[unit]

    def __iter__(self) -> Iterator[PeriodUnit]:
        return iter(_ONE)

    def __len__(self) -> int:
        return len(_ONE)


UNITS: Mapping[PeriodUnit, tuple[str, str]] = _Units()
"""One period and several of them."""


def periods(count: int, unit: PeriodUnit) -> str:
    """A number of weeks, or of whatever a calendar counts in.

    Examples
    --------
    >>> periods(3, PeriodUnit.QUARTER).replace("\u00a0", " ")
    '3 trimestres'
    """
    return _COUNTED[unit](count)


def unit_of(give: CanGive) -> PeriodUnit:
    """The period that a person's calendar counts in."""
    return give.calendar.period if give.calendar else PeriodUnit.WEEK
