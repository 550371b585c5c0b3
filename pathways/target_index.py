"""The versions of a library as numbers (*cibles numérotées*), so that what remains of thousands of them is counted at once.

Facts are numbered so that the parts of one target follow each other: a person is one array of states, and a tally is a few
passes over it. For a target, with ``b`` its blocks,

    share = (1/b) · Σ over blocks of (1 if acquired, else acquired competencies / known competencies).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pathways import facts
from pathways.positioning import State
from pathways.remaining import asks_for_every_block
from referentials.library import Library
from referentials.model import Kind, Referential
from referentials.requirement import Condition, Experience, Leaf, leaves

_CODES = {State.MISSING: 0, State.TO_CONFIRM: 1, State.BY_PROOF: 2, State.BY_RIGHT: 3}
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_PARTIAL = 4
_DECIMALS = 9

Counts = NDArray[np.int64]


class Tally(NamedTuple):
    """What remains of every target of an index, one number per target, in the order of its keys.

    ``blocks`` and ``competencies`` have one row per target and one column per state: missing, to confirm, by proof, by
    right, and partial for blocks.
    """

    acquired: NDArray[np.bool_]
    share: NDArray[np.float64]
    possible_share: NDArray[np.float64]
    blocks: Counts
    competencies: Counts
    remaining_blocks: Counts
    remaining_competencies: Counts


class Person(NamedTuple):
    """What a person has of the parts of an index: their numbers, and the code of the state of each."""

    numbers: NDArray[np.intp]
    codes: NDArray[np.uint8]


class TargetIndex:
    """The versions of a library as numbers: built once, used for many people.

    Notes
    -----
    Whole versions come first, then blocks, then competencies, each in the order of the keys. What remains for someone who
    holds nothing is counted once; a tally counts again the targets that the person has something of, and no other.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.versions = versions = tuple(library)
        self.keys = tuple(version.key for version in versions)
        blocks = [(f"{version.key}/{block.code}", block) for version in versions for block in version.known_blocks]
        parts = [f"{ref}/{one.code}" for ref, block in blocks for one in block.known_competencies]
        names = (*self.keys, *(ref for ref, _block in blocks), *parts)
        self.number = {name: index for index, name in enumerate(names)}
        self.sizes = np.array([len(version.known_blocks) for version in versions], dtype=np.int64)
        self._lengths = np.array([len(block.known_competencies) for _ref, block in blocks], dtype=np.int64)
        owner = np.repeat(np.arange(len(versions)), self.sizes)
        self._block = np.repeat(np.arange(len(blocks)), self._lengths)
        self._target = np.concatenate((np.arange(len(versions)), owner, owner[self._block]))
        self._nothing = self._nothing_held()
        self._choice = np.array([not asks_for_every_block(one) for one in versions], dtype=bool)
        self._framework = np.array([one.kind is Kind.CADRE_DE_COMPETENCES for one in versions], dtype=bool)
        self._framework &= self._nothing.remaining_competencies > 0
        self._days = np.array([_days(version, library) for version in versions], dtype=np.int64).reshape(-1, 2)
        asked = tuple(dict.fromkeys(_asked_at_the_door(versions)))
        self.experiences = tuple(leaf for leaf in asked if isinstance(leaf, Experience))
        self.conditions = tuple(facts.condition(leaf.condition) for leaf in asked if isinstance(leaf, Condition))

    def _nothing_held(self) -> Tally:
        competencies = _sums(self._lengths, self.sizes)
        zero, none = np.zeros(len(self.keys)), np.zeros(len(self.keys), dtype=np.int64)
        return Tally(
            acquired=zero > 0,
            share=zero,
            possible_share=zero,
            blocks=np.stack([self.sizes, none, none, none, none], axis=1),
            competencies=np.stack([competencies, none, none, none], axis=1),
            remaining_blocks=self.sizes,
            remaining_competencies=competencies,
        )

    def in_force(self, on: date) -> NDArray[np.bool_]:
        """Which versions are in force on a day."""
        day = on.toordinal()
        return (self._days[:, 0] <= day) & (day <= self._days[:, 1])

    def with_a_choice(self, chosen: Iterable[int]) -> Iterator[int]:
        """Of some targets, those whose award leaves blocks out or leaves a choice: what remains of them is not every block."""
        return (int(i) for i in chosen if self._choice[i])

    def person(self, known: Mapping[str, State]) -> Person:
        """A person as numbers, from the states of what is true or could be."""
        found = {self.number[fact]: _CODES[state] for fact, state in known.items() if fact in self.number}
        return Person(np.array(list(found), dtype=np.intp), np.array(list(found.values()), dtype=np.uint8))

    def tally(self, person: Person) -> Tally:
        """What remains of every target."""
        near, found = self.near(person)
        told = Tally._make(array.copy() for array in self._nothing)
        for array, some in zip(told, found, strict=True):
            array[near] = some
        return told

    def near(self, person: Person) -> tuple[NDArray[np.intp], Tally]:
        """The targets that a person has something of, and what remains of each; of any other one, everything does."""
        near = np.unique(self._target[person.numbers])
        return near, self._tally_of(near, person)

    def _tally_of(self, near: NDArray[np.intp], person: Person) -> Tally:
        """The tally of some targets alone, in their order."""
        chosen, sizes = _runs(self.sizes, near), self.sizes[near]
        lengths = self._lengths[chosen]
        whole, blocks = self._codes(person)
        whole, blocks = whole[near], blocks[chosen]
        reached = [lengths, *(one[chosen] for one in self._reached(person))]
        seen = np.where((blocks == 0) & (reached[1] > 0), _PARTIAL, blocks)
        competencies = _columns([*(low - high for low, high in pairwise(reached)), reached[3]], sizes)
        is_open = blocks < 2
        acquired = np.where(self._framework[near], competencies[:, :2].sum(axis=1) == 0, whole >= 2)
        return Tally(
            acquired=acquired,
            share=_share(whole >= 2, ~is_open, reached[2], lengths, sizes),
            possible_share=_share(whole >= 1, blocks >= 1, reached[1], lengths, sizes),
            blocks=_columns([seen == code for code in (*_CODES.values(), _PARTIAL)], sizes),
            competencies=competencies,
            remaining_blocks=np.where(acquired, 0, _sums(is_open, sizes)),
            remaining_competencies=np.where(acquired, 0, _sums(np.where(is_open, lengths - reached[2], 0), sizes)),
        )

    def _codes(self, person: Person) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """The state of every whole version, and of every block."""
        found = np.zeros(len(self.keys) + len(self._lengths), dtype=np.uint8)
        is_item = person.numbers < len(found)
        found[person.numbers[is_item]] = person.codes[is_item]
        return found[: len(self.keys)], found[len(self.keys) :]

    def _reached(self, person: Person) -> Iterator[Counts]:
        """By block, how many competencies are at least to confirm, at least by proof, by right."""
        first = len(self.keys) + len(self._lengths)
        for code in (1, 2, 3):
            parts = person.numbers[(person.codes >= code) & (person.numbers >= first)] - first
            yield np.bincount(self._block[parts], minlength=len(self._lengths))


