"""One bridge (*fiche passerelle*): what holding the one gives of the other, text by text, and what remains; and from there to a plan."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from urllib.parse import urlencode

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.answers import FormatName, file_answer
from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, Speaking, allowed
from api.problem import Problem
from api.services.documents import written
from api.services.positions import bridged
from api.web.days import asked_day
from api.web.journey import Answers, TooMuch, keep
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.pages.bridges import FORMATS
from api.web.views.choosing import choices, chosen
from api.web.views.names import anchor, bridge_address
from api.web.views.said import Anchor, Said
from pathways.bridges import Bridge
from pathways.profile import HeldItem
from reports.exporters import formats
from reports.language import say
from reports.paper import Paper

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Asked = Annotated[str, Query(max_length=300)]
End = Annotated[str, Path(max_length=200)]
_HERE = "passerelles"


class ChoicePage(Page):
    """Which bridge to look at."""

    template: ClassVar[str] = "pages/passerelles/choisir.html"
    here: ClassVar[str] = _HERE

    start: str = Field(description="Le départ, tel qu'il a été écrit.")
    target: str = Field(description="L'arrivée, telle qu'elle a été écrite.")
    errors: dict[str, Said] = Field(description="Ce qui n'a pas été trouvé.")
    choices: tuple[str, ...] = Field(description="Ce qui peut être choisi : intitulé et année.")


class BridgePage(Page):
    """One bridge."""

    template: ClassVar[str] = "pages/passerelles/fiche.html"
    here: ClassVar[str] = _HERE

    paper: Paper = Field(description="La fiche, partie par partie.")
    start: Anchor = Field(description="Ce qui est détenu.")
    target: Anchor = Field(description="Ce qui est visé.")
    address: str = Field(description="L'adresse de la fiche, sans ce qui suit « ? ».")
    start_part: str = Field(description="Le bloc détenu seul ; vide : l'ensemble.")
    target_part: str = Field(description="Le bloc visé seul ; vide : l'ensemble.")
    back: str = Field(description="La passerelle dans l'autre sens.")
    day: str = Field(description="Le jour, tel qu'il a été écrit.")
    errors: dict[str, Said] = Field(description="Ce qui n'a pas pu être lu.")
    acquired: bool = Field(description="Vrai quand il ne reste rien.")
    files: tuple[Anchor, ...] = Field(description="Les documents à emporter.")


@router.get("/passerelles/choisir")
def choose(request: Request, permit: Reading, de: Asked = "", vers: Asked = "") -> Response:
    """Which bridge: both ends by a reference, a code or a title; then its page."""
    errors: dict[str, str] = {}
    ends = [_end(permit, text, name, errors) for name, text in (("de", de), ("vers", vers))]
    if ends[0] and ends[1]:
        return RedirectResponse(bridge_address(ends[0], ends[1]), 303)
    view = ChoicePage(
        start=de,
        target=vers,
        errors=errors,
        choices=choices(permit.library),
    )
    return show(request, permit.services, permit.actor, view, status=422 if errors else 200)


def _end(permit: Permit, text: str, name: str, errors: dict[str, str]) -> str:
    found = chosen(permit.library, text, today(permit))
    if text.strip() and found is None:
        errors[name] = say("Rien ne répond à « {words} » : choisissez dans la liste.", words=text[:80])
    return found.ref if found else ""


@router.get("/passerelles/{start}/{target}")
def read_bridge(
    request: Request, permit: Reading, start: End, target: End, bloc: Asked = "", partie: Asked = "", le: Asked = ""
) -> Response:
    """What anybody who holds the one, alone, has of the other."""
    from reports.bridge_document import bridge_document

    library = permit.library
    on, errors = asked_day(le, permit)
    for end, part in ((start, bloc), (target, partie)):
        library.find(_joined(end, part))  # what nobody knows has no page
    found = bridged(_joined(start, bloc), _joined(target, partie), library, on)
    here = bridge_address(start, target)
    view = BridgePage(
        paper=bridge_document(found, library).paper,
        start=anchor(library, found.start),
        target=anchor(library, found.target),
        address=here,
        start_part=bloc,
        target_part=partie,
        back=bridge_address(found.target, found.start, le=le),
        day=le,
        errors=errors,
        acquired=found.acquired,
        files=tuple(_files(here, bloc, partie, le)),
    )
    return show(request, permit.services, permit.actor, view, status=422 if errors else 200)


def _joined(whole: str, part: str) -> str:
    return f"{whole}/{part}" if part else whole


def _files(here: str, bloc: str, partie: str, le: str) -> list[Anchor]:
    asked = {name: value for name, value in (("bloc", bloc), ("partie", partie), ("le", le)) if value}
    more = f"?{urlencode(asked)}" if asked else ""
    return [Anchor(href=f"{here}/documents/{name}{more}", label=FORMATS[name]) for name in FORMATS if name in formats()]


@router.get("/passerelles/{start}/{target}/documents/{format_name}")
def take(
    permit: Reading,
    language: Speaking,
    start: End,
    target: End,
    format_name: FormatName,
    bloc: Asked = "",
    partie: Asked = "",
    le: Asked = "",
) -> Response:
    """One bridge as a document."""
    from reports.bridge_document import bridge_document

    on, _errors = asked_day(le, permit)
    found = bridged(_joined(start, bloc), _joined(target, partie), permit.library, on)
    return file_answer(written(bridge_document(found, permit.library), format_name, language))


@router.post("/passerelles/{start}/{target}/preparer")
def prepare(
    permit: Reading, answers: Answers, start: End, target: End, bloc: Asked = "", partie: Asked = ""
) -> Response:
    """Begin a journey of whoever holds the one and aims at the other."""
    found = bridged(_joined(start, bloc), _joined(target, partie), permit.library, today(permit))
    answer = go("/parcours", permit.services, "cible-choisie")
    try:
        keep(answer, permit.services, _with(answers, found))
    except TooMuch:
        raise Problem("too-large") from None
    return answer


def _with(answers: Any, found: Bridge) -> Any:
    """The answers with the start held, once, and the target aimed at."""
    holds = answers.profile.holds
    name = "blocks" if "/" in found.start else "qualifications"
    some: tuple[HeldItem, ...] = getattr(holds, name)
    if all(one.ref != found.start for one in some):
        holds = holds.model_copy(update={name: (*some, HeldItem(ref=found.start))})
    return answers.with_profile(holds=holds).model_copy(update={"target": found.target})
