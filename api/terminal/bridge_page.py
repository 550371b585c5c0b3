"""Passerelles as text (*fiche passerelle, carte des passerelles*): one from A to B, or the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator

from api.terminal.gap_page import show_blocks, show_entry
from api.terminal.right_page import show_rights
from api.terminal.screen import Screen
from pathways.bridges import Bridge
from pathways.clauses import Clause
from pathways.matrix import Cell, Matrix
from pathways.pathway import Pathway
from referentials.library import Library
from referentials.rights import Recognition
from reports import bridge_wording
from reports.impasse_wording import version_notice
from reports.pathway_wording import step_load, step_title, summary, sums
from reports.wording import date_fr, plural


def show_bridge(screen: Screen, found: Bridge, library: Library) -> None:
    """The passerelle from one thing held to a target."""
    version = library.find(found.target.partition("/")[0])
    screen.line(f"De {found.start} à {found.target}, au {date_fr(found.on)}", "bold")
    screen.line("Pour une personne qui détient le premier, et rien d'autre.")
    screen.line()
    screen.line(bridge_wording.bridge(found), "bold")
    show_blocks(screen, found.gap.blocks)
    show_entry(screen, found.gap.entry)
    texts = {item.id: item for item in library.recognitions}
    for title, clauses in (
        ("Textes qui jouent", found.clauses),
        ("Textes qui joueraient si c'était confirmé", found.possible),
        ("Textes attendus, non lus", found.expected),
        ("« Néant » : le texte dit que rien n'est accordé", found.absences),
        ("Préparations, sans aucun droit", found.preparations),
    ):
        if clauses:
            show_rights(screen, title, _texts(clauses, texts), found.on, "")
    if found.pathway is not None:
        _pathway(screen, found.pathway)
    if found.notices:
        screen.title("À savoir")
    for code in found.notices:
        screen.item(version_notice(code, found.target, found.on, version))  # type: ignore[arg-type]


def _pathway(screen: Screen, found: Pathway) -> None:
    """The best plan for what remains, in short."""
    screen.title("Le meilleur parcours pour ce qui reste")
    near = found.within_reach
    screen.line(sums(found.totals) if found.steps else summary(found), indent=2)
    if near is not None:
        screen.line(f"Ce qui peut déjà se préparer : {sums(near.totals)}", indent=2)
    for number, step in enumerate(near.steps if near else found.steps, start=1):
        told = " · ".join(part for part in (step_title(step), step_load(step)) if part)
        screen.line(told, lead=f"  {number:>2}. ", hang=6)


def _texts(clauses: tuple[Clause, ...], texts: dict[str, Recognition]) -> list[Recognition]:
    return [texts[one.id] for one in clauses]


def show_matrix(screen: Screen, found: Matrix) -> None:
    """The pairs where something is known, target by target."""
    screen.line(f"Passerelles au {date_fr(found.on)}", "bold")
    screen.line(
        f"{plural(len(found.cells), 'passerelle')}, de {plural(len(found.starts), 'point')} de départ vers "
        f"{plural(len(found.targets), 'cible')}."
    )
    for target, cells in _by_target(found):
        screen.title(f"Vers {target}")
        width = max(len(cell.start) for cell in cells)
        for cell in cells:
            screen.field(cell.start, bridge_wording.cell(cell), column=width + 2, indent=2)


def _by_target(found: Matrix) -> Iterator[tuple[str, list[Cell]]]:
    for target in sorted({cell.target for cell in found.cells}):
        yield target, [cell for cell in found.cells if cell.target == target]
