"""What a document lacks, as text (*contrôle de complétude*): mention by mention, then who asks for them."""

from __future__ import annotations

from api.terminal.screen import Screen
from reports.plan_completeness import asked_by
from reports.plan_document import Completeness
from reports.wording import plural


def show_completeness(screen: Screen, found: Completeness) -> None:
    """The whole list; what is missing says how to add it."""
    screen.line(found.title, "bold")
    screen.line(f"Demandé par : {asked_by(found)}", hang=2)
    screen.line()
    screen.line(_summary(found), "bold")
    screen.title("Mentions")
    for one in found.mentions:
        usual = " (usage)" if one.usual else ""
        screen.line(f"{'✓' if one.present else '○'} {one.text}{usual}", indent=2, hang=2)
        if one.remedy:
            screen.line(one.remedy, indent=6)
        if one.fields:
            screen.line(
                f"{'Champs' if len(one.fields) > 1 else 'Champ'} du fichier : {', '.join(one.fields)}", "dim", indent=6
            )
    screen.line()
    screen.line("Ce contrôle dit si une mention est là, pas si son contenu convient.", "dim")


def _summary(found: Completeness) -> str:
    lacking = len(found.missing)
    if not lacking:
        return "Aucune mention ne manque."
    told = plural(lacking, "mention manque", "mentions manquent")
    return f"{told}." if not found.complete else f"{told}, que seul l'usage demande."
