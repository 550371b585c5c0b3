"""The state of the service (*état*): alive, ready, and counted. Whoever watches over the server asks here."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.store.health import require

router = APIRouter(tags=["État du service"])

Watch = Annotated[Permit, allowed(Action.STATE_READ)]
Measure = Annotated[Permit, allowed(Action.METRICS_READ)]


class State(BaseModel):
    """That all is well; else the answer is a problem."""

    status: Literal["ok"] = "ok"


@router.get("/healthz", summary="Le programme répond")
def healthz(permit: Watch) -> State:
    """Whether this process answers; the database is not asked."""
    return State()


@router.get("/readyz", summary="Le service peut travailler")
def readyz(permit: Watch) -> State:
    """Whether the database answers and has the tables of this program."""
    require(permit.services.store)
    return State()


@router.get("/metrics", summary="Les mesures, pour Prometheus", response_class=Response)
def metrics(permit: Measure) -> Response:
    """The metrics of this process."""
    return Response(permit.services.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
