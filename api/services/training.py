"""The modules that train for a version (*formations d'un référentiel*): what each brings to it, whichever body offers it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Module, Offer


class Training(NamedTuple):
    """A module, its offer, and what it brings: whole blocks, single competencies, assessments, by their references."""

    offer: Offer
    module: Module
    blocks: tuple[str, ...]
    competencies: tuple[str, ...]
    assessments: tuple[str, ...]

    @property
    def illustrative(self) -> bool:
        """Whether it is made up for the demonstration."""
        return self.offer.is_illustrative(self.module)


def training_for(library: Library, version: Referential, on: date) -> tuple[Training, ...]:
    """The modules offered on a day that bring something to a version: real ones first, whole blocks before competencies."""
    found = (_training(library, version, offer, module) for offer in library.offers for module in _offered(offer, on))
    useful = [one for one in found if one.blocks or one.competencies or one.assessments]
    return tuple(sorted(useful, key=lambda one: (one.illustrative, not one.blocks, one.offer.id)))


def _offered(offer: Offer, on: date) -> Iterable[Module]:
    return (one for one in offer.modules if one.available is None or one.available.contains(on))


def _training(library: Library, version: Referential, offer: Offer, module: Module) -> Training:
    developed = (one.competency for one in module.develops)
    return Training(
        offer,
        module,
        _inside(library, version, module.prepares),
        _inside(library, version, developed),
        _inside(library, version, module.includes_assessment),
    )


def _inside(library: Library, version: Referential, refs: Iterable[str]) -> tuple[str, ...]:
    """Those of the version, in full."""
    full = (one for ref in refs if ref.startswith(version.id) for one in library.expand(ref))
    return tuple(dict.fromkeys(one for one in full if one.partition("/")[0] == version.key))
