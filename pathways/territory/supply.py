"""What is offered, beside what is lacking (*offre et besoin*): the modules that develop each competency, and where the two don't meet.

::

    need(competency)   = sums of what is published: how many are counted, how many lack it
    unmet              = lacked by somebody, and no module
    idle(module)       = every competency of the target that it brings is published, and lacked by nobody

Nothing but published figures is read here, so that nothing more can be drawn from what comes out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pathways.coverage import coverage
from pathways.target import Target
from pathways.territory.figures import Figure
from pathways.territory.publication import measured
from referentials.library import Library
from referentials.offer import Modality, Module, Offer

_AT_A_DISTANCE = {Modality.REMOTE, Modality.SELF_PACED}


class Offered(NamedTuple):
    """A module: what it is called, whose it is, where it can be followed as far as that is said."""

    ref: str
    title: str
    body: str
    remote: bool
    places: tuple[str, ...]
    postcode: str | None
    illustrative: bool

    def reaches(self, area: str) -> bool:
        """Whether it is surely within reach of an area: at a distance, at a place of that name, or of a body whose postcode begins so.

        Examples
        --------
        >>> Offered("o:m", "Accueillir", "Un organisme", False, ("Brest",), "29200", False).reaches("29")
        True
        """
        named = area.casefold() in (place.casefold() for place in self.places)
        return self.remote or named or bool(self.postcode and area.isdigit() and self.postcode.startswith(area))


class Need(NamedTuple):
    """A competency: among how many it was counted, how many lack it, the modules that develop it."""

    competency: str
    people: int
    lacking: int
    modules: tuple[Offered, ...]


def offered(library: Library, target: Target, on: date, *, real_only: bool = False) -> dict[str, tuple[Offered, ...]]:
    """The modules that bring each of what is counted of a target; made-up ones are left out when asked."""
    found = coverage(library, None, target.version.key, on)
    brought = {block.ref: block.modules for block in found.blocks}
    brought |= {one.ref: one.modules for block in found.blocks for one in block.competencies}
    known = {f"{offer.id}:{module.id}": (offer, module) for offer in library.offers for module in offer.modules}
    modules = {name: _offered(*known[name]) for name in found.titles}
    return {
        ref: tuple(
            modules[name]
            for name in sorted({one.module for one in brought.get(ref, ()) if one.how != "assesses"})
            if not (real_only and modules[name].illustrative)
        )
        for ref in measured(target)
    }


def _offered(offer: Offer, module: Module) -> Offered:
    modalities = set(module.hours.modalities) if module.hours else set()
    remote = bool(modalities) and modalities <= _AT_A_DISTANCE
    return Offered(
        f"{offer.id}:{module.id}",
        module.title,
        offer.body.name,
        remote or any(session.modality in _AT_A_DISTANCE for session in module.sessions),
        tuple(sorted({session.place for session in module.sessions if session.place})),
        offer.body.location.postcode if offer.body.location else None,
        offer.is_illustrative(module),
    )


def needs(figures: Iterable[Figure], supply: Mapping[str, tuple[Offered, ...]]) -> tuple[Need, ...]:
    """What is lacking in some figures, what most lack first, each with the modules that develop it."""
    people: defaultdict[str, int] = defaultdict(int)
    lacking: defaultdict[str, int] = defaultdict(int)
    for one in figures:
        if one.competency is not None and one.lacking is not None:
            people[one.competency] += one.people
            lacking[one.competency] += one.lacking
    found = (Need(ref, people[ref], lacking[ref], supply.get(ref, ())) for ref in people)
    return tuple(sorted(found, key=lambda one: (-one.lacking, one.competency)))


def unmet(found: Iterable[Need]) -> tuple[Need, ...]:
    """What people lack and no module develops."""
    return tuple(one for one in found if one.lacking and not one.modules)


def idle(found: Iterable[Need], supply: Mapping[str, tuple[Offered, ...]]) -> Iterator[Offered]:
    """The modules of which everything was counted, and is lacked by nobody."""
    nobody = {one.competency for one in found if one.people and not one.lacking}
    brings: defaultdict[Offered, set[str]] = defaultdict(set)
    for ref, modules in supply.items():
        for module in modules:
            brings[module].add(ref)
    return (module for module in sorted(brings) if brings[module] <= nobody)
