"""Pages that only say something (*à propos, aide, accessibilité, données personnelles*)."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.web.page import Page, pages, show

router = pages()
Anybody = Annotated[Permit, allowed(Action.LIBRARY_READ)]


class AboutPage(Page):
    """What the program is, and what it stands on."""

    template: ClassVar[str] = "pages/about.html"

    version: str = Field(description="Version du programme.")
    versions: int = Field(description="Versions de référentiels connues.")
    recognitions: int = Field(description="Droits et passerelles connus.")


class HelpPage(Page):
    """Answers to what people ask most."""

    template: ClassVar[str] = "pages/help.html"


class AccessibilityPage(Page):
    """The accessibility statement."""

    template: ClassVar[str] = "pages/accessibility.html"


class PrivacyPage(Page):
    """What becomes of personal data."""

    template: ClassVar[str] = "pages/privacy.html"

    people_days: int = Field(description="Jours sans activité après lesquels un dossier est supprimé ; 0 : jamais.")
    session_hours: float = Field(description="Durée d'une session, en heures.")


@router.get("/a-propos")
def about(request: Request, permit: Anybody) -> Response:
    """What it is."""
    library = permit.library
    page = AboutPage(version=version("passerelles"), versions=len(library), recognitions=len(library.recognitions))
    return show(request, permit.services, permit.actor, page)


@router.get("/aide")
def explain(request: Request, permit: Anybody) -> Response:
    """How it is used."""
    return show(request, permit.services, permit.actor, HelpPage())


@router.get("/accessibilite")
def accessibility(request: Request, permit: Anybody) -> Response:
    """How far everyone can use it."""
    return show(request, permit.services, permit.actor, AccessibilityPage())


@router.get("/donnees-personnelles")
def privacy(request: Request, permit: Anybody) -> Response:
    """What is kept, where and how long."""
    given = permit.services.settings
    page = PrivacyPage(people_days=given.keep_people_days, session_hours=given.session_hours)
    return show(request, permit.services, permit.actor, page)
