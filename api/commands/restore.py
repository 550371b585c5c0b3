"""``passerelles restore``: a backup put in the place of what the database holds."""

from __future__ import annotations

from pathlib import Path

import typer

from api.commands.library_options import existing
from api.commands.store_options import opened_store
from api.terminal.problems import WrongRequest, beside
from api.terminal.screen import answer

HELP = """
Remettre une sauvegarde à la place de tout ce que contient la base de données. La sauvegarde est vérifiée d'abord ; si elle est
abîmée, rien ne change. Arrêtez le serveur avant.

Une sauvegarde en .zip se restaure sur SQLite comme sur PostgreSQL, quelle que soit la base d'où elle vient.
"""
EXAMPLES = ("restore passerelles-2027-01-04.zip", "restore copie.sqlite3 --replace")


def command(
    file: Path = typer.Argument(metavar="FICHIER", help="Une sauvegarde, faite par « passerelles backup »."),
    replace: bool = typer.Option(False, "--replace", help="Remplacer une base qui n'est pas vide."),
) -> None:
    """Restore a backup."""
    from api.store import health
    from api.store.backup import WrongBackup, is_sqlite_file, put_back
    from api.store.dump import load

    existing([file])
    with opened_store(up_to_date=False) as store:
        if health.reached(store) is not None and not replace:
            raise WrongRequest(
                "La base de données n'est pas vide : ajoutez --replace pour remplacer tout ce qu'elle contient."
            )
        is_copy = is_sqlite_file(file)
        if is_copy and not store.is_sqlite:
            raise WrongRequest(
                "La copie d'un fichier SQLite ne se restaure pas dans PostgreSQL : il faut une sauvegarde en .zip."
            )
        try:
            put_back(file, store) if is_copy else load(file, store)
        except WrongBackup as problem:
            raise WrongRequest(str(problem)) from None
        problems = health.examine(store).problems
    if problems:
        raise WrongRequest("La sauvegarde est restaurée, mais elle contenait déjà un défaut : " + " ".join(problems))
    answer().line(f"{beside(file)} est restauré ; rien n'est rompu.", "bold")
