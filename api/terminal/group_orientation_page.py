"""Many people oriented, as text (*orientation d'un groupe*): the targets that most are near, then each person's nearest."""

from __future__ import annotations

from api.services.nearest import GroupOrientation
from api.terminal.screen import Screen
from pathways.nearest import Drawing, Near, Nearest
from reports.bridge_wording import share
from reports.wording import date_fr, number, plural

_TARGETS = 10


def show_group(screen: Screen, found: GroupOrientation, limit: int) -> None:
    """The whole, then so many people; 0: all of them."""
    screen.line(f"Orientation de {plural(found.people, 'personne')} au {date_fr(found.on)}", "bold")
    screen.line(f"{plural(found.considered, 'cible')} en vigueur, les plus proches de chacune.")
    if found.stopped:
        screen.line("Arrêté avant la fin, comme demandé : les autres n'ont pas été regardées.", "yellow")
    if found.targets:
        screen.title("Les cibles dont le plus de personnes sont proches")
    for one in found.targets[:_TARGETS]:
        screen.line(f"{one.title} — {one.target}", lead=f"{number(one.people):>6}  ", hang=8)
        screen.line(", ".join(_drawing(one)), indent=8)
    people = found.lines[: limit or None]
    if people:
        screen.title("Personne par personne")
    for line in people:
        _person(screen, line)
    if len(people) < len(found.lines):
        screen.line(
            f"… et {number(len(found.lines) - len(people))} de plus : --limit 0 les donne toutes, -o les écrit.",
            indent=2,
        )
    if found.unplaced or found.findings:
        screen.title("À corriger")
    for unplaced in found.unplaced:
        screen.item(f"{unplaced.person} : {' '.join(unplaced.problems)}")
    for finding in found.findings:
        screen.item(str(finding))


def _drawing(one: Drawing) -> list[str]:
    told = [f"{share(one.share).strip()} acquis en moyenne"]
    if one.one_block:
        told.append(f"{plural(one.one_block, 'personne')} à un bloc")
    if one.acquired:
        told.append(f"{plural(one.acquired, 'personne')} l'ont déjà" if one.acquired > 1 else "une personne l'a déjà")
    return told


def _person(screen: Screen, line: Nearest) -> None:
    screen.line(line.person, "bold", indent=2)
    for one in line.near:
        screen.line(f"{one.title} — {one.target}, {_left(one)}", lead=f"{share(one.share):>10}  ", hang=12)
    if not line.near:
        screen.line("rien d'acquis d'aucune cible en vigueur", indent=12)


def _left(one: Near) -> str:
    if one.acquired:
        return "déjà acquis"
    if not one.remaining_blocks:
        return "tous les blocs sont acquis"
    return (
        f"reste {plural(one.remaining_blocks, 'bloc')}"
        if one.remaining_blocks == 1
        else f"restent {plural(one.remaining_blocks, 'bloc')}"
    )
