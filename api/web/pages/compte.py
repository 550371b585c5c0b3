"""My account (*compte*): who I am, my file and my plans, the sessions that are open, a copy of everything, and the end."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path, Request
from pydantic import Field
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.auth.cookies import give, take_back
from api.auth.passwords import WeakPassword
from api.auth.permissions import Action, permitted
from api.auth.sign_in import FRESH, change_password
from api.deps import Permit, allowed
from api.problem import Problem
from api.services.administration import administers, require_an_administrator
from api.services.own_data import everything
from api.services.own_plans import OwnFile, own_file, own_scope, taken_up
from api.store.tables import Account
from api.web.journey import Answers
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.pages.connexion import place
from api.web.sent import Sent
from api.web.stages import go_on, held_in_words
from api.web.views.said import Said
from pathways.pathway import Status
from referentials.provenance import Value
from reports.language import say
from reports.wording import plain_date

router = pages()
Reading = Annotated[Permit, allowed(Action.ACCOUNT_READ)]
Securing = Annotated[Permit, allowed(Action.ACCOUNT_SECURE)]
PlanName = Annotated[str, Path(max_length=32)]


class PlanRow(Value):
    """A plan that was kept."""

    id: str = Field(description="Son identifiant.")
    title: Said = Field(description="Ce qu'il vise.")
    state: str = Field(description="Son état, par son nom.")
    day: str = Field(description="Le jour où il a été gardé.")
    possible: bool = Field(description="Faux quand aucun parcours n'y menait.")
    changed: tuple[str, ...] = Field(description="Les versions publiées depuis, à la place de celles qu'il utilisait.")


class SessionRow(Value):
    """A session that holds."""

    id: str = Field(description="Son identifiant.")
    opened: str = Field(description="Quand elle a été ouverte.")
    seen: str = Field(description="Quand elle a servi.")
    current: bool = Field(description="Vrai pour celle-ci.")


class AccountPage(Page):
    """One's own account."""

    template: ClassVar[str] = "pages/parcours/account.html"

    name: str = Field(description="Le nom.")
    email: str = Field(description="L'adresse.")
    organisation: str = Field(description="L'organisation ; vide : aucune.")
    account_roles: tuple[str, ...] = Field(description="Les rôles, par leur nom.")
    has_password: bool = Field(description="Vrai quand le compte a un mot de passe.")
    keeps_plans: bool = Field(description="Vrai quand ce compte peut garder un dossier à soi.")
    file: str = Field(description="L'identifiant du dossier ; vide : rien n'est gardé.")
    holds: Said = Field(description="Ce que dit le dossier, en quelques mots.")
    shared: bool = Field(description="Vrai quand un organisme voit le dossier.")
    plans: tuple[PlanRow, ...] = Field(description="Les plans gardés.")
    sessions: tuple[SessionRow, ...] = Field(description="Les sessions ouvertes.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


def mine(permit: Permit) -> str:
    """The account of whoever asks."""
    assert permit.actor.account is not None
    return permit.actor.account


@router.get("/compte")
def read(request: Request, permit: Reading) -> Response:
    """Who I am, and what is kept."""
    return _shown(request, permit, {})


# -- the file and the plans -----------------------------------------------------------------------------------------------


@router.post("/compte/dossier/reprendre")
def take_up_file(permit: Reading, answers: Answers) -> Response:
    """Go on from the profile of one's own file, in this browser."""
    with permit.unit() as unit:
        found = own_file(unit.of(own_scope(mine(permit))))
    if found is None or found.profile is None:
        return go("/compte", permit.services)
    return go_on("/parcours/acquis", permit, answers.model_copy(update={"profile": found.profile}), "dossier-repris")


@router.post("/compte/plans/{plan_id}/reprendre")
def take_up_plan(permit: Reading, answers: Answers, plan_id: PlanName) -> Response:
    """Go on from the question of a plan that was kept, in this browser."""
    with permit.unit() as unit:
        asked = taken_up(unit.of(own_scope(mine(permit))), plan_id)
    values = {name: getattr(asked, name) for name in ("profile", "target", "minimise", "illustrative")}
    return go_on("/parcours/plan", permit, answers.model_copy(update=values), "dossier-repris")


@router.get("/compte/donnees.json")
def export(permit: Reading) -> Response:
    """Everything that is kept, in one file."""
    with permit.unit() as unit:
        account = unit.directory.accounts.get(mine(permit))
        content = everything(unit, unit.of(own_scope(account.id)), account)
    return JSONResponse(content, headers={"Content-Disposition": 'attachment; filename="mes-donnees.json"'})


# -- security -------------------------------------------------------------------------------------------------------------


@router.get("/compte/mot-de-passe")
@router.get("/compte/supprimer")
def back(permit: Reading) -> Response:
    """The forms are on the page itself."""
    return RedirectResponse("/compte#securite", 303)


@router.post("/compte/mot-de-passe")
def change(request: Request, permit: Securing, form: Sent) -> Response:
    """Change the password; every other session ends."""
    current, new = form.secret("actuel"), form.secret("nouveau")
    try:
        opened = change_password(permit.services, mine(permit), current, new, place(request))
    except WeakPassword as problem:
        return _shown(request, permit, {"nouveau": str(problem)})
    except Problem as problem:
        if problem.kind != "wrong-password":
            raise
        return _shown(request, permit, {"actuel": say("Ce n'est pas votre mot de passe actuel.")})
    answer = go("/compte", permit.services, "mot-de-passe-change")
    give(answer, permit.services, opened.secret)
    return answer


@router.post("/compte/sessions/fermer")
def close_sessions(permit: Securing, form: Sent) -> Response:
    """End one session, or all of them."""
    wanted = form.text("session")
    with permit.unit(writes=True) as unit:
        sessions = unit.directory.sessions
        own = {row.id for row in sessions.of_account(mine(permit))}
        if not wanted or wanted in own:
            sessions.revoke(mine(permit), wanted or None)
    if wanted and wanted != permit.actor.session:
        return go("/compte", permit.services, "session-fermee")
    answer = go("/", permit.services, "deconnecte")
    take_back(answer, permit.services)
    return answer


@router.post("/compte/supprimer")
def delete(request: Request, permit: Securing, form: Sent) -> Response:
    """Delete the account, and the file that is its own alone; whoever asks has signed in a moment ago."""
    if not form.has("certain"):
        return _shown(request, permit, {"certain": say("Cochez la case : la suppression est définitive.")})
    since = permit.actor.since
    if since is None or permit.services.now() - since > FRESH:
        raise Problem("sign-in-again")
    with permit.unit(writes=True) as unit:
        account = unit.directory.accounts.get(mine(permit))
        kept_the_service = administers(account)
        unit.directory.accounts.delete(account.id, account.revision)
        if kept_the_service:
            require_an_administrator(unit)
    answer = go("/", permit.services, "compte-supprime")
    take_back(answer, permit.services)
    return answer


# -- to the page ----------------------------------------------------------------------------------------------------------


def _shown(request: Request, permit: Permit, errors: dict[str, str]) -> Response:
    with permit.unit() as unit:
        account: Account = unit.directory.accounts.get(mine(permit))
        sessions = tuple(unit.directory.sessions.of_account(account.id))
        organisation = account.organisation_id and unit.directory.organisations.get(account.organisation_id).name
        found = own_file(unit.of(own_scope(account.id)))
        page = AccountPage(
            name=account.name,
            email=account.email,
            organisation=organisation or "",
            account_roles=tuple(sorted(role.value for role in account.roles)),
            has_password=account.password is not None,
            keeps_plans=Action.PEOPLE_SHARE in permitted(permit.actor),
            file=found.person.id if found else "",
            holds=_told(found),
            shared=found is not None and found.person.organisation_id is not None,
            plans=_rows(found),
            sessions=tuple(
                SessionRow(
                    id=row.id,
                    opened=plain_date(row.created_at.date()),
                    seen=plain_date(row.seen_at.date()),
                    current=row.id == permit.actor.session,
                )
                for row in sessions
            ),
            errors=errors,
        )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _told(found: OwnFile | None) -> str:
    profile = found.profile if found else None
    return held_in_words(profile.holds, len(profile.experience)) if profile else ""


def _rows(found: OwnFile | None) -> tuple[PlanRow, ...]:
    return tuple(
        PlanRow(
            id=one.row.id,
            title=one.title,
            state=one.row.state,
            day=plain_date(one.row.created_at.date()),
            possible=one.row.status != Status.INFEASIBLE,
            changed=one.row.superseded,
        )
        for one in (found.plans if found else ())
    )
