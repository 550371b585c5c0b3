"""An offer or a module as text; what was made up for demonstration says so on its first line."""

from __future__ import annotations

from collections.abc import Iterator

from api.terminal.screen import Screen
from referentials.offer import Modality, Module, ModuleHours, Offer, Session
from reports.library_wording import UNKNOWN, label, requirement, source, window
from reports.wording import date_fr, euros, hours, plural

ILLUSTRATIVE = "Exemple inventé pour la démonstration : ce module n'existe pas."


def show_offer(screen: Screen, item: Offer) -> None:
    """An offer and the list of its modules."""
    screen.line(f"{item.id} — {item.title}", "bold")
    screen.line(item.body.name + (f", {place}" if (place := _place(item)) else ""))
    if item.illustrative:
        screen.line("Offre inventée pour la démonstration.", "yellow")
    screen.field("Confiance", label(item.confidence))
    screen.field("Remarque", item.note or "")
    for value in item.sources:
        screen.field("Source", source(value))
    screen.title(plural(len(item.modules), "module"))
    for module in item.modules:
        screen.item(f"{item.id}:{module.id} — {module.title} ({', '.join(_figures(module))})")


def _place(item: Offer) -> str:
    where = item.body.location
    return " ".join(part for part in (where.postcode, where.city) if part) if where else ""


def _figures(module: Module) -> Iterator[str]:
    yield hours(module.hours.total) if module.hours else f"durée {UNKNOWN}e"
    yield euros(module.price) if module.price is not None else f"prix {UNKNOWN}"


def show_module(screen: Screen, offer: Offer, item: Module) -> None:
    """One module, whole."""
    screen.line(f"{offer.id}:{item.id} — {item.title}", "bold")
    screen.line(offer.body.name)
    if offer.is_illustrative(item):
        screen.line(ILLUSTRATIVE, "yellow")
    screen.line()
    screen.field("Durée", _hours(item.hours))
    screen.field("Prix", euros(item.price) if item.price is not None else UNKNOWN)
    screen.field("Prix en groupe", euros(item.group_price) if item.group_price is not None else "")
    screen.field("CPF", {True: "éligible", False: "non éligible", None: UNKNOWN}[item.funding.cpf])
    screen.field("Financement", item.funding.note or "")
    screen.field("Proposé", window(item.available) if item.available else "")
    screen.field("Confiance", label(item.confidence or offer.confidence))
    screen.field("Remarque", item.note or "")
    for title, texts in (
        ("Fait acquérir", tuple(_reached(competency.competency, competency.level) for competency in item.develops)),
        ("Prépare en entier", item.prepares),
        ("Comprend l'évaluation de", item.includes_assessment),
        ("Sessions", tuple(_session(session) for session in item.sessions) or ("départ libre, sans date fixée",)),
    ):
        if texts:
            screen.title(title)
            for text in texts:
                screen.item(text)
    if item.requires is not None:
        screen.title("Avant ce module, il faut")
        for depth, text in requirement(item.requires):
            screen.item(text, indent=2 + 2 * depth)


def _reached(competency: str, level: int | None) -> str:
    return competency if level is None else f"{competency}, niveau {level}"


def _hours(value: ModuleHours | None) -> str:
    if value is None:
        return f"{UNKNOWN}e"
    parts = (f"{hours(getattr(value, modality.value))} {label(modality)}" for modality in value.modalities)
    return f"{hours(value.total)} : {', '.join(parts)}" if value.modalities else hours(0)


def _session(value: Session) -> str:
    said = [f"{value.id} : du {date_fr(value.start)} au {date_fr(value.end)}"]
    said += [f"{hours(value.weekly_hours)} par semaine"] if value.weekly_hours else []
    said += [label(Modality(value.modality))] if value.modality else []
    said += [value.place] if value.place else []
    said += [", ".join(value.days)] if value.days else []
    said += [plural(value.seats, "place")] if value.seats is not None else ["places non connues"]
    return ", ".join(said)
