"""Cells of a table, each with its words and what a workbook counts with (*cases*). What is not known says so."""

from __future__ import annotations

from datetime import date

from pathways.gap import State
from reports.language import in_french, say
from reports.paper import Cell, Column, ColumnKind, Fact, Tone
from reports.reason_wording import state
from reports.wording import bounded, date_fr, euros, hours, number, percent, short_date

STATE_TONES = {
    State.BY_RIGHT: Tone.BY_RIGHT,
    State.BY_PROOF: Tone.BY_PROOF,
    State.TO_CONFIRM: Tone.TO_CONFIRM,
    State.PARTIAL: Tone.PARTIAL,
    State.MISSING: Tone.MISSING,
}


def text(words: str, tone: Tone = Tone.NEUTRAL) -> Cell:
    """Words alone."""
    return Cell(text=words, tone=tone)


def in_hours(value: float | None, *, at_least: bool = False) -> Cell:
    """Hours, in hours and minutes; a sum that leaves some out says « au moins », and one that leaves all out is not known."""
    return (
        unknown()
        if value is None or (at_least and not value)
        else Cell(text=bounded(hours(value), at_least), value=round(value, 6))
    )


def in_euros(value: float | None, *, at_least: bool = False) -> Cell:
    """An amount; a sum that leaves some out says « au moins », and one that leaves all out is not known."""
    return (
        unknown()
        if value is None or (at_least and not value)
        else Cell(text=bounded(euros(value), at_least), value=round(value, 2))
    )


def count(value: float | None) -> Cell:
    """A count."""
    return unknown() if value is None else Cell(text=number(value), value=value)


def share(value: float | None) -> Cell:
    """A part of one, as a percentage."""
    return unknown() if value is None else Cell(text=percent(100 * value), value=value)


def day(value: date | None, otherwise: str = "") -> Cell:
    """A day; ``otherwise`` where there is none."""
    if value is None:
        return Cell(text=otherwise)
    return Cell(text=date_fr(value) if in_french() else short_date(value), value=value)


def in_state(value: State | None) -> Cell:
    """A state with its sign, its words and its tone."""
    return Cell(text=state(value), tone=Tone.NEUTRAL if value is None else STATE_TONES[value])


def unknown() -> Cell:
    """What no source says."""
    return Cell(text=say("non connu"))


def fact(name: str, cell: Cell | str) -> Fact:
    """A name and what it is."""
    return Fact(name=name, cell=text(cell) if isinstance(cell, str) else cell)


def column(title: str, kind: ColumnKind = ColumnKind.TEXT, weight: float = 1.0) -> Column:
    """A column."""
    return Column(title=title, kind=kind, weight=weight)


def lines(parts: tuple[str, ...]) -> str:
    """Several short texts in one cell, one a line."""
    return "\n".join(part for part in parts if part)
