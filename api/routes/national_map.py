"""The national map (*carte nationale*): what each whole title gives of every other, and the chains of rights that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Annotated, Any

from fastapi import Query

from api.answers import Answering
from api.auth.permissions import Action
from api.contract import resource
from api.days import OnDay
from api.deps import COMPUTING, Asked, Pagination, Permit, allowed, sealed
from api.routes.bridges import Starts, Targets
from api.schemas_questions import NationalChains, NationalPassages
from api.services.maps import kept_survey
from api.services.national_map import Line, between, named_versions, place_of
from api.services.surveys import Nation
from pathways.national_map import NationalMap
from pathways.telling import engine_version

router = resource("/map", "Carte nationale")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Everything = Annotated[bool, Query(description="Viser aussi les versions qui ne sont pas en vigueur.")]


@router.get(
    "", response_model=NationalPassages, summary="Ce que chaque titre donne des autres", dependencies=[COMPUTING]
)
def read_map(
    permit: Reading,
    solver: Answering,
    page: Pagination,
    on: OnDay,
    start: Starts = None,
    target: Targets = None,
    everything: Everything = False,
) -> Any:
    """Only the pairs where something is given for certain, to whoever holds the start and nothing else."""
    found = _found(permit, solver, Nation(on=on, everything=everything))
    lines = between(found.passages, *_named(permit, start, target))
    shown, following = _part(lines, page)
    return NationalPassages(
        items=shown,
        next=following,
        on=on,
        starts=found.starts,
        targets=found.targets,
        engine=engine_version(),
    )


@router.get(
    "/chains",
    response_model=NationalChains,
    summary="Les enchaînements de droits que personne n'a écrits",
    dependencies=[COMPUTING],
)
def read_chains(
    permit: Reading,
    solver: Answering,
    page: Pagination,
    on: OnDay,
    start: Starts = None,
    target: Targets = None,
    everything: Everything = False,
) -> Any:
    """What a target receives only because a right rests on another one, with every step, its text and its cautions."""
    found = _found(permit, solver, Nation(on=on, everything=everything))
    shown, following = _part(between(found.chains, *_named(permit, start, target)), page)
    return NationalChains(items=shown, next=following, on=on, engine=engine_version())


def _found(permit: Permit, solver: Answering, asked: Nation) -> NationalMap:
    found: NationalMap = kept_survey(asked, permit.library, solver, permit.actor.organisation)
    return found


def _named(
    permit: Permit, start: list[str] | None, target: list[str] | None
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    return named_versions(permit.library, start or ()), named_versions(permit.library, target or ())


def _part(lines: Iterable[Line], page: Asked) -> tuple[tuple[Line, ...], str | None]:
    """What is asked for of a list, and the cursor of what follows."""
    after = page.after
    rows = list(islice((one for one in lines if after is None or place_of(one) > after), page.limit + 1))
    shown = rows[: page.limit]
    return tuple(shown), sealed(place_of(shown[-1])) if len(rows) > page.limit else None
