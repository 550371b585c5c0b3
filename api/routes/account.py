"""One's own account (*mon compte*): signing in and out, sessions, tokens, agreements, a copy of everything, and the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Query, Request, Response

from api.auth.attempts import place_of
from api.auth.cookies import give, give_state, state_in, take_back
from api.auth.openid import PATIENCE, Provider
from api.auth.permissions import RULES, Action, permitted
from api.auth.sign_in import FRESH, account_of_identity, change_password, open_session, sign_in
from api.contract import refusals, resource
from api.deps import IfMatch, Permit, allowed, tag
from api.errors import showing
from api.problem import Problem
from api.schemas import Listing
from api.schemas_account import (
    AccountRow,
    Agreement,
    ConsentOfMine,
    IssuedToken,
    Me,
    NewName,
    NewPassword,
    NewToken,
    OwnData,
    SessionRow,
    SignIn,
    TokenRow,
)
from api.services.administration import administers, require_an_administrator
from api.services.own_data import consents, everything, own_files
from api.store.conflict import Absent, WrongState
from api.store.scope import Scope
from api.store.tables import Account
from api.store.unit_of_work import UnitOfWork
from reports.language import say

router = resource("/account", "Mon compte")
Entering = Annotated[Permit, allowed(Action.SIGN_IN)]
Reading = Annotated[Permit, allowed(Action.ACCOUNT_READ)]
Writing = Annotated[Permit, allowed(Action.ACCOUNT_WRITE)]
Securing = Annotated[Permit, allowed(Action.ACCOUNT_SECURE)]

TOKENS = 50
"""How many tokens an account may have that hold."""


def _mine(permit: Permit) -> str:
    assert permit.actor.account is not None
    return permit.actor.account


def _place(request: Request) -> str:
    return place_of(request.client.host) if request.client else ""


# -- who I am -------------------------------------------------------------------------------------------------------------


@router.get("", response_model=Me, summary="Qui je suis, et ce que je peux faire")
def read_account(permit: Reading, response: Response) -> Any:
    """Whoever asks."""
    with permit.unit() as unit:
        account = unit.directory.accounts.get(_mine(permit))
        return _me(unit, permit, account, response)


def _me(unit: UnitOfWork, permit: Permit, account: Account, response: Response) -> Me:
    tag(response, account)
    organisation = account.organisation_id and unit.directory.organisations.get(account.organisation_id).name
    return Me(
        account=AccountRow.of(account), organisation_name=organisation or None, permissions=permitted(permit.actor)
    )


@router.patch("", response_model=AccountRow, summary="Changer mon nom")
def rename_account(permit: Writing, revision: IfMatch, wanted: NewName, response: Response) -> Any:
    """Change the name that is shown."""
    with showing(_shown), permit.unit(writes=True) as unit:
        account = unit.directory.accounts.edit(_mine(permit), revision)
        account.name = wanted.name
    tag(response, account)
    return AccountRow.of(account)


def _shown(row: Account) -> dict[str, Any]:
    return AccountRow.of(row).model_dump(mode="json")


@router.delete(
    "", status_code=204, responses=refusals(409), summary="Supprimer mon compte, et le dossier qui n'est qu'à moi"
)
def delete_account(permit: Securing, revision: IfMatch, response: Response) -> None:
    """Delete the account; whoever asks has signed in a moment ago."""
    since = permit.actor.since
    if since is None or permit.services.now() - since > FRESH:
        raise Problem("sign-in-again")
    with showing(_shown), permit.unit(writes=True) as unit:
        kept_the_service = administers(unit.directory.accounts.get(_mine(permit)))
        unit.directory.accounts.delete(_mine(permit), revision)
        if kept_the_service:
            require_an_administrator(unit)
    take_back(response, permit.services)


@router.put("/password", status_code=204, responses=refusals(429), summary="Changer mon mot de passe")
def put_password(permit: Securing, request: Request, wanted: NewPassword, response: Response) -> None:
    """Change the password; every other session ends."""
    opened = change_password(permit.services, _mine(permit), wanted.current, wanted.new, _place(request))
    give(response, permit.services, opened.secret)


# -- sessions -------------------------------------------------------------------------------------------------------------


@router.post("/sessions", status_code=201, response_model=SessionRow, responses=refusals(429), summary="Se connecter")
def post_session(permit: Entering, request: Request, wanted: SignIn, response: Response) -> Any:
    """Sign in; the session is in a cookie that scripts cannot read. The one that this browser had ends."""
    opened = sign_in(permit.services, wanted.email, wanted.password, _place(request))
    leave_behind(permit)
    give(response, permit.services, opened.secret)
    return SessionRow.of(opened.session, opened.session.id)


def leave_behind(permit: Permit) -> None:
    """End the session in which somebody signs in anew."""
    if permit.actor.session is not None:
        with permit.unit(writes=True) as unit:
            unit.directory.sessions.revoke(_mine(permit), permit.actor.session)


@router.get("/sessions", response_model=Listing[SessionRow], summary="Mes sessions ouvertes")
def list_sessions(permit: Securing) -> Any:
    """The sessions that hold, the oldest first."""
    with permit.unit() as unit:
        rows = unit.directory.sessions.of_account(_mine(permit))
    return Listing(items=tuple(SessionRow.of(row, permit.actor.session) for row in rows))


@router.delete("/sessions", status_code=204, summary="Me déconnecter partout")
def delete_sessions(permit: Securing, response: Response) -> None:
    """End every session, this one too."""
    with permit.unit(writes=True) as unit:
        unit.directory.sessions.revoke(_mine(permit))
    take_back(response, permit.services)


@router.delete("/sessions/current", status_code=204, summary="Me déconnecter ici")
def delete_this_session(permit: Securing, response: Response) -> None:
    """Sign out."""
    with permit.unit(writes=True) as unit:
        unit.directory.sessions.revoke(_mine(permit), permit.actor.session)
    take_back(response, permit.services)


@router.delete("/sessions/{session_id}", status_code=204, summary="Fermer une de mes sessions")
def delete_session(permit: Securing, session_id: str) -> None:
    """End one session."""
    with permit.unit(writes=True) as unit:
        mine = unit.directory.sessions.of_account(_mine(permit))
        if session_id not in (row.id for row in mine):
            raise Absent("session", session_id)
        unit.directory.sessions.revoke(_mine(permit), session_id)


# -- an identity provider -------------------------------------------------------------------------------------------------


def _provider(permit: Permit) -> Provider:
    if permit.services.provider is None:
        raise Problem("not-found", say("Ce service n'a pas de fournisseur d'identité."))
    return permit.services.provider


@router.get(
    "/openid",
    status_code=303,
    response_class=Response,
    responses=refusals(404),
    summary="Se connecter par un fournisseur d'identité",
)
def begin_openid(permit: Entering) -> Response:
    """Send the browser to the provider."""
    where, kept = _provider(permit).begin(permit.services.now().timestamp())
    answer = Response(status_code=303, headers={"Location": where})
    give_state(answer, permit.services, kept, PATIENCE)
    return answer


@router.get(
    "/openid/return",
    status_code=303,
    response_class=Response,
    responses=refusals(400, 404),
    summary="Revenir du fournisseur d'identité",
)
def end_openid(
    permit: Entering,
    request: Request,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Open a session for whoever the provider vouches for."""
    services, provider = permit.services, _provider(permit)
    claims = provider.claims(state_in(request, services), state, code, services.now().timestamp())
    opened = open_session(services, account_of_identity(services, provider.issuer, claims).id)
    leave_behind(permit)
    answer = Response(status_code=303, headers={"Location": "/"})
    give_state(answer, services, "", 0)
    give(answer, services, opened.secret)
    return answer


