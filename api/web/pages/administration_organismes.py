"""Organisations (*organismes*): their list, a new one, its name and number, and its end with all that it keeps."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed, opened
from api.store.conflict import Conflict, Taken
from api.store.repositories.administered import Administered, TakenAway
from api.store.tables import Organisation
from api.web.messages import go
from api.web.own_offer import revision_in
from api.web.page import pages, show
from api.web.pages.administration import AdministrationPage, later_address, runs
from api.web.sent import Form, Sent
from api.web.views.said import Said
from referentials.provenance import Value
from reports.language import say, say_n
from reports.wording import plain_date

router = pages()
Reading = Annotated[Permit, allowed(Action.ADMINISTRATION_READ)]
Writing = Annotated[Permit, allowed(Action.ADMINISTRATION_WRITE)]
Running = Annotated[Permit, allowed(Action.SERVICE_RUN)]
OrganisationName = Annotated[str, Path(max_length=32)]
Words = Annotated[str, Query(max_length=200)]
_HERE = "/administration/organismes"
_PER_PAGE, _LONGEST = 50, 200


class OrganisationLine(Value):
    """One organisation."""

    id: str = Field(description="Son identifiant.")
    name: str = Field(description="Son nom.")
    siret: str = Field(description="Son numéro SIRET ; vide : non connu.")
    day: str = Field(description="Le jour où il a été ajouté.")


class OrganisationsPage(AdministrationPage):
    """The organisations."""

    template: ClassVar[str] = "pages/administration/organismes.html"

    organisations: tuple[OrganisationLine, ...] = Field(description="Les organismes de cette page.")
    query: str = Field(description="Ce qui est cherché ; vide : tous.")
    first: bool = Field(description="Vrai pour la première page.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")
    typed: dict[str, str] = Field(description="Ce qui a été tapé pour en ajouter un.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class OrganisationPage(AdministrationPage):
    """One organisation."""

    template: ClassVar[str] = "pages/administration/organisme.html"

    id: str = Field(description="Son identifiant.")
    name: str = Field(description="Son nom.")
    revision: int = Field(description="La révision que l'on a sous les yeux.")
    conflict: bool = Field(description="Vrai quand quelqu'un d'autre l'a modifié entre-temps.")
    current: tuple[str, str] = Field(description="Le nom et le SIRET enregistrés.")
    typed: dict[str, str] = Field(description="Ce qui est dans les champs.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")
    taken: TakenAway | None = Field(
        description="Ce que sa suppression emporte ; vide : on ne peut pas le supprimer d'ici."
    )


@router.get(_HERE)
def read_organisations(request: Request, permit: Running, q: Words = "", suite: Words = "") -> Response:
    """Every organisation, or those whose name is looked for."""
    return _listed(request, permit, q.strip(), suite)


@router.post(_HERE)
def add_organisation(request: Request, permit: Running, form: Sent) -> Response:
    """Add an organisation."""
    typed = _checked(form)
    if not form.errors:
        try:
            with permit.unit(writes=True) as unit:
                found = unit.directory.organisations.add(typed["nom"], typed["siret"] or None).id
            return go(f"{_HERE}/{found}", permit.services, "organisme-ajoute")
        except Taken:
            form.errors["siret"] = _taken()
    return _listed(request, permit, "", "", typed, form.errors)


@router.get(f"{_HERE}/{{organisation_id}}")
def read_organisation(request: Request, permit: Reading, organisation_id: OrganisationName) -> Response:
    """One organisation."""
    return _one(request, permit, organisation_id)


@router.post(f"{_HERE}/{{organisation_id}}")
def change_organisation(request: Request, permit: Writing, organisation_id: OrganisationName, form: Sent) -> Response:
    """Change its name and its number."""
    typed = _checked(form)
    if form.errors:
        return _one(request, permit, organisation_id, typed, form.errors)
    try:
        with permit.unit(writes=True) as unit:
            permit.check(unit.directory.organisations.get(organisation_id))
            row = unit.directory.organisations.edit(organisation_id, revision_in(form))
            row.name, row.siret = typed["nom"], typed["siret"] or None
    except Conflict:
        return _one(request, permit, organisation_id, typed, conflict=True)
    except Taken:
        return _one(request, permit, organisation_id, typed, {"siret": _taken()})
    return go(f"{_HERE}/{organisation_id}", permit.services, "organisme-change")


@router.post(f"{_HERE}/{{organisation_id}}/supprimer")
def delete_organisation(request: Request, permit: Running, organisation_id: OrganisationName, form: Sent) -> Response:
    """Delete it, with its accounts, its library and its jobs."""
    if not form.has("certain"):
        told = {"certain": say("Cochez la case : la suppression est définitive.")}
        return _one(request, permit, organisation_id, errors=told)
    try:
        with permit.unit(writes=True) as unit:
            unit.directory.organisations.delete(organisation_id, revision_in(form))
    except Conflict:
        return _one(request, permit, organisation_id, conflict=True)
    return go(_HERE, permit.services, "organisme-supprime")


def _checked(form: Form) -> dict[str, str]:
    typed = form.typed("nom") | {"siret": re.sub(r"\s", "", form.text("siret"))}
    if not typed["nom"]:
        form.errors["nom"] = say("Écrivez son nom.")
    elif len(typed["nom"]) > _LONGEST:
        form.errors["nom"] = say_n(
            "C'est trop long : {count} caractère au plus.", "C'est trop long : {count} caractères au plus.", _LONGEST
        )
    if typed["siret"] and not re.fullmatch(r"[0-9]{14}", typed["siret"]):
        form.errors["siret"] = say("Un SIRET a 14 chiffres ; laissez vide si vous ne l'avez pas.")
    return typed


def _taken() -> str:
    return say("Un autre organisme a déjà ce SIRET.")


# -- to the pages ---------------------------------------------------------------------------------------------------------


def _listed(
    request: Request,
    permit: Permit,
    query: str,
    after: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    with permit.unit() as unit:
        found = Administered(unit, None).organisations(query, opened(after) if after else None, _PER_PAGE)
    page = OrganisationsPage(
        organisations=tuple(map(_line, found.rows)),
        query=query,
        first=not after,
        later=later_address(_HERE, {"q": query}, found.next),
        typed=typed or {"nom": "", "siret": ""},
        errors=errors or {},
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _line(row: Organisation) -> OrganisationLine:
    return OrganisationLine(id=row.id, name=row.name, siret=row.siret or "", day=plain_date(row.created_at.date()))


def _one(
    request: Request,
    permit: Permit,
    organisation_id: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    *,
    conflict: bool = False,
) -> Response:
    with permit.unit() as unit:
        row = unit.directory.organisations.get(organisation_id)
        if not runs(permit):
            permit.check(row)
        taken = Administered(unit, None).goes_with_organisation(row.id) if runs(permit) else None
    page = OrganisationPage(
        id=row.id,
        name=row.name,
        revision=row.revision,
        conflict=conflict,
        current=(row.name, row.siret or ""),
        typed=typed or {"nom": row.name, "siret": row.siret or ""},
        errors=errors or {},
        taken=taken,
    )
    return show(request, permit.services, permit.actor, page, status=409 if conflict else 422 if errors else 200)
