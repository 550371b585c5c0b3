"""One account (*un compte*): its name and roles, its password, its sessions and tokens, and its end."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.passwords import WeakPassword
from api.auth.permissions import Action
from api.auth.sign_in import set_password
from api.deps import Permit, allowed
from api.problem import Problem
from api.services.administration import account_within, administers, change_account, require_an_administrator
from api.store.conflict import Conflict
from api.store.repositories.administered import Administered, TakenAway
from api.store.tables import ApiToken
from api.web.messages import go
from api.web.own_offer import revision_in
from api.web.page import pages, show
from api.web.pages.administration import AdministrationPage
from api.web.pages.administration_comptes import HERE, checked, choices
from api.web.sent import Sent
from api.web.views.administration import ROLES
from api.web.views.said import Said
from referentials.provenance import Value
from reports.language import say
from reports.wording import plain_date

router = pages()
Reading = Annotated[Permit, allowed(Action.ADMINISTRATION_READ)]
Writing = Annotated[Permit, allowed(Action.ADMINISTRATION_WRITE)]
AccountName = Annotated[str, Path(max_length=32)]
TokenName = Annotated[str, Path(max_length=32)]
_ONE = f"{HERE}/{{account_id}}"


class TokenLine(Value):
    """A token of an account."""

    id: str = Field(description="Son identifiant.")
    name: str = Field(description="Son nom.")
    scopes: str = Field(description="Ce qu'il permet, dans les mots de l'API.")
    until: str = Field(description="Le dernier jour où il vaut ; vide : jusqu'à sa fermeture.")
    used: str = Field(description="Le jour où il a servi ; vide : jamais.")
    closed: str = Field(description="Le jour où il a été fermé ; vide : il vaut.")


class AccountPage(AdministrationPage):
    """One account."""

    template: ClassVar[str] = "pages/administration/compte.html"

    id: str = Field(description="Son identifiant.")
    name: str = Field(description="Son nom.")
    email: str = Field(description="Son adresse.")
    organisation: str = Field(description="Le nom de son organisme ; vide : aucun.")
    made: str = Field(description="Le jour où il a été ajouté.")
    has_password: bool = Field(description="Vrai quand il a un mot de passe.")
    sessions: int = Field(description="Combien de sessions sont ouvertes.")
    tokens: tuple[TokenLine, ...] = Field(description="Ses jetons, le plus ancien d'abord.")
    own: bool = Field(description="Vrai pour le compte de qui regarde.")
    revision: int = Field(description="La révision que l'on a sous les yeux.")
    conflict: bool = Field(description="Vrai quand quelqu'un d'autre l'a modifié entre-temps.")
    current: tuple[Said, ...] = Field(description="Ce qui est enregistré, en mots, quand cela a changé entre-temps.")
    typed: str = Field(description="Le nom, tel qu'il est dans le champ.")
    ticked: tuple[str, ...] = Field(description="Les rôles cochés.")
    suspended: bool = Field(description="Vrai quand la case « ne peut plus se connecter » est cochée.")
    choices: tuple[tuple[str, Said, Said], ...] = Field(description="Les rôles : nom, mots, aide.")
    taken: TakenAway = Field(description="Ce que sa suppression emporte.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class Filled(Value):
    """What stands in the fields of the form."""

    name: str
    roles: tuple[str, ...]
    suspended: bool


@router.get(_ONE)
def read_account(request: Request, permit: Reading, account_id: AccountName) -> Response:
    """One account."""
    return _shown(request, permit, account_id)


@router.post(_ONE)
def change(request: Request, permit: Writing, account_id: AccountName, form: Sent) -> Response:
    """Change the name, the roles, or whether it may sign in."""
    filled = Filled(name=form.text("nom"), roles=form.texts("roles"), suspended=form.has("suspendu"))
    roles = checked(form)
    if form.errors:
        return _shown(request, permit, account_id, filled, form.errors)
    try:
        with permit.unit(writes=True) as unit:
            account_within(permit, unit, account_id)
            row = unit.directory.accounts.edit(account_id, revision_in(form))
            change_account(unit, row, name=filled.name, roles=roles, disabled=filled.suspended)
    except Conflict:
        return _shown(request, permit, account_id, filled, conflict=True)
    except Problem as problem:
        if problem.kind != "wrong-state":
            raise
        return _shown(request, permit, account_id, filled, {"roles": _last()})
    return go(f"{HERE}/{account_id}", permit.services, "compte-change")


@router.post(f"{_ONE}/mot-de-passe")
def give_password(request: Request, permit: Writing, account_id: AccountName, form: Sent) -> Response:
    """Give it a password; its sessions end."""
    with permit.unit() as unit:
        account_within(permit, unit, account_id)
    try:
        set_password(permit.services, permit.actor.name, account_id, form.secret("nouveau"))
    except WeakPassword as problem:
        return _shown(request, permit, account_id, errors={"nouveau": str(problem)})
    return go(f"{HERE}/{account_id}", permit.services, "mot-de-passe-donne")


@router.post(f"{_ONE}/sessions")
def close_sessions(permit: Writing, account_id: AccountName) -> Response:
    """End all its sessions."""
    with permit.unit(writes=True) as unit:
        unit.directory.sessions.revoke(account_within(permit, unit, account_id).id)
    return go(f"{HERE}/{account_id}", permit.services, "sessions-fermees")


@router.post(f"{_ONE}/jetons/{{token_id}}/fermer")
def close_token(permit: Writing, account_id: AccountName, token_id: TokenName, form: Sent) -> Response:
    """End one of its tokens."""
    with permit.unit(writes=True) as unit:
        unit.directory.tokens.revoke(account_within(permit, unit, account_id).id, token_id)
    back = "/administration/jetons" if form.text("retour") == "jetons" else f"{HERE}/{account_id}#jetons"
    return go(back, permit.services, "jeton-ferme")


@router.post(f"{_ONE}/supprimer")
def delete(request: Request, permit: Writing, account_id: AccountName, form: Sent) -> Response:
    """Delete it, with the file that is its own alone."""
    if not form.has("certain"):
        told = {"certain": say("Cochez la case : la suppression est définitive.")}
        return _shown(request, permit, account_id, errors=told)
    try:
        with permit.unit(writes=True) as unit:
            kept_the_service = administers(account_within(permit, unit, account_id))
            unit.directory.accounts.delete(account_id, revision_in(form))
            if kept_the_service:
                require_an_administrator(unit)
    except Conflict:
        return _shown(request, permit, account_id, conflict=True)
    except Problem as problem:
        if problem.kind != "wrong-state":
            raise
        return _shown(request, permit, account_id, errors={"certain": _last()})
    return go(HERE, permit.services, "compte-enleve")


def _last() -> str:
    return say("Il faut garder quelqu'un qui administre le service.")


def _shown(
    request: Request,
    permit: Permit,
    account_id: str,
    filled: Filled | None = None,
    errors: dict[str, str] | None = None,
    *,
    conflict: bool = False,
) -> Response:
    with permit.unit() as unit:
        row = account_within(permit, unit, account_id)
        organisation = row.organisation_id and unit.directory.organisations.get(row.organisation_id).name
        roles = tuple(role.value for role in sorted(row.roles))
        kept = Filled(name=row.name, roles=roles, suspended=row.disabled_at is not None)
        fields = filled or kept
        page = AccountPage(
            id=row.id,
            name=row.name,
            email=row.email,
            organisation=organisation or "",
            made=plain_date(row.created_at.date()),
            has_password=row.password is not None,
            sessions=len(unit.directory.sessions.of_account(row.id)),
            tokens=tuple(map(token_line, unit.directory.tokens.of_account(row.id))),
            own=row.id == permit.actor.account,
            revision=row.revision,
            conflict=conflict,
            current=_in_words(kept) if conflict else (),
            typed=fields.name,
            ticked=fields.roles,
            suspended=fields.suspended,
            choices=choices(),
            taken=Administered(unit, permit.actor.organisation).goes_with_account(row.id),
            errors=errors or {},
        )
    return show(request, permit.services, permit.actor, page, status=409 if conflict else 422 if errors else 200)


def _in_words(kept: Filled) -> tuple[str, ...]:
    return (
        say("Nom : {name}", name=kept.name),
        say("Rôles : {roles}", roles=", ".join(ROLES[one] for one in kept.roles)),
        say("Il ne peut plus se connecter.") if kept.suspended else say("Il peut se connecter."),
    )


def token_line(row: ApiToken) -> TokenLine:
    """A token in words."""
    days = {"until": row.expires_at, "used": row.used_at, "closed": row.revoked_at}
    told = {name: plain_date(at.date()) if at else "" for name, at in days.items()}
    return TokenLine(id=row.id, name=row.name, scopes=", ".join(row.scopes), **told)
