"""A territory as text (*observatoire*): who is counted where, what is lacking beside what is offered, and where the two don't meet."""

from __future__ import annotations

from collections.abc import Iterable

from api.services.territory import ModuleRow, NeedRow, Territory
from api.services.territory_rows import places_of
from api.terminal.screen import Screen
from reports.territory_wording import places_in_words
from reports.wording import date_fr, number, plural


def show_territory(screen: Screen, found: Territory, limit: int) -> None:
    """One target: its people, what they lack, the modules; so many lines of each, 0 for all."""
    most = limit or None
    screen.title(f"{found.title} ({found.target}), au {date_fr(found.on)}")
    if not found.cells:
        screen.line("Moins de cinq personnes : rien ne peut en être publié.")
        return
    screen.line("Personnes comptées", "bold")
    for one in found.cells[:most]:
        screen.item(f"{places_in_words(places_of(one))} : {plural(one.people, 'personne')}")
    screen.line("Ce qui manque", "bold")
    for need in found.needs[:most]:
        screen.item(_need(need))
    if not found.needs:
        screen.item("Rien ne peut en être publié.")
    titles = {need.competency: need.title for need in found.needs}
    _listed(screen, "Manque, et aucun module ne le développe", (f"{titles[ref] or ref} ({ref})" for ref in found.unmet))
    _listed(screen, "Modules dont rien ne manque à personne", map(_module, found.idle))
    if found.unpublished:
        screen.line(
            f"{plural(len(found.unpublished), 'compétence')} sans chiffre publié : de une à quatre personnes en seraient isolées."
        )
    screen.line("Seul ce qui est publié est compté : ces sommes ne sont pas tout le monde.")


def _need(need: NeedRow) -> str:
    bodies = len({one.body for one in need.modules})
    remote = sum(one.remote for one in need.modules)
    offered = (
        f"{plural(len(need.modules), 'module')} de {plural(bodies, 'organisme')}" if need.modules else "aucun module"
    )
    distance = f", dont {number(remote)} à distance" if remote else ""
    invented = sum(one.illustrative for one in need.modules)
    made_up = f", dont {number(invented)} pour la démonstration" if invented else ""
    lacking = f"{number(need.lacking)} sur {plural(need.people, 'personne')}"
    return f"{need.title or need.competency} ({need.competency}) : {lacking} ; {offered}{distance}{made_up}"


def _module(one: ModuleRow) -> str:
    return f"{one.title} ({one.ref})"


def _listed(screen: Screen, title: str, lines: Iterable[str]) -> None:
    found = tuple(lines)
    if found:
        screen.line(title, "bold")
    for line in found:
        screen.item(line)
