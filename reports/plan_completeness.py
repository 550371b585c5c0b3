"""What a plan still lacks, on paper (*mentions manquantes*): by kind of document, with the article that asks for it."""

from __future__ import annotations

from reports import cells
from reports.language import say
from reports.library_wording import label, source
from reports.paper import Cell, Section, Table, Text
from reports.plan_document import Completeness, MentionFound, PlanDocument


def lacking(plan: PlanDocument) -> Section | None:
    """The mentions that are missing, one table for all kinds of documents."""
    rows = tuple(_row(kind, one) for kind in plan.completeness for one in kind.missing)
    if not plan.completeness:
        return None
    title = say("Ce qui manque selon l'usage de ce document")
    if not rows:
        return Section(id="mentions", title=title, blocks=(Text(text=say("Aucune mention ne manque.")),))
    table = Table(
        name=say("Mentions manquantes"),
        caption=say("Les mentions à ajouter, et le texte ou l'usage qui les demande"),
        columns=(
            cells.column(say("Si ce document sert de"), weight=1.4),
            cells.column(say("Il manque"), weight=2),
            cells.column(say("Demandé par"), weight=1.8),
            cells.column(say("Pour l'ajouter"), weight=1.8),
        ),
        rows=rows,
    )
    return Section(id="mentions", title=title, blocks=(table,))


def _row(kind: Completeness, one: MentionFound) -> tuple[Cell, ...]:
    asked = asked_by(kind)
    return (
        cells.text(kind.title),
        cells.text(one.text),
        cells.text(say("{source} — usage", source=asked) if one.usual else asked),
        cells.text(one.remedy),
    )


def asked_by(kind: Completeness) -> str:
    """The text that asks for the mentions, and how sure that is."""
    named = source(kind.source.model_copy(update={"url": None, "checked_on": None}))
    return say("{source} ({confidence})", source=named, confidence=label(kind.confidence))
