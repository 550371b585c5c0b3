"""Offers in front of a referential (*couverture d'une offre*): what each module brings to it, where the holes and overlaps are.

A module covers a competency when it develops it, or when it prepares the whole block that holds it. Two modules overlap on
a competency when they bring it at the same level, or both without a level: one that goes on from another is no overlap.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Literal

from pydantic import Field

from referentials.library import Library, UnknownReference
from referentials.model import Block, Kind, Referential
from referentials.offer import Module, Offer
from referentials.provenance import Value


class Covered(StrEnum):
    """How much of a block or a referential is covered."""

    WHOLE = "whole"
    PARTIAL = "partial"
    NONE = "none"


class Contribution(Value):
    """What a module brings to a competency or a block. ``level`` is empty when none is said."""

    module: str
    how: Literal["develops", "prepares", "assesses"]
    level: int | None = None


class CompetencyCoverage(Value):
    """The modules that bring a competency; ``highest`` is the highest level that one of them develops."""

    ref: str
    title: str | None
    modules: tuple[Contribution, ...] = ()
    highest: int | None = None
    overlap: bool = False


class BlockCoverage(Value):
    """The modules that bring a block. ``known`` is false when its competencies were not read."""

    ref: str
    title: str | None
    covered: Covered
    known: bool
    modules: tuple[Contribution, ...] = Field((), description="Modules qui préparent le bloc entier ou l'évaluent.")
    competencies: tuple[CompetencyCoverage, ...] = ()


class Coverage(Value):
    """What offers cover of a referential.

    ``holes`` are the competencies that no module brings, and the blocks whose competencies are not all known and that no
    module prepares; ``useless`` the modules that bring nothing to this referential.
    """

    referential: str
    offers: tuple[str, ...]
    on: date
    covered: Covered
    blocks: tuple[BlockCoverage, ...]
    holes: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()
    not_assessed: tuple[str, ...] = Field((), description="Blocs dont aucun module ne comprend l'évaluation.")
    useless: tuple[str, ...] = ()
    illustrative: tuple[str, ...] = Field((), description="Modules inventés pour la démonstration.")
    titles: dict[str, str] = Field(default_factory=dict, description="Intitulés des modules nommés ici, par référence.")


def coverage(library: Library, offers: Collection[str] | None, referential: str, on: date) -> Coverage:
    """What offers cover of a referential.

    Parameters
    ----------
    offers : collection of str or None
        Identifiers of the offers; ``None`` for all.
    referential : str
        A referential or one of its versions; without a version, the one in force that day.
    on : date
        Modules no longer or not yet offered that day are left aside.

    Raises
    ------
    UnknownReference
        There is no such offer or no such referential.
    NotInForce
        No version is in force that day.
    """
    version = library.target(referential.partition("/")[0], on)
    chosen = _chosen(library, offers)
    modules = {f"{offer.id}:{module.id}": module for offer in chosen for module in _offered(offer, on)}
    brought = _brought(library, modules)
    blocks = tuple(_block(version, block, brought) for block in version.known_blocks)
    return Coverage(
        referential=version.key,
        offers=tuple(offer.id for offer in chosen),
        on=on,
        covered=_together([block.covered for block in blocks]),
        blocks=blocks,
        holes=tuple(_holes(blocks)),
        overlaps=tuple(one.ref for block in blocks for one in block.competencies if one.overlap),
        not_assessed=tuple(_not_assessed(version, blocks)),
        useless=tuple(sorted(modules.keys() - _useful(version, brought))),
        illustrative=tuple(sorted(f"{o.id}:{m.id}" for o in chosen for m in _offered(o, on) if o.is_illustrative(m))),
        titles={name: module.title for name, module in sorted(modules.items())},
    )


def _chosen(library: Library, offers: Collection[str] | None) -> tuple[Offer, ...]:
    if offers is None:
        return library.offers
    by_id = {offer.id: offer for offer in library.offers}
    for unknown in sorted(set(offers) - by_id.keys()):
        raise UnknownReference(unknown, get_close_matches(unknown, by_id, n=5))
    return tuple(by_id[name] for name in sorted(set(offers)))


def _offered(offer: Offer, on: date) -> Iterator[Module]:
    return (module for module in offer.modules if module.available is None or module.available.contains(on))


def _brought(library: Library, modules: Mapping[str, Module]) -> defaultdict[str, list[Contribution]]:
    """What is brought to each competency and block, by its full reference; modules in order of their reference."""
    found: defaultdict[str, list[Contribution]] = defaultdict(list)
    for name, module in sorted(modules.items()):
        for item in module.develops:
            for full in library.expand(item.competency):
                found[full].append(Contribution(module=name, how="develops", level=item.level))
        for full in (full for text in module.prepares for full in library.expand(text)):
            found[full].append(Contribution(module=name, how="prepares"))
        for full in (full for text in module.includes_assessment for full in library.expand(text)):
            found[full].append(Contribution(module=name, how="assesses"))
    return found


def _useful(version: Referential, brought: Mapping[str, list[Contribution]]) -> set[str]:
    own = (items for full, items in brought.items() if full.partition("/")[0] == version.key)
    return {item.module for items in own for item in items}


def _not_assessed(version: Referential, blocks: tuple[BlockCoverage, ...]) -> Iterator[str]:
    """The blocks that no module assesses; a framework assesses none."""
    if version.kind is not Kind.CADRE_DE_COMPETENCES:
        yield from (block.ref for block in blocks if not any(item.how == "assesses" for item in block.modules))


def _block(version: Referential, block: Block, brought: defaultdict[str, list[Contribution]]) -> BlockCoverage:
    ref = f"{version.key}/{block.code}"
    whole = [item for item in brought[ref] if item.how == "prepares"]
    competencies = tuple(
        _competency(f"{ref}/{one.code}", one.title, [*brought[f"{ref}/{one.code}"], *whole])
        for one in block.known_competencies
    )
    known = block.competencies is not None and block.complete
    each = [Covered.WHOLE if one.modules else Covered.NONE for one in competencies]
    covered = Covered.WHOLE if whole else _together(each if known else [*each, Covered.NONE])
    return BlockCoverage(
        ref=ref, title=block.title, covered=covered, known=known, modules=tuple(brought[ref]), competencies=competencies
    )


def _competency(ref: str, title: str | None, items: list[Contribution]) -> CompetencyCoverage:
    at_level = Counter(level for level, _module in {(item.level, item.module) for item in items})
    return CompetencyCoverage(
        ref=ref,
        title=title,
        modules=tuple(items),
        highest=max((item.level for item in items if item.level is not None), default=None),
        overlap=any(count > 1 for count in at_level.values()),
    )


def _together(parts: list[Covered]) -> Covered:
    """How much a whole is covered; nothing known is not covered."""
    if parts and all(part is Covered.WHOLE for part in parts):
        return Covered.WHOLE
    return Covered.PARTIAL if any(part is not Covered.NONE for part in parts) else Covered.NONE


def _holes(blocks: tuple[BlockCoverage, ...]) -> Iterator[str]:
    for block in blocks:
        if block.covered is not Covered.WHOLE and not (block.known and block.competencies):
            yield block.ref
        yield from (one.ref for one in block.competencies if not one.modules)
