"""The parts of a plan that a text wants told apart, on paper (*à distance, en situation de travail, alternance*)."""

from __future__ import annotations

from reports import cells
from reports.language import say
from reports.mentions import DocumentKind
from reports.paper import Block, ColumnKind, Facts, Section, Table
from reports.plan_document import PlanDocument
from reports.plan_identity import BLANK
from reports.plan_schedule import remote_hours, workplace_hours


def distance(plan: PlanDocument) -> Section | None:
    """The part at a distance (C. trav. D6313-3-1); nothing when there is none."""
    part = plan.particulars.distance
    hours = remote_hours(plan)
    if not hours and part == type(part)():
        return None
    told = (
        (say("Heures à distance prévues"), hours or say("aucune")),
        (say("Assistance technique et pédagogique"), part.assistance),
        (say("Compétences des personnes qui assistent"), part.skills),
        (say("Moyens de les joindre"), part.contact),
        (say("Délai de réponse"), part.reply_delay),
        (say("Évaluations"), part.evaluations),
    )
    blocks: list[Block] = [_facts(told)]
    if part.activities:
        blocks.append(_activities(plan))
    return Section(id="a-distance", title=say("Part à distance"), blocks=tuple(blocks))


def _facts(told: tuple[tuple[str, str], ...]) -> Facts:
    return Facts(facts=tuple(cells.fact(name, words or BLANK) for name, words in told))


def _activities(plan: PlanDocument) -> Table:
    activities = plan.particulars.distance.activities
    return Table(
        name=say("Activités à distance"),
        caption=say("Les activités à distance et leur durée moyenne"),
        columns=(cells.column(say("Activité"), weight=3), cells.column(say("Durée moyenne"), ColumnKind.HOURS)),
        rows=tuple((cells.text(one.title), cells.in_hours(one.hours)) for one in activities),
    )


def workplace(plan: PlanDocument) -> Section | None:
    """The part at work (C. trav. D6313-3-2); nothing when there is none."""
    part = plan.particulars.workplace
    hours = workplace_hours(plan)
    if not hours and part == type(part)():
        return None
    told = (
        (say("Heures en situation de travail prévues"), hours or say("aucune")),
        (say("Analyse de l'activité de travail"), part.analysis),
        (say("Formateur désigné"), part.trainer),
        (say("Phases réflexives"), part.reflection),
        (say("Évaluations"), part.evaluations),
    )
    return Section(id="en-situation-de-travail", title=say("Part en situation de travail"), blocks=(_facts(told),))


def alternation(plan: PlanDocument) -> Section | None:
    """What a BPJEPS path adds; nothing for other targets."""
    part = plan.particulars.alternation
    called = any(one.kind == DocumentKind.BPJEPS for one in plan.completeness)
    if not called and part == type(part)():
        return None
    told = (
        (say("Exigences à l'entrée : comment elles sont remplies"), part.entry),
        (say("Alternance"), part.rhythm),
        (say("Tuteur"), part.tutor),
        (say("Livret de formation"), part.booklet),
    )
    return Section(id="alternance", title=say("Alternance et tutorat"), blocks=(_facts(told),))
