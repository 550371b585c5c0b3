"""A budget shared out between people (*un budget qui ne suffit pas*): people and a limit in, the decision out, with all that is wrong told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from pydantic import Field

from api.services.cohort import NO_TARGET
from api.services.cohort_people import Asking
from pathways.group.budget import Member, decide
from pathways.group.budget_answer import Criterion, Decision
from pathways.group.budget_check import recount
from pathways.group.budget_ways import Reach, Reaches
from pathways.holdings import ProfileProblem
from pathways.impasse import impasse
from pathways.objectives import Objective
from pathways.planner import NotVerified
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import Limits
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import Finding
from referentials.provenance import Value

_TO_SAY_WHY = 5.0
"""Seconds at most to find out why nothing is possible for somebody."""


class GroupBudget(Value):
    """The decision for a group, and what is wrong in what was read."""

    on: date = Field(description="Le jour de la question.")
    problems: int = Field(description="Problèmes différents, résolus une fois chacun.")
    decision: Decision = Field(description="La décision.")
    findings: tuple[Finding, ...] = Field((), description="Ce qui ne convient pas dans les fichiers.")


@dataclass(frozen=True, slots=True)
class Sharing:
    """What is shared out, and for what.

    Parameters
    ----------
    limit : int
        Cents, or minutes.
    front : bool
        Give every compromise.
    explain : bool
        Work out who would give way to whom.
    """

    limit: int
    criterion: Criterion = Criterion.TITLES
    resource: Objective = Objective.COST
    front: bool = False
    explain: bool = True


def shared_out(
    people: Iterable[Asking | Finding],
    question: Question,
    rights: Rights,
    sharing: Sharing,
    *,
    known: dict[str, Reaches | str] | None = None,
    tell: Callable[[int], None] = lambda done: None,
    should_stop: Callable[[], bool] = lambda: False,
    at_last: Callable[[], bool] | None = None,
) -> GroupBudget:
    """Decide for people, each towards the target of the question, or towards their own when it has none.

    Parameters
    ----------
    known : dict, optional
        What was worked out for the same question, target by target; what is worked out now is added.
    tell : callable
        Told how many people are done.
    should_stop : callable
        Once true, the decision is made among those who are done; the bound counts the others.
    at_last : callable, optional
        Once true, nothing goes on, not even whoever was begun, nor the explanations; none: as ``should_stop``.

    Raises
    ------
    NotVerified
        The engine is wrong.
    """
    watched = should_stop if at_last is None else at_last
    gathered = _Gathered(question, rights, sharing.resource, should_stop, watched, {} if known is None else known)
    findings: list[Finding] = []
    members: list[Member] = []
    for one in people:
        if isinstance(one, Finding):
            findings.append(one)
            continue
        members.append(gathered.member(one))
        tell(len(members))
    named, explain = (sharing.criterion, sharing.resource), sharing.explain and not watched()
    decision = decide(members, sharing.limit, *named, front=sharing.front, explain=explain, should_stop=watched)
    if wrong := recount(decision, members):
        raise NotVerified("; ".join(wrong))
    problems = len({id(one.reach) for one in members if one.reach is not None})
    return GroupBudget(on=question.on, problems=problems, decision=decision, findings=tuple(findings))


@dataclass
class _Gathered:
    """What each person may obtain, target by target."""

    question: Question
    rights: Rights
    resource: Objective
    should_stop: Callable[[], bool]
    watched: Callable[[], bool]
    targets: dict[str, Reaches | str]
    missing: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def member(self, one: Asking) -> Member:
        """A person of the group; one whose profile or target does not suit says why."""
        target, person = self.question.target or one.target, one.profile.id
        if target is None:
            return Member(person, one.service, problems=(NO_TARGET,))
        reaches = self._target(target)
        if isinstance(reaches, str):
            return Member(person, one.service, target, problems=(reaches,))
        aimed = reaches.cohort.target
        try:
            if self.should_stop() and not reaches.knows(one.profile):
                return Member(person, one.service, aimed.ref, most_blocks=len(aimed.blocks))
            reach = reaches.of(one.profile, self._limits())
        except ProfileProblem as error:
            return Member(person, one.service, aimed.ref, problems=error.messages)
        return Member(person, one.service, aimed.ref, reach, missing=self._missing(reach))

    def _limits(self) -> Limits:
        return Limits(self.question.time_limit, self.watched)

    def _target(self, target: str) -> Reaches | str:
        if target not in self.targets:
            reaches = Reaches(self.rights, replace(self.question, target=target), self.resource)
            try:
                assert reaches.cohort.target
                self.targets[target] = reaches
            except (UnknownReference, NotInForce) as problem:
                self.targets[target] = str(problem)
        return self.targets[target]

    def _missing(self, reach: Reach) -> tuple[str, ...]:
        """What nothing known leads to, when somebody can't have their whole target; once for each problem."""
        titles = (way.title for way in (*reach.ways, *reach.unpriced, *reach.unsettled))
        if reach.held or any(titles) or reach.positioning is None or reach.question is None:
            return ()
        if id(reach) not in self.missing:
            limits = replace(self._limits(), seconds=min(_TO_SAY_WHY, self.question.time_limit or _TO_SAY_WHY))
            self.missing[id(reach)] = impasse(reach.positioning, reach.question, limits).core
        return self.missing[id(reach)]
