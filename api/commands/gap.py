"""``passerelles gap``: what remains for one target, block by block, with the proof of what is acquired."""

from __future__ import annotations

from pathlib import Path

import typer

from api.commands.library_options import DATABASE, day, opened
from api.commands.output_options import deliver
from api.terminal.screen import answer

HELP = """
Dire ce qui reste pour une cible, bloc par bloc : acquis de droit (avec le texte), acquis par preuve, à confirmer, à acquérir.

Aucun module n'est choisi : voyez « passerelles plan » pour un parcours.
"""
EXAMPLES = (
    "gap examples/animatrice.yaml --target tp-mn",
    "gap examples/animatrice.yaml --target tp-mn --moodle plan-moodle.csv",
    "gap examples/monitrice-educatrice.yaml --target bpjeps-tic@2002 --on 2014-06-01",
)


def command(
    profile: Path = typer.Argument(metavar="PROFIL", help="Le fichier de la personne, en YAML ou en JSON."),
    target: str = typer.Option("", "--target", metavar="CIBLE", help="Un diplôme, un bloc ou une compétence."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
    moodle: Path | None = typer.Option(
        None, "--moodle", metavar="FICHIER", help="Écrire ce qui reste en plan de formation Moodle (CSV)."
    ),
) -> None:
    """Say what remains."""
    from api.commands.profile_options import profile_read, refusing, target_named
    from api.services.knowledge import held_by, rights_near
    from api.terminal.gap_page import show_gap
    from pathways.gap import gap, position

    asked, known = day(on), opened(library, database)
    person = profile_read(profile)
    aimed = target_named(known, target, asked)
    rights = rights_near(known, (aimed,), held_by(person.profile))
    with refusing(person):
        placed = position(person.profile, aimed, rights, asked)
    found = gap(placed)
    if moodle is not None:
        from reports.learning_plan import learning_plan

        deliver(learning_plan(found, known), moodle)
    if json:
        answer().json(found.model_dump(mode="json"))
    else:
        show_gap(answer(), found, placed.target.version, rights.library.recognitions)
