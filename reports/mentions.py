"""The mentions that documents of training must, or usually do, hold (*mentions*): what each is, and when a plan holds it.

The words are those of the rules ``document-…`` of the library; a test keeps both the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pathways.gap import State
from pathways.pathway import Status
from reports.language import to_say
from reports.pathway_wording import unknown_cost
from reports.plan_document import PlanDocument


class DocumentKind(StrEnum):
    """The kinds of documents that can be checked; the words are those of the trade."""

    PIF = "pif"
    POSITIONING = "positionnement"
    CONVENTION = "convention"
    BPJEPS = "bpjeps"
    TITRE_PROFESSIONNEL = "titre-professionnel"
    DISTANCE = "distance"
    AFEST = "afest"


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention that a rule asks for: its words there, when it is present, and what brings it.

    ``field`` names particulars, or ``referential``, ``can_give`` and ``prices`` for what only the data or the request can bring.
    """

    text: str
    holds: Callable[[PlanDocument], bool]
    field: str
    usual: bool = False

    def lacking(self, plan: PlanDocument) -> tuple[str, ...]:
        """What is still to bring, by field; all of them where none alone explains it."""
        every = tuple(self.field.split(", "))
        return tuple(one for one in every if _is_lacking(plan, one)) or every


def _is_lacking(plan: PlanDocument, field: str) -> bool:
    match field:
        case "referential":
            return True
        case "can_give":
            return not (_measured(plan) and _assessment_days(plan))
        case "prices":
            return bool(unknown_cost(plan.totals))
        case "distance.activities":
            return not _activities_are_timed(plan)
    return not _value(plan, field)


def _said(*fields: str) -> Callable[[PlanDocument], bool]:
    """Present when one of these particulars is filled."""
    return lambda plan: any(_value(plan, field) for field in fields)


def _value(plan: PlanDocument, field: str) -> object:
    value: object = plan.particulars
    for name in field.split("."):
        value = getattr(value, name)
    return value


def _dated(plan: PlanDocument) -> bool:
    return plan.status is Status.HELD or any(step.start for step in plan.steps)


def _measured(plan: PlanDocument) -> bool:
    """Whether the hours of every module are known, and the days too."""
    return _dated(plan) and not plan.totals.unknown_hours


def _priced(plan: PlanDocument) -> bool:
    return not unknown_cost(plan.totals) and bool(plan.particulars.payment)


def _gap_is_known(plan: PlanDocument) -> bool:
    return bool(plan.blocks) and all(block.known for block in plan.blocks)


def _entry_is_known(plan: PlanDocument) -> bool:
    return plan.entry.state is not None or bool(plan.particulars.alternation.entry)


def _routed(plan: PlanDocument) -> bool:
    return bool(plan.blocks) and all(block.route for block in plan.blocks)


def _assessed(plan: PlanDocument) -> bool:
    return bool(plan.assessments) and all(one.form for one in plan.assessments)


def _sourced(plan: PlanDocument) -> bool:
    """Whether every block by right names its text; nothing to name when no block is by right."""
    return all(block.because for block in plan.blocks if block.state is State.BY_RIGHT)


def _assessment_days(plan: PlanDocument) -> bool:
    return all(one.start for one in plan.assessments)


def _activities_are_timed(plan: PlanDocument) -> bool:
    activities = plan.particulars.distance.activities
    return bool(activities) and all(one.hours is not None for one in activities)


def _reduced_hours(plan: PlanDocument) -> bool:
    """Whether the hours of every module are known, before and after reductions."""
    return all(one.hours is not None and one.hours_before is not None for one in plan.modules)


def _has_programme(plan: PlanDocument) -> bool:
    return _measured(plan) and bool(plan.particulars.objectives and plan.particulars.programme)


def _parties_are_named(plan: PlanDocument) -> bool:
    return bool(plan.particulars.body.declaration and plan.particulars.body.name)


RULES = {
    DocumentKind.PIF: "document-protocole-individuel",
    DocumentKind.POSITIONING: "document-positionnement",
    DocumentKind.CONVENTION: "document-convention",
    DocumentKind.BPJEPS: "document-plan-bpjeps",
    DocumentKind.TITRE_PROFESSIONNEL: "document-plan-titre-professionnel",
    DocumentKind.DISTANCE: "document-formation-a-distance",
    DocumentKind.AFEST: "document-afest",
}
"""The rule of the library that each kind is checked against."""

