"""Each request from its first byte to its last (*demande*): its identifier, its language, its line in the log, its place in the metrics.

This layer stands outside all others. What nobody caught ends here: it is logged with its traceback and the identifier, and answered by a
problem that tells nothing of the program. The log names the template of the route, never the address, the query or the body.
"""

from __future__ import annotations

import logging
import re
import time
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.language import chosen
from api.middleware.metrics import Metrics
from api.problem import Problem
from reports.language import speaking

HEADER = "X-Request-ID"
_LOG = logging.getLogger("passerelles.requests")
_USABLE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Requests:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get(HEADER, "")
        number = given if _USABLE.fullmatch(given) else str(uuid4())
        scope.setdefault("state", {})["request_id"] = number
        language = chosen(headers)
        status, begun = 0, time.perf_counter()

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                found = MutableHeaders(scope=message)
                found[HEADER] = number
                found.setdefault("Content-Language", language.value)
                found.add_vary_header("Accept-Language")
            await send(message)

        with speaking(language), self.metrics.under_way.track_inprogress():
            try:
                await self.app(scope, receive, marked)
            except Exception:
                _LOG.exception("defect", extra={"request": number, "route": route_of(scope)})
                self.metrics.defects.inc()
                if status:
                    raise
                await Problem("defect").answer(number)(scope, receive, marked)
            finally:
                self._tell(scope, number, status, time.perf_counter() - begun)

    def _tell(self, scope: Scope, number: str, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = route_of(scope)
        self.metrics.count(method, route, status, seconds)
        told = {"request": number, "method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        _LOG.info("request", extra=told)


def route_of(scope: Scope) -> str:
    """The template of the route that answered: ``/api/v1/plans/{plan_id}``; « none » where there was none."""
    found = scope.get("passerelles.route")
    if found is not None:
        return str(found)
    return str(getattr(scope.get("route"), "path", "none"))
