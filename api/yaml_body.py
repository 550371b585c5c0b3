"""Documents sent and read as YAML (*textes YAML*): the way designers write them, beside JSON, on the routes that say so.

A YAML body becomes the JSON body ``{"document": …}`` before the route reads it; the text that was read, with the line of every value,
goes along with the request.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message

from api.contract import StrictRoute
from referentials.document import Document
from referentials.yaml_source import read_bytes

YAML = "application/yaml"
"""RFC 9512; the names that came before are read too."""

_NAMES = frozenset({YAML, "application/x-yaml", "text/yaml", "text/x-yaml"})
_WHERE = "passerelles.yaml"

ACCEPTS_YAML: dict[str, Any] = {
    "requestBody": {"content": {YAML: {"schema": {"type": "object", "description": "Le document seul, en YAML."}}}}
}
"""The ``openapi_extra`` of a route that reads YAML."""

GIVES_YAML: dict[int | str, dict[str, Any]] = {200: {"content": {YAML: {"schema": {"type": "string"}}}}}
"""The ``responses`` of a route that gives YAML to whoever asks for it."""


class YamlRoute(StrictRoute):
    """A route that reads YAML too, where it says so."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        handler = super().get_route_handler()

        async def reading(request: Request) -> Response:
            return await handler(await _as_json(request) if _is_yaml(request) else request)

        return reading if self.openapi_extra == ACCEPTS_YAML else handler


def _is_yaml(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() in _NAMES


async def _as_json(request: Request) -> Request:
    """The same request with JSON in its body.

    Raises
    ------
    FileProblem
        The body is no YAML that is read here; each finding has its line.
    """
    document = await run_in_threadpool(read_bytes, await request.body())
    body = json.dumps({"document": document.value}).encode()
    scope = {**request.scope, "headers": list(request.scope["headers"]), _WHERE: document}
    headers = MutableHeaders(scope=scope)
    headers["content-type"], headers["content-length"] = "application/json", str(len(body))
    return Request(scope, _once(body))


def _once(body: bytes) -> Callable[[], Coroutine[Any, Any, Message]]:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _written(request: Request) -> Document | None:
    found: Document | None = request.scope.get(_WHERE)
    return found


Written = Annotated[Document | None, Depends(_written)]
"""The YAML text that a request came with; None when it came with JSON."""


def _asked(request: Request) -> bool:
    accepted = Headers(scope=request.scope).get("accept", "").lower()
    return any(name in accepted for name in _NAMES)


YamlAsked = Annotated[bool, Depends(_asked)]
"""Whether whoever asks wants YAML (``Accept: application/yaml``)."""
