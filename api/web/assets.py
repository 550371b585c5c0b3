"""What pages are dressed with (*fichiers statiques*): style, scripts and pictures, under an address that changes when they do.

So a browser keeps them for good, and never wears the style of another version. What others wrote is under ``static/vendor``, with its
licence and its digest in ``vendor.json``.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
_FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def digest() -> str:
    """What tells one state of the files from another."""
    found = sha256()
    for file in sorted(STATIC.rglob("*")):
        if file.is_file():
            found.update(str(file.relative_to(STATIC)).encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def address(name: str) -> str:
    """The address of a file: ``/static/4f…/style.css``."""
    return f"/static/{digest()}/{name}"


class _Files(StaticFiles):
    """Files that a browser may keep for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if answer.status_code == 200:
            answer.headers["Cache-Control"] = _FOR_GOOD
        return answer


def mount() -> Mount:
    """Where they are served."""
    return Mount(f"/static/{digest()}", _Files(directory=STATIC), name="static")
