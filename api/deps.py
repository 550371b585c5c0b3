"""What routes ask for (*ce que demande une route*): whoever asks, their permission with its transactions and library, the version, the page.

A route that reads or changes anything takes one :class:`Permit`, made for one action::

    ReadPlans = Annotated[Permit, allowed(Action.PLANS_READ)]

    @router.get("/plans/{plan_id}")
    def read_plan(plan_id: str, permit: ReadPlans) -> Plan:
        with permit.reading() as room:
            return Plan.of(room.plans.get(plan_id))

Transactions open and end inside the route, so that what is acknowledged has been committed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, NamedTuple, cast

from fastapi import Depends, Header, Query, Request, Response

from api.auth.actor import Actor
from api.auth.attempts import place_of
from api.auth.permissions import Action, authorize, scope_of
from api.auth.recognising import recognise
from api.etag import etag_of, revision_named
from api.problem import Problem
from api.settings import Settings
from api.state import Services
from api.store.repositories.repository import LARGEST_PAGE
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.unit_of_work import UnitOfWork
from referentials.library import Library
from reports.language import Language, spoken


def services_of(request: Request) -> Services:
    """The means of the application."""
    return cast(Services, request.app.state.services)


Means = Annotated[Services, Depends(services_of)]


def current(request: Request, services: Means) -> Actor:
    """Whoever asks: by the token that a program shows, else by the session of the cookie, else nobody known."""
    return recognise(request, services)


Current = Annotated[Actor, Depends(current)]


@dataclass(frozen=True, slots=True)
class Permit:
    """The permission to do one thing (*permission*), and all that doing it needs."""

    actor: Actor
    action: Action
    services: Services

    @property
    def scope(self) -> Scope:
        """Whose rows may be reached."""
        return scope_of(self.actor, self.action)

    def scope_for(self, action: Action) -> Scope:
        """The scope of another action of the same actor, who must be allowed to do it."""
        authorize(self.actor, action)
        return scope_of(self.actor, action)

    def check(self, thing: Any) -> None:
        """Refuse a thing that this action does not reach (``Absent``)."""
        authorize(self.actor, self.action, thing)

    @property
    def library(self) -> Library:
        """The library that the actor reads."""
        return self.services.libraries.of(Scope(organisation=self.actor.organisation))

    @contextmanager
    def reading(self) -> Iterator[Room]:
        """A transaction that reads, in the scope of the action."""
        with self.services.store.read() as unit:
            yield unit.of(self.scope)

    @contextmanager
    def writing(self) -> Iterator[Room]:
        """A transaction that changes something, in the scope of the action; it ends with the block."""
        with self.services.store.write(self.actor.name) as unit:
            yield unit.of(self.scope)

    @contextmanager
    def unit(self, *, writes: bool = False) -> Iterator[UnitOfWork]:
        """The transaction itself, for accounts and the administration, which have no room."""
        store = self.services.store
        with store.write(self.actor.name) if writes else store.read() as unit:
            yield unit


class Declared:
    """The dependency that refuses whoever may not do one thing; the tests and OpenAPI read ``action``."""

    def __init__(self, action: Action) -> None:
        self.action = action

    def __call__(self, actor: Current, services: Means) -> Permit:
        authorize(actor, self.action)
        return Permit(actor, self.action, services)


def allowed(action: Action) -> Any:
    """The dependency of a route that does one thing; every route has one."""
    return Depends(Declared(action))


# -- how often -------------------------------------------------------------------------------------------------------------

A_MINUTE = timedelta(minutes=1)
OF_AN_ACCOUNT = 10
"""How many times more an account may compute than somebody who is not known."""


class Bounded:
    """The dependency that refuses whoever asks too often for what costs a lot; OpenAPI then announces 429."""

    def __init__(self, kind: str, most: Callable[[Settings, Actor], int]) -> None:
        self.kind, self.most = kind, most

    def __call__(self, request: Request, actor: Current, services: Means) -> None:
        most = self.most(services.settings, actor)
        host = request.client.host if request.client else ""
        if most:
            services.work.count(f"{self.kind} {actor.account or place_of(host)}", most, A_MINUTE)


def _plans(given: Settings, actor: Actor) -> int:
    return given.plans_per_minute * (OF_AN_ACCOUNT if actor.is_known else 1)


COMPUTING = Depends(Bounded("compute", _plans))
"""For ``dependencies`` of a route that computes: so many a minute from one address, or for one account."""

UPLOADING = Depends(Bounded("upload", lambda given, _actor: given.uploads_per_minute))
"""For ``dependencies`` of a route that takes a file."""


# -- versions -------------------------------------------------------------------------------------------------------------


def _if_match(
    if_match: Annotated[
        str | None,
        Header(
            max_length=100,
            description="L'ETag de la version que vous avez lue ; sans lui, la réponse est 428, et 412 si elle a changé.",
        ),
    ] = None,
) -> int:
    return revision_named(if_match)


IfMatch = Annotated[int, Depends(_if_match)]
"""The revision that the change was made on."""


def tag(response: Response, row: Any) -> None:
    """Tell the revision of what is answered."""
    response.headers["ETag"] = etag_of(row.revision)


# -- pages ----------------------------------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """The part of a list that is asked for: what comes after a cursor, so many at most."""

    after: str | None
    limit: int


def _asked(
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Nombre d'éléments, au plus.")] = 50,
    cursor: Annotated[
        str | None, Query(max_length=400, description="Ce que la page précédente a donné dans `next`.")
    ] = None,
) -> Asked:
    return Asked(None if cursor is None else opened(cursor), limit)


Pagination = Annotated[Asked, Depends(_asked)]


def sealed(after: str | None) -> str | None:
    """A cursor to hand out, whose content is nobody's business.

    Examples
    --------
    >>> opened(sealed("0198"))
    '0198'
    """
    return None if after is None else base64.urlsafe_b64encode(after.encode("utf-8")).decode("ascii").rstrip("=")


def opened(cursor: str) -> str:
    """What a cursor stands for.

    Raises
    ------
    Problem
        It is none of ours.
    """
    try:
        found = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeError, ValueError):
        found = ""
    if not found or not found.isprintable() or sealed(found) != cursor:
        raise Problem("invalid", errors=[{"parameter": "cursor", "in": "query", "rule": "cursor", "detail": ""}])
    return found


# -- language -------------------------------------------------------------------------------------------------------------


def _language() -> Language:
    return spoken()


Speaking = Annotated[Language, Depends(_language)]
"""The language of the answer, which ``Accept-Language`` asks for; sentences already speak it."""
