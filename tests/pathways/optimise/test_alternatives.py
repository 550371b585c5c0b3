"""The k best plans, against every subset."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.optimise.alternatives import alternatives
from pathways.optimise.dispatch import solve
from pathways.optimise.problem import Action, Problem
from tests.pathways.optimise import brute_force
from tests.pathways.optimise.generated import generated


@settings(max_examples=300)
@given(seed=st.integers(0, 10**9), objectives=st.integers(1, 2))
def test_the_k_best_are_those_found_by_trying_everything(seed, objectives):
    problem = generated(seed, actions=8, facts=6, objectives=objectives)
    best = brute_force.least_plans(problem)
    steps = {action.id for action in problem.actions if action.is_step}
    rights = {action.id for action in problem.actions} - steps
    weighed = {name for limit in problem.limits for name, _ in limit.coefficients}.union(*problem.exclusive)
    if rights & weighed or any(value < 0 for limit in problem.limits for _, value in limit.coefficients):
        return  # side conditions weigh on steps, and doing without something never breaks one
    got = alternatives(problem, 4)
    if got[0].status in ("held", "infeasible") or not best:
        assert len(got) == 1
        return
    assert [plan.value for plan in got] == [value for value, _ in best[:4]]
    chosen = [frozenset(plan.selection) & steps for plan in got]
    assert not any(one <= other for one in chosen for other in chosen if one is not other)
    assert all(brute_force.is_plan(problem, frozenset(plan.selection)) for plan in got)
    assert all(plan.status == "optimal" for plan in got)


def test_the_dearer_twin_is_an_alternative_and_the_useless_extra_is_not():
    def action(name: str, add: int, cost: int) -> Action:
        return Action(name, frozenset(), frozenset({add}), (cost,))

    problem = Problem(
        ("f0", "f1"), frozenset(), (action("a", 0, 1), action("twin", 0, 2), action("extra", 1, 1)), frozenset({0})
    )
    assert [plan.selection for plan in alternatives(problem, 5)] == [("a",), ("twin",)]


def test_the_first_alternative_is_the_plan():
    for seed in range(40):
        problem = generated(seed, actions=9, facts=7)
        assert alternatives(problem, 3)[0] == solve(problem)
