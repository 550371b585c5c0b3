"""Targets ranked for a person, as text (*orientation*): the nearest first, two lines each; what has no rank is told apart."""

from __future__ import annotations

from api.terminal.screen import Screen
from pathways.orientation import Orientation, Prospect
from reports.bridge_wording import planned, prospect, share
from reports.wording import date_fr, number, plural


def show_orientation(screen: Screen, found: Orientation) -> None:
    """The nearest targets, then those whose contents nobody has read: near or far, that is not known."""
    ranked = [one for one in found.prospects if one.ranked]
    others = [one for one in found.prospects if not one.ranked]
    screen.line(f"Orientation au {date_fr(found.on)}", "bold")
    nearest = f", les {number(len(ranked))} plus proches" if len(ranked) < found.considered else ""
    screen.line(f"{plural(found.considered, 'cible')}{nearest} : la part acquise, puis ce qui reste.")
    screen.line()
    for one in ranked:
        screen.line(_name(one), lead=f"{share(one.share):>6}  ", hang=8)
        for text in (prospect(one), planned(one)):
            screen.line(text, indent=8) if text else None
    if not others:
        return
    screen.title("Sans rang : personne n'a encore lu leurs compétences, on ne sait pas si elles sont proches")
    if len(found.prospects) < found.considered:
        left = found.considered - len(ranked)
        screen.line(f"{plural(left, 'autre cible')}, que --limit 0 donne toutes.", indent=2)
        return
    for one in others:
        screen.item(_name(one))


def _name(one: Prospect) -> str:
    level = f", niveau {one.level}" if one.level else ""
    return f"{one.title}{level} — {one.target}"
