"""A plan as its page shows it (*page du plan*): what the document says, step by step, with a way on from each line.

Every figure and every word is that of :class:`reports.plan_document.PlanDocument`; here they are put beside the changes that a person may try.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field

from api.services.what_if import WhatIf, confirming, taking
from api.web.what_if_address import address, together
from pathways.pathway import Pathway, Status, Step, StepKind, Totals
from pathways.profile import CanGive, PeriodUnit
from referentials.provenance import Value
from reports.difference_wording import differences, exchange, if_confirmed
from reports.impasse_wording import way_out
from reports.language import say
from reports.pathway_wording import figures, unknown_cost, unknown_hours
from reports.plan_document import AssessmentRow, BlockRow, CompetencyRow, ModuleRow, PlanDocument, StepRow
from reports.plan_steps import planned
from reports.reason_wording import STATES
from reports.step_wording import STEPS, step_dates, step_load
from reports.wording import labelled


class StepView(Value):
    """One step, and what can be tried with it."""

    number: int = Field(description="Rang, à partir de 1.")
    kind: StepKind = Field(description="Nature de l'étape.")
    kind_words: str = Field(description="Sa nature, en mots.")
    title: str = Field(description="L'étape, en mots.")
    dates: str = Field(description="Ses dates, en mots ; vide : sans date.")
    load: str = Field(description="Heures, modalités et prix, en mots.")
    module: ModuleRow | None = Field(description="Le module, pour un module.")
    assessment: AssessmentRow | None = Field(description="L'évaluation, pour une évaluation.")
    cautions: tuple[str, ...] = Field(description="Ce qu'il faut savoir.")
    illustrative: bool = Field(description="Vrai pour un module inventé.")
    without_href: str = Field(description="Le plan sans ce module ; vide : sans objet.")
    done: str = Field(description="Ce qu'il faut écrire au profil quand c'est fait ; vide : sans objet.")


class BlockView(Value):
    """One block of the target, with the steps that lead to it."""

    row: BlockRow = Field(description="Le bloc, comme dans le document.")
    tone: str = Field(description="Le ton de son état.")
    state: str = Field(description="Son état, en mots.")
    competencies: tuple[tuple[CompetencyRow, str, str], ...] = Field(
        description="Ses compétences, chacune avec le ton et les mots de son état."
    )
    steps: tuple[int, ...] = Field(description="Les rangs des étapes qui y mènent.")


class Choice(Value):
    """Something to try: what it is, what changes, and the page where it is tried."""

    title: str = Field(description="De quoi il s'agit.")
    detail: str = Field("", description="Ce que cela change.")
    href: str = Field("", description="Où l'essayer ; vide : cela ne s'essaie pas ici.")
    illustrative: bool = Field(False, description="Vrai quand un module y est inventé.")


class Comparison(Value):
    """What changes from the person's own plan to the one that is tried."""

    figures: tuple[tuple[str, str, str], ...] = Field(description="Chaque chiffre : son nom, votre plan, cet essai.")
    sentence: str = Field(description="Ce qui change, en une phrase.")
    modules: str = Field(description="Les modules qui changent, en mots ; vide : aucun.")


def steps(plan: PlanDocument, pathway: Pathway, change: WhatIf) -> tuple[StepView, ...]:
    """The steps in their order."""
    modules = {one.ref: one for one in plan.modules}
    assessed = {(one.kind, one.ref): one for one in plan.assessments}
    return tuple(
        _step(row, step, modules, assessed.get((step.kind, step.ref)), change)
        for row, step in zip(plan.steps, planned(pathway), strict=True)
    )


def _step(
    row: StepRow, step: Step, modules: Mapping[str, ModuleRow], assessment: AssessmentRow | None, change: WhatIf
) -> StepView:
    module = modules.get(step.ref) if step.kind is StepKind.MODULE else None
    return StepView(
        number=row.number,
        kind=step.kind,
        kind_words=STEPS[step.kind],
        title=(step.title or row.title) if module else row.title.removeprefix(labelled(STEPS[step.kind], "")),
        dates=step_dates(step),
        load=step_load(step) if step.kind is not StepKind.RIGHT else "",
        module=module,
        assessment=assessment,
        cautions=row.cautions,
        illustrative=row.illustrative,
        without_href=address(together(change, WhatIf(refuse=(step.ref,)))) if module else "",
        done=step.ref if step.kind in (StepKind.MODULE, StepKind.ASSESSMENT, StepKind.VAE, StepKind.AWARD) else "",
    )