def _share(
    whole: NDArray[np.bool_], blocks: NDArray[np.bool_], parts: Counts, lengths: Counts, sizes: Counts
) -> NDArray[np.float64]:
    each = np.where(blocks, 1.0, parts / np.maximum(lengths, 1))
    mean = _sums(each, sizes) / np.maximum(sizes, 1)
    return np.round(np.where(whole, 1.0, mean), _DECIMALS).astype(np.float64)


def _columns(by_block: list[Counts], sizes: Counts) -> Counts:
    """Counts by block, one array per state, as counts by target, one column per state."""
    return np.stack([_sums(one, sizes) for one in by_block], axis=1)


def _runs(lengths: Counts, chosen: NDArray[np.intp]) -> NDArray[np.intp]:
    """The places of some of consecutive runs of so many values."""
    starts, sizes = (np.cumsum(lengths) - lengths)[chosen], lengths[chosen]
    return np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())


def _sums(values: NDArray[Any], lengths: Counts) -> NDArray[Any]:
    """The sums of consecutive runs of so many values; 0 for an empty run."""
    starts = np.cumsum(lengths) - lengths
    kind = values.dtype if values.dtype.kind == "f" else np.dtype(np.int64)
    return np.where(lengths > 0, np.add.reduceat(np.append(values, values.dtype.type(0)), starts, dtype=kind), 0)


def _days(version: Referential, library: Library) -> tuple[int, int]:
    start, end = version.valid.start or version.valid.seen, library.end_of(version)
    return start.toordinal() if start else _FIRST, end.toordinal() if end else _LAST


def _asked_at_the_door(versions: tuple[Referential, ...]) -> Iterator[Leaf]:
    for version in versions:
        if version.entry and version.entry.requirement:
            yield from leaves(version.entry.requirement)
