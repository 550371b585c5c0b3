"""The oracle: every subset of actions, replayed forward. Shares no code with the engine."""

from __future__ import annotations

from itertools import product

from pathways.optimise.problem import Problem


def replayed(problem: Problem, chosen: frozenset[str]) -> set[int] | None:
    """Facts true after the chosen actions, or None when one of them never finds its preconditions."""
    facts = set(problem.held)
    left = [action for action in problem.actions if action.id in chosen]
    moved = True
    while moved:
        moved = False
        for group in problem.groups:
            if group.fact is not None and group.fact not in facts and len(group.members & facts) >= group.k:
                facts.add(group.fact)
                moved = True
        for action in list(left):
            if action.pre <= facts:
                facts |= action.add
                left.remove(action)
                moved = True
    return None if left else facts


def is_plan(problem: Problem, chosen: frozenset[str]) -> bool:
    facts = replayed(problem, chosen)
    return (
        facts is not None
        and problem.goals <= facts
        and all(len(g.members & facts) >= g.k for g in problem.groups if g.fact is None)
        and problem.imposed <= chosen
        and all(len(some & chosen) <= 1 for some in problem.exclusive)
        and all(sum(v for a, v in limit.coefficients if a in chosen) <= limit.bound for limit in problem.limits)
    )


def cost(problem: Problem, chosen: frozenset[str]) -> tuple[int, ...]:
    costs = [action.cost for action in problem.actions if action.id in chosen]
    return tuple(sum(column) for column in zip(*costs, strict=True)) if costs else (0,) * problem.objectives


def plans(problem: Problem) -> list[frozenset[str]]:
    """Every plan."""
    ids = [action.id for action in problem.actions]
    subsets = (
        frozenset(i for i, used in zip(ids, some, strict=True) if used) for some in product((0, 1), repeat=len(ids))
    )
    return [chosen for chosen in subsets if is_plan(problem, chosen)]


def least_plans(problem: Problem) -> list[tuple[tuple[int, ...], frozenset[str]]]:
    """Cost and steps of every plan whose set of steps contains no other plan's, cheapest first."""
    steps = {action.id for action in problem.actions if action.is_step}
    by_steps: dict[frozenset[str], tuple[int, ...]] = {}
    for chosen in plans(problem):
        own = chosen & steps
        by_steps[own] = min(by_steps.get(own, cost(problem, chosen)), cost(problem, chosen))
    least = [own for own in by_steps if not any(other < own for other in by_steps)]
    return sorted((by_steps[own], own) for own in least)
