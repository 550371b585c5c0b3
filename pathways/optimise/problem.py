"""The choice to be made, without its trade: facts, actions that make facts true, goals, limits; and the answer.

Takes nothing, gives frozen values. This is *optimal delete-relaxation planning* (h⁺): an action may be carried out once
all its preconditions are true; it makes its effects true for good; a plan is a set of actions that can be put in an
order where each finds its preconditions already true and that ends with every goal true. The caller says what a fact
and an action stand for (a competency at a level, a block; a module, an assessment, a recognition).

References
----------
Betz & Helmert (2009), *Planning with h⁺ in theory and practice*, KI 2009.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["held", "optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that may be done, or that follows by right.

    Parameters
    ----------
    id : str
        Identifier, unique in the problem; ties are broken by it.
    pre : frozenset of int
        Facts that must all be true before.
    add : frozenset of int
        Facts that are true afterwards.
    cost : tuple of int
        What it costs in each objective, in order of importance; nonnegative. A recognition costs zero.
    step : bool or None
        True for what a person does (a module, an assessment), False for what follows by right. Plans differ *in
        substance* when their steps differ. None: a step when it costs something.
    """

    id: str
    pre: frozenset[int]
    add: frozenset[int]
    cost: tuple[int, ...]
    step: bool | None = None

    @property
    def is_step(self) -> bool:
        """Whether the action counts as something a person does."""
        return any(self.cost) if self.step is None else self.step


@dataclass(frozen=True, slots=True)
class Group:
    """``k`` of ``members`` must be true: as a goal (``fact`` None), or so that ``fact`` becomes true at no cost."""

    k: int
    members: frozenset[int]
    fact: int | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A linear condition on the chosen actions: Σ coefficient(a) · x(a) ≤ bound, in integers.

    Examples
    --------
    >>> Limit("budget", (("m1", 300), ("m2", 450)), 700).holds({"m1"})
    True
    """

    name: str
    coefficients: tuple[tuple[str, int], ...]
    bound: int

    def holds(self, chosen: Iterable[str]) -> bool:
        """Whether the chosen action identifiers respect the limit."""
        wanted = set(chosen)
        return sum(value for action, value in self.coefficients if action in wanted) <= self.bound


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the choice depends on; checked when built.

    Parameters
    ----------
    facts : tuple of str
        Name of each fact; facts are referred to by their rank here. Names are unique: they give the canonical order.
    held : frozenset of int
        Facts true at the start.
    actions : tuple of Action
    goals : frozenset of int
        Facts that must be true at the end.
    groups : tuple of Group
        k-of-n goals and k-of-n derivations.
    limits : tuple of Limit
    imposed : frozenset of str
        Actions every plan contains.
    exclusive : tuple of frozenset of str
        At most one action of each set (the sessions of a module).

    Raises
    ------
    ValueError
        If an identifier is repeated or unknown, a fact out of range, a cost negative or of another length.
    """

    facts: tuple[str, ...]
    held: frozenset[int]
    actions: tuple[Action, ...]
    goals: frozenset[int]
    groups: tuple[Group, ...] = ()
    limits: tuple[Limit, ...] = ()
    imposed: frozenset[str] = frozenset()
    exclusive: tuple[frozenset[str], ...] = ()

    def __post_init__(self) -> None:
        ids = {action.id for action in self.actions}
        if len(ids) < len(self.actions) or len(set(self.facts)) < len(self.facts):
            raise ValueError("action identifiers and fact names must be unique")
        costs = {action.cost for action in self.actions}
        if any(len(cost) != self.objectives or min(cost, default=0) < 0 for cost in costs):
            raise ValueError("every action needs one nonnegative cost per objective")
        used = self._facts_used()
        if used and not (min(used) >= 0 and max(used) < len(self.facts)):
            raise ValueError("a fact is out of range")
        if not self._ids_used() <= ids:
            raise ValueError(f"unknown actions: {sorted(self._ids_used() - ids)}")

    @property
    def objectives(self) -> int:
        """Number of objectives."""
        return len(self.actions[0].cost) if self.actions else 0

    def _facts_used(self) -> set[int]:
        used = set(self.held | self.goals)
        used.update(*{action.pre for action in self.actions}, *{action.add for action in self.actions})
        for group in self.groups:
            used |= group.members | ({group.fact} if group.fact is not None else set())
        return used

    def _ids_used(self) -> set[str]:
        limited = {action for limit in self.limits for action, _ in limit.coefficients}
        return limited.union(self.imposed, *self.exclusive)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why there is no plan: goals nothing leads to, or side conditions that cannot hold together.

    ``unreachable`` names facts that cannot become true whatever is chosen; ``limits`` names the conditions (limit
    names, ``"exclusive"``, ``"imposed"``) that no plan respects together with the goals.
    """

    unreachable: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer.

    Parameters
    ----------
    status : {"held", "optimal", "feasible", "infeasible", "unknown"}
        ``held``: nothing to do. ``optimal``: proved. ``feasible``: interrupted, ``selection`` is the best plan so far.
        ``unknown``: interrupted before any plan that respects the limits was found.
    selection : tuple of str
        The chosen actions in an order that can be carried out; recognitions that are used are among them.
    value : tuple of int
        Total cost in each objective.
    bound : tuple of int
        No plan is lexicographically below it. Equal to ``value`` when proved.
    proved : tuple of bool
        For each objective, whether ``value`` is proved best given the objectives before it.
    obstacle : Obstacle or None
        Set when infeasible.
    """

    status: Status
    selection: tuple[str, ...] = ()
    value: tuple[int, ...] = ()
    bound: tuple[int, ...] = ()
    proved: tuple[bool, ...] = ()
    obstacle: Obstacle | None = field(default=None)
