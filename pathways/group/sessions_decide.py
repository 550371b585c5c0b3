"""People and sessions in, the decision told and verified out (*décider des sessions communes*).

Who holds the target already, for whom nothing is possible even with every seat, whose profile does not suit: each is told, and stops nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pathways.group.sessions import Deciding, Decision, Group, Tell
from pathways.group.sessions_answer import PersonLine, Place, SessionDecision
from pathways.group.sessions_check import recount
from pathways.group.sessions_demand import Demand, Seating, Worth
from pathways.group.sessions_file import SharedSession
from pathways.group.sessions_why import sessions_told
from pathways.optimise.budget import Budget
from pathways.pathway import Pathway, Status
from pathways.planner import NotVerified, plan, told
from pathways.solution import Limits

_TO_PROVE, _TO_PLAN = 0.8, 0.5
"""Share of the time for the decision, then of what is left for plans that end as early as they can."""

_NOTHING: Seating = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the group: what they ask (``None``: the profile or the target does not suit, and why), and what nothing leads to."""

    person: str
    target: str | None = None
    demand: Demand | None = None
    problems: tuple[str, ...] = ()


def decide(
    members: Sequence[Member],
    sessions: Sequence[SharedSession],
    budget: Budget,
    *,
    tell: Tell = lambda done, of: None,
    as_many: bool = False,
    explain: bool = True,
    missing: Callable[[Demand], tuple[str, ...]] = lambda demand: (),
) -> SessionDecision:
    """The best decision in the time there is.

    Parameters
    ----------
    as_many : bool
        That somebody is left without a plan for want of a seat is an answer like another.
    explain : bool
        Work out what each session is worth.
    missing : callable
        What nothing known leads to, for somebody for whom nothing is possible.

    Raises
    ------
    NotVerified
        The engine is wrong.
    """
    asking = sorted((one for one in members if one.demand is not None), key=lambda one: one.person)
    demands = [one.demand for one in asking if one.demand is not None]
    group = Group(demands, sorted(sessions, key=lambda one: one.id))
    deciding_for = budget.part(_TO_PROVE)
    group.learn(deciding_for, tell)
    deciding = Deciding(group, deciding_for).run()
    told_of = _Told(group, asking, deciding.best, missing)
    lines = told_of.lines(budget)
    by_person = {one.person: one for one in lines}
    people = [one.person for one in asking]
    prices, complete = sessions_told(group, people, deciding.best, budget, explain=explain)
    decision = _summed(
        group,
        deciding,
        [by_person.get(one.person) or _refused(one) for one in members],
        as_many=as_many,
    ).model_copy(update={"sessions": prices, "explained": complete, "stopped": not deciding.proved})
    if wrong := recount(decision, {one.person: one.demand for one in asking if one.demand is not None}, sessions):
        raise NotVerified("; ".join(wrong))
    return decision


@dataclass
class _Told:
    """The people of a decision, each with a plan."""

    group: Group
    asking: Sequence[Member]
    best: Decision
    missing: Callable[[Demand], tuple[str, ...]]

    def lines(self, budget: Budget) -> list[PersonLine]:
        """A line for each; people with the same demand and the same seats share a plan."""
        early, plans = budget.part(_TO_PLAN), dict[tuple[int, Seating], Pathway]()
        found = []
        for member, demand, number, seats in zip(
            self.asking, self.group.demands, self.group.alike, self.best.seatings, strict=True
        ):
            worth = demand.worth(seats, budget)
            if worth.solution is not None and (number, seats) not in plans:
                plans[number, seats] = self._plan(demand, seats, worth, early)
            found.append(self._line(member, demand, seats, worth, plans.get((number, seats))))
        return found

    def _plan(self, demand: Demand, seats: Seating, worth: Worth, budget: Budget) -> Pathway:
        """The plan that ends as early as it can where there is time for it; else the one that was found."""
        given = tuple(one for one in demand.question.seats or () if one.session.id in seats)
        asked = replace(demand.question, seats=given, explain=False)
        assert worth.solution is not None
        found = told(worth.solution, demand.positioning, asked)
        if budget.over() or found.status is Status.HELD:
            return found
        limits = Limits(budget.seconds(), budget.asked_to_stop if budget.watched else None)
        early = plan(asked, demand.rights, limits)
        as_good = early.verified and _figures(early) == _figures(found) and _seats(early, seats) == _seats(found, seats)
        return early if as_good else found

    def _line(self, member: Member, demand: Demand, seats: Seating, worth: Worth, found: Pathway | None) -> PersonLine:
        alone = demand.known.get(_NOTHING)
        line = PersonLine(
            person=member.person,
            target=demand.positioning.target.ref,
            place=_place(demand, worth),
            sessions=tuple(sorted(seats)),
            alone=None if alone is None or alone.value is None else alone.value[1] / 100,
        )
        if found is None:
            gone = self.missing(demand) if line.place is Place.IMPOSSIBLE else ()
            return line.model_copy(update={"missing": gone})
        figures = {"cost": found.totals.cost, "hours": found.totals.hours, "unknown_cost": found.totals.unknown_cost}
        return line.model_copy(update={**figures, "pathway": found})


