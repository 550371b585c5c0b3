"""The steps of a plan, in words (*étapes*): modules, assessments, load, what could be saved, what else was considered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pathways.pathway import Alternative, Pathway, Step, StepKind
from pathways.profile import CanGive, PeriodUnit
from referentials.library import Library
from referentials.offer import Module, Session
from reports.language import say
from reports.library_wording import requirement
from reports.pathway_wording import brought, by_modality, exchange, if_confirmed, step_title, without
from reports.plan_document import (
    AlternativeRow,
    AssessmentRow,
    ClosedPeriod,
    ConfirmationRow,
    ModuleRow,
    PeriodRow,
    StepRow,
)
from reports.reason_wording import caution

_ASSESSED = (StepKind.ASSESSMENT, StepKind.VAE, StepKind.AWARD)


def planned(pathway: Pathway) -> tuple[Step, ...]:
    """The steps of the plan, or of what is within reach when the whole is not."""
    return pathway.steps if pathway.within_reach is None else pathway.within_reach.steps


def steps(pathway: Pathway) -> tuple[StepRow, ...]:
    """Every step in its order."""
    return tuple(
        StepRow(
            number=number,
            kind=step.kind,
            title=step_title(step),
            ref=step.ref,
            hours=step.hours,
            cost=step.cost,
            start=step.start,
            end=step.end,
            cautions=tuple(caution(one) for one in step.cautions),
            illustrative=step.illustrative,
        )
        for number, step in enumerate(planned(pathway), start=1)
    )


def modules(pathway: Pathway, library: Library, unit: PeriodUnit) -> tuple[ModuleRow, ...]:
    """The modules in their order."""
    priced = {one.module: without(one, unit) for one in pathway.without}
    followed = (step for step in planned(pathway) if step.kind is StepKind.MODULE)
    return tuple(_module(step, library.modules.get(step.ref), pathway, priced.get(step.ref, "")) for step in followed)


def _module(step: Step, module: Module | None, pathway: Pathway, why: str) -> ModuleRow:
    session = _session(module, step.session)
    asked = module.requires if module else None
    return ModuleRow(
        ref=step.ref,
        title=step.title or step.ref,
        body=step.body or "",
        hours=step.hours,
        hours_by_modality=step.hours_by_modality,
        modality=by_modality(step.hours_by_modality) if step.hours_by_modality else "",
        hours_before=module.hours.total if module and module.hours else None,
        price=step.cost,
        session=step.session or "",
        place=(session.place or "") if session else "",
        start=step.start,
        end=step.end,
        requires=tuple("\u2003" * depth + text for depth, text in requirement(asked)) if asked else (),
        brings=brought(step, pathway.gap) or say("ce que la suite demande d'abord"),
        why=why,
        reduced_by=step.reduced_by or "",
        cpf=module.funding.cpf if module else None,
        illustrative=step.illustrative,
    )


def _session(module: Module | None, name: str | None) -> Session | None:
    return next((one for one in module.sessions if one.id == name), None) if module else None


# -- the calendar ---------------------------------------------------------------------------------------------------------


def periods(pathway: Pathway, give: CanGive) -> tuple[PeriodRow, ...]:
    """The load of each week or period from the first to the last, those without load among them."""
    spent: dict[tuple[date, date], float] = defaultdict(float)
    for step in planned(pathway):
        for load in step.loads:
            spent[load.start, load.end] += load.hours
    most = give.calendar.max_hours if give.calendar else give.weekly_hours
    return tuple(
        PeriodRow(start=start, end=end, hours=spent.get((start, end), 0), capacity=most)
        for start, end in _without_gaps(sorted(spent))
    )


def _without_gaps(found: list[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """The periods, and between them the weeks that have no load; periods of other lengths are left as they are."""
    week = timedelta(days=7)
    for index, (start, end) in enumerate(found):
        before = found[index - 1] if index else None
        while before and (before[1] - before[0]).days <= 6 and before[1] + week < start:
            before = (before[1] + timedelta(days=1), before[1] + week)
            yield before
        yield start, end


def closed(pathway: Pathway, give: CanGive) -> tuple[ClosedPeriod, ...]:
    """The days without training between the first and the last day of the plan."""
    days = [day for step in planned(pathway) for day in (step.start, step.end) if day]
    if not days:
        return ()
    first, last = min(days), max(days)
    windows = [(one.start or first, one.end or last) for one in give.unavailable]
    return tuple(ClosedPeriod(start=start, end=end) for start, end in windows if start <= last and end >= first)


# -- assessments ----------------------------------------------------------------------------------------------------------


def assessments(pathway: Pathway, library: Library) -> tuple[AssessmentRow, ...]:
    """What is assessed, block by block, then the whole."""
    return tuple(_assessment(step, library) for step in planned(pathway) if step.kind in _ASSESSED)


def _assessment(step: Step, library: Library) -> AssessmentRow:
    by_experience = step.kind is StepKind.VAE
    return AssessmentRow(
        ref=step.ref,
        kind=step.kind,
        title=step_title(step),
        form=say("dossier et entretien avec un jury") if by_experience else step.form or "",
        hours=step.hours,
        cost=step.cost,
        included_in=_title(step.included_in, library) if step.included_in else "",
        start=step.start,
        end=step.end,
    )


# -- what could change ----------------------------------------------------------------------------------------------------


def confirmations(pathway: Pathway, unit: PeriodUnit) -> tuple[ConfirmationRow, ...]:
    """What each confirmation would save."""
    return tuple(
        ConfirmationRow(text=if_confirmed(one, unit), hours=one.hours, cost=one.cost, opens=one.opens)
        for one in pathway.if_confirmed
    )


def alternatives(pathway: Pathway, library: Library) -> tuple[AlternativeRow, ...]:
    """The other plans, by what they change."""
    return _compared(pathway.alternatives, pathway, library)


def front(pathway: Pathway, library: Library) -> tuple[AlternativeRow, ...]:
    """The compromises between two objectives, by what they change from the plan."""
    return _compared(pathway.front.points if pathway.front else (), pathway, library)


def _compared(others: Sequence[Alternative], pathway: Pathway, library: Library) -> tuple[AlternativeRow, ...]:
    mine = [step.ref for step in planned(pathway) if step.kind is StepKind.MODULE]
    return tuple(_alternative(one, mine, library) for one in others)


def _alternative(one: Alternative, mine: list[str], library: Library) -> AlternativeRow:
    added = tuple(_title(ref, library) for ref in one.modules if ref not in mine)
    removed = tuple(_title(ref, library) for ref in mine if ref not in one.modules)
    return AlternativeRow(totals=one.totals, difference=exchange(added, removed), added=added, removed=removed)


def _title(ref: str, library: Library) -> str:
    module = library.modules.get(ref)
    return module.title if module else ref
