"""Administration: organisations, accounts and roles, the audit trail, retention.

Whoever administers one organisation sees that one; whoever belongs to none sees all of them.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response

from api.auth.permissions import Action
from api.auth.sign_in import set_password
from api.contract import refusals, resource
from api.deps import IfMatch, Pagination, Permit, allowed, sealed, tag
from api.errors import showing
from api.problem import Problem
from api.schemas import Listing
from api.schemas_account import (
    AccountChange,
    AccountRow,
    Act,
    ForgottenRows,
    GivenPassword,
    NewAccount,
    NewOrganisation,
    OrganisationRow,
    Verification,
)
from api.services.administration import (
    account_within,
    administers,
    change_account,
    digest_of_password,
    organisation_of_new_account,
    require_an_administrator,
)
from api.store.retention import forget_old
from api.store.tables import Account, Organisation

router = resource("/administration", "Administration")
Reading = Annotated[Permit, allowed(Action.ADMINISTRATION_READ)]
Writing = Annotated[Permit, allowed(Action.ADMINISTRATION_WRITE)]
Running = Annotated[Permit, allowed(Action.SERVICE_RUN)]


# -- organisations --------------------------------------------------------------------------------------------------------


@router.get("/organisations", response_model=Listing[OrganisationRow], summary="Tous les organismes")
def list_organisations(permit: Running, page: Pagination) -> Any:
    """Every organisation, in the order in which they were made."""
    with permit.unit() as unit:
        rows, following = unit.directory.organisations.page(page.after, page.limit)
    return Listing(items=tuple(OrganisationRow.of(row) for row in rows), next=sealed(following))


@router.post(
    "/organisations",
    status_code=201,
    response_model=OrganisationRow,
    responses=refusals(409),
    summary="Ajouter un organisme",
)
def post_organisation(permit: Running, wanted: NewOrganisation, response: Response) -> Any:
    """Add an organisation."""
    with permit.unit(writes=True) as unit:
        row = unit.directory.organisations.add(wanted.name, wanted.siret)
    response.headers["Location"] = f"{router.prefix}/organisations/{row.id}"
    tag(response, row)
    return OrganisationRow.of(row)


@router.get("/organisations/{organisation_id}", response_model=OrganisationRow, summary="Un organisme")
def read_organisation(permit: Reading, organisation_id: str, response: Response) -> Any:
    """One organisation."""
    with permit.unit() as unit:
        row = unit.directory.organisations.get(organisation_id)
    permit.check(row)
    tag(response, row)
    return OrganisationRow.of(row)


@router.put("/organisations/{organisation_id}", response_model=OrganisationRow, summary="Modifier un organisme")
def put_organisation(
    permit: Writing, organisation_id: str, revision: IfMatch, wanted: NewOrganisation, response: Response
) -> Any:
    """Change the name and the number of an organisation."""
    with showing(_shown_organisation), permit.unit(writes=True) as unit:
        permit.check(unit.directory.organisations.get(organisation_id))
        row = unit.directory.organisations.edit(organisation_id, revision)
        row.name, row.siret = wanted.name, wanted.siret
    tag(response, row)
    return OrganisationRow.of(row)


@router.delete("/organisations/{organisation_id}", status_code=204, summary="Supprimer un organisme et ce qu'il garde")
def delete_organisation(permit: Running, organisation_id: str, revision: IfMatch) -> None:
    """Delete an organisation with its accounts, its library and its jobs; people keep the file that is theirs too."""
    with showing(_shown_organisation), permit.unit(writes=True) as unit:
        unit.directory.organisations.delete(organisation_id, revision)


def _shown_organisation(row: Organisation) -> dict[str, Any]:
    return OrganisationRow.of(row).model_dump(mode="json")


# -- accounts -------------------------------------------------------------------------------------------------------------


@router.get("/accounts", response_model=Listing[AccountRow], summary="Les comptes")
def list_accounts(
    permit: Reading,
    page: Pagination,
    organisation: Annotated[str | None, Query(max_length=32, description="D'un organisme seulement.")] = None,
) -> Any:
    """The accounts of the actor's organisation; of all, or of one, for whoever administers the service."""
    wanted = permit.actor.organisation or organisation
    with permit.unit() as unit:
        accounts = unit.directory.accounts
        found = (
            accounts.page(page.after, page.limit)
            if wanted is None
            else accounts.of_organisation(wanted, page.after, page.limit)
        )
    return Listing(items=tuple(AccountRow.of(row) for row in found.rows), next=sealed(found.next))


