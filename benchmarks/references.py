"""The same problem written plainly, for comparison: CP-SAT with ordering variables, and PuLP with CBC.

Restricted to what the goals can need (facts reachable forward and relevant backward), with no further preprocessing:
x_a an action is used, y_f a fact becomes true, z_{a,f} action a gives f, t_f when; y_f needs one z_{a,f}, z_{a,f} needs
x_a, x_a needs its preconditions, and t_f ≥ t_q + 1 for z_{a,f} and q a precondition of a.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pathways.optimise.problem import Action, Group, Problem


@dataclass(frozen=True)
class Answer:
    """Best cost found (None: none) and whether it is proved."""

    value: int | None
    proved: bool


def restricted(problem: Problem) -> tuple[list[Action], list[Group], set[int]]:
    """Actions, groups and facts not held that can be reached and that a goal may need."""
    facts, left, moved = set(problem.held), list(problem.actions), True
    while moved:
        ready = [a for a in left if a.pre <= facts]
        given = {g.fact for g in problem.groups if g.fact is not None and len(g.members & facts) >= g.k} - facts
        moved = bool(ready or given)
        left = [a for a in left if not a.pre <= facts]
        facts |= given.union(*(a.add for a in ready))
    possible = [a for a in problem.actions if a.pre <= facts]
    wanted = set(problem.goals)
    for group in problem.groups:
        wanted |= group.members
    size = -1
    while size != len(wanted):
        size = len(wanted)
        for action in possible:
            if action.add & wanted:
                wanted |= action.pre
    open_ = (wanted & facts) - problem.held
    return [a for a in possible if a.add & open_], list(problem.groups), open_


def plain_cp_sat(problem: Problem, seconds: float, level: int | None = None) -> Answer:
    """One worker; ``level`` sets the linearisation level, None leaves the default."""
    from ortools.sat.python import cp_model

    actions, groups, facts = restricted(problem)
    cp = cp_model.CpModel()
    x = {a.id: cp.new_bool_var(a.id) for a in actions}
    y = {f: cp.new_bool_var(f"y{f}") for f in sorted(facts)}
    t = {f: cp.new_int_var(0, len(facts), f"t{f}") for f in sorted(facts)}
    ways: dict[int, list[Any]] = {f: [] for f in facts}
    for action in actions:
        for q in sorted(action.pre - problem.held):
            cp.add_implication(x[action.id], y[q])
        for f in sorted(action.add & facts):
            z = cp.new_bool_var(f"z{action.id},{f}")
            cp.add_implication(z, x[action.id])
            ways[f].append(z)
            for q in sorted(action.pre - problem.held):
                cp.add(t[f] >= t[q] + 1).only_enforce_if(z)
    for f, some in ways.items():
        cp.add_bool_or([*some, ~y[f]])
    for f in problem.goals - problem.held:
        cp.add(y[f] == 1)
    for group in groups:
        cp.add(sum(y[m] for m in group.members if m in y) >= group.k - len(group.members & problem.held))
    cp.minimize(sum(a.cost[0] * x[a.id] for a in actions))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    if level is not None:
        solver.parameters.linearization_level = level
    status = solver.solve(cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, False)
    return Answer(round(solver.objective_value), status == cp_model.OPTIMAL)


def plain_cbc(problem: Problem, seconds: float) -> Answer:
    """PuLP and its CBC, one thread, big-M ordering rows."""
    import pulp

    actions, groups, facts = restricted(problem)
    model = pulp.LpProblem("bridge", pulp.LpMinimize)
    x = {a.id: pulp.LpVariable(f"x{i}", cat="Binary") for i, a in enumerate(actions)}
    y = {f: pulp.LpVariable(f"y{f}", cat="Binary") for f in sorted(facts)}
    t = {f: pulp.LpVariable(f"t{f}", 0, len(facts)) for f in sorted(facts)}
    model += pulp.lpSum(a.cost[0] * x[a.id] for a in actions)
    ways: dict[int, list[Any]] = {f: [] for f in facts}
    for i, action in enumerate(actions):
        needs = sorted(action.pre - problem.held)
        for q in needs:
            model += x[action.id] <= y[q]
        for f in sorted(action.add & facts):
            z = pulp.LpVariable(f"z{i}_{f}", cat="Binary")
            model += z <= x[action.id]
            ways[f].append(z)
            for q in needs:
                model += t[f] - t[q] >= 1 - (len(facts) + 1) * (1 - z)
    for f, some in ways.items():
        model += pulp.lpSum(some) >= y[f]
    for f in problem.goals - problem.held:
        model += y[f] == 1
    for group in groups:
        held = len(group.members & problem.held)
        model += pulp.lpSum(y[m] for m in group.members if m in y) >= group.k - held
    model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, threads=1))
    if model.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        return Answer(None, False)
    return Answer(round(pulp.value(model.objective)), model.sol_status == pulp.LpSolutionOptimal)
