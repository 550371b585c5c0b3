"""Requirements over facts: when one is met, and by which facts (*exigence remplie*).

A reference without a version means any version that has the item; a leaf is met by any of the facts it expands to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pathways import facts
from referentials.library import Library
from referentials.reference import ModuleRef, parse
from referentials.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    CompetencyAt,
    Condition,
    Experience,
    Held,
    Leaf,
    Requirement,
    holds,
    parts,
)

Premises = frozenset[str]
Depth = Callable[[str], int | None]
"""How many steps a fact took to derive; ``None`` when it is not true."""


def leaf_facts(library: Library, leaf: Leaf) -> tuple[str, ...]:
    """The facts that meet a leaf, one is enough; oldest version first."""
    if isinstance(leaf, Condition):
        return (facts.condition(leaf.condition),)
    if isinstance(leaf, Experience):
        return (facts.asked(leaf),)
    if isinstance(leaf, CompetencyAt):
        return tuple(facts.at_level(full, leaf.level) for full in library.expand(leaf.competency))
    assert isinstance(leaf, Held)
    return (leaf.root,) if isinstance(parse(leaf.root), ModuleRef) else library.expand(leaf.root)


def asks_nothing(requirement: Requirement) -> bool:
    """Whether a requirement is met by anyone: a text that would grant on such terms was not read in full.

    Examples
    --------
    >>> asks_nothing(AnyOf(any_of=(Held("bafd"), AllOf(all_of=())))), asks_nothing(AllOf(all_of=(Held("bafd"),)))
    (True, False)
    """
    return holds(requirement, lambda _leaf: False)


class Demand(NamedTuple):
    """A requirement whose leaves were expanded into facts, to be asked about again and again.

    ``needed`` of the ``parts`` are enough; a leaf has ``facts`` instead, of which one is enough.
    """

    needed: int
    parts: tuple[Demand, ...]
    facts: tuple[str, ...] = ()
    is_choice: bool = False

    @property
    def every_fact(self) -> frozenset[str]:
        """The facts of all its leaves."""
        return frozenset(self.facts).union(*(part.every_fact for part in self.parts))

    def support(self, depth: Depth) -> Premises | None:
        """Facts that meet it, the shallowest first; ``None`` when it is not met (see :func:`support`)."""
        if self.facts:
            true = [(found, fact) for fact in self.facts if (found := depth(fact)) is not None]
            return frozenset({min(true)[1]}) if true else None
        return self._of_a_choice(depth) if self.is_choice else self._of_all(depth)

    def _of_all(self, depth: Depth) -> Premises | None:
        found: list[Premises] = []
        for part in self.parts:
            if (known := part.support(depth)) is None:
                return None
            found.append(known)
        return frozenset().union(*found) if len(found) == self.needed else None

    def _of_a_choice(self, depth: Depth) -> Premises | None:
        found = (part.support(depth) for part in self.parts)
        ways = sorted((_cost(way, depth), sorted(way)) for way in found if way is not None)
        return None if len(ways) < self.needed else frozenset(fact for _, way in ways[: self.needed] for fact in way)


def demand(library: Library, requirement: Requirement) -> Demand:
    """A requirement with the facts that meet its leaves in a library."""
    if isinstance(requirement, AllOf | AnyOf | AtLeast):
        inner = tuple(demand(library, part) for part in parts(requirement))
        return Demand(_needed(requirement), inner, is_choice=not isinstance(requirement, AllOf))
    return Demand(1, (), leaf_facts(library, requirement))


def support(library: Library, requirement: Requirement, depth: Depth) -> Premises | None:
    """Facts that meet a requirement, the shallowest first; ``None`` when it is not met.

    Parameters
    ----------
    depth : callable
        How many steps a fact took to derive; ``None`` when it is not true.

    Notes
    -----
    Of the ways to meet an ``any_of`` or an ``at_least``, the one of least depth is kept, ties broken by name: the same
    facts always give the same proof.
    """
    return demand(library, requirement).support(depth)


def residual(library: Library, requirement: Requirement, is_true: Callable[[str], bool]) -> Requirement | None:
    """What is left of a requirement once what is true is taken out; ``None`` when it is met.

    Notes
    -----
    Of an ``any_of`` every alternative stays, each less what is true in it; an ``at_least`` asks for so many fewer.
    """
    if not isinstance(requirement, AllOf | AnyOf | AtLeast):
        return None if any(is_true(fact) for fact in leaf_facts(library, requirement)) else requirement
    lefts = [residual(library, part, is_true) for part in parts(requirement)]
    rest = tuple(left for left in lefts if left is not None)
    needed = _needed(requirement) - (len(lefts) - len(rest))
    return None if needed <= 0 else _so_many(needed, rest)


def _needed(requirement: AllOf | AnyOf | AtLeast) -> int:
    if isinstance(requirement, AllOf):
        return len(requirement.all_of)
    return 1 if isinstance(requirement, AnyOf) else requirement.at_least


def _so_many(needed: int, rest: tuple[Requirement, ...]) -> Requirement:
    if len(rest) == 1 == needed:
        return rest[0]
    if needed == len(rest):
        return AllOf(all_of=rest)
    return AnyOf(any_of=rest) if needed == 1 else AtLeast(at_least=needed, of=rest)


def is_begun(library: Library, requirement: Requirement, is_true: Callable[[str], bool]) -> bool:
    """Whether a requirement that is not met has a part that is, beside others that it needs with it."""
    if isinstance(requirement, AnyOf):
        return any(is_begun(library, part, is_true) for part in requirement.any_of)
    return any(
        residual(library, part, is_true) is None or is_begun(library, part, is_true) for part in parts(requirement)
    )


def _cost(way: Premises, depth: Depth) -> tuple[int, int]:
    return max((depth(fact) or 0 for fact in way), default=0), len(way)
