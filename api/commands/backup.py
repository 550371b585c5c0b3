"""``passerelles backup``: a copy of the whole database, made while others go on working."""

from __future__ import annotations

from pathlib import Path

import typer

from api.commands.store_options import opened_store
from api.terminal.problems import WrongRequest, beside
from api.terminal.screen import answer

HELP = """
Sauvegarder toute la base de données, sans arrêter le serveur : comptes, dossiers, plans, offres, référentiels, justificatifs, journal.

Un nom en .zip donne une sauvegarde que SQLite et PostgreSQL savent tous deux reprendre, chaque table avec son empreinte. Un nom en
.sqlite3 copie le fichier tel quel (SQLite seulement). La sauvegarde contient des données personnelles : gardez-la en lieu sûr, et
détruisez-la quand elle ne sert plus, car une personne supprimée y reste.
"""
EXAMPLES = ("backup passerelles-2027-01-04.zip", "backup copie.sqlite3")


def command(
    file: Path = typer.Argument(metavar="FICHIER", help="Le fichier à écrire, en .zip ou en .sqlite3."),
    replace: bool = typer.Option(False, "--replace", help="Écraser le fichier s'il existe."),
) -> None:
    """Back the database up."""
    from api.store.backup import copy_file
    from api.store.dump import dump

    if file.suffix not in (".zip", ".sqlite3"):
        raise WrongRequest("Le nom du fichier finit par .zip ou par .sqlite3.")
    if file.exists() and not replace:
        raise WrongRequest(f"« {file} » existe déjà : choisissez un autre nom, ou ajoutez --replace.")
    with opened_store() as store:
        if file.suffix == ".sqlite3" and not store.is_sqlite:
            raise WrongRequest("Une base PostgreSQL se sauvegarde dans un fichier .zip.")
        (dump if file.suffix == ".zip" else copy_file)(store, file)
    answer().line(f"Sauvegarde écrite dans {beside(file)} ({file.stat().st_size / 1_000_000:.1f} Mo).", "bold")
