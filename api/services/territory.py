"""A territory asked for (*observatoire des compétences*): people placed in front of what they aim at, counted, and told in figures that are safe to publish.

Whoever has the same profile stands at the same place, so that each is worked out once. People whose profile or target can't be used are counted
apart; those who aim at nothing are in no figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import Field

from api.services.team_gaps import aimed_at, standing_of
from pathways.cohort import Standing
from pathways.target import Target
from pathways.territory.figures import Edition, Figure, Group, Place
from pathways.territory.publication import Tally, measured, tallied
from pathways.territory.supply import Need, Offered, idle, needs, offered, unmet
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.provenance import Value


class Counted(NamedTuple):
    """Somebody to be counted: the labels, the target, the plain values of the profile."""

    area: str | None
    trade: str | None
    target: str | None
    profile: Mapping[str, Any]


class Tallies(NamedTuple):
    """What was counted of each target, and how many people could not be: without any target, or with something that can't be used."""

    by_target: Mapping[str, Tally]
    aimless: int
    refused: int


def counted(people: Iterable[Counted], library: Library, on: date) -> Tallies:
    """Count people, each towards the target that they say."""
    targets: dict[str, Target | None] = {}
    stand: defaultdict[str, list[tuple[Group, Standing]]] = defaultdict(list)
    aimless = refused = 0
    for one in people:
        if not one.target:
            aimless += 1
            continue
        if one.target not in targets:
            targets[one.target] = _aimed(library, one.target, on)
        target = targets[one.target]
        standing = standing_of(one.profile, target, library, on) if target else None
        if target is None or standing is None:
            refused += 1
            continue
        stand[target.ref].append((Group(one.area or "", one.trade or ""), standing))
    tallies = {ref: tallied(aimed_at(library, [ref], on)[0], found) for ref, found in sorted(stand.items())}
    return Tallies(tallies, aimless, refused)


def _aimed(library: Library, ref: str, on: date) -> Target | None:
    try:
        return aimed_at(library, [ref], on)[0]
    except (UnknownReference, NotInForce, FileProblem, ValueError):
        return None


# -- what is told ---------------------------------------------------------------------------------------------------------


class PlaceRow(Value):
    """A trade of an area."""

    area: str | None = Field(description="Le territoire ; vide : non dit ; nul : plusieurs ensemble.")
    trade: str | None = Field(description="Le métier ; vide : non dit ; nul : plusieurs ensemble.")


class FigureRow(Value):
    """How many people are counted in some places and, of a competency, how many of them lack it."""

    competency: str | None = Field(description="La compétence, ou le bloc dont aucune n'est lue ; nul : les personnes.")
    places: tuple[PlaceRow, ...]
    people: int
    lacking: int | None = Field(description="À combien elle manque ; nul : les personnes.")
    since: date = Field(description="Depuis quand ce chiffre est le même.")


class ModuleRow(Value):
    """A module that develops what is lacking."""

    ref: str
    title: str
    body: str
    remote: bool = Field(description="Vrai quand il se suit à distance.")
    places: tuple[str, ...] = Field(description="Les lieux de ses sessions, s'ils sont dits.")
    illustrative: bool = Field(description="Vrai pour un module inventé.")


class NeedRow(Value):
    """What is lacking, beside what is offered."""

    competency: str
    title: str | None
    people: int = Field(description="Personnes comptées.")
    lacking: int = Field(description="Personnes à qui elle manque.")
    modules: tuple[ModuleRow, ...] = Field(description="Les modules qui la développent ; vide : aucun.")


class Territory(Value):
    """What is published of one target."""

    target: str
    title: str
    on: date
    cells: tuple[FigureRow, ...] = Field(description="Les personnes comptées, par territoire et métier.")
    figures: tuple[FigureRow, ...] = Field(description="Les compétences, là où elles peuvent être publiées.")
    needs: tuple[NeedRow, ...] = Field(
        description="Sommes de ces chiffres, ce qui manque au plus grand nombre d'abord."
    )
    unpublished: tuple[str, ...] = Field(description="Compétences dont aucun chiffre ne peut être publié.")
    unmet: tuple[str, ...] = Field(description="Compétences qui manquent et qu'aucun module ne développe.")
    idle: tuple[ModuleRow, ...] = Field(description="Modules dont tout ce qu'ils développent ne manque à personne.")


def told(
    edition: Edition,
    dates: Mapping[int, date],
    target: Target,
    library: Library,
    on: date,
    competency: str | None = None,
) -> Territory:
    """An edition, beside what is offered that day.

    Parameters
    ----------
    dates : mapping
        The day of each edition, by its number.
    competency : str, optional
        Tell the figures of this one alone; the sums are of all.
    """
    supply = offered(library, target, on)
    found = needs(edition.figures, supply)
    seen = {one.competency for one in found}
    titles = titles_of(target)
    return Territory(
        target=target.ref,
        title=target.version.title,
        on=on,
        cells=tuple(figure_row(one, dates) for one in edition.cells),
        figures=tuple(figure_row(one, dates) for one in edition.figures if competency in (None, one.competency)),
        needs=tuple(need_row(one, titles) for one in found),
        unpublished=tuple(ref for ref in measured(target) if ref not in seen),
        unmet=tuple(one.competency for one in unmet(found)),
        idle=tuple(map(module_row, idle(found, supply))),
    )


def titles_of(target: Target) -> dict[str, str | None]:
    """The titles of the blocks and competencies of a target, by their reference."""
    found: dict[str, str | None] = {}
    for block in target.blocks:
        ref = f"{target.version.key}/{block.code}"
        found[ref] = block.title
        found |= {f"{ref}/{one.code}": one.title for one in block.known_competencies}
    return found


def figure_row(one: Figure, dates: Mapping[int, date]) -> FigureRow:
    """A figure as it is told."""
    places = tuple(place_row(place) for place in one.places)
    return FigureRow(
        competency=one.competency, places=places, people=one.people, lacking=one.lacking, since=dates[one.since]
    )


def place_row(place: Place) -> PlaceRow:
    """A place as it is told."""
    return PlaceRow(area=place.area, trade=place.trade)


def need_row(one: Need, titles: Mapping[str, str | None]) -> NeedRow:
    """A need as it is told."""
    return NeedRow(
        competency=one.competency,
        title=titles.get(one.competency),
        people=one.people,
        lacking=one.lacking,
        modules=tuple(map(module_row, one.modules)),
    )


def module_row(one: Offered) -> ModuleRow:
    """A module as it is told."""
    return ModuleRow(
        ref=one.ref,
        title=one.title,
        body=one.body,
        remote=one.remote,
        places=one.places,
        illustrative=one.illustrative,
    )