MENTIONS: dict[DocumentKind, tuple[Mention, ...]] = {
    DocumentKind.PIF: (
        Mention(to_say("le projet de l'apprenant"), _said("project"), "project", usual=True),
        Mention(
            to_say("les objectifs, le programme détaillé, la durée, les dates et le calendrier"),
            _has_programme,
            "objectives, programme, can_give",
            usual=True,
        ),
        Mention(
            to_say("les méthodes et les prérequis"),
            lambda plan: bool(plan.particulars.methods and plan.particulars.prerequisites),
            "methods, prerequisites",
            usual=True,
        ),
        Mention(to_say("l'accès aux ressources"), _said("resources"), "resources", usual=True),
        Mention(
            to_say("les évaluations"),
            lambda plan: _assessed(plan) or _said("evaluation")(plan),
            "evaluation",
            usual=True,
        ),
        Mention(
            to_say("les formateurs et les référents"),
            lambda plan: bool(plan.particulars.trainers and plan.particulars.support.referent),
            "trainers, support.referent",
            usual=True,
        ),
        Mention(
            to_say("les points d'accompagnement et les délais de réponse"),
            lambda plan: bool(plan.particulars.support.meetings and plan.particulars.support.reply_delay),
            "support.meetings, support.reply_delay",
            usual=True,
        ),
        Mention(to_say("les engagements de chacun"), lambda _plan: True, "commitments", usual=True),
        Mention(to_say("les signatures"), _said("person.name"), "person.name", usual=True),
    ),
    DocumentKind.POSITIONING: (
        Mention(
            to_say("une procédure formalisée, adaptée au public"),
            _said("positioning.procedure"),
            "positioning.procedure",
        ),
        Mention(to_say("un diagnostic, un entretien ou des tests"), _said("positioning.method"), "positioning.method"),
        Mention(
            to_say("un outil qui mesure l'écart entre les compétences visées et celles à acquérir ou à valider"),
            _gap_is_known,
            "referential",
        ),
        Mention(
            to_say("les résultats, et ce qu'ils changent dans le parcours"),
            _said("positioning.effects"),
            "positioning.effects",
        ),
    ),
    DocumentKind.CONVENTION: (
        Mention(to_say("intitulé, objectif et contenu de l'action"), _said("objectives"), "objectives"),
        Mention(to_say("moyens mis en œuvre"), _said("means"), "means"),
        Mention(to_say("durée et période"), _measured, "can_give"),
        Mention(to_say("modalités de déroulement, de suivi et de sanction"), _said("follow_up"), "follow_up"),
        Mention(to_say("prix et modalités de règlement"), _priced, "payment, prices"),
        Mention(
            to_say("les parties et le numéro de déclaration d'activité"),
            _parties_are_named,
            "body.name, body.declaration",
            usual=True,
        ),
        Mention(
            to_say("les effectifs et le lieu"),
            lambda plan: bool(plan.particulars.group_size and plan.particulars.place),
            "group_size, place",
            usual=True,
        ),
        Mention(to_say("la liste des stagiaires"), _said("person.name"), "person.name", usual=True),
    ),
    DocumentKind.BPJEPS: (
        Mention(to_say("les exigences à l'entrée"), _entry_is_known, "alternation.entry"),
        Mention(to_say("les heures avant et après allègement, UC par UC"), _reduced_hours, "referential"),
        Mention(
            to_say("l'alternance et le tuteur"),
            lambda plan: bool(plan.particulars.alternation.rhythm and plan.particulars.alternation.tutor),
            "alternation.rhythm, alternation.tutor",
        ),
        Mention(to_say("le calendrier des épreuves"), _assessment_days, "can_give"),
        Mention(to_say("le livret de formation"), _said("alternation.booklet"), "alternation.booklet"),
    ),
    DocumentKind.TITRE_PROFESSIONNEL: (
        Mention(
            to_say("la voie : session titre, capitalisation, équivalence totale, équivalences partielles ajoutées"),
            _routed,
            "referential",
        ),
        Mention(to_say("l'épreuve"), _assessed, "referential"),
        Mention(to_say("la preuve à produire"), _said("proofs"), "proofs"),
        Mention(to_say("l'article de l'arrêté qui donne l'équivalence"), _sourced, "referential"),
        Mention(
            to_say("le délai quand le titre arrive à son terme"),
            lambda plan: plan.target.valid_to is not None,
            "referential",
        ),
    ),
    DocumentKind.DISTANCE: (
        Mention(to_say("l'assistance technique et pédagogique"), _said("distance.assistance"), "distance.assistance"),
        Mention(to_say("les activités à distance et leur durée moyenne"), _activities_are_timed, "distance.activities"),
        Mention(
            to_say("les évaluations qui jalonnent ou concluent l'action"),
            _said("distance.evaluations"),
            "distance.evaluations",
        ),
        Mention(
            to_say("les compétences des personnes qui assistent"),
            _said("distance.skills"),
            "distance.skills",
            usual=True,
        ),
        Mention(to_say("les moyens de les joindre"), _said("distance.contact"), "distance.contact", usual=True),
        Mention(to_say("leur délai de réponse"), _said("distance.reply_delay"), "distance.reply_delay", usual=True),
    ),
    DocumentKind.AFEST: (
        Mention(
            to_say("l'analyse de l'activité de travail, adaptée à des fins pédagogiques"),
            _said("workplace.analysis"),
            "workplace.analysis",
        ),
        Mention(to_say("le formateur désigné au préalable"), _said("workplace.trainer"), "workplace.trainer"),
        Mention(
            to_say(
                "les phases réflexives, distinctes des mises en situation, qui relèvent les écarts entre attendu, réalisé et acquis"
            ),
            _said("workplace.reflection"),
            "workplace.reflection",
        ),
        Mention(to_say("les évaluations propres des acquis"), _said("workplace.evaluations"), "workplace.evaluations"),
    ),
}
