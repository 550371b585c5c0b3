"""The decision about shared sessions replayed (*vérification*), without the solver: plans, seats and sums.

Each plan was verified on its own with the sessions where the person sits as seats on offer (:mod:`pathways.verify`); here it is done again from
the decision as told, and what only all of them together show is recounted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pathways.group.sessions_answer import Place, SessionDecision, SessionLine
from pathways.group.sessions_demand import Demand
from pathways.group.sessions_file import SharedSession
from pathways.pathway import StepKind
from pathways.verify import verify

_NEAR = 0.02


def recount(
    decision: SessionDecision, demands: Mapping[str, Demand], sessions: Sequence[SharedSession]
) -> tuple[str, ...]:
    """Everything wrong with a decision, in plain words for the developers; nothing when it holds.

    Parameters
    ----------
    demands : mapping of str to Demand
        What each person asked, by identifier.
    """
    return (*_plans(decision, demands), *_seats(decision, sessions), *_sums(decision))


def _plans(decision: SessionDecision, demands: Mapping[str, Demand]) -> Iterator[str]:
    for line in decision.lines:
        if line.place is not Place.PLANNED:
            if line.sessions:
                yield f"{line.person} sits without a plan"
            continue
        if line.pathway is None:
            yield f"{line.person} has no plan"
            continue
        demand = demands[line.person]
        given = tuple(one for one in demand.question.seats or () if one.session.id in line.sessions)
        asked = replace(demand.question, seats=given)
        yield from (f"{line.person}: {one}" for one in verify(line.pathway, asked, demand.positioning))
        ids = {one.session.id for one in given}
        used = {
            step.session
            for step in line.pathway.steps
            if step.kind is StepKind.MODULE and step.session in ids and step.cost == 0
        }
        if used != set(line.sessions):
            yield f"{line.person} does not sit where the decision says"
        if abs(line.pathway.totals.cost - line.cost) > _NEAR or abs(line.pathway.totals.hours - line.hours) > _NEAR:
            yield f"{line.person}: the plan costs something else"


def _seats(decision: SessionDecision, sessions: Sequence[SharedSession]) -> Iterator[str]:
    told = {one.id: one for one in decision.sessions}
    sitting: dict[str, list[str]] = defaultdict(list)
    for line in decision.lines:
        for session in line.sessions:
            sitting[session].append(line.person)
    if set(told) != {one.id for one in sessions} or not set(sitting) <= set(told):
        yield "the sessions are not those that were asked about"
        return
    for one in sessions:
        yield from (f"session {one.id}: {problem}" for problem in _wrong(told[one.id], one, sitting[one.id]))


def _wrong(told: SessionLine, one: SharedSession, people: Sequence[str]) -> Iterator[str]:
    if told.opened != bool(people):
        yield "it is open and empty, or shut and not"
    if people and not one.seats.min <= len(people) <= one.seats.max:
        yield f"{len(people)} people sit in it"
    if sorted(told.people) != sorted(people):
        yield "those who sit in it are not those who say so"
    if told.price != one.price:
        yield "its price is not the one asked"


def _sums(decision: SessionDecision) -> Iterator[str]:
    prices = sum(one.price for one in decision.sessions if one.opened)
    if abs(prices - decision.of_sessions) > _NEAR:
        yield "the prices of the sessions do not add up"
    if abs(prices + sum(one.cost for one in decision.lines) - decision.cost) > _NEAR:
        yield "the cost does not add up"
    if abs(sum(one.hours for one in decision.lines) - decision.hours) > _NEAR:
        yield "the hours do not add up"
    if decision.seats != sum(len(one.sessions) for one in decision.lines):
        yield "the seats do not add up"
    if decision.bound is not None and decision.bound > decision.cost + _NEAR:
        yield "the bound is above the cost"
