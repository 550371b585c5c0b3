"""Bridges (*passerelles*): what holding one thing gives of another, and the map of all of them on a day."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from api import examples
from api.answers import REFUSED, Answering
from api.auth.permissions import Action
from api.contract import resource
from api.days import OnDay, today
from api.deps import COMPUTING, Permit, allowed
from api.schemas_questions import BridgeAnswer, BridgePlanRequest, MatrixAnswer
from api.services.positions import bridged, bridged_with_plan
from api.services.surveys import Map
from pathways.bridges import Bridge
from pathways.matrix import Matrix
from pathways.telling import engine_version

router = resource("/bridges", "Passerelles")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
Start = Annotated[
    str, Query(min_length=1, max_length=200, description="Ce qui est détenu, seul.", examples=["tp-remn@2019"])
]
Target = Annotated[str, Query(min_length=1, max_length=200, description="Ce qui est visé.", examples=["tp-mn@2025"])]
Starts = Annotated[list[str] | None, Query(max_length=50, description="Seulement depuis ces diplômes ou ces blocs.")]
Targets = Annotated[list[str] | None, Query(max_length=50, description="Seulement vers ces versions.")]


@router.get("", response_model=BridgeAnswer, summary="Une passerelle : ce que l'un donne de l'autre")
def read_bridge(permit: Reading, start: Start, target: Target, on: OnDay) -> Any:
    """What anybody who holds exactly the start has of the target. A right has one direction only."""
    return bridge_answer(bridged(start, target, permit.library, on))


@router.post(
    "",
    response_model=BridgeAnswer,
    responses=REFUSED,
    summary="Une passerelle, avec le parcours de ce qui reste",
    dependencies=[COMPUTING],
)
def plan_bridge(
    permit: Anybody, solver: Answering, asked: Annotated[BridgePlanRequest, examples.shown(examples.BRIDGE)]
) -> Any:
    """The same, with the best plan for what remains."""
    found = bridged_with_plan(
        (asked.start, asked.target),
        permit.library,
        asked.on or today(permit),
        solver,
        permit.actor.organisation,
        give=asked.can_give,
        minimise=asked.minimise,
        illustrative=asked.illustrative,
    )
    return bridge_answer(found)


def bridge_answer(found: Bridge) -> BridgeAnswer:
    """A bridge with its engine."""
    return BridgeAnswer(**dict(found), engine=engine_version())


@router.get(
    "/matrix", response_model=MatrixAnswer, summary="Toutes les passerelles d'un jour", dependencies=[COMPUTING]
)
def read_matrix(
    permit: Reading,
    solver: Answering,
    on: OnDay,
    start: Starts = None,
    target: Targets = None,
    blocks: Annotated[bool, Query(description="Partir aussi de chaque bloc détenu seul.")] = False,
    everything: Annotated[bool, Query(description="Viser aussi les versions qui ne sont pas en vigueur.")] = False,
) -> Any:
    """Only the pairs where something is known."""
    wanted = Map(on=on, starts=tuple(start or ()), targets=tuple(target or ()), blocks=blocks, everything=everything)
    found = solver.survey(wanted, permit.library, permit.actor.organisation)
    return MatrixAnswer(**dict(found), versions=_versions(found), engine=engine_version())


def _versions(found: Matrix) -> tuple[str, ...]:
    """The versions and the rights that the map rests on."""
    keys = {name.partition("/")[0] for cell in found.cells for name in (cell.start, cell.target)}
    lists = ("rights", "exemptions", "reductions", "possible")
    names = {f"right:{one}" for cell in found.cells for kind in lists for one in getattr(cell, kind)}
    return tuple(sorted(keys | names))
