"""Why a session is opened or not (*pourquoi*): what doing without it would cost, up to which price it would pay, who can't sit in it.

With c the cost of the best decision, c⁻ the cost of the best one without the session, c⁰ the cost when the session costs nothing::

    opened: it saves c⁻ - c          not opened: it would be at any price below c - c⁰

People without a plan are counted before costs: what changes their number is told as people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import ceil

from pathways.group.sessions import Deciding, Decision, Group
from pathways.group.sessions_answer import Hindrance, SessionLine
from pathways.group.sessions_demand import Demand
from pathways.group.sessions_file import SharedSession
from pathways.offering import Candidate
from pathways.optimise.budget import Budget
from pathways.positioning import ACQUIRED

_NOT_NEEDED = "not_needed"


def sessions_told(
    group: Group, people: Sequence[str], best: Decision, budget: Budget, *, explain: bool = True
) -> tuple[tuple[SessionLine, ...], bool]:
    """Each session with its reasons, and whether all of them were worked out in time.

    Parameters
    ----------
    people : sequence of str
        Identifiers, in the order of the demands.
    explain : bool
        Work out what each session is worth, by deciding again.
    """
    complete, lines = explain, []
    for one in group.sessions:
        line = _line(group, people, best, one)
        if explain and line.useful_to:
            again = None if budget.over() else _again(group, one, best, budget)
            complete = complete and again is not None
            line = line if again is None else _weighed(line, best, again)
        lines.append(line)
    return tuple(lines), complete


def _line(group: Group, people: Sequence[str], best: Decision, one: SharedSession) -> SessionLine:
    module = group.demands[0].rights.library.modules[one.module] if group.demands else None
    sitting = tuple(person for person, seats in zip(people, best.seatings, strict=True) if one.id in seats)
    price = None if module is None else module.price
    return SessionLine(
        id=one.id,
        module=one.module,
        title="" if module is None else module.title,
        start=one.start,
        end=one.end,
        price=one.price,
        least=one.seats.min,
        most=one.seats.max,
        opened=bool(sitting),
        people=sitting,
        useful_to=sum(one.id in demand.seats for demand in group.demands),
        seat_price=price,
        seats_alone=None if price is None else round(price * len(sitting), 2),
        worth_from=None if not price else ceil(one.price / price),
        hindered=_hindered(group, people, one),
    )


def _again(group: Group, one: SharedSession, best: Decision, budget: Budget) -> Decision | None:
    """The best decision without a session that is opened, or with one that is not, for nothing; ``None``: not known in time."""
    if one.id in best.opened:
        deciding = Deciding(group, budget.part(), shut=frozenset({one.id})).run(stages=1)
    else:
        free = one.model_copy(update={"price": 0})
        others = [free if other.id == one.id else other for other in group.sessions]
        deciding = Deciding(Group(group.demands, others), budget.part()).run(stages=1)
    return deciding.best if deciding.proved else None


def _weighed(line: SessionLine, best: Decision, again: Decision) -> SessionLine:
    known = best.value[0] == again.value[0]
    cost = (again.value[1] - best.value[1]) / 100
    if line.opened:
        lost = again.unserved - best.unserved
        return line.model_copy(update={"saves": cost if known and not lost else None, "saves_plans": lost})
    gained = best.unserved - again.unserved
    return line.model_copy(
        update={"worth_up_to": max(0.0, -cost) if known and not gained else None, "worth_plans": gained}
    )


def _hindered(group: Group, people: Sequence[str], one: SharedSession) -> tuple[Hindrance, ...]:
    why = [_why_not(demand, one) for demand in group.distinct]
    found: dict[str, list[str]] = defaultdict(list)
    for person, number in zip(people, group.alike, strict=True):
        reason = why[number]
        if reason is not None and reason != _NOT_NEEDED:
            found[reason].append(person)
    return tuple(Hindrance(why=reason, people=tuple(sorted(some))) for reason, some in sorted(found.items()))


def _why_not(demand: Demand, one: SharedSession) -> str | None:
    """Why a person can't sit in a session; ``None``: they can."""
    if one.id in demand.seats:
        return None
    offering = demand.question.offering(demand.rights.library)
    candidate = offering.judged(one.module)
    if candidate is None:
        return _NOT_NEEDED
    if not isinstance(candidate, Candidate):
        module = demand.rights.library.modules[one.module]
        return candidate.value if _lacks(demand, offering.subjects(module)) else _NOT_NEEDED
    if not _lacks(demand, offering.subjects(candidate.module)):
        return _NOT_NEEDED
    if one.seat.session not in candidate.seats:
        return next(offering.objections_to_seat(candidate, one.seat.session)).value
    dated = {doing.session.id for doing in demand.choice.doings.values() if doing.session is not None}
    return "week" if one.id in dated else _NOT_NEEDED


def _lacks(demand: Demand, refs: Sequence[str]) -> bool:
    return any(demand.positioning.state(ref) not in ACQUIRED for ref in refs)
