"""The contract (*contrat d'interface*): how a resource declares its routes, and what OpenAPI then says of each.

Beside what FastAPI knows, every operation gets the permission that it asks for (``x-permission``) and the problems that it may answer, derived from
its parameters: nobody writes them by hand, and none is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, NoReturn

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from api.auth.cookies import COOKIE
from api.auth.permissions import RULES, Action
from api.deps import Bounded, Declared
from api.problem import KINDS, MEDIA_TYPE

VERSION_1 = "/api/v1"


MOST_VALUES = 30_000
"""Values in one body: to say what is wrong with each takes some twenty microseconds."""


def holds_more_than(most: int, value: Any) -> bool:
    """Whether a JSON value holds more than so many others; no more of it is looked at.

    Examples
    --------
    >>> holds_more_than(3, {"a": [1, 2]}), holds_more_than(2, {"a": [1, 2]})
    (False, True)
    """
    waiting, seen = [value], 0
    while waiting:
        one = waiting.pop()
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        seen += len(inside)
        if seen > most:
            return True
        waiting += inside
    return False


class _StrictRequest(Request):
    """A request whose JSON is that of RFC 8259: no ``NaN``, no text that UTF-8 cannot write; and of a size that can be checked soon."""

    async def json(self) -> Any:
        text = (await self.body()).decode("utf-8")
        found = json.loads(text, parse_constant=_refuse)
        if holds_more_than(MOST_VALUES, found):
            raise HTTPException(413)
        if "\\u" in text:
            json.dumps(found, ensure_ascii=False).encode("utf-8")
        return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


class StrictRoute(APIRoute):
    """A route that reads its body strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(_StrictRequest(request.scope, request.receive))

        return strict


def resource(path: str, title: str, route_class: type[StrictRoute] = StrictRoute) -> APIRouter:
    """A resource: ``router = resource("/plans", "Plans")`` in ``api/routes/plans.py``, and its routes beneath."""
    return APIRouter(prefix=VERSION_1 + path, tags=[title], route_class=route_class)


def refusals(*found: int) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route that may refuse for reasons which its parameters do not show."""
    return {status: _answer(status) for status in found}


# -- what each route asks for ---------------------------------------------------------------------------------------------


def operations(app: FastAPI) -> Iterator[tuple[str, str, Dependant]]:
    """Every operation: its method, its path, and all that it depends on."""
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        if dependant is not None:
            yield from ((method, str(route.path_format), dependant) for method in sorted(route.methods or ()))


def permission(dependant: Dependant) -> Action | None:
    """The action that an operation declares; None when it declares none, which no route may."""
    found = [part.call.action for part in parts(dependant) if isinstance(part.call, Declared)]
    return found[0] if found else None


def parts(dependant: Dependant) -> Iterator[Dependant]:
    """All that an operation depends on, itself first."""
    yield dependant
    for part in dependant.dependencies:
        yield from parts(part)


# -- what OpenAPI says of it ----------------------------------------------------------------------------------------------


class Application(FastAPI):
    """An application whose OpenAPI document says the permissions and the problems of every operation."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, made once."""
        if self.openapi_schema is None:
            document = super().openapi()
            document.setdefault("components", {}).update(_components(document))
            for method, path, dependant in operations(self):
                operation = document["paths"].get(path, {}).get(method.lower())
                if operation is not None:
                    _complete(operation, dependant)
        return self.openapi_schema or {}


def _components(document: dict[str, Any]) -> dict[str, Any]:
    found = document.get("components", {})
    schemas = {name: schema for name, schema in found.get("schemas", {}).items() if "ValidationError" not in name}
    return {
        "schemas": schemas | {"Problem": PROBLEM},
        "securitySchemes": {
            "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
            "token": {"type": "http", "scheme": "bearer"},
        },
    }


PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 ; les types sont décrits dans docs/errors.md.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri"},
        "near": {"type": "array", "items": {"type": "string"}},
        "errors": {"type": "array", "items": {"type": "object"}},
        "findings": {"type": "array", "items": {"type": "object"}},
        "revision": {"type": ["integer", "null"]},
        "current": {"type": "object"},
    },
}
"""The schema of every problem; some kinds have members beside these."""


def _complete(operation: dict[str, Any], dependant: Dependant) -> None:
    """Add the permission and the problems to one operation."""
    action = permission(dependant)
    if action is not None:
        operation["x-permission"] = action.value
        if RULES[action].roles is not None:
            operation["security"] = [{"session": []}, *([{"token": []}] if RULES[action].by_token else [])]
    answers = operation["responses"]
    for status in sorted(statuses(operation, dependant)):
        answers.setdefault(str(status), _answer(status))
    if "HTTPValidationError" in json.dumps(answers.get("422", {})):
        answers["422"] = _answer(422)


def statuses(operation: dict[str, Any], dependant: Dependant) -> set[int]:
    """The statuses of the problems that an operation may answer, from what it takes."""
    action = permission(dependant)
    found = {401, 500, 503}  # a token that does not hold is told so everywhere
    if action is not None:
        found |= {403}
    if "requestBody" in operation:
        found |= {400, 413, 415, 422}
    if operation.get("parameters"):
        found |= {422}
    places = [(part["in"], part["name"].lower()) for part in operation.get("parameters", ())]
    if any(place == "path" for place, _ in places):
        found |= {404}
    if any(isinstance(part.call, Bounded) for part in parts(dependant)):
        found |= {429}
    if ("header", "if-match") in places:
        found |= {409, 412, 428}
    return found


def _answer(status: int) -> dict[str, Any]:
    titles = " ; ".join(kind.title for kind in KINDS.values() if kind.status == status)
    return {"description": titles, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
