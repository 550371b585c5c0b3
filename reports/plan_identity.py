"""The first sections of a plan (*qui, et vers quoi*): the parties, the consents, the target, what the person can give."""

from __future__ import annotations

from reports import cells
from reports.language import say
from reports.library_wording import label
from reports.paper import Cell, Facts, Items, Section, Text
from reports.particulars import Consent, Party
from reports.plan_document import PlanDocument
from reports.wording import date_in_letters

BLANK = "……………………………………"
"""Room to write by hand."""


def identity(plan: PlanDocument) -> Section:
    """The parties; what was not said leaves room to write."""
    added = plan.particulars
    body = added.body
    responsible = ", ".join(part for part in (body.name, body.siret, body.declaration, body.contact) if part)
    told = [
        cells.fact(say("La personne"), _party(added.person)),
        cells.fact(say("L'employeur"), _party(added.employer)),
        cells.fact(say("Le conseiller"), _party(added.adviser)),
        cells.fact(say("L'organisme responsable"), responsible or BLANK),
    ]
    blocks = [Facts(facts=tuple(told))]
    texts = [
        (say("Votre projet"), added.project),
        (say("Objectifs"), added.objectives),
        (say("Programme"), added.programme),
        (say("Prérequis"), added.prerequisites),
        (say("Méthodes"), added.methods),
        (say("Moyens"), added.means),
        (say("Ressources"), added.resources),
        (say("Déroulement, suivi et sanction"), added.follow_up),
        (say("Lieu"), added.place),
        (say("Effectif"), added.group_size),
        (say("Formateurs"), cells.lines(tuple(_trainer(one.name, one.titles) for one in added.trainers))),
    ]
    said = tuple(cells.fact(name, words) for name, words in texts if words)
    return Section(id="parties", title=say("Les parties et le projet"), blocks=(*blocks, *_facts(said)))


def _trainer(name: str, titles: str) -> str:
    return f"{name} ({titles})" if titles else name


def _facts(said: tuple[object, ...]) -> tuple[Facts, ...]:
    return (Facts.model_validate({"facts": said}),) if said else ()


def _party(party: Party) -> str:
    told = (party.name, party.role, party.organisation, party.contact)
    return ", ".join(part for part in told if part) or BLANK


def consents(plan: PlanDocument) -> Section:
    """What the person agrees to, with the day of the agreement, or a box to tick."""
    given = plan.particulars.consents
    if not given:
        offered = (
            say("J'accepte que ce plan et les données de mon positionnement servent à préparer ma formation."),
            say("J'accepte qu'ils soient transmis à l'organisme de formation nommé ci-dessus."),
            say("J'accepte qu'ils soient transmis à l'employeur et au financeur nommés ci-dessus."),
        )
        return Section(id="consentements", title=say("Consentements"), blocks=(Items(items=offered, boxes=True),))
    agreed = tuple(_consent(one) for one in given if one.given_on)
    asked = tuple(one.text for one in given if not one.given_on)
    blocks = (*([Items(items=agreed)] if agreed else []), *([Items(items=asked, boxes=True)] if asked else []))
    return Section(id="consentements", title=say("Consentements"), blocks=blocks)


def _consent(one: Consent) -> str:
    assert one.given_on is not None
    return say("{text} — donné le {day}", text=one.text, day=date_in_letters(one.given_on))


def target(plan: PlanDocument) -> Section:
    """What is aimed at: title, numbers, version, validity."""
    aim = plan.target
    whole, _slash, part = aim.ref.partition("/")
    number = whole.partition("@")[2]
    level = cells.unknown() if aim.level is None else Cell(text=str(aim.level), value=aim.level)
    told = [
        cells.fact(say("Certification visée"), aim.title),
        *([] if aim.name in ("", aim.title) else [cells.fact(say("Nom court"), aim.name)]),
        cells.fact(say("Version"), f"{number} ({whole})"),
        *([cells.fact(say("Partie visée"), part)] if part else []),
        cells.fact(say("Nature"), label(aim.kind)),
        cells.fact(say("Niveau"), level),
        cells.fact(say("Numéro au répertoire national"), ", ".join(aim.codes) or say("non connu")),
        cells.fact(say("Délivrée par"), aim.issuer or say("non connu")),
        cells.fact(say("Valable à partir du"), cells.day(aim.valid_from, say("non connu"))),
        cells.fact(say("Valable jusqu'au"), cells.day(aim.valid_to, say("fin non connue"))),
    ]
    if aim.award_until:
        told.append(cells.fact(say("Peut être délivrée jusqu'au"), cells.day(aim.award_until)))
    if aim.replaced_by:
        told.append(cells.fact(say("Remplacée par"), ", ".join(aim.replaced_by)))
    told.append(cells.fact(say("Confiance dans ces données"), label(aim.confidence)))
    return Section(id="cible", title=say("La certification visée"), blocks=(Facts(facts=tuple(told)),))


def limits(plan: PlanDocument) -> Section:
    """What the person can give, and accepts."""
    if not plan.limits:
        blocks: tuple[Text | Items, ...] = (Text(text=say("Vous n'avez fixé aucune limite.")),)
    else:
        blocks = (Items(items=plan.limits),)
    return Section(id="disponibilite", title=say("Ce que vous pouvez donner"), blocks=blocks)