def _figures(one: Pathway) -> tuple[int, int, int, int]:
    totals = one.totals
    return totals.unknown_cost, round(totals.cost * 100), totals.unknown_hours, round(totals.hours * 60)


def _seats(one: Pathway, seats: Seating) -> list[str]:
    return sorted(step.session for step in one.steps if step.session in seats)


def _place(demand: Demand, worth: Worth) -> Place:
    if worth.solution is not None:
        return Place.PLANNED if worth.solution.actions else Place.HELD
    everything = demand.known.get(frozenset(demand.seats))
    if everything is None or not everything.proved or not worth.proved:
        return Place.NOT_COMPUTED
    return Place.IMPOSSIBLE if everything.value is None else Place.WITHOUT


def _refused(member: Member) -> PersonLine:
    return PersonLine(person=member.person, target=member.target, place=Place.REFUSED, problems=member.problems)


def _summed(group: Group, deciding: Deciding, lines: Sequence[PersonLine], *, as_many: bool) -> SessionDecision:
    best = deciding.best
    prices = sum(one.price for one in group.sessions if one.id in best.opened)
    cost = prices + sum(one.cost for one in lines)
    bound = _bound(group, deciding)
    places = Counter(one.place.value for one in lines)
    return SessionDecision(
        status=_status(deciding, places, as_many=as_many),
        people=len(lines),
        places=dict(sorted(places.items())),
        cost=round(cost, 2),
        of_sessions=round(prices, 2),
        bound=bound,
        gap=None if bound is None else round(1 - bound / cost, 6) if cost else 0,
        proved=deciding.proved,
        hours=round(sum(one.hours for one in lines), 4),
        unknown_cost=sum(one.unknown_cost for one in lines),
        alone=round(sum(one.alone or 0 for one in lines), 2),
        without_alone=sum(one.alone is None and one.place in (Place.PLANNED, Place.WITHOUT) for one in lines),
        seats=sum(len(one.sessions) for one in lines),
        sessions=(),
        lines=tuple(lines),
    )


def _status(deciding: Deciding, places: Mapping[str, int], *, as_many: bool) -> Status:
    if places.get(Place.NOT_COMPUTED):
        return Status.UNKNOWN
    if places.get(Place.WITHOUT) and not as_many and deciding.proved:
        return Status.INFEASIBLE
    if not deciding.proved:
        return Status.FEASIBLE
    return Status.OPTIMAL if places.get(Place.PLANNED) or not places.get(Place.HELD) else Status.HELD


def _bound(group: Group, deciding: Deciding) -> float | None:
    """The cost that no decision with as few people without a plan is below; ``None`` when prices are not all known, or nothing is."""
    best, scale = deciding.best, group.scale
    low = deciding.bound - best.unserved * scale.unserved
    if best.value[0] or low < 0:
        return None
    return min(low * scale.of_price[1], best.value[1]) / 100
