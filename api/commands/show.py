"""``passerelles show``: everything that is known of one thing, and what is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import typer

from api.commands.library_options import DATABASE, day, opened
from api.services.catalogue import Found, RightsAbout, find, likenesses_about, rights_about
from api.terminal import offer_page, right_page, version_page
from api.terminal.screen import Screen, answer
from referentials.holes import Hole, holes
from referentials.library import Library
from referentials.reference import parse

HELP = """
Montrer tout ce qui est connu d'un référentiel, d'un bloc, d'une compétence, d'un module, d'une offre, d'une passerelle ou
d'une règle : contenu, dates, sources avec leur confiance, passerelles qui y mènent et qui en partent.

Sans version, c'est celle qui est en vigueur le jour demandé, sinon la dernière. Un numéro RNCP convient
aussi, celui d'un bloc comme celui d'un titre.
"""
EXAMPLES = (
    "show tp-mn",
    "show tp-remn@2019/CCP1",
    "show tp-mn@2025 --holes",
    "show bpjeps-tic --on 2008-12-24",
    "show RNCP34137 --json",
    "show RNCP37275BC01",
)


def command(
    ref: str = typer.Argument(metavar="RÉFÉRENCE", help="Par exemple tp-mn, tp-remn@2019, tp-remn@2019/CCP1."),
    only_holes: bool = typer.Option(False, "--holes", help="Ne montrer que les trous : ce qui n'est pas connu."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Show one thing of the library."""
    asked, known = day(on), opened(library, database)
    found = find(known, ref, asked)
    if json:
        answer().json(_plain(known, found, asked))
    elif found.version is None:
        _show_alone(answer(), known, found, asked)
    else:
        _show_inside(answer(), known, found, asked, only_holes)


def _plain(library: Library, found: Found, on: date) -> dict[str, Any]:
    """What is shown, for a program."""
    about = _rights(library, found)
    return {
        "ref": found.ref,
        "type": found.sort,
        "on": on.isoformat(),
        "in_force": None if found.version is None else library.is_in_force(found.version, on),
        "item": found.item.model_dump(mode="json", by_alias=True),
        "holes": [hole._asdict() for hole in _holes(found)],
        "rights_in": [right.model_dump(mode="json", by_alias=True) for right in about.entering],
        "rights_out": [right.model_dump(mode="json", by_alias=True) for right in about.leaving],
    }


def _rights(library: Library, found: Found) -> RightsAbout:
    return RightsAbout((), ()) if found.version is None else rights_about(library, found.ref)


def _holes(found: Found) -> tuple[Hole, ...]:
    """The holes of the thing itself and of its parts."""
    if found.version is None:
        return ()
    inside = (found.ref, found.ref + "/")
    return tuple(hole for hole in holes(found.version) if hole.where == inside[0] or hole.where.startswith(inside[1]))


def _show_inside(screen: Screen, library: Library, found: Found, on: date, only_holes: bool) -> None:
    version = found.version
    assert version is not None
    version_page.show_head(screen, version, on, library.end_of(version))
    lacking = _holes(found)
    if only_holes:
        screen.line()
        version_page.show_holes(screen, lacking)
        return
    _contents(screen, library, found)
    about = rights_about(library, found.ref)
    right_page.show_rights(screen, "Passerelles qui y mènent", about.entering, on, "aucune dans la bibliothèque")
    right_page.show_rights(screen, "Passerelles qui en partent", about.leaving, on, "aucune dans la bibliothèque")
    right_page.show_likenesses(screen, likenesses_about(library, found.ref) if found.sort == "competency" else ())
    screen.line()
    screen.line(_lacking(found.ref, len(lacking)), "dim")


def _lacking(ref: str, count: int) -> str:
    from reports.wording import plural

    return f"{plural(count, 'trou')} : passerelles show {ref} --holes" if count else "Aucun trou."


def _contents(screen: Screen, library: Library, found: Found) -> None:
    version = found.version
    assert version is not None
    if found.sort == "referential":
        others = [other.key for other in library.versions(version.id) if other.key != version.key]
        version_page.show_version(screen, version, others)
        return
    screen.line()
    ref = parse(found.ref)
    block = version.block(getattr(ref, "block", None) or "")
    if found.sort == "competency" and block is not None:
        screen.field("Bloc", f"{block.code} — {block.title or 'intitulé non connu'}")
        version_page.show_competency(screen, found.item, block.confidence or version.confidence)
        version_page.show_competency_details(screen, found.item)
    elif block is not None:
        version_page.show_block(screen, block, version)
    version_page.show_sources(screen, version)


def _show_alone(screen: Screen, library: Library, found: Found, on: date) -> None:
    match found.sort:
        case "recognition":
            right_page.show_right(screen, found.item, on)
        case "correspondence":
            right_page.show_likeness(screen, found.item)
        case "rule":
            right_page.show_rule(screen, found.item, on)
        case "offer":
            offer_page.show_offer(screen, found.item)
        case _:
            name = found.ref.partition(":")[0]
            offer_page.show_module(screen, next(offer for offer in library.offers if offer.id == name), found.item)
