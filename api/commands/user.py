"""``passerelles user add``: the first accounts, made by whoever runs the server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from api.commands.store_options import opened_store, organisation_named
from api.terminal.problems import WrongRequest, near
from api.terminal.screen import answer

if TYPE_CHECKING:
    from api.store.tables import Role

HELP = """
Ajouter un compte. Le mot de passe est demandé sans s'afficher, ou lu sur l'entrée standard avec --password-stdin ; --no-password
crée un compte qui se connecte par un autre service (OpenID Connect).

Les rôles, séparés par des virgules : professional (son propre dossier), adviser (les personnes de son organisme qui l'acceptent),
training-body (les offres de son organisme), designer (les référentiels), administrator (l'administration).
"""
EXAMPLES = (
    "user add anne@exemple.fr --name Anne --role administrator",
    'user add luc@exemple.fr --name Luc --role adviser,designer --new-organisation "La fabrique"',
)


def command(
    action: str = typer.Argument(metavar="ACTION", help="add (ajouter)."),
    email: str = typer.Argument(metavar="ADRESSE", help="L'adresse électronique, qui sert d'identifiant."),
    name: str = typer.Option("", "--name", metavar="NOM", help="Le nom à afficher ; sans cela, l'adresse."),
    role: str = typer.Option("professional", "--role", metavar="RÔLE,…", help="Les rôles du compte."),
    organisation: str = typer.Option("", "--organisation", metavar="NOM", help="L'organisme du compte."),
    new_organisation: str = typer.Option(
        "", "--new-organisation", metavar="NOM", help="Un organisme à créer avec lui."
    ),
    password_stdin: bool = typer.Option(False, "--password-stdin", help="Lire le mot de passe sur l'entrée standard."),
    no_password: bool = typer.Option(False, "--no-password", help="Aucun mot de passe ici."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Add an account."""
    from api.store.conflict import Taken

    if action != "add":
        raise WrongRequest(f"« {action} » n'est pas une action : écrivez add.")
    if email.count("@") != 1 or not all(email.split("@")) or email.split() != [email]:
        raise WrongRequest(f"« {email} » n'est pas une adresse électronique.")
    roles = _roles(role)
    with opened_store() as store:
        password = None if no_password else _password(password_stdin, email, name)
        try:
            with store.write() as unit:
                owner = None
                if new_organisation:
                    owner = unit.directory.organisations.add(new_organisation)
                elif organisation:
                    owner = organisation_named(unit, organisation)
                owner_id = owner.id if owner else None
                account = unit.directory.accounts.add(
                    email, name or email, roles, organisation=owner_id, password=password
                )
        except Taken:
            raise WrongRequest(f"L'adresse « {email} » a déjà un compte.") from None
    if json:
        answer().json({"id": account.id, "email": account.email, "roles": sorted(roles), "organisation": owner_id})
    else:
        answer().line(f"Le compte de {account.email} est créé ({', '.join(sorted(account.roles))}).", "bold")


def _roles(text: str) -> tuple[Role, ...]:
    from api.store.tables import Role

    known = [role.value for role in Role]
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in found:
        if part not in known:
            raise WrongRequest(
                f"« {part} » n'est pas un rôle. Rôles possibles : {', '.join(known)}.", near(part, known)
            )
    return tuple(Role(part) for part in found)


def _password(from_stdin: bool, *own_words: str) -> str:
    from api.auth.passwords import WeakPassword, checked, hashed

    if from_stdin:
        typed = sys.stdin.readline().rstrip("\r\n")
    else:
        typed = typer.prompt("Mot de passe", hide_input=True, confirmation_prompt="Encore une fois", err=True)
    try:
        return hashed(checked(typed, *own_words))
    except WeakPassword as problem:
        raise WrongRequest(str(problem)) from None