# -- tokens ---------------------------------------------------------------------------------------------------------------


@router.get("/tokens", response_model=Listing[TokenRow], summary="Mes jetons d'API")
def list_tokens(permit: Securing) -> Any:
    """Every token, ended ones too."""
    with permit.unit() as unit:
        return Listing(items=tuple(TokenRow.of(row) for row in unit.directory.tokens.of_account(_mine(permit))))


@router.post(
    "/tokens", status_code=201, response_model=IssuedToken, responses=refusals(409), summary="Créer un jeton d'API"
)
def post_token(permit: Securing, wanted: NewToken) -> Any:
    """Issue a token; its text is in this answer and nowhere else."""
    refused = [scope.value for scope in wanted.scopes if not RULES[scope].by_token]
    if refused:
        detail = say("Aucun jeton ne peut porter « {scope} ».", scope=refused[0])
        raise Problem("request", detail, near=[])
    days = wanted.days or permit.services.settings.token_days
    with permit.unit(writes=True) as unit:
        tokens = unit.directory.tokens
        if sum(row.revoked_at is None for row in tokens.of_account(_mine(permit))) >= TOKENS:
            raise WrongState("full")
        account = unit.directory.accounts.get(_mine(permit))
        issued = tokens.issue(account, wanted.name, wanted.scopes, timedelta(days=days) if days else None)
    return IssuedToken(token=TokenRow.of(issued.token), text=issued.text)


@router.delete("/tokens/{token_id}", status_code=204, summary="Révoquer un jeton")
def delete_token(permit: Securing, token_id: str) -> None:
    """End a token."""
    with permit.unit(writes=True) as unit:
        unit.directory.tokens.revoke(_mine(permit), token_id)


# -- what is kept of me ---------------------------------------------------------------------------------------------------


@router.get("/consents", response_model=Listing[ConsentOfMine], summary="Ce que j'ai accepté")
def list_consents(permit: Reading) -> Any:
    """Every agreement about one's own files, past ones too."""
    with permit.reading() as room:
        return Listing(items=tuple(ConsentOfMine.of(row) for row in consents(room)))


@router.put("/consents/{purpose}", status_code=204, summary="Accepter, pour mon dossier")
def put_consent(permit: Writing, purpose: str, wanted: Agreement) -> None:
    """Agree to a purpose, for every file of one's own."""
    with permit.writing() as room:
        files = tuple(own_files(room))
        if not files:
            raise Absent("person", "")
        for person in files:
            room.people.agree(person.id, purpose, wanted.text_version)


@router.delete("/consents/{purpose}", status_code=204, summary="Ne plus accepter")
def delete_consent(permit: Writing, purpose: str) -> None:
    """Withdraw an agreement, for every file of one's own."""
    with permit.writing() as room:
        for person in own_files(room):
            room.people.withdraw(person.id, purpose)


@router.get("/export", response_model=OwnData, summary="Tout ce qui est gardé de moi")
def export_account(permit: Reading) -> Any:
    """Everything in one document."""
    with permit.unit() as unit:
        account = unit.directory.accounts.get(_mine(permit))
        return everything(unit, unit.of(Scope(account=account.id)), account)
