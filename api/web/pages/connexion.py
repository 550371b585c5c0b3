"""Signing in and out (*connexion*): a password, or an identity provider where there is one. The answers of this browser stay as they are."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.auth.attempts import TooMany, place_of
from api.auth.cookies import give, take_back
from api.auth.permissions import Action
from api.auth.sign_in import sign_in
from api.deps import Permit, allowed
from api.problem import Problem
from api.routes.account import leave_behind
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.sent import Sent
from api.web.views.said import Said
from reports.language import say, say_n

router = pages()
Entering = Annotated[Permit, allowed(Action.SIGN_IN)]
_HOME = "/compte"


class SignInPage(Page):
    """Who are you?"""

    template: ClassVar[str] = "pages/parcours/sign_in.html"

    email: str = Field(description="L'adresse tapée.")
    to: str = Field(description="Où l'on ira ensuite.")
    provider: bool = Field(description="Vrai quand un fournisseur d'identité peut répondre de la personne.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/connexion")
def ask(request: Request, permit: Entering, vers: Annotated[str, Query(max_length=500)] = "") -> Response:
    """Ask for an address and a password."""
    to = inside(vers)
    return RedirectResponse(to, 303) if permit.actor.is_known else _shown(request, permit, "", to, {})


@router.post("/connexion")
def enter(request: Request, permit: Entering, form: Sent) -> Response:
    """Open a session, and go where the person was going."""
    email, password, to = form.text("adresse"), form.secret("mot-de-passe"), inside(form.text("vers"))
    if not email or "@" not in email:
        form.errors["adresse"] = say("Écrivez votre adresse électronique.")
    if not password:
        form.errors["mot-de-passe"] = say("Écrivez votre mot de passe.")
    if form.errors:
        return _shown(request, permit, email, to, form.errors)
    try:
        opened = sign_in(permit.services, email, password, place(request))
    except TooMany as problem:
        minutes = max(1, round(problem.seconds / 60))
        wait = say_n(
            "Trop d'essais : attendez {count} minute, puis recommencez.",
            "Trop d'essais : attendez {count} minutes, puis recommencez.",
            minutes,
        )
        return _shown(request, permit, email, to, {"adresse": wait}, 429)
    except Problem as problem:
        if problem.kind != "wrong-password":
            raise
        wrong = say("Adresse ou mot de passe inexact : vérifiez les deux.")
        return _shown(request, permit, email, to, {"mot-de-passe": wrong})
    leave_behind(permit)
    answer = go(to, permit.services, "connecte")
    give(answer, permit.services, opened.secret)
    return answer


@router.post("/deconnexion")
def leave(permit: Entering) -> Response:
    """End this session; what is answered in this browser stays."""
    leave_behind(permit)
    answer = go("/", permit.services, "deconnecte")
    take_back(answer, permit.services)
    return answer


def inside(to: str) -> str:
    """An address of this site, and of no other.

    Examples
    --------
    >>> inside("/parcours/plan"), inside("//autre.fr"), inside("https://autre.fr"), inside("")
    ('/parcours/plan', '/compte', '/compte', '/compte')
    """
    own = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to if own else _HOME


def place(request: Request) -> str:
    """Where a request comes from, to count attempts."""
    return place_of(request.client.host) if request.client else ""


def _shown(
    request: Request, permit: Permit, email: str, to: str, errors: dict[str, str], status: int = 422
) -> Response:
    page = SignInPage(email=email[:254], to=to, provider=permit.services.provider is not None, errors=errors)
    return show(request, permit.services, permit.actor, page, status=status if errors else 200)
