"""The exact model, its cuts, and the door to CP-SAT."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.optimise.budget import Budget
from pathways.optimise.components import support_components
from pathways.optimise.cp_sat import CpModel, CpSolver, listening, run
from pathways.optimise.exact import Model, asked, exact
from pathways.optimise.found import NEVER
from pathways.optimise.instance import Instance, Rule, canonical
from pathways.optimise.objective import priced, stages
from pathways.optimise.preprocessing import reduce
from tests.pathways.optimise import brute_force
from tests.pathways.optimise.generated import generated


def rule(index: int, among: int, add: int, cost: int) -> Rule:
    return Rule(index, among.bit_count(), among, add, add, (cost,))


CIRCLE = Instance(
    3,
    (rule(0, 0b010, 0b001, 1), rule(1, 0b001, 0b010, 1), rule(2, 0b010, 0b100, 1), rule(3, 0, 0b001, 5)),
    0b100,
)
"""a needs b and gives a fact that b needs: only the dear rule 3 breaks the circle."""


def test_facts_do_not_justify_each_other():
    found = exact(CIRCLE, None, Budget())
    assert (found.chosen, found.value, found.bound) == (frozenset({1, 2, 3}), 7, 7)


def test_an_answer_in_a_circle_is_cut_once_and_for_all():
    model = Model(CIRCLE, [])
    assert model.cut({0, 1, 2})
    assert not model.cut({1, 2, 3})
    assert asked(model, Budget()).chosen == frozenset({1, 2, 3})


def test_nothing_within_the_cutoff_is_a_proof():
    found = exact(CIRCLE, 6, Budget())
    assert found.chosen is None
    assert found.bound == 7


def test_without_any_plan_the_bound_says_never():
    nothing = Instance(2, (rule(0, 0b10, 0b01, 1), rule(1, 0b01, 0b10, 1)), 0b01)
    assert exact(nothing, None, Budget(), cuts=[]).bound == NEVER


def test_no_time_is_no_answer_and_no_proof():
    found = exact(CIRCLE, None, Budget(0.0))
    assert (found.chosen, found.bound) == (None, 0)


@settings(max_examples=200)
@given(seed=st.integers(0, 10**9))
def test_the_model_without_presolve_nor_reduction_is_exact(seed: int):
    """Circles, k-of-n and side conditions all reach the model here."""
    problem = generated(seed, actions=8, facts=6)
    question = canonical(problem)
    smaller = reduce(question.instance, domination=False)
    if not smaller.possible or not smaller.instance.rules:
        return
    stage = stages(smaller.instance)[0]
    taken = sum(stage.cost(rule.cost) for rule in question.instance.rules if rule.index in smaller.taken)
    found = exact(priced(smaller.instance, stage), None, Budget(), cuts=[])
    plans = brute_force.plans(problem)
    if not plans:
        assert found.bound == NEVER
        return
    assert found.value is not None
    assert (found.value + taken,) == min(brute_force.cost(problem, chosen) for chosen in plans)
    assert found.closed


# --------------------------------------------------------------------------------------------------------- the door


def test_conditions_may_depend_on_literals_and_may_be_settled():
    model, solver = CpModel(), CpSolver()
    x, y, z = model.new_bool_var(), model.new_bool_var(), model.new_int_var(0, 9)
    model.add(2 * z + 3 >= x + 8).only_enforce_if([x, ~y])
    model.add(True)
    model.add(False).only_enforce_if(y)
    model.add_bool_or([x, y])
    model.minimize(z + 4)
    assert solver.solve(model) == "OPTIMAL"
    assert [solver.value(one) for one in (x, y, z)] == [1, 0, 3]
    assert solver.objective_value == solver.best_objective_bound == 7.0


def test_a_model_may_be_asked_again_with_more_conditions():
    model = CpModel()
    x, y = model.new_bool_var(), model.new_bool_var()
    model.add_bool_or([x, y])
    model.minimize(x + 2 * y)
    assert run(model, Budget())[0].objective_value == 1.0
    model.add_implication(x, y)
    assert run(model, Budget())[0].objective_value == 2.0
    model.add(x + y == 0)
    assert run(model, Budget())[1] == "INFEASIBLE"


def test_a_listener_hears_of_each_solution():
    model, solver = CpModel(), CpSolver()
    x = model.new_int_var(0, 5)
    model.add(x >= 2)
    model.minimize(x)
    heard: list[int] = []
    solver.solve(model, listening(lambda read, bound: heard.append(read(x))))
    assert heard[-1] == 2


# ---------------------------------------------------------------------------------------------------------- the circles


def test_facts_that_can_support_each_other_are_one_component():
    component = support_components(CIRCLE)
    assert component[0] == component[1] != component[2]


def test_without_a_circle_each_fact_is_alone():
    chain = Instance(3, (rule(0, 0b001, 0b010, 1), rule(1, 0b010, 0b100, 1), rule(2, 0b100, 0b100, 1)), 0b100)
    assert len(set(support_components(chain))) == 3
