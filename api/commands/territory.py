"""``passerelles territory``: what many people lack, by area and trade, in figures that give nobody away, beside what is offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.commands.library_options import DATABASE, day, existing, opened
from api.terminal.problems import WrongRequest
from api.terminal.screen import answer, notice

if TYPE_CHECKING:
    from api.services.territory import Territory

HELP = """
Compter, par territoire et par métier, les compétences qui manquent à beaucoup de personnes, et dire quels modules les développent.

Les personnes viennent des mêmes fichiers que pour « passerelles cohort » ; « Territoire » et « Métier (ROME) » sont dans le classeur, « area » et
« trade » à côté des champs d'un profil. Sans --target, chacune compte pour la cible qu'elle dit.

Rien n'est publié de moins de cinq personnes, ni de ce qui permettrait de les retrouver par soustraction : les petits groupes sont mis ensemble,
ou ne sont nulle part. -o écrit ces chiffres, et rien d'autre, en CSV.
"""
EXAMPLES = (
    "territory equipe.xlsx --target tp-mn",
    "territory profils.jsonl --target tp-mn -o territoire.csv",
    "territory equipe.xlsx --json",
)


def command(
    people: Path = typer.Argument(metavar="PERSONNES", help="Un classeur, une liste de profils, ou un dossier."),
    target: str = typer.Option("", "--target", metavar="CIBLE", help="La même cible pour toutes."),
    offer: list[Path] = typer.Option(
        [], "--offer", metavar="CHEMIN", help="Ajouter une offre, ou un dossier d'offres."
    ),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    limit: int = typer.Option(20, "--limit", metavar="N", help="Combien de lignes montrer ; 0 : toutes."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
    output: Path | None = typer.Option(None, "-o", "--output", metavar="FICHIER", help="Les chiffres publiés, en CSV."),
) -> None:
    """Count everybody."""
    from api.commands.profile_options import target_named
    from api.services.planning import read_offers

    existing([people])
    if output is not None and output.suffix.lower() != ".csv":
        raise WrongRequest("-o attend un fichier .csv.")
    given = read_offers(existing(offer))
    asked, known = day(on), opened([*library, *given], database)
    found = _counted(people, target_named(known, target, asked) if target else None, known, asked)
    if output is not None:
        _write(found, output)
    if json:
        answer().json([one.model_dump(mode="json") for one in found])
        return
    from api.terminal.territory_page import show_territory

    for one in found:
        show_territory(answer(), one, limit)
    if output is not None:
        notice().line(f"Chiffres écrits dans « {output} ».")


def _counted(people: Path, target: str | None, known: Any, on: date) -> list[Territory]:
    from api.services.cohort_people import Asking, people_in
    from api.services.situation import trade_of
    from api.services.team_gaps import aimed_at
    from api.services.territory import Counted, counted, told
    from pathways.territory.publication import published

    everybody = list(people_in(people))
    profiles = (one for one in everybody if isinstance(one, Asking))
    tallies = counted(
        (
            Counted(
                one.area, trade_of(one.trade, one.profile), target or one.target, one.profile.model_dump(mode="json")
            )
            for one in profiles
        ),
        known,
        on,
    )
    wrong = sum(not isinstance(one, Asking) for one in everybody) + tallies.refused
    if wrong or tallies.aimless:
        notice().line(f"Personnes laissées de côté : à corriger, {wrong} ; sans cible, {tallies.aimless}.")
    return [
        told(published(tally), {1: on}, aimed_at(known, [ref], on)[0], known, on)
        for ref, tally in tallies.by_target.items()
    ]


def _write(found: Sequence[Territory], output: Path) -> None:
    from api.services.territory_rows import csv_of

    output.write_text(csv_of(found), "utf-8-sig", newline="")
