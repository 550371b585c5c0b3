"""What a module brings to a referential, and what it may bring too (*correspondances*): suggestions ranked, each with its reason.

::

    score = 100 · nearness of the words                                              (api.services.proximity)
            100 · (nearness of the words + 5 · (cosine of meaning − 0.8)) / 2        with the extra ``semantic``

A competency is told by its title, half as much by the title of its block, and by its elements and criteria; a module by its title, and
a little by its remark. A suggestion gives nothing: somebody accepts it or refuses it, and that is what is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from api.services import meaning
from api.services.catalogue import readable
from api.services.proximity import Proximity, Weighed
from referentials.library import Library
from referentials.model import Block, Competency, Referential
from referentials.offer import Module, Offer
from referentials.reference import Ref
from referentials.versions import parse_or_none

MOST = 5
_LEAST, _LEAST_OF_MEANING = 6, 15
_BLOCK, _ELEMENTS, _REMARK = 0.5, 0.4, 0.2
_OF_MEANING = 5.0


class Suggestion(NamedTuple):
    """A competency that a module may bring: the score, of 100, and what brings them together.

    ``words`` are those in common as the competency writes them; none when only pieces of words, or the meaning, are alike.
    """

    module: str
    ref: str
    title: str
    score: int
    words: tuple[str, ...]
    by_meaning: bool


class Brought(NamedTuple):
    """What a module brings, by full references: competency by competency, and with whole blocks."""

    alone: frozenset[str]
    in_blocks: frozenset[str]

    def has(self, ref: str) -> bool:
        """Whether a competency is among them."""
        return ref in self.alone or ref in self.in_blocks


def least() -> int:
    """The score below which two texts share what any two texts of training share: nothing is suggested."""
    return _LEAST_OF_MEANING if meaning.is_installed() else _LEAST


def brought(module: Module, library: Library) -> Brought:
    """The competencies that a module already brings, in every version that its references mean."""
    blocks = {full for ref in module.prepares for full in _expanded(library, ref)}
    inside = {ref for block in blocks for ref in _inside(library, block)}
    return Brought(
        frozenset(full for one in module.develops for full in _expanded(library, one.competency)), frozenset(inside)
    )


def _expanded(library: Library, ref: str) -> tuple[str, ...]:
    return library.expand(ref) if isinstance(parse_or_none(ref), Ref) else ()


def _inside(library: Library, block: str) -> Iterable[str]:
    item = library.find(block)
    return (f"{block}/{one.code}" for one in item.known_competencies) if isinstance(item, Block) else ()


# -- to rank ------------------------------------------------------------------------------------------------------------------


class Ranking:
    """The competencies of a version, ready to be compared with modules.

    Parameters
    ----------
    library : Library
        Tells which words are rare.
    version : Referential
        Whose competencies are suggested; those without a title are not.
    """

    def __init__(self, library: Library, version: Referential) -> None:
        self._near = _proximity(library)
        self.titles: dict[str, str] = {}
        self._told: dict[str, Weighed] = {}
        self._blocks: dict[str, str] = {}
        for block in version.known_blocks:
            for one in block.known_competencies:
                if one.title:
                    ref = f"{version.key}/{block.code}/{one.code}"
                    self.titles[ref], self._blocks[ref] = one.title, block.title or ""
                    self._told[ref] = self._near.weigh(_parts(block, one))

    def all(self, module: Module) -> list[Suggestion]:
        """Every competency, the nearest first, whatever the module brings and however far it is."""
        told = self._near.weigh([(module.title, 1.0), (module.note or "", _REMARK)])
        near = {ref: self._near.nearness(told, other) for ref, other in self._told.items()}
        scores = self._with_meaning(module.title, near) if meaning.is_installed() else near
        found = (self._suggestion(module.id, ref, scores[ref], told) for ref in near)
        return sorted(found, key=lambda one: (-scores[one.ref], one.ref))

    def _with_meaning(self, title: str, near: Mapping[str, float]) -> dict[str, float]:
        refs = list(near)
        of_titles = meaning.cosines(title, [self.titles[ref] for ref in refs])
        of_blocks = meaning.cosines(title, [self._blocks[ref] or self.titles[ref] for ref in refs])
        cosines = ((1 - _THE_BLOCK) * one + _THE_BLOCK * other for one, other in zip(of_titles, of_blocks, strict=True))
        return {
            ref: (near[ref] + _OF_MEANING * (one - meaning.ORDINARY)) / 2
            for ref, one in zip(refs, cosines, strict=True)
        }

    def _suggestion(self, module: str, ref: str, score: float, told: Weighed) -> Suggestion:
        words = self._near.shared(told, self._told[ref])
        return Suggestion(module, ref, self.titles[ref], _of_100(score), words, meaning.is_installed())


_THE_BLOCK = 0.3
"""How much the title of the block counts in the meaning."""


def _of_100(score: float) -> int:
    return max(0, min(100, round(100 * score)))


def _parts(block: Block, one: Competency) -> list[tuple[str, float]]:
    more = " ; ".join((*one.elements, *one.criteria))
    return [(one.title or "", 1.0), (more, _ELEMENTS), (block.title or "", _BLOCK)]


@lru_cache(maxsize=8)
def _proximity(library: Library) -> Proximity:
    """The words of a library: the titles of its competencies."""
    titles = (one.title for version in readable(library)[0] for _ref, one in version.competencies())
    return Proximity(filter(None, titles))


@lru_cache(maxsize=8)
def ranking(library: Library, key: str) -> Ranking:
    """The competencies of a version ready to be compared, kept for the next module."""
    version = library.find(key)
    assert isinstance(version, Referential)
    return Ranking(library, version)


# -- to suggest ---------------------------------------------------------------------------------------------------------------


def suggestions(
    library: Library, version: Referential, module: Module, refused: Collection[str] = (), most: int = MOST
) -> tuple[Suggestion, ...]:
    """The competencies of a version that a module may bring, the nearest first; none that it brings, or that was refused."""
    here = brought(module, library)
    found = (
        one for one in ranking(library, version.key).all(module) if not here.has(one.ref) and one.ref not in refused
    )
    return tuple(one for one in found if one.score >= least())[:most]


def modules_near(
    library: Library, version: Referential, offer: Offer, ref: str, refused: Collection[str] = (), most: int = MOST
) -> tuple[Suggestion, ...]:
    """The modules of an offer that come near a competency; none that brings it, or for which it was refused (by module)."""
    rank = ranking(library, version.key)
    some = [one for one in offer.modules if one.id not in refused and not brought(one, library).has(ref)]
    found = (next((near for near in rank.all(one) if near.ref == ref), None) for one in some)
    near = sorted((one for one in found if one and one.score >= least()), key=lambda one: (-one.score, one.module))
    return tuple(near[:most])
