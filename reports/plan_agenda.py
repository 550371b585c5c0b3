"""The days of a plan for a calendar program (*agenda*): modules and sessions, assessments, deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.pathway import StepKind
from reports.document import Event
from reports.language import say
from reports.pathway_wording import sums
from reports.plan_document import ModuleRow, PlanDocument, StepRow
from reports.wording import euros, hours


def events(plan: PlanDocument) -> Iterator[Event]:
    """One event per dated step; then the last day of validity of the target."""
    followed = {one.ref: one for one in plan.modules}
    for step in plan.steps:
        if step.start is not None and step.kind is not StepKind.RIGHT:
            yield _event(step, followed.get(step.ref), plan)
    last = plan.target.award_until or plan.target.valid_to
    if last is not None and plan.steps:
        yield Event(
            uid=f"{plan.reference}/fin-de-validite@passerelles",
            title=say("Fin de validité : {title}", title=plan.target.name),
            start=last,
            end=last,
            description=say("Dernier jour connu pour obtenir cette certification."),
            revision=plan.revision,
        )


def _event(step: StepRow, module: ModuleRow | None, plan: PlanDocument) -> Event:
    assert step.start is not None
    told = [
        "" if step.hours is None else hours(step.hours),
        "" if step.cost is None else euros(step.cost),
        module.body if module else "",
        module.brings if module else "",
        *step.cautions,
        say("Plan {reference} : {totals}", reference=plan.reference, totals=sums(plan.totals, plan.unit)),
    ]
    return Event(
        uid=f"{plan.reference}/{step.kind}/{step.ref}@passerelles",
        title=step.title,
        start=step.start,
        end=step.end or step.start,
        place=module.place if module else "",
        description="\n".join(part for part in told if part),
        revision=plan.revision,
    )
