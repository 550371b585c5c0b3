"""Territories (*observatoire des compétences*): what was published of an organisation's people, and nothing finer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import Field

from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import Permit, allowed
from api.jobs.territory import ask_for_territory
from api.routes.jobs import ACCEPTED, row_of_job
from api.schemas_jobs import JobAnswer
from api.services.planning import NotPlannable
from api.services.territory import Territory
from api.services.territory_view import Wanted, seen
from api.store.conflict import Absent
from referentials.provenance import Value

router = resource("/territories", "Territoires")
Reading = Annotated[Permit, allowed(Action.PEOPLE_READ)]
Publishing = Annotated[Permit, allowed(Action.PEOPLE_WRITE)]
Target = Annotated[str, Query(max_length=400, description="La cible ; vide : dire seulement lesquelles sont publiées.")]
Number = Annotated[int | None, Query(ge=1, le=1_000_000, description="L'édition ; vide : la dernière.")]
Label = Annotated[str, Query(max_length=100, description="Vide : tous ; « autres » ; « non-dit ».")]


class PublishedTarget(Value):
    """A target of which something was published."""

    target: str
    on: date = Field(description="Le jour de la dernière édition.")


class TerritoryAnswer(Value):
    """What was published."""

    targets: tuple[PublishedTarget, ...]
    editions: dict[int, date] = Field(description="Le jour de chaque édition de la cible.")
    edition: int | None = Field(description="Celle-ci ; nul : aucune cible n'est demandée.")
    territory: Territory | None


@router.get("", response_model=TerritoryAnswer, summary="Ce qui manque, par territoire et par métier")
def read_territory(
    permit: Reading, target: Target = "", edition: Number = None, area: Label = "", trade: Label = ""
) -> Any:
    """The published figures of a target, narrowed to an area or a trade: aggregates of five people at least, that no subtraction undoes."""
    with permit.reading() as room:
        targets = tuple(PublishedTarget(target=ref, on=day) for ref, day in room.territories.targets().items())
        view = seen(room, Wanted(target, edition, area, trade), permit.library, today(permit)) if target else None
    if target and view is None:
        raise Absent("territory", target)
    return TerritoryAnswer(
        targets=targets,
        editions=dict(view.days) if view else {},
        edition=view.number if view else None,
        territory=view.territory if view else None,
    )


@router.post("", status_code=202, response_model=JobAnswer, responses=ACCEPTED, summary="Publier une nouvelle édition")
def publish_territory(permit: Publishing, response: Response) -> Any:
    """Ask for a new edition of every target that the people of the organisation aim at."""
    if permit.scope.organisation is None:
        raise NotPlannable("Ces chiffres sont ceux d'un organisme : seul un conseiller peut les publier.")
    with permit.unit(writes=True) as unit:
        job = ask_for_territory(unit, permit.actor)
        response.headers["Location"] = f"/api/v1/jobs/{job.id}"
        return JobAnswer(**row_of_job(job), arguments=job.arguments, result=job.result)
