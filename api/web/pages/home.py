"""The home page (*accueil*): what it is for, the doors, and a plan in one click. And the language that a person chooses."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import FileResponse, RedirectResponse, Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.middleware.language import COOKIE
from api.problem import Problem
from api.web.journey import Answers
from api.web.page import Page, pages, show

router = pages()
Anybody = Annotated[Permit, allowed(Action.LIBRARY_READ)]
_YEAR = 365 * 24 * 3600


class HomePage(Page):
    """The home page."""

    template: ClassVar[str] = "pages/home.html"

    begun: bool = Field(description="Vrai quand la personne a déjà répondu à quelque chose.")
    versions: int = Field(description="Combien de versions de référentiels la bibliothèque connaît.")


@router.get("/")
def home(request: Request, permit: Anybody, answers: Answers) -> Response:
    """What it does for people, in one screen."""
    page = HomePage(begun=answers.begun, versions=len(permit.library))
    return show(request, permit.services, permit.actor, page)


@router.get("/langue/{language}")
def speak(
    permit: Anybody,
    language: Annotated[str, Path(pattern="^(fr|en)$")],
    vers: Annotated[str, Query(max_length=2000)] = "/",
) -> Response:
    """Remember the language that somebody chose, and go back to where they were."""
    here = vers if vers.startswith("/") and not vers.startswith(("//", "/\\")) else "/"
    answer = RedirectResponse(here, 303)
    answer.set_cookie(
        COOKIE, language, max_age=_YEAR, path="/", secure=permit.services.in_production, httponly=True, samesite="lax"
    )
    return answer


@router.get("/theme.css")
def theme(permit: Anybody) -> Response:
    """The colours of the organisation that runs this server."""
    file = permit.services.settings.theme_file
    if not file:
        raise Problem("not-found")
    return FileResponse(file, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})
