"""Choice and calendar as one question (choix et calendrier): what to do, and in which weeks or periods.

Takes nothing, gives frozen values. Time is cut into slots 0 … H-1, which are weeks, or with a :class:`Grid` periods
(months, semesters). A **point** is a limit between slots: slot i lasts from point i to point i+1. A fact held is true at
point 0. An action that takes the slots first … last starts at point ``first``, when all its preconditions are true, and
makes its effects true at point ``last + 1``: what needs a fact starts in a slot strictly after the one where the action
that first gave it ended. An :class:`Instant` takes no time: its effects are true at the very point where it happens, which
may be the point where its preconditions become true.

Whole numbers everywhere: minutes for hours, cents for money, slots from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pathways.optimise.problem import Outcome, Problem

Load = tuple[tuple[int, int], ...]
"""Pairs (slot, minutes), by slot."""

Objective = int | Literal["weeks", "peak_load"]
"""Rank of an additive objective of the choice; or ``weeks``, the number of slots from slot 0 to the end of the last step
(0 without a step); or ``peak_load``, the minutes of the heaviest slot."""


@dataclass(frozen=True, slots=True)
class Instant:
    """Takes no time and no load: a right, an award.

    It may happen at any point from the beginning of slot ``earliest`` to the end of slot ``latest`` (None: the last).

    Raises
    ------
    ValueError
        If a slot is negative.
    """

    earliest: int = 0
    latest: int | None = None

    def __post_init__(self) -> None:
        _check_window(self.earliest, self.latest)


@dataclass(frozen=True, slots=True)
class Free:
    """Placed as one likes: ``minutes`` spread over the slots between its start and its end, any of which may stay empty.

    Parameters
    ----------
    minutes : int
        In all. Zero: it takes one available slot (``min_weeks`` of them) and no load, as an assessment may.
    earliest, latest : int, int or None
        Window that holds its start and its end (None: the last slot).
    min_weeks : int
        From its first slot to its last, both with some of its minutes, at least so many slots. With a grid: 1.
    counted : bool
        Whether a step is among the modules of its period; an assessment is not.

    Raises
    ------
    ValueError
        If a number is negative, or there are too few minutes to be in a first and in a last slot.
    """

    minutes: int
    earliest: int = 0
    latest: int | None = None
    min_weeks: int = 1
    counted: bool = True

    def __post_init__(self) -> None:
        _check_window(self.earliest, self.latest)
        if self.minutes < 0 or self.min_weeks < 1:
            raise ValueError("minutes must not be negative, nor min_weeks below 1")
        if self.minutes == 1 < self.min_weeks:
            raise ValueError("one minute cannot be in two slots")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A dated session: its slots and its minutes in each are given; the first and the last are its start and its end.

    Raises
    ------
    ValueError
        If there is no slot, the slots are not in strictly ascending order, or a number is negative.
    """

    loads: Load
    earliest: int = 0
    latest: int | None = None

    def __post_init__(self) -> None:
        _check_window(self.earliest, self.latest)
        ascending = all(one[0] < other[0] for one, other in pairwise(self.loads))
        if not self.loads or not ascending or any(minutes < 0 for _, minutes in self.loads):
            raise ValueError("a session needs slots in ascending order, with minutes that are not negative")


Timing = Instant | Free | Fixed


def _check_window(earliest: int, latest: int | None) -> None:
    if earliest < 0 or (latest is not None and latest < 0):
        raise ValueError("a window must not begin or end before slot 0")


@dataclass(frozen=True, slots=True)
class Grid:
    """A calendar of periods: each Free action lies wholly in one of them.

    The conditions hold for every period whose capacity is above zero, used or not. A session is a module of every period
    from its first to its last one.

    Parameters
    ----------
    min_minutes, max_minutes : int, int or None
        Load of a period, sessions included; the capacity of the slot holds as well.
    min_modules, max_modules : int, int or None

    Raises
    ------
    ValueError
        If a number is negative, or no minute is allowed.
    """

    min_minutes: int = 0
    max_minutes: int | None = None
    min_modules: int = 0
    max_modules: int | None = None

    def __post_init__(self) -> None:
        if min(self.min_minutes, self.min_modules, self.max_modules or 0) < 0:
            raise ValueError("a condition on periods is negative")
        if self.max_minutes is not None and self.max_minutes < 1:
            raise ValueError("a period needs room for at least one minute")


@dataclass(frozen=True, slots=True)
class TimetableProblem:
    """A choice, how long each action takes, and what a person can give.

    Parameters
    ----------
    choice : Problem
    timing : mapping of str to Timing
        One for each action.
    capacity : tuple of int
        Minutes of each slot; 0: not available. Its length is the horizon (the deadline).
    objectives : tuple of Objective
        In order of importance.
    grid : Grid or None
        None: weeks.

    Raises
    ------
    ValueError
        If an action has no timing, a capacity is negative, an objective is missing or does not exist, or a Free action
        asks for several periods.
    """

    choice: Problem
    timing: Mapping[str, Timing]
    capacity: tuple[int, ...]
    objectives: tuple[Objective, ...]
    grid: Grid | None = None

    def __post_init__(self) -> None:
        untimed = sorted(action.id for action in self.choice.actions if action.id not in self.timing)
        if untimed:
            raise ValueError(f"actions without a timing: {untimed}")
        if min(self.capacity, default=0) < 0:
            raise ValueError("a capacity is negative")
        if not self.objectives:
            raise ValueError("an objective is needed")
        for objective in self.objectives:
            if isinstance(objective, int) and self.choice.actions and not 0 <= objective < self.choice.objectives:
                raise ValueError(f"there is no objective {objective}")
        if self.grid and any(isinstance(timing, Free) and timing.min_weeks > 1 for timing in self.timing.values()):
            raise ValueError("a module lies in one period: min_weeks is for weeks only")


@dataclass(frozen=True, slots=True)
class TimetableOutcome:
    """The answer.

    Parameters
    ----------
    outcome : Outcome
        Status, actions in an order that can be carried out, and for each objective of the question its value, bound and
        proof. Infeasible without an obstacle: the choice alone has a plan, the calendar has not.
    slots : mapping of str to (int, int)
        First and last slot of each chosen action. An instant has one: the slot whose end it waits for, or the first one
        of its window.
    loads : mapping of str to Load
        Minutes of each chosen action in each slot where it has some.
    """

    outcome: Outcome
    slots: Mapping[str, tuple[int, int]]
    loads: Mapping[str, Load]
