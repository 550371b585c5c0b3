"""The steps of a plan, in words (*étapes*): modules, assessments, load, what could be saved, what else was considered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from pathways.pathway import Alternative, Pathway, Step, StepKind
from pathways.profile import CanGive, PeriodUnit
from pathways.slots import Slots, periods_from, weeks_from, weeks_until
from referentials.library import Library
from referentials.model import Block, Competency
from referentials.offer import Module, Session
from referentials.requirement import AllOf, Held, Requirement
from reports.language import say
from reports.library_wording import granted, source
from reports.names import in_words, requirement
from reports.pathway_wording import (
    STEPS,
    brought,
    by_modality,
    exchange,
    if_confirmed,
    shortened_by,
    step_title,
    without,
)
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
from reports.wording import labelled, listed

_ASSESSED = (StepKind.ASSESSMENT, StepKind.VAE, StepKind.AWARD)


def planned(pathway: Pathway) -> tuple[Step, ...]:
    """The steps of the plan, or of what is within reach when the whole is not."""
    return pathway.steps if pathway.within_reach is None else pathway.within_reach.steps


def steps(pathway: Pathway, library: Library) -> tuple[StepRow, ...]:
    """Every step in its order."""
    return tuple(
        StepRow(
            number=number,
            kind=step.kind,
            title=_right(step, library) if step.kind is StepKind.RIGHT else step_title(step),
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


def _right(step: Step, library: Library) -> str:
    """A right by its text and its article, and what it gives."""
    found = next((one for one in library.recognitions if one.id == step.ref), None)
    if found is None:
        return step_title(step)
    text = source(found.source.model_copy(update={"url": None, "checked_on": None}))
    return listed([labelled(STEPS[step.kind], text), in_words(granted(step.grants), library)])


def modules(pathway: Pathway, library: Library, unit: PeriodUnit) -> tuple[ModuleRow, ...]:
    """The modules in their order."""
    priced = {one.module: without(one, unit) for one in pathway.without}
    followed = (step for step in planned(pathway) if step.kind is StepKind.MODULE)
    return tuple(_module(step, library, pathway, priced.get(step.ref, "")) for step in followed)


def _module(step: Step, library: Library, pathway: Pathway, why: str) -> ModuleRow:
    module = library.modules.get(step.ref)
    target = pathway.target.partition("/")[0]
    session = _session(module, step.session)
    asked = _asked_before(module, library) if module else None
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
        requires=tuple(_asked_first(asked, library, target)) if asked else (),
        brings=in_words(brought(step, pathway.gap), library) or say("ce que la suite demande d'abord"),
        why=why,
        reduced_by=shortened_by(step),
        cpf=module.funding.cpf if module else None,
        illustrative=step.illustrative,
    )


def _asked_before(module: Module, library: Library) -> Requirement | None:
    """What a module asks for, and the strict prerequisites of what it develops, but for those that it develops itself."""
    brought = {full for item in module.develops for full in library.expand(item.competency)}
    blocks = {full: library.find(full) for text in module.prepares for full in library.expand(text)}
    for full, block in blocks.items():
        brought |= {f"{full}/{one.code}" for one in block.known_competencies} if isinstance(block, Block) else set()
    items = (library.find(full) for full in sorted(brought))
    texts = dict.fromkeys(text for one in items if isinstance(one, Competency) for text in one.requires.strict)
    first = tuple(Held(text) for text in texts if not brought.intersection(library.expand(text)))
    if not first:
        return module.requires
    return AllOf(all_of=(*([module.requires] if module.requires else []), *first))


def _asked_first(asked: Requirement, library: Library, target: str) -> Iterator[str]:
    """What a module asks for, line by line, everything by its name."""
    return ("\u2003" * depth + told for depth, told in requirement(asked, library, within=target))


def _session(module: Module | None, name: str | None) -> Session | None:
    return next((one for one in module.sessions if one.id == name), None) if module else None


# -- the calendar ---------------------------------------------------------------------------------------------------------


def periods(pathway: Pathway, give: CanGive) -> tuple[PeriodRow, ...]:
    """The load of each week or period from the first to the last, beside what the person gives in that very one.

    A week that the person has only in part gives its part, one away from training gives nothing.
    """
    spent: dict[date, float] = defaultdict(float)
    for step in planned(pathway):
        for load in step.loads:
            spent[load.start] += load.hours
    if not spent:
        return ()
    slots = _slots(pathway.start or pathway.on, max(spent), give)
    most = give.calendar.max_hours if give.calendar else give.weekly_hours
    loads = {slots.of(day): hours for day, hours in spent.items()}
    first = slots.of(min(spent)) or 0
    return tuple(
        PeriodRow(
            start=slots.first_day(slot),
            end=slots.last_day(slot),
            hours=loads.get(slot, 0),
            capacity=None if most is None else slots.capacity[slot] / 60,
        )
        for slot in range(first, len(slots))
    )


def _slots(start: date, last: date, give: CanGive) -> Slots:
    """The weeks or periods of the person up to the one that holds a day."""
    if give.calendar is None:
        return weeks_from(start, weeks_until(start, last), give)
    every = periods_from(start, give, 0)
    return every.up_to((every.of(last) or 0) + 1)


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
