"""Tokens (*jetons*): every one that programs may show, whose it is, and its end; each account issues its own over HTTP."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed, opened
from api.store.repositories.administered import Administered
from api.store.repositories.tokens import Shown
from api.web.page import pages, show
from api.web.pages.administration import AdministrationPage, later_address
from api.web.pages.administration_compte import TokenLine, token_line
from referentials.provenance import Value

router = pages()
Reading = Annotated[Permit, allowed(Action.ADMINISTRATION_READ)]
_HERE = "/administration/jetons"
_PER_PAGE = 50


class OwnedToken(Value):
    """A token, and the account whose it is."""

    account: str = Field(description="L'identifiant du compte.")
    holder: str = Field(description="Son nom.")
    token: TokenLine = Field(description="Le jeton.")


class TokensPage(AdministrationPage):
    """The tokens."""

    template: ClassVar[str] = "pages/administration/jetons.html"

    tokens: tuple[OwnedToken, ...] = Field(description="Les jetons, le dernier d'abord.")
    first: bool = Field(description="Vrai pour la première page.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")


@router.get(_HERE)
def read_tokens(request: Request, permit: Reading, suite: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Every token of the accounts that one administers."""
    with permit.unit() as unit:
        administered = Administered(unit, permit.actor.organisation)
        found, following = administered.tokens(opened(suite) if suite else None, _PER_PAGE)
    page = TokensPage(tokens=tuple(map(_owned, found)), first=not suite, later=later_address(_HERE, {}, following))
    return show(request, permit.services, permit.actor, page)


def _owned(one: Shown) -> OwnedToken:
    return OwnedToken(account=one.account.id, holder=one.account.name, token=token_line(one.token))