def blocks(plan: PlanDocument, pathway: Pathway) -> tuple[BlockView, ...]:
    """The blocks of the target in their order."""
    return tuple(
        BlockView(
            row=row,
            tone=row.state.value,
            state=STATES[row.state],
            competencies=tuple((one, one.state.value, STATES[one.state]) for one in row.competencies),
            steps=tuple(_leading(row, pathway)),
        )
        for row in plan.blocks
    )


def _leading(row: BlockRow, pathway: Pathway) -> Iterator[int]:
    inside = (row.ref, f"{row.ref}/")
    for number, step in enumerate(planned(pathway), start=1):
        if step.kind is not StepKind.AWARD and any(
            fact == inside[0] or fact.startswith(inside[1]) for fact in step.grants
        ):
            yield number


def confirmations(pathway: Pathway, unit: PeriodUnit, change: WhatIf) -> tuple[Choice, ...]:
    """What would be saved by each confirmation."""
    return tuple(
        Choice(title=if_confirmed(one, unit), href=_tried(change, confirming(one))) for one in pathway.if_confirmed
    )


def ways_out(pathway: Pathway, give: CanGive, change: WhatIf) -> tuple[Choice, ...]:
    """What would make a plan possible."""
    ways = pathway.conflict.ways_out if pathway.conflict else ()
    return tuple(Choice(title=way_out(way, give), href=_tried(change, taking(way))) for way in ways)


def _tried(change: WhatIf, more: WhatIf | None) -> str:
    return "" if more is None else address(together(change, more))


def alternatives(plan: PlanDocument, pathway: Pathway, change: WhatIf) -> tuple[Choice, ...]:
    """The other plans, each as a change of modules."""
    own = [step.ref for step in pathway.steps if step.kind is StepKind.MODULE]
    found = []
    for row, other in zip(plan.alternatives, pathway.alternatives, strict=True):
        swap = WhatIf(
            refuse=tuple(ref for ref in own if ref not in other.modules),
            impose=tuple(ref for ref in other.modules if ref not in own),
        )
        numbers = figures(row.totals, plan.unit)
        found.append(
            Choice(
                title=row.difference,
                detail=" · ".join(f"{value} {name}" if name == numbers[1][0] else value for name, value in numbers),
                href=address(together(change, swap)),
                illustrative=other.illustrative,
            )
        )
    return tuple(found)


def comparison(own: Pathway, tried: Pathway, titles: Mapping[str, str], unit: PeriodUnit) -> Comparison:
    """What changes from one plan to another."""
    before, after = _totals(own), _totals(tried)
    rows = zip(figures(before, unit), figures(after, unit), strict=True)
    first, second = ({step.ref for step in planned(one) if step.kind is StepKind.MODULE} for one in (own, tried))
    added, removed = (sorted(titles.get(ref, ref) for ref in refs) for refs in (second - first, first - second))
    return Comparison(
        figures=tuple((name, value, new) for (name, value), (_name, new) in rows),
        sentence=_sentence(own, tried, before, after, unit),
        modules=exchange(added, removed) if added or removed else "",
    )


def _sentence(own: Pathway, tried: Pathway, before: Totals, after: Totals, unit: PeriodUnit) -> str:
    if tried.status is Status.INFEASIBLE:
        return say("Ainsi, aucun parcours n'est possible : la page dit pourquoi, et votre plan n'a pas changé.")
    if own.status in (Status.INFEASIBLE, Status.UNKNOWN):
        return say("Un parcours devient possible.")
    known = (unknown_hours(before) == unknown_hours(after), unknown_cost(before) == unknown_cost(after))
    weeks = None if before.weeks is None or after.weeks is None else after.weeks - before.weeks
    told = differences(
        after.hours - before.hours if known[0] else None, after.cost - before.cost if known[1] else None, weeks, unit
    )
    return told[:1].upper() + told[1:] + "." if told else say("Les totaux ne changent pas.")


def _totals(pathway: Pathway) -> Totals:
    return pathway.totals if pathway.within_reach is None else pathway.within_reach.totals
