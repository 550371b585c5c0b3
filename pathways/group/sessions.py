"""Sessions opened for a group (*sessions communes*): which to open and who sits where, so that everybody arrives at the least cost.

A decision gives seats to people; each then follows a best plan of their own (cost, then hours) with their seats at no price. It is allowed when

- a session that somebody sits in is open and paid; as many sit there as it takes, no fewer and no more;
- each seat serves whoever has it: without it, their best plan would cost more, or as much and take longer. Nobody fills a chair.

Among those the best one leaves fewest people without a plan, then costs least, then takes fewest hours, then opens fewest sessions. It is
found by proposals from :mod:`pathways.optimise.sharing`, which knows each choice without its dates; what each proposal is worth with dates
comes back as cuts, until the bound meets the best decision known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import gcd

from pathways.group.sessions_demand import Demand, Seating, Value, Worth
from pathways.group.sessions_file import SharedSession
from pathways.objectives import cents
from pathways.optimise.budget import Budget
from pathways.optimise.instance import canonical
from pathways.optimise.problem import Action, Problem
from pathways.optimise.sharing import Opening, Sharer, Sharing, reduced

Pair = tuple[int, int]
Tell = Callable[[int, int], None]
"""Called with how many demands are known, of how many."""

_NOTHING: Seating = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """Who sits where, in the order of the people: how many have no plan, cents, minutes, and what is not known of both."""

    seatings: tuple[Seating, ...]
    unserved: int
    value: Value
    opened: tuple[str, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """What decisions are compared on, the least the best."""
        return (self.unserved, *self.value, len(self.opened))


@dataclass(frozen=True, slots=True)
class Scale:
    """One whole number for what is not known and what is, of prices and of hours; and the price of having no plan."""

    of_price: tuple[int, int]
    of_hours: tuple[int, int]
    unserved: int

    def pair(self, value: Value | None) -> Pair:
        """The two numbers of a value; ``None``: no plan."""
        if value is None:
            return self.unserved, 0
        no_price, price, no_hours, spent = value
        return (
            no_price * self.of_price[0] + price // self.of_price[1],
            no_hours * self.of_hours[0] + spent // self.of_hours[1],
        )


@dataclass
class Group:
    """The demands of a group in the order of its people, and the sessions that could be opened; what is computed is kept.

    People with the same problem share one :class:`Demand`. Sessions are in the order of their identifiers.
    """

    demands: Sequence[Demand]
    sessions: Sequence[SharedSession]

    @cached_property
    def distinct(self) -> list[Demand]:
        """Each demand once."""
        return list({id(one): one for one in self.demands}.values())

    @cached_property
    def alike(self) -> list[int]:
        """The rank of the demand of each person."""
        rank = {id(one): number for number, one in enumerate(self.distinct)}
        return [rank[id(one)] for one in self.demands]

    @cached_property
    def price(self) -> dict[str, int]:
        """The price of each session, in cents."""
        return {one.id: cents(one.price) for one in self.sessions}

    @cached_property
    def scale(self) -> Scale:
        """Whole numbers as small as they can be."""
        costs = [action.cost for one in self.distinct for action in one.choice.problem.actions]
        price = gcd(*(cost[1] for cost in costs), *self.price.values()) or 1
        spent = gcd(*(cost[3] for cost in costs)) or 1
        people = Counter(self.alike)
        most = [0, 0, 0, 0]
        for number, one in enumerate(self.distinct):
            for action in one.choice.problem.actions:
                most = [sum_ + people[number] * cost for sum_, cost in zip(most, action.cost, strict=False)]
        of_price = 1 + most[1] // price + sum(self.price.values()) // price
        of_hours = 1 + most[3] // spent
        return Scale((of_price, price), (of_hours, spent), of_price * (most[0] + 1))

    def learn(self, budget: Budget, tell: Tell) -> None:
        """What each demand is worth with all the seats, and alone."""
        for number, one in enumerate(self.distinct):
            if budget.over():
                return
            for offered in (frozenset(one.seats), _NOTHING):
                one.worth(offered, budget)
            tell(number + 1, len(self.distinct))

    def sharers(self) -> dict[int, Sharer]:
        """The people whom some seat could help, by rank, each with a choice small enough to be one of many."""
        rank = {one.id: number for number, one in enumerate(self.sessions)}
        made: dict[int, Sharer | None] = {}
        for number, one in enumerate(self.distinct):
            alone, best = (one.known.get(seats) for seats in (_NOTHING, frozenset(one.seats)))
            if one.seats and alone is not None and best is not None and alone.value != best.value:
                seats = {action: rank[session] for session, action in one.seats.items()}
                made[number] = reduced(canonical(self._scaled(one, alone)), seats, number)
        found = ((person, made.get(number)) for person, number in enumerate(self.alike))
        return {person: sharer for person, sharer in found if sharer is not None}

    def _scaled(self, one: Demand, alone: Worth) -> Problem:
        """The choice of a demand without its dates, with two costs; where there may be no plan, having none is a choice too."""
        problem = one.relaxed.problem
        actions = [
            replace(action, cost=self.scale.pair((action.cost[0], action.cost[1], action.cost[2], action.cost[3])))
            for action in problem.actions
        ]
        if alone.value is None:
            actions.append(Action("=unserved", frozenset(), problem.goals, self.scale.pair(None), True))
        return replace(problem, actions=tuple(actions))


@dataclass
class Deciding:
    """The search for the best decision, and how far it has come.

    Parameters
    ----------
    shut : frozenset of str
        Sessions that are not opened.
    """

    group: Group
    budget: Budget
    shut: Seating = frozenset()
    best: Decision = field(init=False)
    bound: int = field(default=0, init=False)
    proved: bool = field(default=False, init=False)

    def run(self, stages: int = 3) -> Deciding:
        """Look for it in the time there is; so many of cost, hours and sessions are minimised."""
        self.best = self._settled([_NOTHING] * len(self.group.demands))
        sharers = self.group.sharers()
        self.people = list(sharers)
        self.constant = [
            sum(pair[rank] for person, pair in enumerate(self._pairs(self.best)) if person not in sharers)
            for rank in (0, 1)
        ]
        known = all(_NOTHING in one.known and frozenset(one.seats) in one.known for one in self.group.distinct)
        if not sharers or not known:
            self.proved = known
            self.bound = self._total(self.best)[0] if known else -1
            return self
        self.sharing = Sharing(list(sharers.values()), self._openings())
        self._begin()
        self.proved = all(self._minimised(stage) for stage in range(stages))
        return self

    def _openings(self) -> list[Opening]:
        grain = self.group.scale.of_price[1]
        return [Opening(self.group.price[one.id] // grain, one.seats.min, one.seats.max) for one in self.group.sessions]

    def _begin(self) -> None:
        self.cuts: set[tuple[int, Seating, bool]] = set()
        for number, one in enumerate(self.group.distinct):
            for offered in list(one.known):
                self._learn(number, offered)
        for rank, one_session in enumerate(self.group.sessions):
            if one_session.id in self.shut:
                self.sharing.closed(rank)

    def _minimised(self, stage: int) -> bool:
        """One total, those before it held; whether the bound meets the best decision."""
        least = 0
        while True:
            found = self.sharing.propose(stage, self.budget, least)
            reached = self._total(self.best)[stage] - (*self.constant, 0)[stage]
            least = min(found.bound, reached)
            if stage == 0:
                self.bound = least + self.constant[0]
            if found.seatings is not None:
                self._better(self._settled(self._named(found.seatings)))
                reached = self._total(self.best)[stage] - (*self.constant, 0)[stage]
            if least >= reached:
                self.sharing.held(stage, reached)
                return True
            if found.seatings is None or self.budget.over() or not self._learnt(found.seatings):
                return False

    # -- decisions ------------------------------------------------------------------------------------------------------

    def _named(self, seatings: Sequence[frozenset[int]]) -> list[Seating]:
        named = [_NOTHING] * len(self.group.demands)
        for person, ranks in zip(self.people, seatings, strict=True):
            named[person] = frozenset(self.group.sessions[rank].id for rank in ranks)
        return named

    def _settled(self, seatings: list[Seating]) -> Decision:
        """What comes of a proposal: seats that do not serve are taken back, sessions with too few people stay shut."""
        few = {one.id: one.seats.min for one in self.group.sessions}
        while True:
            seatings = [
                self._serving(demand, seats) for demand, seats in zip(self.group.demands, seatings, strict=True)
            ]
            sitting = Counter(session for seats in seatings for session in seats)
            empty = {session for session, count in sitting.items() if count < few[session]}
            if not empty:
                return self._decision(tuple(seatings), tuple(sorted(sitting)))
            seatings = [seats - empty for seats in seatings]

    def _serving(self, demand: Demand, seats: Seating) -> Seating:
        """The seats without those that do not serve."""
        here = demand.worth(seats, self.budget)
        seats = seats & here.used
        if demand.serves(seats, self.budget):
            return seats
        for session in sorted(seats):
            if demand.worth(seats - {session}, self.budget).value == here.value:
                seats = seats - {session}
        return seats

    def _decision(self, seatings: tuple[Seating, ...], opened: tuple[str, ...]) -> Decision:
        found = [
            demand.worth(seats, self.budget).value for demand, seats in zip(self.group.demands, seatings, strict=True)
        ]
        values = [one for one in found if one is not None]
        no_price, price, no_hours, spent = (sum(one[rank] for one in values) for rank in range(4))
        price += sum(self.group.price[session] for session in opened)
        return Decision(seatings, len(found) - len(values), (no_price, price, no_hours, spent), opened)

    def _better(self, found: Decision) -> None:
        if found.order < self.best.order:
            self.best = found

    def _pairs(self, decision: Decision) -> list[Pair]:
        return [
            self.group.scale.pair(demand.worth(seats, self.budget).value)
            for demand, seats in zip(self.group.demands, decision.seatings, strict=True)
        ]

    def _total(self, decision: Decision) -> tuple[int, int, int]:
        pairs = self._pairs(decision)
        prices = sum(self.group.price[session] for session in decision.opened) // self.group.scale.of_price[1]
        return sum(pair[0] for pair in pairs) + prices, sum(pair[1] for pair in pairs), len(decision.opened)

    # -- what is learnt from a proposal ------------------------------------------------------------------------------------

    def _learnt(self, seatings: Sequence[frozenset[int]]) -> bool:
        """Whether the proposal taught anything."""
        before = len(self.cuts)
        for person, ranks in zip(self.people, seatings, strict=True):
            number = self.group.alike[person]
            demand = self.group.distinct[number]
            seats = frozenset(self.group.sessions[rank].id for rank in ranks)
            value = demand.worth(seats, self.budget).value
            self._learn(number, seats)
            for session in () if demand.serves(seats, self.budget) else sorted(seats):
                if demand.worth(seats - {session}, self.budget).value == value:
                    self._learn(number, seats - {session})
        return len(self.cuts) > before

    def _learn(self, number: int, offered: Seating) -> None:
        """Both cuts of a seating, for everyone with this demand."""
        demand = self.group.distinct[number]
        if (number, offered, True) in self.cuts or offered not in demand.known:
            return
        self.cuts.add((number, offered, True))
        rank = {one.id: place for place, one in enumerate(self.group.sessions)}
        ranks = frozenset(rank[session] for session in offered)
        here, best = (demand.known[one] for one in (offered, frozenset(demand.seats)))
        least, most = (self.group.scale.pair(one.least) for one in (here, best))
        for place, person in enumerate(self.people):
            if self.group.alike[person] == number:
                self.sharing.worth(place, ranks, least, most)
                self.sharing.serves(place, ranks, self.group.scale.pair(here.value))
