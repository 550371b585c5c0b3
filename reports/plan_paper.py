"""Plan document → paper (*mise en page du plan*): the sections that people read and sign, in the order of the trade.

Identity and consents, target, positioning, routes, modules, calendar, assessments, what is to confirm, other plans, funding,
commitments and signatures; how it was computed comes last, as an annex.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pathways.pathway import Status
from reports import cells
from reports.document import Document
from reports.language import say, speaking
from reports.paper import Block, Facts, Notice, Paper, Section, Text, Tone
from reports.pathway_wording import figures
from reports.plan_agenda import events
from reports.plan_annexes import annex, commitments, funding, funding_rules
from reports.plan_completeness import lacking
from reports.plan_document import PlanDocument
from reports.plan_identity import consents, identity, limits, target
from reports.plan_modalities import alternation, distance, workplace
from reports.plan_routes import entry, positioning, routes
from reports.plan_savings import alternatives, confirmations, impasse
from reports.plan_schedule import assessments, calendar, modules
from reports.typesetting import set_in_type
from reports.wording import date_in_letters

PARTS: tuple[Callable[[PlanDocument], Section | None], ...] = (
    identity,
    consents,
    target,
    limits,
    impasse,
    positioning,
    entry,
    routes,
    modules,
    calendar,
    assessments,
    distance,
    workplace,
    alternation,
    confirmations,
    alternatives,
    funding,
    commitments,
    lacking,
    funding_rules,
    annex,
)
"""The sections of a plan in their order; one that has nothing to say is left out."""


def document(plan: PlanDocument) -> Document:
    """The plan as a document that any exporter draws."""
    with speaking(plan.language):
        found = (part(plan) for part in PARTS)
        paper = Paper(
            kind=say("Plan individuel de formation"),
            title=_title(plan),
            subtitle=say("Établi à la date du {day}", day=date_in_letters(plan.day)),
            language=plan.language,
            day=plan.day,
            reference=plan.reference,
            illustrative=plan.illustrative,
            opening=tuple(_opening(plan)),
            sections=tuple(section for section in found if section is not None),
        )
        return set_in_type(Document(paper=paper, data=plan, main=say("Étapes"), events=tuple(events(plan))))


def _title(plan: PlanDocument) -> str:
    name = plan.particulars.person.name
    if not name:
        return plan.target.title
    return say("{person} : {target}", person=name, target=plan.target.title)


def _opening(plan: PlanDocument) -> Iterator[Block]:
    """The sentence, the three numbers, and what must not be missed."""
    yield Text(text=plan.summary, strong=True)
    if plan.steps and plan.status not in (Status.INFEASIBLE, Status.HELD):
        told = figures(plan.totals, plan.unit)
        yield Facts(facts=tuple(cells.fact(name, value) for name, value in told), large=True)
        yield Text(text=" ".join(part for part in (plan.computation.quality, _checked(plan)) if part))
    for sentence in plan.notices:
        yield Notice(text=sentence, tone=Tone.WARNING)


def _checked(plan: PlanDocument) -> str:
    return say("Vérifié, étape par étape, depuis le profil.") if plan.computation.verified else ""
