"""A cohort asked and summed up (*cohorte*): a line per person, and what all of them together take, by body, by block and by month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from pydantic import Field

from api.services.cohort_people import Asking
from pathways.cohort import parts
from pathways.cohort_plans import Answer, Cohort, Line
from pathways.pathway import Status, StepKind
from pathways.positioning import ACQUIRED
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import Limits
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import Finding
from referentials.provenance import Value

PLANNED = (Status.OPTIMAL, Status.FEASIBLE)
NO_TARGET = "Aucune cible n'est dite pour cette personne."


class Share(Value):
    """What one part of the whole takes: a training body, a month."""

    name: str
    people: int
    hours: float
    cost: float


class Lacking(Value):
    """A block, and how many of those who are asked about it lack it."""

    ref: str
    people: int


class PersonLine(Line):
    """A person's line, with the target that was asked for."""

    target: str | None


class Summary(Value):
    """A whole cohort."""

    on: date
    people: int = Field(description="Personnes lues, sans les profils qui ne conviennent pas.")
    statuses: dict[str, int] = Field(description="Combien de chaque réponse.")
    problems: int = Field(description="Problèmes différents, résolus une fois chacun.")
    refused: int = Field(description="Personnes dont le profil ou la cible ne convient pas.")
    stopped: bool = Field(description="Vrai quand on a demandé d'arrêter avant la fin.")
    hours: float = Field(description="Heures connues, en tout.")
    cost: float = Field(description="Coût connu en euros, en tout.")
    modules: int = Field(description="Modules suivis, en tout.")
    unknown: int = Field(description="Modules suivis dont la durée ou le prix n'est pas connu.")
    by_body: tuple[Share, ...]
    by_month: tuple[Share, ...] = Field(description="Par mois du début de chaque étape ; vide : rien n'est daté.")
    by_block: tuple[Lacking, ...]
    lines: tuple[PersonLine, ...]
    findings: tuple[Finding, ...]


def asked_for_all(
    people: Iterable[Asking | Finding],
    question: Question,
    rights: Rights,
    *,
    tell: Callable[[int], None] = lambda done: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Ask for every person, each towards the target of the question, or towards their own when it has none.

    Parameters
    ----------
    tell : callable
        Told how many people are done.
    should_stop : callable
        Once true, what is done is summed up.
    """
    cohorts: dict[str, Cohort | str] = {}
    lines: list[PersonLine] = []
    findings: list[Finding] = []
    stopped = False
    for one in people:
        if should_stop():
            stopped = True
            break
        if isinstance(one, Finding):
            findings.append(one)
            continue
        target = question.target or one.target
        lines.append(_line(one, target, cohorts, question, rights, Limits(question.time_limit, should_stop)))
        tell(len(lines))
    return _summed(question.on, lines, findings, cohorts, stopped=stopped)


def _line(
    one: Asking,
    target: str | None,
    cohorts: dict[str, Cohort | str],
    question: Question,
    rights: Rights,
    limits: Limits,
) -> PersonLine:
    if target is None:
        return PersonLine(person=one.profile.id, target=None, problems=(NO_TARGET,))
    if target not in cohorts:
        cohorts[target] = _cohort(rights, replace(question, target=target))
    cohort = cohorts[target]
    if isinstance(cohort, str):
        return PersonLine(person=one.profile.id, target=target, problems=(cohort,))
    found = cohort.line(one.profile, limits)
    ref = cohort.target.version.key if found.answer else target
    return PersonLine(person=found.person, target=ref, answer=found.answer, problems=found.problems)


def _cohort(rights: Rights, question: Question) -> Cohort | str:
    """A cohort, or why its target can't be used."""
    cohort = Cohort(rights, question)
    try:
        assert cohort.target
    except (UnknownReference, NotInForce) as problem:
        return str(problem)
    return cohort


def _summed(
    on: date,
    lines: list[PersonLine],
    findings: list[Finding],
    cohorts: dict[str, Cohort | str],
    *,
    stopped: bool,
) -> Summary:
    answers = [line.answer for line in lines if line.answer is not None]
    planned = [one for one in answers if one.status in PLANNED]
    return Summary(
        on=on,
        people=len(lines),
        statuses=dict(sorted(Counter(one.status.value for one in answers).items())),
        problems=sum(len(one.answers) for one in cohorts.values() if isinstance(one, Cohort)),
        refused=sum(line.answer is None for line in lines),
        stopped=stopped,
        hours=round(sum(one.totals.hours for one in planned), 2),
        cost=round(sum(one.totals.cost for one in planned), 2),
        modules=sum(one.totals.modules for one in planned),
        unknown=sum(max(one.totals.unknown_hours, one.totals.unknown_cost) for one in planned),
        by_body=_shares(planned, lambda step: step.body),
        by_month=_shares(planned, lambda step: f"{step.start:%Y-%m}" if step.start else None),
        by_block=_lacking(lines, cohorts),
        lines=tuple(lines),
        findings=tuple(findings),
    )


def _shares(planned: Iterable[Answer], name_of: Callable[..., str | None]) -> tuple[Share, ...]:
    """What modules take, by a name of each."""
    hours: Counter[str] = Counter()
    cost: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for answer in planned:
        steps = [(name, step) for step in answer.steps if step.kind is StepKind.MODULE and (name := name_of(step))]
        people.update({name for name, _step in steps})
        for name, step in steps:
            hours[name] += step.hours or 0  # type: ignore[assignment]
            cost[name] += step.cost or 0  # type: ignore[assignment]
    return tuple(
        Share(name=name, people=people[name], hours=round(hours[name], 2), cost=round(cost[name], 2))
        for name in sorted(people)
    )


def _lacking(lines: Iterable[PersonLine], cohorts: dict[str, Cohort | str]) -> tuple[Lacking, ...]:
    """How many people lack each block of what they aim at, the block that most lack first."""
    made = {one.target.version.key: parts(one.target) for one in cohorts.values() if isinstance(one, Cohort)}
    found: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.answer is None or line.target is None:
            continue
        for ref, state in zip(made[line.target].blocks, line.answer.standing.blocks, strict=True):
            found[ref] += state not in ACQUIRED
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Lacking(ref=ref, people=count) for ref, count in ranked if count)