@router.post(
    "/accounts", status_code=201, response_model=AccountRow, responses=refusals(409), summary="Ajouter un compte"
)
def post_account(permit: Writing, wanted: NewAccount, response: Response) -> Any:
    """Add an account."""
    digest = digest_of_password(permit, wanted.password, wanted.name, wanted.email.partition("@")[0])
    with permit.unit(writes=True) as unit:
        owner = organisation_of_new_account(permit, unit, wanted.organisation)
        row = unit.directory.accounts.add(wanted.email, wanted.name, wanted.roles, organisation=owner, password=digest)
    response.headers["Location"] = f"{router.prefix}/accounts/{row.id}"
    tag(response, row)
    return AccountRow.of(row)


@router.get("/accounts/{account_id}", response_model=AccountRow, summary="Un compte")
def read_account(permit: Reading, account_id: str, response: Response) -> Any:
    """One account."""
    with permit.unit() as unit:
        row = account_within(permit, unit, account_id)
    tag(response, row)
    return AccountRow.of(row)


@router.patch("/accounts/{account_id}", response_model=AccountRow, summary="Modifier un compte")
def patch_account(
    permit: Writing, account_id: str, revision: IfMatch, wanted: AccountChange, response: Response
) -> Any:
    """Change the name, the roles, or whether the account may sign in."""
    with showing(_shown_account), permit.unit(writes=True) as unit:
        account_within(permit, unit, account_id)
        row = unit.directory.accounts.edit(account_id, revision)
        change_account(unit, row, name=wanted.name, roles=wanted.roles, disabled=wanted.disabled)
    tag(response, row)
    return AccountRow.of(row)


@router.delete("/accounts/{account_id}", status_code=204, summary="Supprimer un compte")
def delete_account(permit: Writing, account_id: str, revision: IfMatch) -> None:
    """Delete an account, with the file that is its own alone."""
    with showing(_shown_account), permit.unit(writes=True) as unit:
        kept_the_service = administers(account_within(permit, unit, account_id))
        unit.directory.accounts.delete(account_id, revision)
        if kept_the_service:
            require_an_administrator(unit)


@router.put("/accounts/{account_id}/password", status_code=204, summary="Donner un mot de passe à un compte")
def put_password(permit: Writing, account_id: str, wanted: GivenPassword) -> None:
    """Give an account a password; its sessions end."""
    with permit.unit() as unit:
        account_within(permit, unit, account_id)
    set_password(permit.services, permit.actor.name, account_id, wanted.new)


@router.delete("/accounts/{account_id}/sessions", status_code=204, summary="Déconnecter un compte partout")
def delete_sessions(permit: Writing, account_id: str) -> None:
    """End every session of an account."""
    with permit.unit(writes=True) as unit:
        unit.directory.sessions.revoke(account_within(permit, unit, account_id).id)


def _shown_account(row: Account) -> dict[str, Any]:
    return AccountRow.of(row).model_dump(mode="json")


# -- the audit trail ------------------------------------------------------------------------------------------------------


@router.get("/audit", response_model=Listing[Act], summary="Le journal : qui a fait quoi, et quand")
def list_acts(
    permit: Reading,
    page: Pagination,
    organisation: Annotated[str | None, Query(max_length=32, description="D'un organisme seulement.")] = None,
    object: Annotated[str | None, Query(max_length=400, description="À propos d'une chose : person:…")] = None,
    actor: Annotated[str | None, Query(max_length=60, description="Par un compte.")] = None,
    action: Annotated[str | None, Query(max_length=60, description="Une action : person.delete…")] = None,
) -> Any:
    """Lines of the trail, the oldest first."""
    if page.after is not None and not page.after.isdecimal():
        raise Problem("invalid", errors=[{"parameter": "cursor", "in": "query", "rule": "cursor", "detail": ""}])
    wanted = permit.actor.organisation or organisation
    with permit.unit() as unit:
        rows = unit.directory.trail.page(
            int(page.after or 0), page.limit, organisation=wanted, object=object, actor=actor, action=action
        )
    following = str(rows[-1].number) if len(rows) == page.limit else None
    return Listing(items=tuple(Act.of(row) for row in rows), next=sealed(following))


@router.get("/audit/verification", response_model=Verification, summary="Le journal est-il entier ?")
def verify_acts(permit: Running) -> Any:
    """Read the whole trail again."""
    with permit.unit() as unit:
        return Verification(**unit.directory.trail.verify()._asdict())


# -- retention ------------------------------------------------------------------------------------------------------------


@router.post("/retention", response_model=ForgottenRows, summary="Supprimer ce qui a passé sa durée de conservation")
def run_retention(permit: Running) -> Any:
    """Delete what nobody has used for as long as the settings say; ask again while ``more`` is true."""
    given = permit.services.settings
    with permit.unit(writes=True) as unit:
        days = {"people_days": given.keep_people_days, "jobs_days": given.keep_jobs_days}
        found = forget_old(unit, **days, bulk_days=given.keep_bulk_days)
    return ForgottenRows(**found._asdict())
