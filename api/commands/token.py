"""``passerelles token add``: a token for a program, shown once."""

from __future__ import annotations

import re
from datetime import timedelta

import typer

from api.commands.store_options import account_of, opened_store
from api.terminal.problems import WrongRequest
from api.terminal.screen import answer, notice

HELP = """
Donner à un programme un jeton d'API : il agira pour un compte, dans les limites que vous lui fixez. Le jeton n'est montré qu'une
fois, sur la sortie standard ; la base n'en garde que l'empreinte.

Les limites s'écrivent chose:action, séparées par des virgules : plans:read, offers:write…
"""
EXAMPLES = (
    "token add anne@exemple.fr --name import-nocturne --scope offers:write",
    "token add anne@exemple.fr --name tableau-de-bord --scope plans:read,coverage:read --days 90",
)

_SCOPE = re.compile(r"[a-z][a-z_-]*:[a-z][a-z_-]*")


def command(
    action: str = typer.Argument(metavar="ACTION", help="add (ajouter)."),
    email: str = typer.Argument(metavar="ADRESSE", help="Le compte pour lequel le programme agira."),
    name: str = typer.Option("", "--name", metavar="NOM", help="À quoi servira le jeton (obligatoire)."),
    scope: str = typer.Option("", "--scope", metavar="CHOSE:ACTION,…", help="Ce qu'il permet (obligatoire)."),
    days: int | None = typer.Option(None, "--days", min=0, metavar="N", help="Durée en jours ; 0 : sans fin."),
) -> None:
    """Issue an API token."""
    from api.settings import settings

    if action != "add":
        raise WrongRequest(f"« {action} » n'est pas une action : écrivez add.")
    scopes = _scopes(scope)
    if not name.strip():
        raise WrongRequest("Il manque --name : dites à quoi servira le jeton, pour pouvoir le révoquer un jour.")
    with opened_store() as store:
        kept = settings().token_days if days is None else days
        with store.write() as unit:
            account = account_of(unit, email)
            issued = unit.directory.tokens.issue(account, name, scopes, timedelta(days=kept) if kept else None)
    notice().line("Gardez ce jeton maintenant : il ne sera plus montré." + (f" Il dure {kept} jours." if kept else ""))
    answer().line(issued.text)


def _scopes(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    wrong = [part for part in found if not _SCOPE.fullmatch(part)]
    if wrong:
        raise WrongRequest(f"« {wrong[0]} » n'est pas une limite : on attend chose:action, par exemple plans:read.")
    if not found:
        raise WrongRequest("Il manque --scope : un jeton ne permet que ce qu'on lui accorde, par exemple plans:read.")
    return found
