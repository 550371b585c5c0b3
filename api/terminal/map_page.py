"""The national map as text (*carte nationale des passerelles*): the largest passages, or the chains of rights with every step."""

from __future__ import annotations

from datetime import date

from api.services.national_map import Largest
from api.terminal.screen import Screen
from pathways.national_map import Chain
from reports.map_wording import cautions, chain, passage
from reports.reason_wording import proof
from reports.wording import date_fr, number, plural


def show_passages(screen: Screen, found: Largest, on: date) -> None:
    """How many passages there are, and the largest ones."""
    screen.line(f"Carte nationale des passerelles au {date_fr(on)}", "bold")
    screen.line(
        f"{plural(found.total, 'passerelle')} depuis {plural(found.starts, 'titre')}, chacun détenu seul ; les plus grandes d'abord."
    )
    screen.line()
    for one in found.passages:
        screen.line(f"{one.start} → {one.target}", lead="  ")
        screen.line(passage(one), indent=6)
    _left(screen, found.total - len(found.passages), "passerelle")
    screen.line()
    screen.line("--chains donne les enchaînements de droits que personne n'a écrits ; -o écrit toute la carte.")


def show_chains(screen: Screen, found: Largest, on: date) -> None:
    """The chains that give most, each with every step, its text and its cautions."""
    screen.line(f"Enchaînements de droits que personne n'a écrits, au {date_fr(on)}", "bold")
    screen.line(
        f"{plural(found.total_chains, 'enchaînement')} depuis {plural(found.starts, 'titre')}. Aucun texte ne dit que l'un ouvre l'autre : "
        "demandez avant de compter dessus."
    )
    for one in found.chains:
        _chain(screen, one)
    _left(screen, found.total_chains - len(found.chains), "enchaînement")


def _chain(screen: Screen, one: Chain) -> None:
    screen.title(f"{one.start} → {one.target}")
    screen.line(chain(one), indent=2)
    for step in one.steps:
        screen.item(proof(step.model_copy(update={"cautions": ()})), indent=4)
    for told in cautions(one):
        screen.line(f"Attention : {told}.", "yellow", indent=2)


def _left(screen: Screen, count: int, word: str) -> None:
    if count:
        screen.line(f"… et {number(count)} {word}{'s' if count > 1 else ''} de plus, que --limit 0 donne.", indent=2)
