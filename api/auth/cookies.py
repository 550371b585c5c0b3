"""The cookie of a session (*témoin de connexion*): a secret that only the browser and this server see.

In production its name starts with ``__Host-``: the browser then takes it from this host alone, over an encrypted connection only.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.state import Services

COOKIE = "passerelles"
_STATE = "passerelles-connexion"


def name_of(services: Services, name: str = COOKIE) -> str:
    """The name of a cookie on this server."""
    return f"__Host-{name}" if services.in_production else name


def secret_in(request: Request, services: Services) -> str | None:
    """The secret of the session that a browser shows."""
    return request.cookies.get(name_of(services))


def give(response: Response, services: Services, secret: str) -> None:
    """Hand a session to a browser, for as long as it may last."""
    _set(response, services, name_of(services), secret, round(services.settings.session_hours * 3600))


def take_back(response: Response, services: Services) -> None:
    """Have a browser forget its session."""
    _set(response, services, name_of(services), "", 0)


def state_in(request: Request, services: Services) -> str | None:
    """What a browser kept of the sign-in that it began at an OpenID provider."""
    return request.cookies.get(name_of(services, _STATE))


def give_state(response: Response, services: Services, state: str, seconds: int) -> None:
    """Have a browser keep a sign-in that begins, or forget it after 0 seconds."""
    _set(response, services, name_of(services, _STATE), state, seconds)


def _set(response: Response, services: Services, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=services.in_production, httponly=True, samesite="lax"
    )
