"""Targets ranked for a person, as text (*orientation*): the nearest first, two lines each."""

from __future__ import annotations

from api.terminal.screen import Screen
from pathways.orientation import Orientation
from reports.bridge_wording import planned, prospect, share
from reports.wording import date_fr, number, plural


def show_orientation(screen: Screen, found: Orientation) -> None:
    """The nearest targets."""
    screen.line(f"Orientation au {date_fr(found.on)}", "bold")
    shown = len(found.prospects)
    nearest = f", les {number(shown)} plus proches" if shown < found.considered else ""
    screen.line(f"{plural(found.considered, 'cible')}{nearest} : la part acquise, puis ce qui reste.")
    screen.line()
    for one in found.prospects:
        level = f", niveau {one.level}" if one.level else ""
        screen.line(f"{one.title}{level} — {one.target}", lead=f"{share(one.share):>6}  ", hang=8)
        for text in (prospect(one), planned(one)):
            screen.line(text, indent=8) if text else None
