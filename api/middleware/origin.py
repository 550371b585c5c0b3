"""Where a change comes from (*origine*): a page of another site can make a browser send our cookie, but not hide that it did.

A request that changes something is refused when the browser says that it comes from elsewhere (``Sec-Fetch-Site``, else ``Origin``). A program
sends neither, and one that shows a token sends no cookie worth forging.

References
----------
W3C, *Fetch Metadata Request Headers*; OWASP, *Cross-Site Request Forgery Prevention Cheat Sheet*.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problem import Problem

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class Origin:
    """The layer that refuses them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["method"] in _SAFE or is_ours(Headers(scope=scope)):
            await self.app(scope, receive, send)
        else:
            await Problem("cross-site").answer(scope["state"]["request_id"])(scope, receive, send)


def is_ours(headers: Headers) -> bool:
    """Whether a request comes from our own pages, from the address bar, or from a program.

    Examples
    --------
    >>> asked = lambda **found: is_ours(Headers({name.replace("_", "-"): text for name, text in found.items()}))
    >>> asked(), asked(sec_fetch_site="same-origin"), asked(host="nous.fr", origin="https://nous.fr")
    (True, True, True)
    >>> asked(sec_fetch_site="cross-site"), asked(sec_fetch_site="same-site"), asked(host="nous.fr", origin="https://eux.fr")
    (False, False, False)
    """
    if headers.get("authorization", "").lower().startswith("bearer "):
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")
