"""What could become true at all: every fact that some choice of actions leads to, whatever the limits."""

from __future__ import annotations

from pathways.optimise.problem import Problem


def reachable(problem: Problem) -> frozenset[str]:
    """The names of the facts that are held, or that some sequence of actions makes true.

    Notes
    -----
    Rounds until nothing is added: O(rounds · size), and there are never more rounds than actions.
    """
    true = set(problem.held)
    actions, groups = list(problem.actions), [group for group in problem.groups if group.fact is not None]
    grew = True
    while grew:
        ready = [action for action in actions if action.pre <= true]
        fresh = set().union(*(action.add for action in ready)) if ready else set()
        fresh |= {group.fact for group in groups if group.fact is not None and len(group.members & true) >= group.k}
        actions = [action for action in actions if not action.pre <= true]
        grew = not fresh <= true
        true |= fresh
    return frozenset(problem.facts[number] for number in true)
