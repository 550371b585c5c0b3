"""What a plan still lacks, on paper (*mentions manquantes*): by kind of document, with the article that asks for it."""

from __future__ import annotations

from reports.language import say
from reports.library_wording import label, source
from reports.paper import Items, Section, Text
from reports.plan_document import Completeness, MentionFound, PlanDocument


def lacking(plan: PlanDocument) -> Section | None:
    """The mentions that are missing, kind of document by kind of document; nothing where no kind is checked."""
    if not plan.completeness:
        return None
    parts = tuple(_kind(one) for one in plan.completeness if one.missing)
    told = (
        say("Selon l'usage qui en est fait, il reste à ajouter ceci à ce document.")
        if parts
        else say("Aucune mention ne manque.")
    )
    title = say("Annexe : ce qui manque encore à ce document")
    return Section(id="mentions", title=title, blocks=(Text(text=told),), sections=parts, new_page=True)


def _kind(found: Completeness) -> Section:
    told = Text(text=say("Demandé par : {source}.", source=asked_by(found)))
    items = Items(items=tuple(_mention(one) for one in found.missing), boxes=True)
    return Section(id=f"mentions-{found.kind}", title=found.title, blocks=(told, items))


def _mention(one: MentionFound) -> str:
    if one.usual:
        return say("{mention} (usage) : {remedy}", mention=one.text, remedy=one.remedy)
    return say("{mention} : {remedy}", mention=one.text, remedy=one.remedy)


def asked_by(kind: Completeness) -> str:
    """The text that asks for the mentions, and how sure that is."""
    named = source(kind.source.model_copy(update={"url": None, "checked_on": None}))
    return say("{source} ({confidence})", source=named, confidence=label(kind.confidence))
