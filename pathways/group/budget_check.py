"""A decision recounted (*vérification*), without the solver and without the tables: everything wrong with it, as sentences.

Each plan that is paid for is replayed from what the person holds, and must give the blocks that are told, and the target where it is
said to be completed; its price must be that of its steps, none of which has an unknown one. Then the sums: what is spent, what is left,
people, blocks, the share of each service. Last, what a best decision can't leave undone: nobody who asks for no more than what is left
can complete and still be sent away, and in fairness nobody takes the place of a person of the same service who asks for less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pathways.gap import Positioning, gap
from pathways.group.budget import Member
from pathways.group.budget_answer import Allotment, Criterion, Decision, Outcome
from pathways.objectives import Objective
from pathways.pathway import Pathway, Status
from pathways.question import Question
from pathways.verify import verify

_NEAR = 0.005
GIVEN = (Outcome.TITLE, Outcome.BLOCKS)


def recount(decision: Decision, members: Sequence[Member]) -> list[str]:
    """Everything wrong with a decision; nothing for a right one."""
    return [*_people(decision, members), *_sums(decision), *_shares(decision), *_left_undone(decision)]


def _people(decision: Decision, members: Sequence[Member]) -> Iterator[str]:
    if [line.person for line in decision.lines] != [one.person for one in members]:
        yield "somebody is missing, or is there twice"
        return
    for one, line in zip(members, decision.lines, strict=True):
        yield from (f"{line.person}: {problem}" for problem in _plan(decision, one, line))


def _plan(decision: Decision, one: Member, line: Allotment) -> Iterator[str]:
    if line.outcome not in GIVEN:
        if line.spent or line.blocks or line.steps:
            yield "they get nothing and something is told"
        return
    if one.reach is None or one.reach.positioning is None or one.reach.question is None:
        yield "they get something and were not computed"
        return
    yield from verify(_pathway(line, one.reach.positioning, one.reach.question), one.reach.question, _aimed(one, line))
    by_hours = decision.resource is Objective.HOURS
    totals = line.totals
    if totals.unknown_hours if by_hours else totals.unknown_cost:
        yield "a module of unknown price is paid for"
    if abs((totals.hours if by_hours else totals.cost) - line.spent) > _NEAR:
        yield "what is spent is not what the plan takes"
    if not set(line.blocks) <= set(one.reach.lacking) or len(set(line.blocks)) < len(line.blocks):
        yield "a block is counted that was there already, or twice"


def _aimed(one: Member, line: Allotment) -> Positioning:
    """The positioning in front of what is told to be obtained."""
    assert one.reach is not None
    assert one.reach.positioning is not None
    placed = one.reach.positioning
    goals = (*(placed.target.goals if line.outcome is Outcome.TITLE else ()), *line.blocks)
    return replace(placed, target=replace(placed.target, goals=goals))


def _pathway(line: Allotment, placed: Positioning, question: Question) -> Pathway:
    """What is told of a plan, as the verifier reads it."""
    return Pathway(
        status=Status.FEASIBLE,
        target=placed.target.ref,
        title=placed.target.version.title,
        on=question.on,
        versions=(),
        engine="",
        gap=gap(placed),
        steps=line.steps,
        totals=line.totals,
    )


def _sums(decision: Decision) -> Iterator[str]:
    lines, reached = decision.lines, decision.reached
    spent = sum(line.spent for line in lines)
    if abs(spent - reached.spent) > _NEAR * (1 + len(lines)):
        yield "the sum of what is spent is wrong"
    if spent > decision.limit + _NEAR or abs(decision.limit - reached.spent - decision.left) > _NEAR:
        yield "more is spent than there is, or what is left is wrong"
    if sum(line.outcome is Outcome.TITLE for line in lines) != reached.titles:
        yield "the number of people who complete is wrong"
    if sum(len(line.blocks) for line in lines) != reached.blocks:
        yield "the number of blocks is wrong"
    if decision.outcomes != dict(sorted(Counter(line.outcome.value for line in lines).items())):
        yield "outcomes are not all counted"


def _shares(decision: Decision) -> Iterator[str]:
    people: Counter[str | None] = Counter()
    served: Counter[str | None] = Counter()
    for line in decision.lines:
        people[line.service] += line.price is not None
        served[line.service] += line.outcome is Outcome.TITLE
    for one in decision.services:
        if one.served != served[one.service] or (decision.proved and one.people != people[one.service]):
            yield f"the share of {one.service} is wrong"
    told = {one.service for one in decision.services}
    if decision.proved and told != {name for name, count in people.items() if count}:
        yield "a service is missing"


def _left_undone(decision: Decision) -> Iterator[str]:
    for line in decision.lines if decision.proved else ():
        if line.more is not None and line.more < _NEAR and decision.criterion is not Criterion.BLOCKS:
            yield f"{line.person} could complete with what is left"
    if decision.criterion is Criterion.FAIRNESS:
        yield from _passed_over(decision)


def _passed_over(decision: Decision) -> Iterator[str]:
    dearest: dict[str | None, float] = {}
    for line in decision.lines:
        if line.outcome is Outcome.TITLE:
            dearest[line.service] = max(line.spent, dearest.get(line.service, 0))
    for line in decision.lines:
        if line.more is not None and (line.price or 0) < dearest.get(line.service, 0) - _NEAR:
            yield f"{line.person} asks for less than somebody of their service who completes"
