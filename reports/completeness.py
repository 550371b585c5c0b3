"""What a kind of document still lacks (*contrôle de complétude*): each mention, the article that asks for it, and how to add it.

A mention is present when the plan, or what the parties added to it, holds it. Whether its content suits is for people to
say.
"""

from __future__ import annotations

from collections.abc import Iterator

from referentials.library import Library
from referentials.model import Kind
from referentials.rights import Rule
from reports.language import Words, say, speaking, to_say, translated
from reports.mentions import MENTIONS, RULES, DocumentKind, Mention
from reports.plan_document import Completeness, MentionFound, PlanDocument

KINDS = Words(
    {
        DocumentKind.PIF: to_say("Protocole individuel de formation"),
        DocumentKind.POSITIONING: to_say("Trace du positionnement (Qualiopi, indicateur 8)"),
        DocumentKind.CONVENTION: to_say("Annexe à une convention de formation"),
        DocumentKind.BPJEPS: to_say("Parcours individualisé d'un BPJEPS"),
        DocumentKind.TITRE_PROFESSIONNEL: to_say("Plan vers un titre professionnel, CCP par CCP"),
        DocumentKind.DISTANCE: to_say("Part à distance"),
        DocumentKind.AFEST: to_say("Part en situation de travail (AFEST)"),
    }
)
"""What each kind is called."""


def completeness(plan: PlanDocument, kind: DocumentKind, library: Library) -> Completeness:
    """What a plan holds and lacks for a kind of document, in the language of the plan.

    Raises
    ------
    LookupError
        The library has no rule for that kind.
    """
    rule = _rule(RULES[kind], library)
    with speaking(plan.language):
        return Completeness(
            kind=kind.value,
            title=KINDS[kind],
            source=rule.source,
            confidence=rule.confidence,
            mentions=tuple(_found(mention, plan) for mention in MENTIONS[kind]),
        )


def _rule(identifier: str, library: Library) -> Rule:
    found = next((rule for rule in library.rules if rule.id == identifier), None)
    if found is None:
        raise LookupError(identifier)
    return found


def _found(mention: Mention, plan: PlanDocument) -> MentionFound:
    present = mention.holds(plan)
    return MentionFound(
        text=translated(mention.text),
        present=present,
        usual=mention.usual,
        remedy="" if present else _remedy(mention),
    )


def _remedy(mention: Mention) -> str:
    match mention.field:
        case "référentiel":
            return say("à compléter par l'organisme : le référentiel, ou l'offre, ne le dit pas")
        case "can_give":
            return say("dire combien d'heures par semaine vous pouvez donner ; des durées ou des dates manquent")
        case "payment":
            return say(
                "à ajouter aux renseignements, champ {field} ; tous les prix doivent être connus", field=mention.field
            )
    return say("à ajouter aux renseignements, champ {field}", field=mention.field)


def checked(plan: PlanDocument, library: Library) -> tuple[Completeness, ...]:
    """What a plan holds and lacks for each kind of document it may have to serve, where the library has its rule."""
    known = {rule.id for rule in library.rules}
    return tuple(completeness(plan, kind, library) for kind in _concerned(plan) if RULES[kind] in known)


def _concerned(plan: PlanDocument) -> Iterator[DocumentKind]:
    """The kinds that the target and the modalities of a plan call for."""
    yield DocumentKind.PIF
    yield DocumentKind.POSITIONING
    yield DocumentKind.CONVENTION
    if plan.target.kind is Kind.DIPLOME_JEPS:
        yield DocumentKind.BPJEPS
    if plan.target.kind is Kind.TITRE_PROFESSIONNEL:
        yield DocumentKind.TITRE_PROFESSIONNEL
    spent = [one.hours_by_modality for one in plan.modules if one.hours_by_modality]
    if any(hours.remote or hours.self_paced for hours in spent):
        yield DocumentKind.DISTANCE
    if any(hours.workplace for hours in spent):
        yield DocumentKind.AFEST
