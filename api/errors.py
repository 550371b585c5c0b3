"""From what went wrong to a problem (*refus*): one line for each kind of exception that may leave a route.

The store, the library and the engine raise their own exceptions and know nothing of HTTP; this is where these become answers. A change made
on an older version is 412 (the request named its version in ``If-Match``), two changes at the same instant are 409.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.auth.attempts import TooMany
from api.auth.passwords import WeakPassword
from api.auth.permissions import Forbidden, NotSignedIn
from api.etag import etag_of
from api.jobs.pool import Abandoned, Lost, TooLong
from api.problem import SPACE, Problem
from api.refused_values import errors_of
from api.services.planning import NotPlannable
from api.services.review import ReviewNeeded
from api.store.columns import Unstorable
from api.store.conflict import Absent, Busy, Conflict, Taken, WrongState
from api.store.health import NotReady
from api.store.repositories.evidence import TooLarge
from pathways.holdings import ProfileProblem
from referentials.absence import NotInForce, OnlyNamed, UnknownReference
from referentials.editing.acts import Clashing
from referentials.editing.delta import ABSENT
from referentials.editing.merge import Clash
from referentials.findings import FileProblem
from reports.language import say

_WAIT = 2
"""Seconds after which it makes sense to ask again what was too busy."""

_BY_STATUS = {
    400: "malformed",
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-type",
    422: "request",
    429: "too-many",
    503: "busy",
}


def problem_of(error: Exception, request: Request) -> Problem:
    """What an exception means for whoever asked."""
    for kind, told in _TOLD.items():
        if isinstance(error, kind):
            return told(error, request)
    raise error


def _conflict(error: Conflict, request: Request) -> Problem:
    """The version that stands there now, and what it says when the route has shown it (:func:`showing`)."""
    current = error.current
    kind = "stale" if "if-match" in request.headers else "conflict"
    if current is None:
        return Problem(kind, say("Supprimé entre-temps."), revision=None)
    shown = getattr(error, "shown", None)
    more = {} if shown is None else {"current": shown}
    headers = {"ETag": etag_of(current.revision)}
    return Problem(kind, headers=headers, revision=current.revision, changed_at=_moment(current), **more)


def _moment(row: Any) -> str | None:
    moment = getattr(row, "updated_at", None)
    return None if moment is None else moment.isoformat()


@contextmanager
def showing(view: Callable[[Any], Any]) -> Iterator[None]:
    """Within this block, a refused change comes with what stands there now.

    Parameters
    ----------
    view : callable
        From the current row to plain values: what a reader of it is shown.
    """
    try:
        yield
    except Conflict as error:
        if error.current is not None:
            error.shown = view(error.current)  # type: ignore[attr-defined]
        raise


def _reference(error: UnknownReference, request: Request) -> Problem:
    """404 when the address names it, 422 when the request does."""
    here = error.text in request.path_params.values()
    return Problem("unknown-reference", str(error), status=404 if here else 422, near=list(error.near))


def _only_named(error: OnlyNamed, _request: Request) -> Problem:
    return Problem("only-named", str(error))


def _not_in_force(error: NotInForce, request: Request) -> Problem:
    near = [version.key for version in (*error.versions, *error.successors)]
    return Problem("not-in-force", str(error), near=near)


def _file(error: FileProblem, request: Request) -> Problem:
    return Problem("file", findings=[_finding(finding.model_dump(mode="json")) for finding in error.findings])


def _finding(plain: dict[str, Any]) -> dict[str, Any]:
    """A finding without the folders of this server."""
    where = plain["where"]
    where["file"] = str(where["file"]).replace("\\", "/").rpartition("/")[2] if where["file"] else None
    return plain


def _refused(error: RequestValidationError, request: Request) -> Problem:
    if any(one["type"] == "json_invalid" for one in error.errors()):
        return Problem("malformed")
    return Problem("invalid", errors=errors_of(error.errors()))


def _http(error: HTTPException, request: Request) -> Problem:
    kind = _BY_STATUS.get(error.status_code, "request")
    return Problem(kind, status=error.status_code, headers=error.headers)


def _forbidden(error: Forbidden, request: Request) -> Problem:
    if error.by_token:
        detail = say("Ce jeton ne porte pas la limite « {scope} ».", scope=error.action.value)
        return Problem("token-too-narrow", detail, action=error.action.value)
    return Problem("forbidden", action=error.action.value)


def _profile(error: ProfileProblem, request: Request) -> Problem:
    return Problem("request", " ".join(error.messages), near=[])


def _clashing(error: Clashing, request: Request) -> Problem:
    return Problem("clash", clashes=[_sides(clash) for clash in error.clashes])


def _sides(clash: Clash) -> dict[str, Any]:
    """A clash as plain values; a side where there is nothing is left out."""
    sides = {"base": clash.base, "mine": clash.mine, "theirs": clash.theirs}
    return {"at": list(clash.at)} | {name: value for name, value in sides.items() if value is not ABSENT}


def _wait(seconds: int) -> dict[str, str]:
    return {"Retry-After": str(seconds)}


_TOLD: Mapping[type[Exception], Callable[[Any, Request], Problem]] = {
    Problem: lambda error, _: error,
    HTTPException: _http,
    RequestValidationError: _refused,
    NotSignedIn: lambda *_: Problem("not-signed-in", headers={"WWW-Authenticate": "Bearer"}),
    Forbidden: _forbidden,
    TooMany: lambda error, _: Problem("too-many", headers=_wait(error.seconds)),
    WeakPassword: lambda error, _: Problem("request", str(error)),
    Absent: lambda *_: Problem("not-found"),
    Conflict: _conflict,
    Clashing: _clashing,
    Taken: lambda *_: Problem("taken"),
    TooLarge: lambda *_: Problem("too-large"),
    WrongState: lambda error, _: Problem("wrong-state", state=str(error)),
    ReviewNeeded: lambda error, _: Problem("review-needed", str(error)),
    Busy: lambda *_: Problem("busy", headers=_wait(_WAIT)),
    Abandoned: lambda *_: Problem("interrupted", headers=_wait(_WAIT)),
    TooLong: lambda *_: Problem("interrupted", headers=_wait(_WAIT)),
    Lost: lambda *_: Problem("interrupted", headers=_wait(_WAIT)),
    Unstorable: lambda error, _: Problem("request", str(error)),
    NotReady: lambda error, _: Problem("not-ready", str(error), headers=_wait(_WAIT)),
    OnlyNamed: _only_named,
    UnknownReference: _reference,
    NotInForce: _not_in_force,
    FileProblem: _file,
    ProfileProblem: _profile,
    NotPlannable: lambda error, _: Problem("request", str(error), near=list(error.near)),
}
"""From the exception to the problem; the first that fits, in this order."""


def answer(request: Request, error: Exception) -> Response:
    """The answer to a request that failed."""
    return problem_of(error, request).answer(request.state.request_id)


def install(app: FastAPI) -> None:
    """Make an application answer every known exception by its problem; the others end in :mod:`api.middleware.requests`."""
    for kind in _TOLD:
        app.add_exception_handler(kind, answer)


__all__ = ["SPACE", "answer", "install", "problem_of", "showing"]
