"""What a kind of document still lacks (*contrôle de complétude*): each mention, the article that asks for it, and how to add it.

A mention is present when the plan, or what the parties added to it, holds it. Whether its content suits is for people to
say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from referentials.library import Library
from referentials.model import Kind
from referentials.rights import Rule
from reports.language import Words, say, speaking, to_say, translated
from reports.mentions import MENTIONS, RULES, DocumentKind, Mention
from reports.particulars_wording import ELSEWHERE, FIELDS
from reports.plan_document import Completeness, MentionFound, PlanDocument
from reports.wording import enumeration, listed

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
    if mention.holds(plan):
        return MentionFound(text=translated(mention.text), present=True, usual=mention.usual, remedy="")
    lacking = mention.lacking(plan)
    return MentionFound(
        text=translated(mention.text),
        present=False,
        usual=mention.usual,
        remedy=_remedy(lacking),
        fields=tuple(field for field in lacking if field in FIELDS),
    )


def _remedy(lacking: Sequence[str]) -> str:
    """What is left to do: the particulars to add, by their names, then what no particular can bring."""
    names = [FIELDS[field] for field in lacking if field in FIELDS]
    added = [say("à ajouter aux renseignements : {fields}", fields=enumeration(names))] if names else []
    return listed([*added, *(ELSEWHERE[field] for field in lacking if field in ELSEWHERE)])


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
