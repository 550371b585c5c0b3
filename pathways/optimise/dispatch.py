"""From the question to the answer: reduce, split, minimise one objective after another, put together, replay.

Takes a :class:`Problem`, gives an :class:`Outcome`. The order of attack: nothing to do; nothing reachable; reduce to a
fixed point (often nothing is left); independent parts apart; in each part the objectives in as few stages as exact
arithmetic allows, each stage by :func:`pathways.optimise.search.search`. Whatever comes back is replayed from what is
held before it is given out.

Among plans equal in every objective the one with fewer steps is chosen; what is still tied is settled by a search that
depends on identifiers and names only, never on the order in which the problem lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import add

from pathways.optimise.budget import Budget
from pathways.optimise.closure import Network, replay, valid
from pathways.optimise.components import components
from pathways.optimise.exact import exact
from pathways.optimise.found import NEVER, Found, trimmed
from pathways.optimise.instance import Canonical, Instance, bits, canonical
from pathways.optimise.objective import Stage, held_at, priced, stages
from pathways.optimise.preprocessing import Reduced, idle, keep, reduce
from pathways.optimise.problem import Obstacle, Outcome, Problem
from pathways.optimise.search import search

Progress = Callable[[tuple[int, ...] | None, tuple[int, ...]], None]
"""Called with the best value so far (None: no plan yet) and the bound, in the objectives of the problem."""


TIE_BREAK, FEW_LEFT = 0.05, 200
"""CP-SAT deterministic time spent on fewer steps among equal plans, and from how many rules at most."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best plan known of an instance (None: none), its costs, and costs no plan is lexicographically below."""

    chosen: frozenset[int] | None
    bound: tuple[int, ...]
    possible: bool = True


