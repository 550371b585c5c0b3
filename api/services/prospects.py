"""The certifications that somebody is nearest to (*vers quoi suis-je le plus proche ?*): ranked, filtered, with what a text gives of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from api.services.positions import measured
from api.services.solver import Solver
from api.services.surveys import Ranking
from pathways.gap import State
from pathways.orientation import Prospect
from pathways.profile import Profile
from pathways.reasons import Reason
from referentials.library import Library
from referentials.model import Kind
from referentials.offer import Module

MOST = 400
"""How many targets are ranked for a page, however many there are."""


class Wanted(NamedTuple):
    """Which targets somebody wants to see; empty fields leave none out."""

    kind: Kind | None = None
    level: int | None = None
    trained: bool = False
    begun: bool = False


class Prospects(NamedTuple):
    """The targets that remain, the nearest first; of how many; the kinds and levels there are."""

    found: tuple[Prospect, ...]
    considered: int
    kinds: tuple[Kind, ...]
    levels: tuple[int, ...]


def prospects(
    profile: Profile,
    library: Library,
    on: date,
    wanted: Wanted,
    solver: Solver,
    organisation: str | None,
    *,
    illustrative: bool,
) -> Prospects:
    """Every target in force, ranked for a person, that answers what is wanted."""
    every = solver.survey(Ranking(profile=profile, on=on, limit=MOST), library, organisation)
    trained = trained_for(library, on, illustrative=illustrative) if wanted.trained else frozenset()
    found = tuple(one for one in every.prospects if _is_wanted(one, wanted, trained))
    return Prospects(
        found,
        every.considered,
        tuple(sorted({one.kind for one in every.prospects})),
        tuple(sorted({one.level for one in every.prospects if one.level is not None})),
    )


def _is_wanted(one: Prospect, wanted: Wanted, trained: frozenset[str]) -> bool:
    if wanted.kind is not None and one.kind is not wanted.kind:
        return False
    if wanted.level is not None and one.level != wanted.level:
        return False
    if wanted.begun and not (one.acquired or one.possible_share):
        return False
    return not wanted.trained or one.target in trained


def trained_for(library: Library, on: date, *, illustrative: bool) -> frozenset[str]:
    """The versions that some module on offer leads to; made-up modules count only when they are wanted."""
    found: set[str] = set()
    for offer in library.offers:
        for module in offer.modules:
            if _is_offered(module, on) and (illustrative or not offer.is_illustrative(module)):
                found.update(full.partition("/")[0] for ref in _brought(module) for full in library.expand(ref))
    return frozenset(found)


def _is_offered(module: Module, on: date) -> bool:
    return module.available is None or module.available.contains(on)


def _brought(module: Module) -> Iterator[str]:
    yield from module.prepares
    yield from (one.competency for one in module.develops)


class Right(NamedTuple):
    """A block that a text gives, and the text."""

    block: str
    title: str
    reason: Reason | None


def rights_towards(profile: Profile, target: str, library: Library, on: date) -> tuple[Right, ...]:
    """The blocks of a target that are there by right."""
    found = []
    for block in measured(profile, target, library, on).blocks:
        if block.state is State.BY_RIGHT:
            reason = next((one for one in block.because if one.how == "right"), None)
            found.append(Right(block.ref.rpartition("/")[2], block.title or "", reason))
    return tuple(found)
