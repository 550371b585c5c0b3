"""« Territoires » (*observatoire des compétences*): what many people lack, by area and trade, beside what is offered, and over time.

The filters choose among figures that were published; nothing is worked out for a page, and nothing finer is kept anywhere.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.jobs.territory import TerritoryEditions, ask_for_territory
from api.services.territory import FigureRow, ModuleRow, NeedRow
from api.services.territory_rows import csv_of, places_of
from api.services.territory_view import View, Wanted, moments, named, seen
from api.store.rooms import Room
from api.web.following import team, team_room
from api.web.page import Page, pages, show
from api.web.stages import name_of_target
from api.web.views.said import Said
from referentials.provenance import Value
from reports.charts.over_time import Count, over_time
from reports.language import say
from reports.paper import Figure
from reports.territory_wording import area_in_words, places_in_words, trade_in_words
from reports.wording import plain_date

router = pages()
Reading = Annotated[Permit, allowed(Action.PEOPLE_READ)]
Publishing = Annotated[Permit, allowed(Action.PEOPLE_WRITE)]
_HERE = "/territoires"
_MOST = 100
Label = Annotated[str, Query(max_length=400)]
Number = Annotated[int | None, Query(ge=1, le=1_000_000)]


class NeedLine(Value):
    """A competency, beside what is offered."""

    title: Said = Field(description="Son intitulé.")
    href: str = Field(description="L'adresse qui la montre en détail.")
    lacking: int = Field(description="À combien elle manque.")
    people: int = Field(description="Parmi combien.")
    modules: int = Field(description="Combien de modules la développent.")
    bodies: int = Field(description="De combien d'organismes.")
    remote: int = Field(description="Combien à distance.")
    illustrative: int = Field(description="Combien sont inventés.")


class PlaceLine(Value):
    """A figure in its places."""

    name: str = Field(description="Le territoire et les métiers.")
    people: int = Field(description="Personnes comptées.")
    lacking: int | None = Field(description="À combien la compétence manque ; rien : les personnes seules.")
    since: str = Field(description="Depuis quand ce chiffre est le même.")


class TerritoryPage(Page):
    """The figures of one target."""

    template: ClassVar[str] = "pages/territoires/page.html"
    here: ClassVar[str] = "equipes"

    targets: tuple[tuple[str, Said], ...] = Field(description="Les cibles publiées : référence, nom.")
    asked: dict[str, str] = Field(description="Les filtres, par le nom de leur champ.")
    editions: tuple[tuple[str, str], ...] = Field(description="Les éditions : numéro, jour.")
    areas: tuple[tuple[str, str], ...] = Field(description="Les territoires : valeur, nom.")
    trades: tuple[tuple[str, str], ...] = Field(description="Les métiers : valeur, nom.")
    name: Said = Field(description="Le nom de la cible ; vide : rien n'est publié.")
    day: str = Field(description="Le jour de l'édition.")
    needs: tuple[NeedLine, ...] = Field(description="Ce qui manque, au plus grand nombre d'abord.")
    competency: Said = Field(description="La compétence montrée en détail ; vide : aucune.")
    places: tuple[PlaceLine, ...] = Field(description="Ses chiffres, ou les personnes, lieu par lieu.")
    more: int = Field(description="Combien d'autres lieux sont dans le fichier.")
    unpublished: tuple[Said, ...] = Field(description="Compétences sans aucun chiffre.")
    unmet: tuple[Said, ...] = Field(description="Ce qui manque et que rien ne développe.")
    idle: tuple[Said, ...] = Field(description="Les modules dont rien ne manque à personne.")
    chart: Figure | None = Field(description="L'évolution ; rien : pas encore d'édition.")
    file: str = Field(description="L'adresse du fichier des chiffres montrés.")
    state: str = Field(description="L'état du calcul demandé ; vide : aucun.")


@router.get(_HERE)
def read(
    request: Request,
    permit: Reading,
    cible: Label = "",
    edition: Number = None,
    territoire: Label = "",
    metier: Label = "",
    competence: Label = "",
    travail: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    """The published figures that the filters leave."""
    asked = {"cible": cible, "territoire": territoire, "metier": metier, "competence": competence}
    with team_room(permit) as room:
        state = _state(room, travail)
        targets = tuple(room.territories.targets())
        chosen = cible if cible in targets else next(iter(targets), "")
        wanted = Wanted(chosen, edition, territoire, metier, competence)
        view = seen(room, wanted, permit.library, today(permit), whole=False) if chosen else None
        drawn = moments(room, wanted) if view else ()
    names = tuple((ref, name_of_target(ref, permit.library)) for ref in targets)
    address = _address(wanted, view)
    page = TerritoryPage(
        targets=names,
        asked=asked | {"cible": chosen, "edition": str(view.number) if view else ""},
        chart=_chart(view, wanted, [Count(one.day, one.people, one.lacking) for one in drawn])
        if view and drawn
        else None,
        file=f"{_HERE}/chiffres.csv{address}" if view else "",
        state=state,
        **_shown(view, wanted, dict(names).get(chosen, "")),
    )
    return show(request, permit.services, permit.actor, page)


@router.get(f"{_HERE}/chiffres.csv")
def take(
    permit: Reading,
    cible: Label,
    edition: Number = None,
    territoire: Label = "",
    metier: Label = "",
    competence: Label = "",
) -> Response:
    """The figures that the page shows, for a spreadsheet."""
    wanted = Wanted(cible, edition, territoire, metier, competence)
    with team_room(permit) as room:
        view = seen(room, wanted, permit.library, today(permit))
    content = csv_of([view.territory] if view else [], competence)
    headers = {"Content-Disposition": 'attachment; filename="territoires.csv"'}
    return Response(content.encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


@router.post(_HERE)
def publish(permit: Publishing) -> Response:
    """Ask for a new edition of every target."""
    team(permit)
    with permit.unit(writes=True) as unit:
        job = ask_for_territory(unit, permit.actor).id
    return RedirectResponse(f"{_HERE}?{urlencode({'travail': job})}", 303)


# -- to the page ----------------------------------------------------------------------------------------------------------


def _state(room: Room, job_id: str) -> str:
    """Where the edition that was asked for is; nothing of any other job."""
    job = room.jobs.find(job_id) if job_id else None
    return job.state if job is not None and job.kind == TerritoryEditions.kind else ""


def _address(wanted: Wanted, view: View | None, **other: str) -> str:
    kept = {
        "cible": wanted.target,
        "edition": str(view.number) if view and wanted.edition else "",
        "territoire": wanted.area,
        "metier": wanted.trade,
        "competence": wanted.competency,
    } | other
    fields = {name: text for name, text in kept.items() if text}
    return f"?{urlencode(fields)}" if fields else ""


def _shown(view: View | None, wanted: Wanted, name: str) -> dict[str, Any]:
    if view is None:
        empty: dict[str, Any] = dict.fromkeys(
            ("editions", "areas", "trades", "needs", "places", "unpublished", "unmet", "idle"), ()
        )
        return empty | {"name": "", "day": "", "competency": "", "more": 0}
    found = view.territory
    titles = {one.competency: _title(one) for one in found.needs}
    lines = [one for one in found.figures if one.competency == wanted.competency] if wanted.competency else found.cells
    return {
        "editions": tuple((str(number), plain_date(day)) for number, day in sorted(view.days.items(), reverse=True)),
        "areas": tuple((named(one), area_in_words(one)) for one in view.areas),
        "trades": tuple((named(one), trade_in_words(one)) for one in view.trades),
        "name": name,
        "day": plain_date(view.days[view.number]),
        "needs": tuple(
            _need(one, f"{_HERE}{_address(wanted, view, competence=one.competency)}#detail") for one in found.needs
        ),
        "competency": titles.get(wanted.competency, ""),
        "places": tuple(_place(one, view) for one in lines[:_MOST]),
        "more": max(0, len(lines) - _MOST),
        "unpublished": found.unpublished,
        "unmet": tuple(titles[ref] for ref in found.unmet),
        "idle": tuple(_module(one) for one in found.idle),
    }


def _title(one: NeedRow) -> str:
    return one.title or one.competency


def _module(one: ModuleRow) -> str:
    return say("{title}, de {body}", title=one.title, body=one.body)


def _need(one: NeedRow, href: str) -> NeedLine:
    return NeedLine(
        title=_title(one),
        href=href,
        lacking=one.lacking,
        people=one.people,
        modules=len(one.modules),
        bodies=len({module.body for module in one.modules}),
        remote=sum(module.remote for module in one.modules),
        illustrative=sum(module.illustrative for module in one.modules),
    )


def _place(one: FigureRow, view: View) -> PlaceLine:
    recent: date = view.days[view.number]
    return PlaceLine(
        name=places_in_words(places_of(one)),
        people=one.people,
        lacking=one.lacking,
        since="" if one.since == recent else plain_date(one.since),
    )


def _chart(view: View, wanted: Wanted, counts: list[Count]) -> Figure:
    titles = {one.competency: _title(one) for one in view.territory.needs}
    return over_time(counts, titles.get(wanted.competency, say("Personnes comptées")))
