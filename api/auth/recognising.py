"""Who asks (*reconnaissance*): from what a request shows to an :class:`~api.auth.actor.Actor`."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request

from api.auth.actor import ANYBODY, Actor
from api.auth.cookies import secret_in
from api.auth.permissions import NotSignedIn
from api.state import Services
from api.store.conflict import Busy
from api.store.tables import ApiToken, LoginSession

_SEEN_EVERY = timedelta(minutes=5)
"""How long a session or a token may be used before that is written down again."""


def recognise(request: Request, services: Services) -> Actor:
    """Whoever asks.

    Raises
    ------
    NotSignedIn
        A token is shown that does not hold, or no longer; a session that is over makes an unknown actor.
    """
    shown = request.headers.get("authorization")
    if shown is not None:
        return _by_token(shown, services)
    secret = secret_in(request, services)
    return _by_session(secret, services) if secret else ANYBODY


def _by_token(shown: str, services: Services) -> Actor:
    scheme, _, text = shown.partition(" ")
    if scheme.lower() != "bearer":
        raise NotSignedIn
    with services.store.read() as unit:
        found = unit.directory.tokens.find(text.strip())
    if found is None:
        raise NotSignedIn
    _see(services, found.token)
    return Actor.of_token(found.account, found.token)


def _by_session(secret: str, services: Services) -> Actor:
    with services.store.read() as unit:
        found = unit.directory.sessions.find(secret)
    idle = timedelta(minutes=services.settings.session_idle_minutes)
    if found is None or services.now() - found.session.seen_at > idle:
        return ANYBODY
    _see(services, found.session)
    return Actor.of_session(found.account, found.session)


def _see(services: Services, row: LoginSession | ApiToken) -> None:
    """Write down that a session or a token was used, from time to time; not if others keep the database."""
    seen = row.seen_at if isinstance(row, LoginSession) else row.used_at
    if seen is not None and services.now() - seen < _SEEN_EVERY:
        return
    try:
        with services.store.write() as unit:
            kept = unit.directory.sessions if isinstance(row, LoginSession) else unit.directory.tokens
            kept.see(row.id)
    except Busy:
        return
