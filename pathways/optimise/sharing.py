"""Several choices that share what is opened for all (*sessions communes*): which to open, and who sits where, at the least cost.

Takes the choice of each sharer as an instance without dates, some rules of which are seats, and what each thing to open costs and holds; gives
who sits where, and a cost that no decision is below. With x_a the rules and y_f the facts of a sharer as in :mod:`pathways.optimise.exact`,
u_is = x_a for the rule a that is a seat of i in s, o_s whether s is open, and θ_i = (first, second) what i costs:

    min  Σ_s price_s · o_s + Σ_i first_i                        then Σ_i second_i, then Σ_s o_s, each with those before held
    u_is ≤ o_s,  low_s · o_s ≤ Σ_i u_is ≤ high_s · o_s
    first_i ≥ Σ_a cost_a · x_a,  second_i likewise               the choice alone, which ignores what the caller knows better

What the caller finds out of a sharer to whom the seats T alone are offered is worth v(T), that falls when T grows, makes cuts
(logic-based Benders): with V = R · first + second, R above any second cost, and A all the seats of the sharer,

    V_i ≥ V(T) - (V(T) - V(A)) · Σ_{s ∉ T} u_is                 no better with other seats than with all of them
    V_i ≤ V(T) - 1  for every seating that holds T and more      a seat more is given only if it serves

References
----------
Hooker & Ottosson (2003), *Logic-based Benders decomposition*, Mathematical Programming 96.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from pathways.optimise.budget import Budget
from pathways.optimise.closure import Network
from pathways.optimise.cp_sat import CpModel, run
from pathways.optimise.exact import Model, grain
from pathways.optimise.instance import Canonical, Instance, Row
from pathways.optimise.landmarks import landmarks
from pathways.optimise.preprocessing import reduce, undominated
from pathways.optimise.separation import landmark_bound

Pair = tuple[int, int]
"""The first and the second cost."""

Seating = frozenset[int]
"""Ranks of what a sharer has a seat in."""

_SEAT = "seat"

LARGEST = 1 << 55
"""Both costs of somebody make one number up to here."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What may be opened: its price, and how few and how many may sit in it."""

    price: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Sharer:
    """Somebody's choice, small enough to be one of many: rules with two costs, what was taken already, and which rules are seats of what.

    Parameters
    ----------
    most : pair of int
        What no plan with dates exceeds.
    seats : mapping of int to int
        Rank of an opening by index of a rule.
    alike : int
        Sharers with the same number are the same choice.
    """

    instance: Instance
    taken: Pair
    most: Pair
    seats: Mapping[int, int]
    alike: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who sits where, by sharer (``None``: none was found in the time), and a cost that no decision is below."""

    seatings: tuple[Seating, ...] | None
    bound: int


def reduced(question: Canonical, seats: Mapping[str, int], alike: int) -> Sharer | None:
    """A choice made small; ``None`` when it has no plan at all.

    A seat never makes another way superfluous, since it may not be given, nor is it made so by another way, whose dates may not suit: in two
    side conditions of its own, it weighs something and lightens something.
    """
    index = {
        name: rule.index for rule, name in zip(question.instance.rules, question.ids, strict=True) if name is not None
    }
    marked = {index[name]: rank for name, rank in seats.items()}
    state = reduce(question.instance, domination=False)
    if not state.possible:
        return None
    here = {rule.index for rule in state.instance.rules} & marked.keys()
    rows = tuple(Row(_SEAT, {number: sign}, 1) for number in sorted(here) for sign in (1, -1))
    whole = replace(state.instance, rows=(*state.instance.rows, *rows))
    through = dict(zip((rule.index for rule in whole.rules), landmarks(whole).rule, strict=True))
    fewer = undominated(whole, through).instance
    fewer = replace(fewer, rows=tuple(row for row in fewer.rows if row.name != _SEAT))
    last = reduce(fewer, domination=False)
    cost = {rule.index: rule.cost for rule in question.instance.rules}
    done = [cost[number] for number in (*state.taken, *last.taken)]
    left = {rule.index for rule in last.instance.rules}
    assert not any(number in marked for number in (*state.taken, *last.taken)), "nobody sits unasked"
    return Sharer(
        last.instance,
        _sum(done),
        _sum(cost.values()),
        {number: rank for number, rank in marked.items() if number in left},
        alike,
    )


def _radix(sharer: Sharer) -> int:
    """R, above any second cost; 0 where both costs together are no number that the solver can hold."""
    radix = 1 + sharer.most[1]
    return radix if radix * (1 + sharer.most[0]) < LARGEST else 0


def _sum(costs: Iterable[tuple[int, ...]]) -> Pair:
    """The first and the second costs, added up."""
    some = list(costs)
    return sum(one[0] for one in some), sum(one[1] for one in some)


class Sharing:
    """The model of all sharers, with the cuts learnt so far."""

    def __init__(self, sharers: Sequence[Sharer], openings: Sequence[Opening]) -> None:
        self.sharers, self.openings = sharers, openings
        self.cp = CpModel()
        self.open = [self.cp.new_bool_var() for _ in openings]
        self.models = [self._model(sharer) for sharer in sharers]
        self.radix = [_radix(sharer) for sharer in sharers]
        self.first: list[Any] = []
        self.second: list[Any] = []
        self.seats = [self._seats(model, sharer) for model, sharer in zip(self.models, sharers, strict=True)]
        for model, sharer in zip(self.models, sharers, strict=True):
            self._costs(model, sharer)
        self._rooms()
        self._alike()
        prices = sum(one.price * here for one, here in zip(openings, self.open, strict=True))
        self.totals = (prices + sum(self.first), sum(self.second) + 0 * self.open[0], sum(self.open))

    def _model(self, sharer: Sharer) -> Model:
        alone = replace(
            sharer.instance, rules=tuple(replace(rule, cost=rule.cost[:1]) for rule in sharer.instance.rules)
        )
        cuts, _bound = landmark_bound(Network(alone), alone, grain(alone))
        return Model(alone, cuts, cp=self.cp)

    def _seats(self, model: Model, sharer: Sharer) -> dict[int, Any]:
        return {rank: model.x[model.position[number]] for number, rank in sorted(sharer.seats.items())}

    def _costs(self, model: Model, sharer: Sharer) -> None:
        for rank, kept in ((0, self.first), (1, self.second)):
            parts = [
                rule.cost[rank] * x for rule, x in zip(sharer.instance.rules, model.x, strict=True) if rule.cost[rank]
            ]
            kept.append(self.cp.new_int_var(sharer.taken[rank], sharer.most[rank]))
            if parts:
                self.cp.add(kept[-1] >= sum(parts) + sharer.taken[rank])

    def _rooms(self) -> None:
        for rank, (one, here) in enumerate(zip(self.openings, self.open, strict=True)):
            sitting = [seats[rank] for seats in self.seats if rank in seats]
            for seat in sitting:
                self.cp.add_implication(seat, here)
            if not sitting:
                self.cp.add_bool_or([~here])
                continue
            self.cp.add(sum(sitting) >= one.low * here)
            if len(sitting) > one.high:
                self.cp.add(sum(sitting) <= one.high * here)

    def _alike(self) -> None:
        """Among sharers that are the same choice, the first ones have the larger seatings, read as numbers."""
        before: dict[int, int] = {}
        for number, sharer in enumerate(self.sharers):
            if (other := before.get(sharer.alike)) is not None and len(self.seats[number]) < 40:
                weights = {rank: 1 << power for power, rank in enumerate(sorted(self.seats[number]))}
                mine = sum(weight * self.seats[number][rank] for rank, weight in weights.items())
                theirs = sum(weight * self.seats[other][rank] for rank, weight in weights.items())
                self.cp.add(mine - theirs <= 0)
            before[sharer.alike] = number

    # -- what is learnt -------------------------------------------------------------------------------------------------

    def worth(self, number: int, offered: Seating, value: Pair, best: Pair) -> None:
        """A sharer does no better than ``value`` with these seats, nor than ``best`` with all of them."""
        others = [seat for rank, seat in self.seats[number].items() if rank not in offered]
        first, second, radix = self.first[number], self.second[number], self.radix[number]
        self.cp.add(first + (value[0] - best[0]) * sum(others) >= value[0])
        if radix:
            least, all_seats = value[0] * radix + value[1], best[0] * radix + best[1]
            self.cp.add(first * radix + second + (least - all_seats) * sum(others) >= least)
            return
        dearer = self.cp.new_bool_var()
        self.cp.add(first >= value[0] + 1).only_enforce_if(dearer)
        self.cp.add(second >= value[1]).only_enforce_if([~dearer, *(~seat for seat in others)])

    def serves(self, number: int, offered: Seating, value: Pair) -> None:
        """A seat beside these is given to a sharer only when they do better than ``value`` with it."""
        seats, first, second, radix = self.seats[number], self.first[number], self.second[number], self.radix[number]
        held = [seats[rank] for rank in sorted(offered.intersection(seats))]
        for seat in (seat for rank, seat in seats.items() if rank not in offered):
            if radix:
                whole = first * radix + second
                self.cp.add(whole <= value[0] * radix + value[1] - 1).only_enforce_if([*held, seat])
                continue
            cheaper = self.cp.new_bool_var()
            self.cp.add(first <= value[0]).only_enforce_if([*held, seat])
            self.cp.add(first <= value[0] - 1).only_enforce_if([*held, seat, cheaper])
            self.cp.add(second <= value[1] - 1).only_enforce_if([*held, seat, ~cheaper])

    def closed(self, rank: int) -> None:
        """Something stays shut."""
        self.cp.add_bool_or([~self.open[rank]])

    def held(self, stage: int, most: int) -> None:
        """A total that may not be exceeded."""
        self.cp.add(self.totals[stage] <= most)

    # -- the answer -------------------------------------------------------------------------------------------------------

    def propose(self, stage: int, budget: Budget, least: int = 0) -> Proposal:
        """The decision that minimises a total, as far as is known.

        Parameters
        ----------
        least : int
            What no decision is below, when that is known already.
        """
        self.cp.add(self.totals[stage] >= least)
        self.cp.minimize(self.totals[stage])
        bound = least
        while True:
            solver, status = run(self.cp, budget)
            if status == "INFEASIBLE":
                return Proposal(None, 1 << 62)
            bound = max(bound, ceil(solver.best_objective_bound - 1e-6))
            if status == "UNKNOWN":
                return Proposal(None, bound)
            used = [{place for place, x in enumerate(model.x) if solver.value(x)} for model in self.models]
            circles = [model.cut(some) for model, some in zip(self.models, used, strict=True)]
            if not any(circles) or budget.over():
                seatings = [
                    frozenset(rank for rank, seat in seats.items() if solver.value(seat)) for seats in self.seats
                ]
                return Proposal(tuple(seatings), bound)