def solve(
    problem: Problem,
    *,
    time_limit: float | None = None,
    work_limit: float | None = None,
    on_progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The best plan, with a proof, or the best one in the time given, with a bound.

    Parameters
    ----------
    problem : Problem
    time_limit : float or None
        Seconds. When it strikes, the answer may depend on the machine.
    work_limit : float or None
        Deterministic units of CP-SAT work in all; when it strikes, the answer is the same on every machine.
    on_progress, should_stop : callable or None

    Returns
    -------
    Outcome
    """
    return solve_within(problem, Budget(time_limit, work_limit, should_stop), on_progress)


def solve_within(problem: Problem, budget: Budget, on_progress: Progress | None = None) -> Outcome:
    """The same, in what is left of a budget."""
    question = canonical(problem)
    if not question.instance.goals and valid(question.instance, frozenset()):
        nothing = (0,) * problem.objectives
        return Outcome("held", (), nothing, nothing, (True,) * problem.objectives)
    reduced = reduce(question.instance, stop=budget.over)
    missing = () if reduced.possible else unreachable(question)
    if missing:
        return Outcome("infeasible", obstacle=Obstacle(unreachable=missing))
    found = best(question.instance, reduced, budget, on_progress)
    return outcome(question, found)


def unreachable(question: Canonical) -> tuple[str, ...]:
    """Goals, and needs of forced rules, that no choice of rules reaches."""
    instance = question.instance
    facts = Network(instance).reached()
    wanted = instance.goals
    for rule in instance.rules:
        if rule.index in instance.forced:
            wanted |= rule.among
    return tuple(question.facts[fact] for fact in bits(wanted & ~facts))


def best(instance: Instance, reduced: Reduced, budget: Budget, on_progress: Progress | None = None) -> Best:
    """The best plan of an instance, from its reduction."""
    cost = {rule.index: rule.cost for rule in instance.rules}
    width = len(instance.rules[0].cost) if instance.rules else 0
    if not reduced.possible or any(not row.coefficients and row.bound < 0 for row in reduced.instance.rows):
        return Best(None, (), possible=False)
    bound = _sum(width, [cost[index] for index in reduced.taken])
    chosen: frozenset[int] | None = frozenset(reduced.taken)
    parts = components(reduced.instance)

    def hear(own: Best) -> None:
        """Tell how far all parts are, from how far this one is."""
        whole = _together(chosen, own.chosen) if part is parts[-1] else None
        value = None if whole is None else _sum(width, [cost[index] for index in whole])[:-1]
        if on_progress is not None:
            on_progress(value, _sum(width, [bound, own.bound])[:-1])

    for part in parts:
        found = _lexicographic(part, budget, hear)
        if not found.possible:
            return found
        hear(found)
        bound = _sum(width, [bound, found.bound])
        chosen = _together(chosen, found.chosen)
    return Best(None if chosen is None else trimmed(instance, chosen), bound)


def _together(some: frozenset[int] | None, others: frozenset[int] | None) -> frozenset[int] | None:
    return None if some is None or others is None else some | others


def _sum(width: int, costs: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*costs, strict=True)) if costs else (0,) * width


def _lexicographic(part: Instance, budget: Budget, hear: Callable[[Best], None]) -> Best:
    """Stage after stage, each with the ones before held at their optimum, until one is not proved.

    What a stage leaves of the rules, those that some plan as good may use, is reduced again for the next.
    """
    cost = {rule.index: rule.cost for rule in part.rules}
    width = len(part.rules[0].cost)
    left = Reduced(part)
    chosen: frozenset[int] | None = None
    bound: tuple[int, ...] = ()
    for stage in stages(part):
        base = _sum(width, [cost[index] for index in left.taken])
        known = None if chosen is None else stage.cost(_sum(width, [cost[i] for i in chosen])) - stage.cost(base)
        cutoff = None if known is None else known - 1

        def report(so_far: Found) -> None:
            plan = chosen if so_far.chosen is None else so_far.chosen | frozenset(left.taken)  # noqa: B023
            low = bound + _added(stage, so_far.bound, base)  # noqa: B023
            hear(Best(plan, low + (0,) * (width - len(low))))

        found = search(priced(left.instance, stage), budget, cutoff, report)
        if found.bound >= NEVER and chosen is None:
            return Best(None, (), possible=False)
        if found.chosen is not None:
            chosen, known = found.chosen | frozenset(left.taken), found.value
        if known is None or found.bound < known:
            bound += _added(stage, found.bound, base)
            break
        assert chosen is not None
        bound += tuple(sum(cost[index][i] for index in chosen) for i in stage.objectives)
        left = _remaining(left, stage, known, found.useful, budget)
    else:
        chosen = _fewest_steps(left, cost, chosen, budget)
    return Best(chosen, bound + (0,) * (width - len(bound)))


def _added(stage: Stage, total: int, base: tuple[int, ...]) -> tuple[int, ...]:
    """The costs behind a number, and those of what is taken."""
    return tuple(map(add, stage.split(total), (base[i] for i in stage.objectives)))


def _fewest_steps(
    left: Reduced, cost: dict[int, tuple[int, ...]], chosen: frozenset[int] | None, budget: Budget
) -> frozenset[int] | None:
    """Among plans equal in every objective, one of fewest steps, as far as a little deterministic work shows."""
    if chosen is None or len(left.instance.rules) > FEW_LEFT or budget.over():
        return chosen
    rules = tuple(replace(rule, cost=rule.cost[-1:]) for rule in left.instance.rules)
    known = sum(cost[index][-1] for index in chosen) - sum(cost[index][-1] for index in left.taken)
    found = exact(replace(left.instance, rules=rules), known - 1, budget, work=TIE_BREAK)
    return chosen if found.chosen is None else found.chosen | frozenset(left.taken)


def _remaining(left: Reduced, stage: Stage, total: int, useful: frozenset[int] | None, budget: Budget) -> Reduced:
    """What is left to choose from, with a stage held at its optimum."""
    instance = held_at(left.instance, stage, total)
    if useful is not None:
        instance = keep(instance, tuple(rule for rule in instance.rules if rule.index in useful))
    smaller = reduce(instance, stop=budget.over)
    return Reduced(smaller.instance, left.taken + smaller.taken)


def outcome(question: Canonical, found: Best) -> Outcome:
    """The answer in the caller's words, the plan in an order that can be carried out."""
    if not found.possible:
        names = {row.name for row in question.instance.rows if not idle(row)}
        names |= {"imposed"} if question.instance.forced else set()
        return Outcome("infeasible", obstacle=Obstacle(limits=tuple(sorted(names))))
    bound = found.bound[:-1]
    if found.chosen is None:
        return Outcome("unknown", bound=bound, proved=(False,) * len(bound))
    assert valid(question.instance, found.chosen), "the plan does not replay"
    rules = [rule for rule in question.instance.rules if rule.index in found.chosen]
    value = _sum(len(bound) + 1, [rule.cost for rule in rules])[:-1]
    order = tuple(name for rule in replay(rules)[1] if (name := question.ids[rule.index]) is not None)
    proved = tuple(value[: i + 1] == bound[: i + 1] for i in range(len(bound)))
    return Outcome("optimal" if all(proved) else "feasible", order, value, bound, proved)
