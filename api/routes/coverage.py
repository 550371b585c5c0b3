"""Coverage (*couverture*): which competencies of a referential the modules of some offers bring, where the holes and overlaps are."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from api.auth.permissions import Action
from api.contract import resource
from api.days import OnDay
from api.deps import Permit, allowed
from api.schemas_questions import CoverageAnswer
from api.services.positions import covered
from pathways.telling import engine_version

router = resource("/coverage", "Couverture")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Referential = Annotated[
    str, Query(min_length=1, max_length=200, description="Le référentiel.", examples=["tp-mn@2025"])
]
Offers = Annotated[list[str] | None, Query(max_length=200, description="Les offres ; sans elles, toutes.")]


@router.get("", response_model=CoverageAnswer, summary="Ce que des offres couvrent d'un référentiel")
def cover(permit: Reading, referential: Referential, on: OnDay, offer: Offers = None) -> Any:
    """Modules of each competency, holes, overlaps, blocks without assessment."""
    found = covered(permit.library, offer or (), referential, on)
    versions = (found.referential, *(f"offer:{name}" for name in found.offers))
    return CoverageAnswer(**dict(found), versions=versions, engine=engine_version())
