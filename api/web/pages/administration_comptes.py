"""Accounts (*comptes*): who may sign in and what for; found by name, address or role, and added."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.passwords import WeakPassword
from api.auth.permissions import Action
from api.deps import Permit, allowed, opened
from api.services.administration import digest_of_password, organisation_of_new_account
from api.store.conflict import Taken
from api.store.repositories.administered import Administered
from api.store.tables import Account, Role
from api.store.unit_of_work import UnitOfWork
from api.web.messages import go
from api.web.page import pages, show
from api.web.pages.administration import AdministrationPage, later_address, runs
from api.web.sent import Form, Sent
from api.web.views.administration import ROLES
from api.web.views.said import Said
from referentials.provenance import Value
from reports.language import say, say_n

router = pages()
Reading = Annotated[Permit, allowed(Action.ADMINISTRATION_READ)]
Writing = Annotated[Permit, allowed(Action.ADMINISTRATION_WRITE)]
Words = Annotated[str, Query(max_length=200)]
HERE = "/administration/comptes"
_PER_PAGE, _LONGEST, _LONGEST_ADDRESS = 50, 200, 254


class AccountLine(Value):
    """One account."""

    id: str = Field(description="Son identifiant.")
    name: str = Field(description="Son nom.")
    email: str = Field(description="Son adresse.")
    roles: tuple[Said, ...] = Field(description="Ses rôles, en mots.")
    organisation: str = Field(description="Le nom de son organisme ; vide : aucun.")
    disabled: bool = Field(description="Vrai quand il ne peut plus se connecter.")


class AccountsPage(AdministrationPage):
    """The accounts."""

    template: ClassVar[str] = "pages/administration/comptes.html"

    accounts: tuple[AccountLine, ...] = Field(description="Les comptes de cette page.")
    query: str = Field(description="Ce qui est cherché ; vide : tous.")
    role: str = Field(description="Le rôle cherché ; vide : tous.")
    organisation: str = Field(description="L'organisme cherché, par son identifiant ; vide : tous.")
    choices: tuple[tuple[str, Said], ...] = Field(description="Les rôles : nom, mots.")
    organisations: tuple[tuple[str, str], ...] = Field(
        description="Les organismes entre lesquels choisir ; vide : un seul."
    )
    first: bool = Field(description="Vrai pour la première page.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")


class NewAccountPage(AdministrationPage):
    """A form to add an account."""

    template: ClassVar[str] = "pages/administration/nouveau_compte.html"

    typed: dict[str, str] = Field(description="Ce qui a été tapé, champ par champ.")
    ticked: tuple[str, ...] = Field(description="Les rôles cochés.")
    choices: tuple[tuple[str, Said, Said], ...] = Field(description="Les rôles : nom, mots, aide.")
    organisations: tuple[tuple[str, str], ...] = Field(
        description="Les organismes entre lesquels choisir ; vide : un seul."
    )
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(HERE)
def read_accounts(
    request: Request, permit: Reading, q: Words = "", role: Words = "", organisme: Words = "", suite: Words = ""
) -> Response:
    """The accounts of one's organisation; of all, or of one, for whoever administers the service."""
    wanted = Role(role) if role in set(Role) else None
    after = opened(suite) if suite else None
    with permit.unit() as unit:
        found = Administered(unit, permit.actor.organisation or organisme or None).accounts(
            q.strip(), wanted, after, _PER_PAGE
        )
        names = organisations(permit, unit)
    page = AccountsPage(
        accounts=tuple(_line(row, dict(names)) for row in found.rows),
        query=q.strip(),
        role=wanted or "",
        organisation=organisme if runs(permit) else "",
        choices=tuple(ROLES.items()),
        organisations=names if runs(permit) else (),
        first=not suite,
        later=later_address(HERE, {"q": q, "role": role, "organisme": organisme}, found.next),
    )
    return show(request, permit.services, permit.actor, page)


