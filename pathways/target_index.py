"""The versions of a library as numbers (*cibles numérotées*), so that what remains of thousands of them is counted at once.

Facts are numbered so that the parts of one target follow each other: a person is one array of states, and a tally is a few
passes over it. For a target, with ``b`` its blocks,

    share = (1/b) · Σ over blocks of (1 if acquired, else acquired competencies / known competencies).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pathways import facts
from pathways.gap import State
from referentials.library import Library
from referentials.model import Kind, Referential
from referentials.requirement import Condition, Experience, Leaf, leaves

_CODES = {State.MISSING: 0, State.TO_CONFIRM: 1, State.BY_PROOF: 2, State.BY_RIGHT: 3}
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
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


class TargetIndex:
    """The versions of a library as numbers: built once, used for many people.

    Notes
    -----
    Whole versions come first, then blocks, then competencies, each in the order of the keys. A tally costs a few passes
    over one array of as many bytes as there are parts.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        versions = tuple(library)
        self.keys = tuple(version.key for version in versions)
        blocks = [(i, f"{v.key}/{block.code}", block) for i, v in enumerate(versions) for block in v.known_blocks]
        parts = [
            (b, f"{ref}/{one.code}") for b, (_i, ref, block) in enumerate(blocks) for one in block.known_competencies
        ]
        names = (*self.keys, *(ref for _i, ref, _block in blocks), *(ref for _b, ref in parts))
        self.number = {name: index for index, name in enumerate(names)}
        self._owner = np.array([i for i, _ref, _block in blocks], dtype=np.intp)
        self._block = np.array([b for b, _ref in parts], dtype=np.intp)
        self.sizes = np.bincount(self._owner, minlength=len(versions))
        self._lengths = np.bincount(self._block, minlength=len(blocks))
        self._framework = np.array([v.kind is Kind.CADRE_DE_COMPETENCES for v in versions], dtype=bool)
        self._framework &= np.bincount(self._owner, self._lengths, len(versions)) > 0
        self._days = np.array([_days(version) for version in versions], dtype=np.int64).reshape(-1, 2)
        asked = tuple(dict.fromkeys(_asked_at_the_door(versions)))
        self.experiences = tuple(leaf for leaf in asked if isinstance(leaf, Experience))
        self.conditions = tuple(facts.condition(leaf.condition) for leaf in asked if isinstance(leaf, Condition))

    def in_force(self, on: date) -> NDArray[np.bool_]:
        """Which versions are in force on a day."""
        day = on.toordinal()
        return (self._days[:, 0] <= day) & (day <= self._days[:, 1])

    def states(self, known: Mapping[str, State]) -> NDArray[np.uint8]:
        """A person as one array: the code of the state of each part."""
        found = np.zeros(len(self.number), dtype=np.uint8)
        for fact, state in known.items():
            index = self.number.get(fact)
            if index is not None:
                found[index] = _CODES[state]
        return found

    def tally(self, states: NDArray[np.uint8]) -> Tally:
        """What remains of every target, for an array of states."""
        whole, blocks, parts = np.split(states, (len(self.keys), len(self.keys) + len(self._owner)))
        acquired, possible = self._per_block(parts >= 2), self._per_block(parts >= 1)
        is_partial = (blocks == 0) & (possible > 0)
        is_open = blocks < 2
        left = np.bincount(self._owner[is_open], (self._lengths - acquired)[is_open], len(self.keys)).astype(np.int64)
        all_parts = self._counts(parts, self._owner[self._block], 4)
        return Tally(
            np.where(self._framework, all_parts[:, :2].sum(axis=1) == 0, whole >= 2),
            self._share(blocks >= 2, acquired, whole >= 2),
            self._share(blocks >= 1, possible, whole >= 1),
            self._counts(np.where(is_partial, 4, blocks), self._owner, 5),
            all_parts,
            np.bincount(self._owner[is_open], minlength=len(self.keys)),
            left,
        )

    def _per_block(self, chosen: NDArray[np.bool_]) -> Counts:
        return np.bincount(self._block[chosen], minlength=len(self._lengths))

    def _counts(self, states: NDArray[np.integer], owner: NDArray[np.intp], columns: int) -> Counts:
        cells = np.bincount(owner * columns + states, minlength=len(self.keys) * columns)
        return cells.reshape(-1, columns)

    def _share(self, blocks: NDArray[np.bool_], parts: Counts, whole: NDArray[np.bool_]) -> NDArray[np.float64]:
        each = np.where(blocks, 1.0, parts / np.maximum(self._lengths, 1))
        mean = np.bincount(self._owner, each, len(self.keys)) / np.maximum(self.sizes, 1)
        return np.round(np.where(whole, 1.0, mean), _DECIMALS).astype(np.float64)


def _days(version: Referential) -> tuple[int, int]:
    start, end = version.valid.start or version.valid.seen, version.valid.end
    return start.toordinal() if start else _FIRST, end.toordinal() if end else _LAST


def _asked_at_the_door(versions: tuple[Referential, ...]) -> Iterator[Leaf]:
    for version in versions:
        if version.entry and version.entry.requirement:
            yield from leaves(version.entry.requirement)
