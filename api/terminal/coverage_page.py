"""What offers cover of a referential, as text (*couverture d'une offre*): block by block, then holes and overlaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
            screen.line(contributions(block, found.titles), indent=9, hang=2)
        for one in block.competencies:
            code = one.ref.rpartition("/")[2]
            screen.item(f"{code} — {one.title}" if one.title else code, indent=9)
            screen.line(contributions(one, found.titles), indent=11)
    named: dict[str, str | None] = {**found.titles, **{block.ref: block.title for block in found.blocks}}
    named |= {one.ref: one.title for block in found.blocks for one in block.competencies}
    _list(screen, "Trous : ce qu'aucun module n'apporte", found.holes, named)
    _list(screen, "Recouvrements : ce que plusieurs modules apportent", found.overlaps, named)
    _list(screen, "Blocs dont aucun module ne comprend l'évaluation", found.not_assessed, named)
    _list(screen, "Modules sans lien avec ce référentiel", found.useless, named)
    _list(screen, "Modules illustratifs, inventés pour la démonstration", found.illustrative, named)


def _list(screen: Screen, title: str, refs: Sequence[str], named: Mapping[str, str | None]) -> None:
    if refs:
        screen.title(f"{title} ({len(refs)})")
    for ref in refs:
        screen.item(f"{code_of(ref)} — {named[ref]}" if named.get(ref) else code_of(ref))
