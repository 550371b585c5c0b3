"""A second opinion on larger problems: a mixed-integer model for HiGHS with an order of carrying out, nothing reduced.

x_a action a is carried out, y_f fact f is true, z_{a,f} a is what gives f, t_f when f becomes true. Shares no code and
no formulation trick with the engine: every fact, every action, big-M rows for the order.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from pathways.optimise.problem import Problem


def optimum(problem: Problem) -> int | None:
    """The least cost in the first objective, None when there is no plan."""
    facts, actions = len(problem.facts), list(problem.actions)
    rules = [(a.pre, None, a.add) for a in actions]
    rules += [(g.members, g.k, {g.fact}) for g in problem.groups if g.fact is not None]
    pairs = [(r, f) for r, (_, _, add) in enumerate(rules) for f in sorted(add)]
    counts = [(r, q) for r, (among, k, _) in enumerate(rules) if k is not None for q in sorted(among)]
    y0, z0 = len(rules), len(rules) + facts
    w0 = z0 + len(pairs)
    t0 = w0 + len(counts)
    width = t0 + facts
    z = {pair: z0 + i for i, pair in enumerate(pairs)}
    w = {pair: w0 + i for i, pair in enumerate(counts)}
    rows: list[tuple[dict[int, float], float]] = []  # Σ coefficient · variable ≤ right
    for f in range(facts):
        if f not in problem.held:
            rows.append(({y0 + f: 1.0} | {z[r, f]: -1.0 for r, g in pairs if g == f}, 0.0))
    for (r, f), column in z.items():
        rows.append(({column: 1.0, r: -1.0}, 0.0))
        among, k, _ = rules[r]
        for q in among - problem.held:
            if q == f:  # nothing gives itself
                rows.append(({column: 1.0} if k is None else {column: 1.0, w[r, q]: 1.0}, 0.0 if k is None else 1.0))
            elif k is None:
                rows.append(({t0 + q: 1.0, t0 + f: -1.0, column: facts + 1.0}, float(facts)))
            else:
                rows.append(({t0 + q: 1.0, t0 + f: -1.0, column: facts + 1.0, w[r, q]: facts + 1.0}, 2.0 * facts + 1))
    for r, (among, k, _) in enumerate(rules):
        for q in among:
            if k is None:
                rows.append(({r: 1.0, y0 + q: -1.0}, 0.0))
            else:
                rows.append(({w[r, q]: 1.0, y0 + q: -1.0}, 0.0))
        if k is not None:
            rows.append(({r: float(k)} | {w[r, q]: -1.0 for q in among}, 0.0))
    for g in problem.groups:
        if g.fact is None:
            rows.append(({y0 + q: -1.0 for q in g.members}, -float(g.k)))
    rank = {a.id: i for i, a in enumerate(actions)}
    for limit in problem.limits:
        rows.append(({rank[i]: float(v) for i, v in limit.coefficients}, float(limit.bound)))
    for some in problem.exclusive:
        rows.append(({rank[i]: 1.0 for i in some}, 1.0))
    low, high = np.zeros(width), np.ones(width)
    high[t0:] = facts
    for f in problem.goals | problem.held:
        low[y0 + f] = 1.0
    for i in problem.imposed:
        low[rank[i]] = 1.0
    for f in problem.held:
        high[t0 + f] = 0.0
    matrix = lil_matrix((len(rows), width))
    for number, (row, _) in enumerate(rows):
        for column, value in row.items():
            matrix[number, column] = value
    cost = np.zeros(width)
    cost[: len(actions)] = [a.cost[0] for a in actions]
    whole = np.ones(width)
    whole[t0:] = 0
    right = np.array([bound for _, bound in rows])
    answer = milp(
        cost,
        integrality=whole,
        bounds=Bounds(low, high),
        constraints=LinearConstraint(matrix.tocsr(), -np.inf, right),
        options={"mip_rel_gap": 0.0},
    )
    return None if answer.x is None else round(answer.fun)