@router.get("/administration/nouveau-compte")
def ask_for_account(request: Request, permit: Writing) -> Response:
    """Ask who is added."""
    empty = dict.fromkeys(("adresse", "nom", "organisme"), "")
    return _asked(request, permit, empty, (Role.ADVISER.value,), {})


@router.post("/administration/nouveau-compte")
def add_account(request: Request, permit: Writing, form: Sent) -> Response:
    """Add an account."""
    typed, ticked, secret = form.typed("adresse", "nom", "organisme"), form.texts("roles"), form.secret("mot-de-passe")
    roles = checked(form)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", typed["adresse"]) or len(typed["adresse"]) > _LONGEST_ADDRESS:
        form.errors["adresse"] = say("Écrivez une adresse électronique, par exemple prenom.nom@exemple.fr.")
    try:
        digest = digest_of_password(permit, secret or None, typed["nom"], typed["adresse"].partition("@")[0])
    except WeakPassword as problem:
        form.errors["mot-de-passe"] = str(problem)
    if form.errors:
        return _asked(request, permit, typed, ticked, form.errors)
    try:
        with permit.unit(writes=True) as unit:
            owner = organisation_of_new_account(permit, unit, typed["organisme"] or None)
            accounts = unit.directory.accounts
            row = accounts.add(typed["adresse"], typed["nom"], roles, organisation=owner, password=digest)
    except Taken:
        told = {"adresse": say("Cette adresse a déjà un compte.")}
        return _asked(request, permit, typed, ticked, told)
    return go(f"{HERE}/{row.id}", permit.services, "compte-ajoute")


def checked(form: Form) -> tuple[Role, ...]:
    """The roles that a form gives, once it is sure that it gives one and a name; else its errors say so."""
    name = form.text("nom")
    if not name:
        form.errors["nom"] = say("Écrivez un nom à afficher.")
    elif len(name) > _LONGEST:
        form.errors["nom"] = say_n(
            "C'est trop long : {count} caractère au plus.", "C'est trop long : {count} caractères au plus.", _LONGEST
        )
    roles = tuple(Role(one) for one in form.texts("roles") if one in set(Role))
    if not roles:
        form.errors["roles"] = say("Cochez au moins un rôle.")
    return roles


def choices() -> tuple[tuple[str, str, str], ...]:
    """The roles, with what each is for."""
    helps = {
        Role.PROFESSIONAL: say("Garde son propre dossier et ses plans."),
        Role.ADVISER: say("Suit les personnes de son organisme qui ont donné leur accord."),
        Role.TRAINING_BODY: say("Écrit l'offre de formation de son organisme."),
        Role.DESIGNER: say("Écrit et publie des référentiels."),
        Role.ADMINISTRATOR: say("Voit et change les comptes ; hors de tout organisme, administre le service entier."),
    }
    return tuple((role.value, ROLES[role.value], helps[role]) for role in Role)


def organisations(permit: Permit, unit: UnitOfWork) -> tuple[tuple[str, str], ...]:
    """The organisations that whoever asks administers: identifier, name."""
    own = permit.actor.organisation
    found = unit.directory.organisations.every() if own is None else [unit.directory.organisations.get(own)]
    return tuple((row.id, row.name) for row in found)


def _line(row: Account, names: dict[str, str]) -> AccountLine:
    return AccountLine(
        id=row.id,
        name=row.name,
        email=row.email,
        roles=tuple(ROLES[role.value] for role in sorted(row.roles)),
        organisation=names.get(row.organisation_id or "", ""),
        disabled=row.disabled_at is not None,
    )


def _asked(
    request: Request, permit: Permit, typed: dict[str, str], ticked: tuple[str, ...], errors: dict[str, str]
) -> Response:
    with permit.unit() as unit:
        names = organisations(permit, unit) if runs(permit) else ()
    page = NewAccountPage(typed=typed, ticked=ticked, choices=choices(), organisations=names, errors=errors)
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)
