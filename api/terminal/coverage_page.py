"""What offers cover of a referential, as text (*couverture d'une offre*): block by block, then holes and overlaps."""

from __future__ import annotations

from collections.abc import Sequence

from api.terminal.screen import Screen
from pathways.coverage import Coverage
from reports.bridge_wording import COVERED, contributions, covered
from reports.reason_wording import code_of, enumeration
from reports.wording import date_fr


def show_coverage(screen: Screen, found: Coverage) -> None:
    """The whole map."""
    offers = enumeration(found.offers) or "aucune offre"
    screen.line(f"{found.referential}, face à : {offers}", "bold")
    screen.line(f"Au {date_fr(found.on)} : {COVERED[found.covered]}.")
    screen.title("Blocs")
    if not found.blocks:
        screen.line("Les blocs ne sont pas connus.", indent=2)
    for block in found.blocks:
        title = f" — {block.title}" if block.title else ""
        screen.field(code_of(block.ref), covered(block) + title, column=7, indent=2)
        if block.modules:
            screen.line(contributions(block), indent=9, hang=2)
        for one in block.competencies:
            screen.item(f"{one.ref.rpartition('/')[2]} : {contributions(one)}", indent=9)
    _list(screen, "Trous : ce qu'aucun module n'apporte", found.holes)
    _list(screen, "Recouvrements : ce que plusieurs modules apportent", found.overlaps)
    _list(screen, "Blocs dont aucun module ne comprend l'évaluation", found.not_assessed)
    _list(screen, "Modules sans lien avec ce référentiel", found.useless)
    _list(screen, "Modules illustratifs, inventés pour la démonstration", found.illustrative)


def _list(screen: Screen, title: str, refs: Sequence[str]) -> None:
    if refs:
        screen.title(f"{title} ({len(refs)})")
        screen.line(enumeration([code_of(ref) for ref in refs]), indent=2)
