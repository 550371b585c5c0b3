"""The size of what is sent (*taille du corps*): bounded before anything reads it, whether or not its length was announced.

A file of evidence comes in a form, and may be larger than anything else.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problem import Problem
from reports.language import say
from reports.wording import number

IMPORTS = ("/api/v1/imports", "/importer")
_AROUND_A_FILE = 20_000
_DIGITS = 18


class Body:
    """The layer that counts.

    Parameters
    ----------
    most, most_in_a_form, most_to_import : int
        Bytes of a document, of a file, and of a file to be imported.
    """

    def __init__(self, app: ASGIApp, most: int, most_in_a_form: int, most_to_import: int) -> None:
        self.app, self.most = app, most
        self.most_in_a_form, self.most_to_import = most_in_a_form + _AROUND_A_FILE, most_to_import + _AROUND_A_FILE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        form = headers.get("content-type", "").lower().startswith("multipart/form-data")
        most, received = self._most(scope["path"]) if form else self.most, 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413)
            return message

        if _announced(headers) > most:
            detail = say("Au plus {size} octets.", size=number(most))
            await Problem("too-large", detail).answer(scope["state"]["request_id"])(scope, receive, send)
        else:
            await self.app(scope, counted, send)

    def _most(self, path: str) -> int:
        """Bytes of a file that is sent somewhere."""
        return self.most_to_import if path in IMPORTS else self.most_in_a_form


def _announced(headers: Headers) -> int:
    """The length that a request announces; what can't be read is left to the count."""
    text = headers.get("content-length", "0")
    return int(text[:_DIGITS]) if text.isascii() and text.isdecimal() else 0
