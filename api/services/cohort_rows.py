"""The figures of one person of a cohort (*ligne d'une cohorte*): people with the same problem share one answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from api.bulk.plans import Cohorts, Problem
from pathways.cohort import parts
from pathways.cohort_plans import Answer
from pathways.holdings import ProfileProblem
from pathways.pathway import Status, Step, StepKind
from pathways.positioning import ACQUIRED
from pathways.profile import Profile
from pathways.question import Question
from pathways.solution import Limits
from pathways.target import Target
from referentials.library import Library
from reports.cohort_rows import Part, Row

_KEPT = 4


def row_for(question: Question, library: Library) -> Row:
    """What comes of one person; people with the same problem share one answer, as long as this process lives.

    Raises
    ------
    UnknownReference, NotInForce
        The target can't be used.
    ProfileProblem
        The profile names something that can't be used.
    """
    cohort = _cohorts(library, replace(question, profile=Profile(), target="")).of(
        Problem(question.target, question.profile)
    )
    line = cohort.line(question.profile, Limits(question.time_limit))
    if line.answer is None:
        raise ProfileProblem(line.problems)
    return _row(line.answer, cohort.target)


@lru_cache(maxsize=_KEPT)
def _cohorts(library: Library, question: Question) -> Cohorts:
    """What was computed for a question; a library that has changed is another one."""
    return Cohorts(library, question)


def _row(answer: Answer, target: Target) -> Row:
    totals = answer.totals
    blocks = zip(parts(target).blocks, answer.standing.blocks, strict=True)
    return Row(
        target=target.ref,
        status=answer.status,
        proved=answer.status is not Status.UNKNOWN and all(one.proved for one in answer.objective),
        verified=answer.verified,
        hours=totals.hours,
        cost=totals.cost,
        weeks=totals.weeks,
        modules=totals.modules,
        unknown=max(totals.unknown_hours, totals.unknown_cost),
        lacking=tuple(ref for ref, state in blocks if state not in ACQUIRED),
        parts=tuple(_parts(answer.steps)),
    )


def _parts(steps: Iterable[Step]) -> Iterator[Part]:
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for step in steps:
        if step.kind is StepKind.MODULE:
            name = step.body or "", f"{step.start:%Y-%m}" if step.start else ""
            hours, cost = found.get(name, (0, 0))
            found[name] = hours + (step.hours or 0), cost + (step.cost or 0)
    for (body, month), (hours, cost) in sorted(found.items()):
        yield Part(body=body, month=month, hours=round(hours, 2), cost=round(cost, 2))
