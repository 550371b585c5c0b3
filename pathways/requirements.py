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
        needed = 1 if isinstance(requirement, AnyOf) else requirement.at_least
        ways = sorted(
            (_cost(way, depth), sorted(way))
            for part in parts(requirement)
            if (way := support(library, part, depth)) is not None
        )
        return None if len(ways) < needed else frozenset(fact for _cost_of, way in ways[:needed] for fact in way)
    true = [(found, fact) for fact in leaf_facts(library, requirement) if (found := depth(fact)) is not None]
    return frozenset({min(true)[1]}) if true else None


def _cost(way: Premises, depth: Callable[[str], int | None]) -> tuple[int, int]:
    return max((depth(fact) or 0 for fact in way), default=0), len(way)
