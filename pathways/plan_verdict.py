"""A domain case → what is false in its plan (*verdict d'un parcours*): the best plan computed, against the one worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.cases import Case, ExpectedPlan
from pathways.objectives import Objective
from pathways.pathway import Pathway
from pathways.planner import plan
from pathways.question import Question
from pathways.recognition import Rights


def plan_failures(case: Case, rights: Rights) -> tuple[str, ...]:
    """What is false in the plan of a case, in sentences; nothing when it holds, or when the case says no plan."""
    if case.plan is None or case.target is None:
        return ()
    question = Question(
        case.profile,
        case.target,
        case.on,
        tuple(Objective(name) for name in case.plan.minimise),
        case.offers,
        policy=case.policy,
        explain=False,
    )
    return tuple(_failures(case.plan, plan(question, rights)))


def _failures(expected: ExpectedPlan, found: Pathway) -> Iterator[str]:
    if found.status.value != expected.status:
        yield f"le parcours devrait être « {expected.status} », non « {found.status.value} »"
    for name, wanted in expected.totals.model_dump(exclude_none=True).items():
        given = getattr(found.totals, name)
        if given is None or abs(given - wanted) > 1e-6:
            yield f"{name} : attendu {wanted:g}, obtenu {'rien' if given is None else format(given, 'g')}"
    yield from (f"l'avertissement {code} devrait y être" for code in expected.notices if code not in found.notices)
    at_work = sum(one.hours for one in found.workplace)
    if expected.workplace is not None and expected.workplace != at_work:
        yield f"heures en entreprise : attendu {expected.workplace:g}, obtenu {at_work:g}"
    refs = {step.ref for step in found.steps}
    yield from (f"{ref} devrait être dans le parcours" for ref in expected.includes if ref not in refs)
    yield from (f"{ref} ne devrait pas être dans le parcours" for ref in expected.excludes if ref in refs)
