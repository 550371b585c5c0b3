"""A question (*demande*): a person, a target, a day, what to minimise, among which offers, with which readings of the law."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pathways.objectives import OF_CALENDAR, Objective, ordered
from pathways.offering import Offering
from pathways.policy import PRUDENT, Policy
from pathways.profile import CanGive, Profile
from pathways.seats import Seat
from referentials.library import Library


@dataclass(frozen=True, slots=True)
class Question:
    """Everything an answer depends on, beside the library.

    Parameters
    ----------
    on : date
        The day the question is asked for: texts, titles and offers are those of that day.
    minimise : tuple of Objective
        In order of importance.
    offers : tuple of str or None
        Identifiers of the offers to choose from; ``None``: all.
    real_only : bool
        Leave out what was made up for demonstration.
    given : tuple of str
        Identifiers of the offers that the person gave: what is made up there is not left out.
    seats : tuple of Seat or None
        Seats in sessions that the group of the person pays for; ``None``: nothing is decided for a group. With them, dates count.
    alternatives : int
        How many more plans to give, at most.
    front : tuple of Objective or None
        Two objectives, to give every plan that is best for some compromise between them.
    explain : bool
        Work out what each confirmation saves and what each module is worth.
    time_limit : float or None
        Seconds for the best plan; ``None``: no limit.
    """

    profile: Profile
    target: str
    on: date
    minimise: tuple[Objective, ...] = (Objective.HOURS,)
    offers: tuple[str, ...] | None = None
    real_only: bool = False
    given: tuple[str, ...] = ()
    seats: tuple[Seat, ...] | None = None
    policy: Policy = PRUDENT
    alternatives: int = 0
    front: tuple[Objective, Objective] | None = None
    explain: bool = True
    time_limit: float | None = None

    @property
    def start(self) -> date:
        """The first day possible: what the person says, and not before the day of the question."""
        wanted = self.profile.can_give.start
        return self.on if wanted is None else max(wanted, self.on)

    @property
    def is_dated(self) -> bool:
        """Whether it is about dates: a calendar, hours a week, a deadline or seats are given, or what is minimised depends on them."""
        give = self.profile.can_give
        said = (give.calendar, give.weekly_hours, give.deadline, self.seats)
        return any(one is not None for one in said) or any(one in OF_CALENDAR for one in self.objectives)

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """What is minimised, with the ties broken."""
        return ordered(self.minimise)

    def giving(self, **changes: object) -> Question:
        """The same question with other limits."""
        give = CanGive.model_validate(self.profile.can_give.model_dump() | changes)
        return replace(self, profile=self.profile.model_copy(update={"can_give": give}))

    def offering(self, library: Library) -> Offering:
        """The modules to choose from."""
        give = self.profile.can_give
        return Offering(
            library,
            give,
            self.start,
            offers=self.offers,
            real_only=self.real_only,
            given=self.given,
            followed=self.profile.holds.modules,
            seats=self.seats or (),
        )
