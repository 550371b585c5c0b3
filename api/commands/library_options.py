"""What the commands about the library ask for alike: more files, a day, a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import typer
from typer.main import get_current_context  # type: ignore[attr-defined]  # of the context that Typer runs a command in

from api.terminal.problems import WrongRequest, near
from referentials.library import Library
from referentials.model import Kind

_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


DATABASE = typer.Option(
    False, "--database", help="Lire aussi la base de données du service : ce qui y a été publié ou importé."
)


def opened(places: Iterable[Path], database: bool = False) -> Library:
    """The shipped library with other folders and files, which must exist, and what the database of the settings shares.

    Thousands of imported versions are opened one by one, when they are asked for.
    """
    found = existing(places)
    return _with_database(found) if database else Library.read(*found)


def _with_database(places: Iterable[Path]) -> Library:
    from api.commands.store_options import opened_store
    from api.store.library import Libraries
    from api.store.scope import Scope

    store = get_current_context().with_resource(opened_store())
    return Libraries(store, *places).of(Scope())


def existing(places: Iterable[Path]) -> list[Path]:
    """The same files and folders, once it is sure that they are there."""
    found = list(places)
    for place in found:
        if not place.exists():
            beside = [entry.name for entry in place.parent.iterdir()] if place.parent.is_dir() else []
            nearest = [str(place.parent / name) for name in near(place.name, beside)]
            raise WrongRequest(f"« {place} » n'existe pas : ni fichier, ni dossier.", nearest)
    return found


def day(text: str) -> date:
    """The day that someone wrote, as 2026-09-01 or 01/09/2026; today when nothing was."""
    if not text:
        return date.today()
    french = _FRENCH_DAY.fullmatch(text)
    try:
        if french:
            number, month, year = map(int, french.groups())
            return date(year, month, number)
        return date.fromisoformat(text)
    except ValueError:
        raise WrongRequest(f"« {text} » n'est pas une date : écrivez 2026-09-01 ou 01/09/2026.") from None


def kind_named(text: str) -> Kind | None:
    """The kind that someone wrote; none when nothing was."""
    if not text:
        return None
    kinds = {kind.value: kind for kind in Kind}
    if text not in kinds:
        hint = "" if near(text, kinds) else f" Natures possibles : {', '.join(kinds)}."
        raise WrongRequest(f"« {text} » n'est pas une nature de référentiel.{hint}", near(text, kinds))
    return kinds[text]
