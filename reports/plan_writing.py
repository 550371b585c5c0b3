"""Pathway → plan document (*rédaction du plan*): each value of the answer, named for a template and put into words.

Nothing is computed here: a figure of the document is a figure of the pathway, and an unknown stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pathways.objectives import Objective
from pathways.pathway import Attained, Pathway, Status, Totals
from pathways.profile import CanGive
from pathways.question import Question
from referentials.library import Library
from referentials.model import Referential
from referentials.rights import Recognition, Rule, RuleKind
from reports.completeness import checked
from reports.impasse_wording import core, notices, way_out
from reports.language import Language, say, speaking
from reports.library_wording import code, effect, granted, label, source
from reports.names import in_words
from reports.particulars import Particulars
from reports.pathway_wording import OBJECTIVES, UNITS, quality, set_aside, summary, sums, unit_of, unknown_cost
from reports.plan_document import (
    Computation,
    FundingPart,
    ImpassePart,
    PlanDocument,
    ReductionRow,
    TargetPart,
)
from reports.plan_positioning import blocks, entry
from reports.plan_steps import alternatives, assessments, closed, confirmations, front, modules, periods, steps
from reports.reason_wording import code_of, enumeration
from reports.used_wording import used
from reports.wording import date_in_letters, euros, hours, number


def plan_document(
    pathway: Pathway,
    question: Question,
    library: Library,
    particulars: Particulars | None = None,
    *,
    reference: str,
    revision: int = 0,
    language: Language = Language.FRENCH,
) -> PlanDocument:
    """Write a plan, in one language.

    Parameters
    ----------
    question : Question
        The one that the pathway answers: what the person can give, and whether the person is made up.
    particulars : Particulars, optional
        What the parties add.
    reference : str
        The name of the plan, the same from one edition to the next.
    """
    added = particulars or Particulars()
    give = question.profile.can_give
    version = library.find(pathway.target.partition("/")[0])
    assert isinstance(version, Referential)
    with speaking(language):
        followed = modules(pathway, library, unit_of(give))
        made_up = question.profile.illustrative or added.illustrative or any(one.illustrative for one in followed)
        plan = PlanDocument(
            reference=reference,
            revision=revision,
            language=language,
            day=pathway.on,
            illustrative=made_up,
            particulars=added,
            target=_target(pathway, version),
            summary=summary(pathway),
            status=pathway.status,
            totals=_totals(pathway),
            unit=unit_of(give),
            limits=tuple(limits(give)),
            notices=tuple(in_words(one, library) for one in notices(pathway, version)),
            entry=entry(pathway.gap, version, library),
            blocks=blocks(pathway, version, library),
            reductions=tuple(_reductions(pathway, library)),
            steps=steps(pathway, library),
            modules=followed,
            periods=periods(pathway, give),
            closed=closed(pathway, give),
            assessments=assessments(pathway, library),
            confirmations=confirmations(pathway, unit_of(give)),
            alternatives=alternatives(pathway, library),
            front=front(pathway, library),
            front_between=pathway.front.objectives if pathway.front else (),
            front_complete=pathway.front is not None and pathway.front.complete,
            funding=_funding(pathway, added, library, version),
            impasse=_impasse(pathway, give, library),
            completeness=(),
            computation=_computation(pathway, library),
        )
    return plan.model_copy(update={"completeness": checked(plan, library)})


def _totals(pathway: Pathway) -> Totals:
    """The sums of the steps that are shown: of the plan, or of what is within reach."""
    return pathway.totals if pathway.within_reach is None else pathway.within_reach.totals


def _target(pathway: Pathway, version: Referential) -> TargetPart:
    names = [("RNCP", one) for one in version.codes.rncp] + [("RS", one) for one in version.codes.rs]
    current = [(kind, one) for kind, one in names if _runs(one.start, one.end, pathway.on)] or names
    return TargetPart(
        ref=pathway.target,
        title=version.title,
        name=version.name,
        kind=version.kind,
        level=version.level,
        issuer=version.issuer or "",
        codes=tuple(code(one) if one.code.startswith(kind) else f"{kind} {code(one)}" for kind, one in current),
        valid_from=version.valid.start,
        valid_to=version.valid.end,
        award_until=version.valid.award_until,
        replaced_by=version.replaced_by,
        sources=tuple(source(one) for one in version.sources),
        confidence=version.confidence,
    )


def _runs(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def limits(give: CanGive) -> Iterator[str]:
    """What a person can give and accepts, one line each."""
    if give.weekly_hours is not None:
        yield say("{hours} par semaine", hours=hours(give.weekly_hours))
    if give.calendar is not None:
        _one, several = UNITS[give.calendar.period]
        most = give.calendar.max_hours
        told = say("{count} {periods}", count=number(give.calendar.count), periods=several)
        yield told if most is None else say("{periods}, {hours} au plus chacun", periods=told, hours=hours(most))
    if give.start is not None:
        yield say("à partir du {day}", day=date_in_letters(give.start))
    if give.deadline is not None:
        yield say("jusqu'au {day} au plus tard", day=date_in_letters(give.deadline))
    if give.hours is not None:
        yield say("{hours} au plus en tout", hours=hours(give.hours))
    if give.budget is not None:
        yield say("budget de {amount}, avant tout financement", amount=euros(give.budget))
    if give.modalities is not None:
        yield say("modalités acceptées : {list}", list=enumeration([label(one) for one in give.modalities]))
    if give.places is not None:
        yield say("lieux acceptés : {list}", list=enumeration(give.places))
    if give.days is not None:
        yield say("jours possibles : {list}", list=enumeration(give.days))
    for window in give.unavailable:
        first, last = window.start, window.end
        if first and last:
            yield say("sans formation du {start} au {end}", start=date_in_letters(first), end=date_in_letters(last))


def _reductions(pathway: Pathway, library: Library) -> Iterator[ReductionRow]:
    for right in library.recognitions:
        if right.id in pathway.gap.reductions:
            yield ReductionRow(ref=right.id, text=in_words(_reduced(right), library), source=source(right.source))


def _reduced(right: Recognition) -> str:
    return say("{parts} : {effect}", parts=granted(right.grants), effect=effect(right))


def _funding(pathway: Pathway, added: Particulars, library: Library, version: Referential) -> FundingPart:
    known = _totals(pathway)
    return FundingPart(
        asked=known.cost if known.cost or not unknown_cost(known) else None,
        partial=bool(unknown_cost(known)),
        covered=sum(line.amount or 0 for line in added.funding),
        parameters=tuple(_parameter(rule) for rule in library.rules if _is_funding(rule, version, pathway.on)),
    )


def _is_funding(rule: Rule, version: Referential, day: date) -> bool:
    """Whether a rule gives dated amounts of funding that run that day, for this certification."""
    if rule.kind is not RuleKind.FUNDING or not rule.amounts or rule.superseded:
        return False
    concerns = not rule.applies_to or any(one in (version.kind, version.id, version.key) for one in rule.applies_to)
    return concerns and _runs(rule.in_force.start, rule.in_force.end, day)


def _parameter(rule: Rule) -> str:
    return say(
        "{rule} ({source} ; {confidence})",
        rule=rule.text,
        source=source(rule.source),
        confidence=label(rule.confidence),
    )


def _impasse(pathway: Pathway, give: CanGive, library: Library) -> ImpassePart | None:
    if pathway.status is not Status.INFEASIBLE:
        return None
    conflict, near = pathway.conflict, pathway.within_reach
    parts = enumeration([code_of(ref) for ref in near.parts]) if near else ""
    return ImpassePart(
        core=tuple(in_words(one, library) for one in core(conflict, pathway, give)) if conflict else (),
        ways_out=tuple(in_words(way_out(way, give), library) for way in conflict.ways_out) if conflict else (),
        within_reach=say("{parts} : {totals}", parts=parts, totals=sums(near.totals, unit_of(give))) if near else "",
    )


def _computation(pathway: Pathway, library: Library) -> Computation:
    return Computation(
        status=pathway.status,
        quality=quality(pathway),
        objectives=tuple(_attained(one) for one in (pathway.objective or _near(pathway))),
        versions=pathway.versions,
        data=tuple(used(one, library) for one in pathway.versions),
        engine=pathway.engine,
        on=pathway.on,
        verified=pathway.verified,
        set_aside=tuple(set_aside(pathway.set_aside)),
    )


def _near(pathway: Pathway) -> tuple[Attained, ...]:
    return pathway.within_reach.objective if pathway.within_reach else ()


def _attained(one: Attained) -> str:
    value, bound = _amount(one.name, one.value), _amount(one.name, one.bound)
    if one.proved:
        return say("{what} : {value}, minimum prouvé", what=OBJECTIVES[one.name], value=value)
    return say(
        "{what} : {value} ; aucun plan au-dessous de {bound}", what=OBJECTIVES[one.name], value=value, bound=bound
    )


def _amount(name: Objective, value: float) -> str:
    match name:
        case Objective.HOURS | Objective.PEAK_LOAD:
            return hours(value)
        case Objective.COST:
            return euros(value)
    return number(value)
