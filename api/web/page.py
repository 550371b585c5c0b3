"""A page (*page*): what its template receives, each field with its help, and how it is drawn.

A page declares its template and its fields; the template gets them by their names, ``frame`` (:class:`~api.web.frame.Frame`), and the words of
the program. Anything else it names is a mistake that a test finds, as is a field that it does not use. ``docs/page-fields.md`` is written from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.auth.actor import Actor
from api.state import Services
from api.web import assets
from api.web.frame import frame_of
from referentials.provenance import Value
from reports.language import in_french, number, say, say_n
from reports.paper_wording import WORDS
from reports.typesetting import text_in_type
from reports.wording import date_in_letters, euros, from_to, hours, percent, plain_date, weeks

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = (
    Path(__file__).parent / "templates",
    Path(__import__("reports").__file__ or "").parent / "templates",
)


class Page(Value):
    """What one page shows; a subclass names its ``template``, and the part of the site it belongs to."""

    template: ClassVar[str]
    here: ClassVar[str] = ""
    """The entry of the navigation that is lit: ``parcours``, ``referentiels``, ``passerelles``…"""
    passing: ClassVar[bool] = False
    """Whether another page follows by itself, which will show the message that waits."""


def pages() -> APIRouter:
    """The routes of a family of pages, which OpenAPI leaves aside."""
    return APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def show(
    request: Request,
    services: Services,
    actor: Actor,
    page: Page,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page as an answer. A message that was waiting for it is shown once."""
    frame = frame_of(request, services, actor, page.here, quiet=page.passing)
    template = environment().get_template(page.template)
    answer = HTMLResponse(template.render(frame=frame, **given(page)), status, dict(headers or {}))
    if frame.message:
        from api.web.messages import forget

        forget(answer, services)
    return answer


def given(page: Page) -> dict[str, Any]:
    """The fields of a page, by name."""
    return {name: getattr(page, name) for name in type(page).model_fields}


@cache
def environment() -> Environment:
    """The templates, which may only name what they are given; everything that they write is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(words())
    return found


def words() -> dict[str, Callable[..., Any] | Any]:
    """What every template may call: sentences, and how people write hours, euros and dates."""
    said = (number, hours, euros, weeks, percent, plain_date, date_in_letters, from_to)
    spoken = {"say": _typeset(say), "say_n": _typeset(say_n)}
    return spoken | {one.__name__: one for one in said} | {"asset": assets.address, "words": WORDS, "share": None}


def _typeset(saying: Callable[..., str]) -> Callable[..., str]:
    """The same sentences with the apostrophes and the spaces of good typography; what is only data stays as it is."""
    return lambda *text, **values: text_in_type(saying(*text, **values), in_french())
