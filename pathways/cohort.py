"""Many people against one target (*cohorte*): where each stands on each block and competency, and what is missing most.

Only the states are worked out, in the order of the referential, so that whoever has the same profile has the same line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pathways.gap import of_block
from pathways.positioning import ACQUIRED, Positioning, State
from pathways.target import Target
from referentials.model import Block


class Standing(NamedTuple):
    """Where somebody stands: whether the target is there, then the state of each block, and of each competency."""

    acquired: bool
    blocks: tuple[State, ...]
    competencies: tuple[State, ...]

    @property
    def remaining(self) -> int:
        """How many blocks are not acquired."""
        return sum(state not in ACQUIRED for state in self.blocks)


class Parts(NamedTuple):
    """The references of the blocks of a target, and of the competencies that are known of them, in their order."""

    blocks: tuple[str, ...]
    competencies: tuple[str, ...]


class Totals(NamedTuple):
    """How many people stand where on each block, and how many lack each competency, the one that most lack first."""

    blocks: Mapping[str, Mapping[State, int]]
    missing: tuple[tuple[str, int], ...]


def parts(target: Target) -> Parts:
    """What a target is made of."""
    blocks = tuple(f"{target.version.key}/{block.code}" for block in target.blocks)
    refs = (f"{ref}/{code}" for ref, block in zip(blocks, target.blocks, strict=True) for code in _codes(target, block))
    return Parts(blocks, tuple(refs))


def _codes(target: Target, block: Block) -> Iterable[str]:
    wanted = target.local.competency
    return (one.code for one in block.known_competencies if wanted in (None, one.code))


def standing(positioning: Positioning) -> Standing:
    """Where a person stands."""
    made = parts(positioning.target)
    states = {ref: positioning.state(ref) for ref in made.competencies}
    blocks = (
        of_block(positioning.state(ref), (state for one, state in states.items() if one.startswith(f"{ref}/")))
        for ref in made.blocks
    )
    return Standing(positioning.is_acquired, tuple(blocks), tuple(states.values()))


def totals(made: Parts, standings: Iterable[Standing]) -> Totals:
    """How many people stand where.

    Examples
    --------
    >>> here = Standing(False, (State.PARTIAL,), (State.BY_PROOF, State.MISSING))
    >>> found = totals(Parts(("a@1/B",), ("a@1/B/C1", "a@1/B/C2")), [here, here])
    >>> found.blocks["a@1/B"][State.PARTIAL], found.missing
    (2, (('a@1/B/C2', 2),))
    """
    blocks: dict[str, Counter[State]] = {ref: Counter() for ref in made.blocks}
    missing: Counter[str] = Counter()
    for one in standings:
        for ref, state in zip(made.blocks, one.blocks, strict=True):
            blocks[ref][state] += 1
        missing.update(
            ref for ref, state in zip(made.competencies, one.competencies, strict=True) if state not in ACQUIRED
        )
    return Totals(blocks, tuple(sorted(missing.items(), key=lambda item: (-item[1], item[0]))))
