"""What keeps a target out of reach whatever the limits (*ce qui manque*), and what of it is within reach.

What some plan could make true, sums and dates aside, is worked out once; the target is then read from its award down: what nothing
leads to is named, and only that: a block that the award does not ask for is no reason, nor is what comes with a closed door.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pathways import facts
from pathways.candidates import candidates
from pathways.door import left_of
from pathways.gap import ACQUIRED, Positioning, State, entry
from pathways.offering import Offering
from pathways.optimise.reach import reachable
from pathways.question import Question
from pathways.requirements import asks_nothing, leaf_facts, residual
from referentials.model import Block, Kind
from referentials.requirement import Requirement, holds, leaves


def missing(positioning: Positioning, question: Question) -> tuple[str, ...]:
    """What keeps the target out of reach; the target itself when no part of it is the reason.

    ``entry:`` its door is closed; ``hole:`` its parts, or the competencies of a block, were not read; ``no_module:`` no module
    develops a competency; ``no_route:`` nothing leads there, or what leads there asks for something out of reach; ``award:`` it asks for
    something besides its blocks that is out of reach; ``never:`` what it asks for can't be met by anyone.
    """
    found = tuple(dict.fromkeys(_Missing(positioning, question).named()))
    return found or tuple(f"no_route:{goal}" for goal in positioning.target.goals if goal not in positioning.sure)


def reachable_parts(positioning: Positioning, question: Question) -> tuple[str, ...]:
    """The blocks of the target that are not acquired and that some plan gives, limits kept."""
    blocks = [f"{positioning.target.version.key}/{block.code}" for block in positioning.target.blocks]
    lacking = [ref for ref in blocks if positioning.state(ref) not in ACQUIRED]
    reached = within_reach(positioning, question, lacking)
    return tuple(ref for ref in lacking if ref in reached)


def within_reach(positioning: Positioning, question: Question, goals: Sequence[str] = ()) -> frozenset[str]:
    """Every fact that some plan towards the target, or towards other goals, could make true; sums and dates aside."""
    near = replace(positioning, target=replace(positioning.target, goals=tuple(goals) or positioning.target.goals))
    return reachable(candidates(near, question.offering(positioning.rights.library), question.objectives).problem)


class _Missing:
    """``reached`` is what some plan makes true towards every block of the target, and all that its award asks for."""

    def __init__(self, positioning: Positioning, question: Question) -> None:
        self.positioning, self.target = positioning, positioning.target
        self.version, self.library = positioning.target.version, positioning.rights.library
        self.offering: Offering = question.offering(self.library)
        local = self.target.local
        self.award = None if local.block or self.version.kind is Kind.CADRE_DE_COMPETENCES else self.version.award
        self.wanted = [self.target.ref] if local.competency else []
        asked = [fact for leaf in leaves(self.award) for fact in leaf_facts(self.library, leaf)] if self.award else []
        blocks = [self._ref(block) for block in self.target.blocks]
        self.reached = within_reach(positioning, question, [*blocks, *self.wanted, *asked])

    def _ref(self, block: Block) -> str:
        return f"{self.version.key}/{block.code}"

    def named(self) -> Iterator[str]:
        """Every reason, in the order in which it is told."""
        if self.award is not None and not holds(self.award, lambda _leaf: True):
            yield f"never:{self.version.key}"
            return
        closed = self._is_closed()
        if closed:
            yield f"entry:{self.version.key}"
        left = self._left()
        for block in self._needed(left):
            yield from self._of_block(block, closed=closed)
        if left is not None:
            yield from self._besides(left)
        if self._is_unread():
            yield f"hole:{self.version.key}"

    def _is_closed(self) -> bool:
        """Whether nothing opens the door; a competency alone has none."""
        closed = entry(self.positioning).state is State.MISSING and not self.wanted
        return closed and f"=entry:{self.version.key}" not in self.reached

    def _left(self) -> Requirement | None:
        """What is left of the award once everything within reach is there."""
        if self.award is None:
            return None
        sure = left_of(self.positioning, self.award)
        return None if sure is None else residual(self.library, sure, self.reached.__contains__)

    def _needed(self, left: Requirement | None) -> Iterator[Block]:
        """The blocks that may be a reason: those that what is left of the award names, or all that are not optional."""
        named = {fact for leaf in leaves(left) for fact in leaf_facts(self.library, leaf)} if left else set()
        for block in self.target.blocks:
            asked = self._ref(block) in named if self.award is not None else not block.optional
            if self.target.local.block or asked:
                yield block

    def _of_block(self, block: Block, *, closed: bool) -> Iterator[str]:
        ref = self._ref(block)
        if self.positioning.state(ref) in ACQUIRED or ref in self.reached:
            return
        known = self.wanted or [f"{ref}/{one.code}" for one in block.known_competencies]
        lacking = [fact for fact in known if fact not in self.positioning.sure and fact not in self.reached]
        if not known or not (block.complete or self.wanted):
            yield f"hole:{ref}"
        elif lacking:
            yield from map(self._of_competency, lacking)
        elif not self.wanted and not closed:
            yield f"no_route:{ref}"

    def _of_competency(self, fact: str) -> str:
        ref = facts.reference_of(fact)
        return f"no_route:{ref}" if self.offering.developing.get(ref) else f"no_module:{ref}"

    def _besides(self, left: Requirement) -> Iterator[str]:
        """What the award still asks for that is no block of its own."""
        own = {self._ref(block) for block in self.target.blocks}
        for leaf in leaves(left):
            asked = leaf_facts(self.library, leaf)
            if len(asked) == 1 and facts.is_item(asked[0]) and asked[0].count("/") == 2:
                yield self._of_competency(asked[0])
            elif not own.intersection(asked):
                yield f"award:{self.version.key}"

    def _is_unread(self) -> bool:
        """Whether nobody read what the whole asks for."""
        if self.target.local.block:
            return False
        if self.version.kind is Kind.CADRE_DE_COMPETENCES:
            return not self.version.known_blocks
        return self.award is None or asks_nothing(self.award)
