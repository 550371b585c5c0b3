"""What somebody without an account has answered so far (*parcours en préparation*): kept in their browser, and nowhere else.

The answers travel in cookies of this site, which the browser sends back and forgets when it is closed, or after a month if the person asks to
be remembered on this device. The server writes none of it down. They are plain values, packed; whatever comes back is read as strictly as
a file, so that a cookie which somebody changed is no worse than a form.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import Field, ValidationError
from starlette.responses import Response

from api.auth.cookies import name_of
from api.deps import Means
from api.services.asking import PlanRequest
from api.state import Services
from pathways.objectives import Objective
from pathways.profile import Profile
from referentials.provenance import Value

_COOKIE = "parcours"
_PART = 3_600
_PARTS = 4
_MOST = 200_000
"""Characters of the answers once unpacked."""
_MONTH = 30 * 24 * 3600


class Mastery(StrEnum):
    """What somebody says of a competency that they do not claim."""

    WITH_HELP = "aide"
    NOT_YET = "non"


class Journey(Value):
    """The answers of somebody who prepares a plan."""

    profile: Profile = Field(Profile(), description="Ce que la personne a, et ce qu'elle peut donner ; sans identité.")
    target: str | None = Field(None, max_length=200, description="Ce qu'elle vise ; vide : pas encore choisi.")
    minimise: tuple[Objective, ...] = Field(
        (Objective.HOURS,), min_length=1, max_length=5, description="Quoi réduire, dans l'ordre."
    )
    illustrative: bool = Field(False, description="Choisir aussi parmi les modules inventés pour la démonstration.")
    said: dict[str, Mastery] = Field(
        {}, max_length=500, description="Les compétences faites avec de l'aide, ou pas encore : rien n'en est compté."
    )
    remembered: bool = Field(False, description="Vrai quand cet appareil doit s'en souvenir un mois.")

    @property
    def begun(self) -> bool:
        """Whether anything was answered."""
        return self != Journey()

    def with_profile(self, **changes: Any) -> Journey:
        """The same answers with parts of the profile changed; they are checked as if they were read from a file.

        Raises
        ------
        pydantic.ValidationError
            A change does not fit.
        """
        values = self.profile.model_dump() | changes
        return self.model_copy(update={"profile": Profile.model_validate(values)})

    def request(self, **more: Any) -> PlanRequest:
        """The plan that these answers ask for; there must be a target."""
        assert self.target is not None
        asked: dict[str, Any] = {
            "target": self.target,
            "profile": self.profile,
            "minimise": self.minimise,
            "illustrative": self.illustrative,
        }
        return PlanRequest(**(asked | more))


class TooMuch(ValueError):
    """More answers than a browser can keep."""


def packed(journey: Journey) -> str:
    """The answers in few characters that a cookie may hold.

    Examples
    --------
    >>> unpacked(packed(Journey(target="tp-mn"))).target
    'tp-mn'
    """
    values = journey.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked(text: str) -> Journey:
    """The answers that were packed; none when it is not ours, or of another version."""
    try:
        content = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        plain = zlib.decompressobj().decompress(content, _MOST)
        return Journey.model_validate(json.loads(plain))
    except (UnicodeError, binascii.Error, zlib.error, ValueError, ValidationError, RecursionError):
        return Journey()


def journey_in(request: Request, services: Means) -> Journey:
    """The answers that a browser shows."""
    parts = [request.cookies.get(name, "") for name in _names(services)]
    return unpacked("".join(parts)) if any(parts) else Journey()


Answers = Annotated[Journey, Depends(journey_in)]


def keep(response: Response, services: Services, journey: Journey) -> None:
    """Have the browser keep these answers instead of those before.

    Raises
    ------
    TooMuch
        They are more than it can keep.
    """
    text = packed(journey)
    if len(text) > _PART * _PARTS:
        raise TooMuch
    for index, name in enumerate(_names(services)):
        part = text[index * _PART : (index + 1) * _PART]
        _set(response, services, name, part, _MONTH if journey.remembered else None)


def forget(response: Response, services: Services) -> None:
    """Have the browser forget every answer."""
    for name in _names(services):
        _set(response, services, name, "", 0)


def _names(services: Services) -> Iterator[str]:
    return (name_of(services, f"{_COOKIE}-{index}" if index else _COOKIE) for index in range(_PARTS))


def _set(response: Response, services: Services, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds if value else 0,
        path="/",
        secure=services.in_production,
        httponly=True,
        samesite="lax",
    )
