"""What one person of a group asks for (*demande*): the best plan with some seats on offer, for any of them.

The choice is compiled once, with every seat; offering fewer of them is the same choice without some actions. So with T the seats offered

    v(T) = (modules of unknown price, cents, modules of unknown length, minutes) of the best plan, in this order

falls when T grows. Answers are kept: they are asked for again and again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from pathways.candidates import candidates
from pathways.draft import Candidates
from pathways.fitting import fitting
from pathways.gap import Positioning, position
from pathways.optimise.budget import Budget
from pathways.optimise.dispatch import solve_within
from pathways.optimise.problem import Limit
from pathways.question import Question
from pathways.recognition import Rights
from pathways.schedule import kept, slots_for
from pathways.slots import Slots
from pathways.solution import Limits, Solution, decided

Value = tuple[int, int, int, int]
"""Modules of unknown price, cents, modules of unknown length, minutes."""

Seating = frozenset[str]
"""Identifiers of sessions."""


@dataclass(frozen=True, slots=True)
class Worth:
    """The best plan with some seats on offer: its value (``None``: there is no plan), the seats it uses, whether it is proved.

    ``bound`` is what no plan is below; ``possible`` is false when it is proved that there is none. ``solution`` is the plan, dated though not as
    early as can be.
    """

    value: Value | None
    used: Seating = frozenset()
    proved: bool = True
    bound: Value = (0, 0, 0, 0)
    possible: bool = True
    solution: Solution | None = None

    @property
    def least(self) -> Value | None:
        """What no plan is below; ``None``: there is no plan."""
        return self.value if self.proved else self.bound


@dataclass
class Demand:
    """A person's question with every seat of the group on offer, compiled once.

    Parameters
    ----------
    question : Question
        Minimises cost, then hours; its seats are all that the group could offer.
    """

    question: Question
    rights: Rights
    known: dict[Seating, Worth] = field(default_factory=dict)
    unproved: dict[Seating, Worth] = field(default_factory=dict)

    @cached_property
    def positioning(self) -> Positioning:
        """Where the person stands."""
        question = self.question
        return position(question.profile, question.target, self.rights, question.on, question.policy)

    @cached_property
    def choice(self) -> Candidates:
        """The choice, with every seat."""
        question = self.question
        return candidates(self.positioning, question.offering(self.rights.library), question.objectives, dated=True)

    @cached_property
    def slots(self) -> Slots:
        """The person's calendar, long enough for any choice."""
        return slots_for(self.question.profile.can_give, self.question.start, self.choice)

    @cached_property
    def relaxed(self) -> Candidates:
        """The choice without dates, less what no calendar of the person can hold: it costs no more than any dated plan."""
        return fitting(self.choice, self.slots, self.question.profile.can_give)

    @cached_property
    def seats(self) -> dict[str, str]:
        """The actions of the seats that can help, by session."""
        offered = {(one.module, one.session.id) for one in self.question.seats or ()}
        found = {}
        for action in self.relaxed.problem.actions:
            doing = self.relaxed.doings[action.id]
            if doing.session is not None and (doing.ref, doing.session.id) in offered:
                found[doing.session.id] = action.id
        return found

    def worth(self, offered: Seating, budget: Budget) -> Worth:
        """The best plan with these seats on offer; those that can't help are nothing."""
        seats = offered.intersection(self.seats)
        if seats not in self.known:
            found = self._same_as(seats) or self._solved(seats, budget)
            if not found.proved and budget.over():
                return self._kept(seats, found)
            self.known[seats] = found
        return self.known[seats]

    def _kept(self, seats: Seating, found: Worth) -> Worth:
        """The better of what was found now and before, neither of them proved: a plan that was found once stays."""
        before = self.unproved.get(seats)
        if before is None or (found.value is not None and (before.value is None or found.value < before.value)):
            self.unproved[seats] = found
        return self.unproved[seats]

    def _same_as(self, seats: Seating) -> Worth | None:
        """What is known with more seats, when the plan uses none of those."""
        return next((one for more, one in self.known.items() if one.used <= seats <= more), None)

    def serves(self, seats: Seating, budget: Budget) -> bool:
        """Whether each of these seats serves: without it, the best plan is worse. Asked first of all of them, without dates."""
        here = self.worth(seats, budget)
        if here.value is None or here.used != seats:
            return False
        problem, spare = self._offering(seats).problem, tuple((self.seats[one], 1) for one in sorted(seats))
        limits = (*problem.limits, Limit("seats", spare, len(seats) - 1))
        fewer = solve_within(replace(problem, limits=limits), budget.part())
        if fewer.status == "infeasible" or (fewer.status != "held" and _value(fewer.bound) > here.value):
            return True
        return all(self.worth(seats - {one}, budget).value != here.value for one in sorted(seats))

    def _offering(self, seats: Seating) -> Candidates:
        """The choice without dates, with these seats alone."""
        left_out = {action for session, action in self.seats.items() if session not in seats}
        names = frozenset(action.id for action in self.relaxed.problem.actions if action.id not in left_out)
        return replace(self.relaxed, problem=kept(self.relaxed.problem, names))

    def _solved(self, seats: Seating, budget: Budget) -> Worth:
        limits = Limits(budget.seconds(), budget.asked_to_stop if budget.watched else None)
        solution = decided(self._offering(seats), self.question, limits, self.slots, hurried=True)
        outcome = solution.outcome
        bound = _value(outcome.bound)
        if not solution.found:
            return Worth(
                None, proved=outcome.status == "infeasible", bound=bound, possible=outcome.status != "infeasible"
            )
        done = set(solution.actions)
        used = frozenset(session for session, action in self.seats.items() if action in done)
        value = _value(outcome.value)
        return Worth(value, used, proved=value == bound, bound=bound, solution=solution)


def _value(found: tuple[int, ...]) -> Value:
    some = (*found, 0, 0, 0, 0)
    return some[0], some[1], some[2], some[3]
