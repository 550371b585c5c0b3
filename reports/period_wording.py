"""The periods that a calendar counts in, in words (*semaines, mois, trimestres, semestres*)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pathways.profile import CanGive, PeriodUnit
from reports.language import say_n
from reports.wording import months, quarters, semesters, weeks

_NAMED: Mapping[PeriodUnit, Callable[[int], str]] = {
    PeriodUnit.WEEK: lambda count: say_n("semaine", "semaines", count),
    PeriodUnit.MONTH: lambda count: say_n("mois", "mois", count),
    PeriodUnit.QUARTER: lambda count: say_n("trimestre", "trimestres", count),
    PeriodUnit.SEMESTER: lambda count: say_n("semestre", "semestres", count),
}

_COUNTED: Mapping[PeriodUnit, Callable[[float], str]] = {
    PeriodUnit.WEEK: weeks,
    PeriodUnit.MONTH: months,
    PeriodUnit.QUARTER: quarters,
    PeriodUnit.SEMESTER: semesters,
}


class _Units(Mapping[PeriodUnit, tuple[str, str]]):
    def __getitem__(self, unit: PeriodUnit) -> tuple[str, str]:
        return _NAMED[unit](1), _NAMED[unit](2)

    def __iter__(self) -> Iterator[PeriodUnit]:
        return iter(_NAMED)

    def __len__(self) -> int:
        return len(_NAMED)


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
