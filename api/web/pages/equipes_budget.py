"""Hours and budget of a team (*heures et budget*): by period, by training body, by person, against a budget that was typed; documents of all."""

from __future__ import annotations

from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from api.answers import FormatName, file_answer
from api.auth.permissions import Action
from api.days import today
from api.deps import COMPUTING, Permit, Speaking, allowed
from api.services.documents import written
from api.services.plan_archive import MOST, Shelf, archived
from api.services.team_budget import team_plans
from api.web.entries import Unreadable, number
from api.web.following import team, team_room
from api.web.page import pages, show
from api.web.pages.equipes import PER_PAGE, TeamPage
from api.web.team_filters import Asked, Filters
from api.web.views.said import Said
from referentials.provenance import Value
from reports.paper import Block, Table
from reports.team_plans import Grain, TeamPlan

router = pages()
Reading = Annotated[Permit, allowed(Action.PLANS_READ)]
_HERE = "/equipes/budget"
_GRAINS = {"mois": Grain.MONTH, "trimestre": Grain.QUARTER}
Typed = Annotated[str, Query(max_length=40)]
Per = Annotated[str, Query(max_length=20)]


class Archive(Value):
    """One archive of documents."""

    href: str = Field(description="Son adresse.")
    first: int = Field(description="Le rang du premier plan.")
    last: int = Field(description="Le rang du dernier.")


class BudgetPage(TeamPage):
    """Hours and costs of a team."""

    template: ClassVar[str] = "pages/equipes/budget.html"

    asked: dict[str, str] = Field(description="Les filtres, par le nom de leur champ.")
    typed: dict[str, str] = Field(description="Le budget et la durée des périodes, tels que tapés.")
    opening: tuple[Block, ...] = Field(description="Les totaux.")
    periods: tuple[Block, ...] = Field(description="Période par période.")
    bodies: Table = Field(description="Par organisme.")
    people: Table = Field(description="Les personnes de cette page.")
    count: int = Field(description="Combien de personnes ont un plan.")
    illustrative: bool = Field(description="Vrai quand un plan contient des modules inventés.")
    earlier: str = Field(description="L'adresse de la page d'avant ; vide : aucune.")
    later: str = Field(description="L'adresse de la page d'après ; vide : aucune.")
    workbook: str = Field(description="L'adresse du classeur.")
    archives: tuple[Archive, ...] = Field(description="Les archives : un document par personne.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE)
def read(
    request: Request,
    permit: Reading,
    asked: Asked,
    budget: Typed = "",
    par: Per = "mois",
    page: Annotated[int, Query(ge=1, le=1_000)] = 1,
) -> Response:
    """The sums of the last plans of everybody whom the filters leave."""
    from reports.team_plans_document import bodies, opening, people, periods

    errors: dict[str, str] = {}
    amount = _amount(budget, errors)
    with team_room(permit) as room:
        plans = team_plans(room, asked.wanted())
    first, grain = (page - 1) * PER_PAGE, _GRAINS.get(par, Grain.MONTH)
    fields = {"budget": budget.strip(), "par": par if par in _GRAINS else ""}
    shown = BudgetPage(
        asked=asked.texts(),
        typed=fields,
        opening=tuple(opening(plans, amount)),
        periods=tuple(periods(plans, grain, amount)) if plans else (),
        bodies=bodies(plans),
        people=people(plans[first : first + PER_PAGE]),
        count=len(plans),
        illustrative=any(step.illustrative for plan in plans for step in plan.steps),
        earlier=_address(asked, fields | {"page": str(page - 1)}) if page > 1 else "",
        later=_address(asked, fields | {"page": str(page + 1)}) if first + PER_PAGE < len(plans) else "",
        workbook=_address(asked, fields, f"{_HERE}/documents/xlsx"),
        archives=_archives(asked, plans),
        errors=errors,
    )
    return show(request, permit.services, permit.actor, shown, status=422 if errors else 200)


@router.get(f"{_HERE}/documents/{{format_name}}")
def take(
    permit: Reading, asked: Asked, language: Speaking, format_name: FormatName, budget: Typed = "", par: Per = "mois"
) -> Response:
    """The same as a document, with the steps and the blocks of everybody."""
    from reports.team_plans_document import team_plans_document

    with team_room(permit) as room:
        plans = team_plans(room, asked.wanted())
    document = team_plans_document(plans, today(permit), _GRAINS.get(par, Grain.MONTH), _amount(budget, {}))
    return file_answer(written(document, format_name, language))


@router.get("/equipes/plans/documents/{format_name}", dependencies=[COMPUTING])
def take_all(
    permit: Reading,
    asked: Asked,
    language: Speaking,
    format_name: FormatName,
    partie: Annotated[int, Query(ge=1, le=1_000)] = 1,
) -> Response:
    """The last plan of each, one document a person, in an archive."""
    with team_room(permit) as room:
        plans = [one.plan for one in team_plans(room, asked.wanted())][(partie - 1) * MOST : partie * MOST]
    shelf = Shelf(permit.services.store, team(permit), permit.library, format_name, language)
    headers = {"Content-Disposition": f'attachment; filename="plans-{partie}.zip"', "X-Content-Type-Options": "nosniff"}
    return StreamingResponse(archived(shelf, plans), media_type="application/zip", headers=headers)


def _amount(text: str, errors: dict[str, str]) -> float | None:
    try:
        return number(text)
    except Unreadable as problem:
        errors["budget"] = str(problem)
        return None


def _address(asked: Filters, fields: dict[str, str], here: str = _HERE) -> str:
    kept = {name: text for name, text in (asked.texts() | fields).items() if text}
    return f"{here}?{urlencode(kept)}" if kept else here


def _archives(asked: Filters, plans: tuple[TeamPlan, ...]) -> tuple[Archive, ...]:
    here = "/equipes/plans/documents/docx"
    return tuple(
        Archive(
            href=_address(asked, {"partie": str(start // MOST + 1)}, here),
            first=start + 1,
            last=min(start + MOST, len(plans)),
        )
        for start in range(0, len(plans), MOST)
    )
