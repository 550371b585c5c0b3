"""Requirements over facts: when one is met, and by which facts (*exigence remplie*).

A reference without a version means any version that has the item; a leaf is met by any of the facts it expands to.
"""

from __future__ import annotations

from collections.abc import Callable

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


def support(library: Library, requirement: Requirement, depth: Callable[[str], int | None]) -> Premises | None:
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
    if isinstance(requirement, AllOf):
        all_parts = [support(library, part, depth) for part in requirement.all_of]
        known = [part for part in all_parts if part is not None]
        return frozenset().union(*known) if len(known) == len(all_parts) else None
    if isinstance(requirement, AnyOf | AtLeast):
        needed = _needed(requirement)
        ways = sorted(
            (_cost(way, depth), sorted(way))
            for part in parts(requirement)
            if (way := support(library, part, depth)) is not None
        )
        return None if len(ways) < needed else frozenset(fact for _cost_of, way in ways[:needed] for fact in way)
    true = [(found, fact) for fact in leaf_facts(library, requirement) if (found := depth(fact)) is not None]
    return frozenset({min(true)[1]}) if true else None


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


def _cost(way: Premises, depth: Callable[[str], int | None]) -> tuple[int, int]:
    return max((depth(fact) or 0 for fact in way), default=0), len(way)
