"""A right, a likeness or a rule of law as text: what it takes, what it gives, by which text, between which dates.

A right and a likeness never look alike: a likeness says on its first line that it gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from api.terminal.screen import Screen
from referentials.provenance import Window
from referentials.rights import Correspondence, Effect, Recognition, Rule
from reports.library_wording import effect, granted, label, requirement, source, window
from reports.wording import date_fr

COLUMN = 12
"""Where values start, under the title of a right."""


def show_rights(screen: Screen, title: str, rights: Sequence[Recognition], on: date, none: str) -> None:
    """A heading and the rights under it, those in force first; what to say when there is none."""
    screen.title(f"{title} ({len(rights)})" if rights else title)
    if not rights:
        screen.line(none, indent=2)
    for item in sorted(rights, key=lambda item: (not _counts(item, on), item.id)):
        screen.line()
        show_right(screen, item, on, indent=2)


def _counts(item: Recognition, on: date) -> bool:
    return item.effect.is_right and item.in_force.contains(on)


def show_right(screen: Screen, item: Recognition, on: date, indent: int = 0) -> None:
    """One right, whole."""
    screen.line(item.title or item.id, "bold", indent=indent)
    screen.line(f"{item.id} — {effect(item)}", indent=indent, hang=2)
    show_requirement(screen, "Il faut", item, indent)
    screen.field("Donne" if item.effect.is_right else "Vers", granted(item.grants), column=COLUMN, indent=indent)
    screen.field("Texte", source(item.source), column=COLUMN, indent=indent)
    screen.field("Passage lu", item.source.note or "", column=COLUMN, indent=indent)
    screen.field("Dates", f"{window(item.in_force)} — {standing(item, on)}", column=COLUMN, indent=indent)
    screen.field("Confiance", label(item.confidence), column=COLUMN, indent=indent)
    for name, text in _extras(item):
        screen.field(name, text, column=COLUMN, indent=indent)


def _extras(item: Recognition) -> Iterable[tuple[str, str]]:
    yield "Formule", label(item.wording) if item.wording else ""
    yield "Pièce", item.proof or ""
    yield "Attention", "accordé au cas par cas, par l'organisme ou le jury" if item.discretionary else ""
    yield "Remarque", item.note or ""


def show_requirement(screen: Screen, name: str, item: Recognition, indent: int) -> None:
    """What a right asks for, one element a line."""
    for number, (depth, text) in enumerate(requirement(item.given)):
        if number == 0:
            screen.field(name, text, column=COLUMN, indent=indent)
        else:
            screen.item(text, indent=indent + COLUMN - 2 + 2 * depth)


def standing(item: Recognition, on: date) -> str:
    """Whether anything follows from a right on a day."""
    if item.effect is Effect.EXPECTED:
        return "texte non lu, rien n'en découle"
    return _in_force(item.in_force, on)


def _in_force(value: Window, on: date) -> str:
    if value.contains(on):
        return f"en vigueur le {date_fr(on)}"
    over = value.end is not None and value.end < on
    return f"{'plus' if over else 'pas encore'} en vigueur le {date_fr(on)}"


def show_likenesses(screen: Screen, likenesses: Sequence[Correspondence]) -> None:
    """Likenesses of a competency; nothing at all where there is none."""
    if likenesses:
        screen.title(f"Proximités ({len(likenesses)}) — elles ne donnent aucun droit")
        for item in likenesses:
            screen.line()
            show_likeness(screen, item, indent=2)


def show_likeness(screen: Screen, item: Correspondence, indent: int = 0) -> None:
    """One likeness, with who says so."""
    screen.line(f"{item.start} et {item.end}", "bold", indent=indent)
    state = f"{label(item.relation)} ; proximité {label(item.state)}, selon {item.author}"
    screen.line(f"{item.id} — {state}", indent=indent, hang=2)
    screen.line("Une proximité est un avis pédagogique : elle ne donne aucun droit.", indent=indent)
    screen.field("Pourquoi", item.reason or "", column=COLUMN, indent=indent)
    screen.field("Document", source(item.source) if item.source else "", column=COLUMN, indent=indent)


def show_rule(screen: Screen, item: Rule, on: date) -> None:
    """One rule of law."""
    screen.line(f"{item.id} — règle : {label(item.kind)}", "bold")
    screen.line(item.text)
    screen.line()
    screen.field("Vise", ", ".join(str(text) for text in item.applies_to) or "toutes les certifications")
    screen.field("Texte", source(item.source))
    replaced = "remplacée par un autre texte" if item.superseded else _in_force(item.in_force, on)
    screen.field("Dates", f"{window(item.in_force)} — {replaced}")
    screen.field("Confiance", label(item.confidence))
    screen.field("Remarque", item.note or "")
