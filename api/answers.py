"""Answers that several resources give alike (*réponses*): files, and what OpenAPI says of refusals and of formats of documents."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response

from api.deps import Means
from api.jobs.attended import Attended, leaving
from api.problem import MEDIA_TYPE
from api.services.documents import File
from api.services.solver import Solver
from reports.exporters import exporter, formats

_PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}

CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Déjà pris, ou pas dans cet état : voyez « type » et « detail ».",
        "content": {MEDIA_TYPE: _PROBLEM},
    }
}
"""What a route says when it may be refused for what is there already."""

REFUSED: dict[int | str, dict[str, Any]] = {
    422: {"description": "La demande ne convient pas : voyez « detail ».", "content": {MEDIA_TYPE: _PROBLEM}}
}
"""What a route without parameters says when it may be refused."""

FormatName = Annotated[
    str, Path(pattern=rf"^({'|'.join(formats())})$", description="Le format du document.", examples=["pdf"])
]


def as_file() -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of a document in any format."""
    kinds = sorted({exporter(name).media_type.partition(";")[0] for name in formats()})
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds if kind != "application/json"}
    content["application/json"] = {"schema": {"type": "object"}}
    return {200: {"description": "Le document.", "content": content}}


def file_answer(file: File) -> Response:
    """A file to keep, never shown inside a page."""
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "X-Content-Type-Options": "nosniff"}
    return Response(file.content, headers=headers, media_type=file.media_type)


def _solver(request: Request, services: Means) -> Solver:
    return Attended(services.solver, leaving(request))


Answering = Annotated[Solver, Depends(_solver)]
"""What computes plans; it stops when whoever asks has left."""
