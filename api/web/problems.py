"""Problems as pages (*pages d'erreur*): what the service refuses or fails to do, told to a person.

The outermost layer: whatever answers with ``application/problem+json`` outside ``/api`` is shown as a page with the same words, the same
status, and a way on.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.actor import ANYBODY
from api.problem import MEDIA_TYPE
from api.state import Services
from api.web.page import Page, show

_OF_PROGRAMS = ("/api/", "/ims/", "/healthz", "/readyz", "/metrics", "/static/")


class ProblemPage(Page):
    """What went wrong, and what to do."""

    template: ClassVar[str] = "pages/problem.html"

    status: int = Field(description="Le statut de la réponse.")
    kind: str = Field(description="Le nom stable de ce qui s'est passé.")
    title: str = Field(description="Ce qui s'est passé.")
    detail: str = Field(description="Ce qu'on peut faire.")
    near: tuple[str, ...] = Field(description="Ce qui était peut-être voulu.")
    points: tuple[str, ...] = Field(description="Chaque point à corriger.")
    request_id: str = Field(description="Le numéro de la demande, pour en parler.")


class ProblemPages:
    """The layer."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self.app, self.services = app, services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; show its problem as a page if it meets one."""
        if scope["type"] != "http" or scope["path"].startswith(_OF_PROGRAMS):
            await self.app(scope, receive, send)
            return
        began: Message | None = None
        body = b""

        async def shown(message: Message) -> None:
            nonlocal began, body
            if (
                message["type"] == "http.response.start"
                and Headers(raw=message["headers"]).get("content-type") == MEDIA_TYPE
            ):
                began = message
            elif began is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await self._tell(scope, began, json.loads(body), send)

        await self.app(scope, receive, shown)

    async def _tell(self, scope: Scope, began: Message, told: dict[str, Any], send: Send) -> None:
        answer = show(Request(scope), self.services, ANYBODY, page_of(told), status=began["status"])
        headers = MutableHeaders(raw=list(began["headers"]))
        headers["content-type"] = answer.headers["content-type"]
        headers["content-length"] = answer.headers["content-length"]
        await send({**began, "headers": headers.raw})
        await send({"type": "http.response.body", "body": bytes(answer.body)})


def page_of(told: dict[str, Any]) -> ProblemPage:
    """The page of a problem."""
    findings = [f"{one['message']} {one['remedy']}" for one in told.get("findings", ())]
    errors = [one.get("detail", "") for one in told.get("errors", ())]
    return ProblemPage(
        status=told["status"],
        kind=told["type"].rpartition(":")[2],
        title=told["title"],
        detail=told["detail"],
        near=tuple(told.get("near", ())),
        points=tuple(filter(None, findings + errors)),
        request_id=told.get("instance", "").rpartition(":")[2],
    )
