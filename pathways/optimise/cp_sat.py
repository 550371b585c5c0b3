"""The door to CP-SAT: the compiled part of OR-Tools alone, under the names that its Python layer uses.

``ortools.sat.python.cp_model`` loads pandas and NumPy, which takes longer than most plans. What is needed lies beneath it,
in ``cp_model_helper``: integer expressions with their comparisons, negation ``~``, and a solver. Only what the models of
this package use is offered, and nothing is loaded before a model is made.

References
----------
Perron & Didier, *CP-SAT*, the documentation of OR-Tools 9.15, for the meaning of each method.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable
from typing import Any

from pathways.optimise.budget import Budget

LEAST, MOST = -(1 << 63), (1 << 63) - 1
"""No bound."""

Read = Callable[[Any], int]
"""The value of an expression in a solution."""


class Condition:
    """A condition of a model, in the words of CP-SAT's text format."""

    def __init__(self, said: str) -> None:
        self.said = said
        self.only_if: list[int] = []

    def only_enforce_if(self, *literals: Any) -> Condition:
        """The condition counts only when all of these literals are true."""
        for one in literals:
            self.only_if += [literal.index for literal in one] if isinstance(one, list) else [one.index]
        return self

    def __str__(self) -> str:
        return f"constraints{{enforcement_literal:{self.only_if} {self.said}}}"


class CpModel:
    """Variables, conditions and an objective.

    OR-Tools' own model class would load NumPy; conditions are written down here, and read by CP-SAT all at once.

    Examples
    --------
    >>> model, solver = CpModel(), CpSolver()
    >>> x, y = model.new_bool_var(), model.new_int_var(0, 5)
    >>> _ = model.add(y >= 3).only_enforce_if(~x)
    >>> model.minimize(y + 2 * x)
    >>> solver.solve(model), solver.value(y), solver.objective_value
    ('OPTIMAL', 0, 2.0)
    """

    def __init__(self) -> None:
        from ortools.sat.python import cp_model_helper
        from ortools.util.python.sorted_interval_list import Domain

        self._helper, self._domain = cp_model_helper, Domain
        self._proto: Any = cp_model_helper.CpModelProto()
        self._binary = Domain(0, 1)
        self._unread: list[Condition] = []

    def new_bool_var(self, name: str = "") -> Any:
        """A variable that is 0 or 1."""
        return self._helper.IntVar(self._proto).with_name(name).with_domain(self._binary)

    def new_int_var(self, low: int, high: int, name: str = "") -> Any:
        """A whole number from ``low`` to ``high``."""
        return self._helper.IntVar(self._proto).with_name(name).with_domain(self._domain(low, high))

    def add(self, condition: Any) -> Condition:
        """A linear condition, or one that Python has settled already."""
        if isinstance(condition, bool):
            return self._say("bool_and{}" if condition else "bool_or{}")
        low, high = condition.bounds.flattened_intervals()
        shift = condition.offset
        domain = [low if low == LEAST else low - shift, high if high == MOST else high - shift]
        variables = [variable.index for variable in condition.vars]
        return self._say(f"linear{{vars:{variables} coeffs:{condition.coeffs} domain:{domain}}}")

    def add_bool_or(self, literals: Iterable[Any]) -> Condition:
        """At least one of the literals is true."""
        return self._say(f"bool_or{{literals:{[literal.index for literal in literals]}}}")

    def add_implication(self, one: Any, *others: Any) -> Condition:
        """If the one, then all of the others."""
        return self._say(f"bool_and{{literals:{[other.index for other in others]}}}").only_enforce_if(one)

    def _say(self, said: str) -> Condition:
        condition = Condition(said)
        self._unread.append(condition)
        return condition

    def minimize(self, expression: Any) -> None:
        """What is to be as small as it can."""
        self._proto.clear_objective()
        objective = self._proto.objective
        objective.scaling_factor = 1.0
        if isinstance(expression, int):
            objective.offset = expression
            return
        flat = self._helper.FlatIntExpr(expression)
        objective.offset = flat.offset
        objective.vars.extend([variable.index for variable in flat.vars])
        objective.coeffs.extend(flat.coeffs)

    @property
    def proto(self) -> Any:
        """The model as CP-SAT reads it."""
        if self._unread and not self._proto.merge_text_format("".join(map(str, self._unread))):
            raise ValueError("a condition that CP-SAT does not understand")
        self._unread.clear()
        return self._proto


class CpSolver:
    """CP-SAT and its parameters; after :meth:`solve`, the answer."""

    def __init__(self) -> None:
        from ortools.sat.python import cp_model_helper

        self._helper = cp_model_helper
        self.parameters: Any = cp_model_helper.SatParameters()
        self._running: Any = None
        self._answer: Any = None

    def solve(self, model: CpModel, listener: Any = None) -> str:
        """Search; the status by its name: OPTIMAL, FEASIBLE, INFEASIBLE or UNKNOWN.

        Raises
        ------
        ValueError
            If the model is none that CP-SAT accepts.
        """
        running: Any = self._helper.SolveWrapper()
        self._running = running
        running.set_parameters(self.parameters)
        if listener is not None:
            running.add_solution_callback(listener)
        self._answer = running.solve(model.proto)
        if listener is not None:
            running.clear_solution_callback(listener)
        self._running = None
        status = str(self._answer.status.name)
        if status == "MODEL_INVALID":
            raise ValueError(self._answer.solution_info)
        return status

    def stop_search(self) -> None:
        """End a search from another thread."""
        running = self._running
        if running is not None:
            running.stop_search()

    def value(self, expression: Any) -> int:
        """The value of an expression in the best solution."""
        return int(self._helper.ResponseHelper.value(self._answer, expression))

    @property
    def objective_value(self) -> float:
        """What the best solution costs."""
        return float(self._answer.objective_value)

    @property
    def best_objective_bound(self) -> float:
        """What no solution is below."""
        return float(self._answer.best_objective_bound)

    @property
    def deterministic_time(self) -> float:
        """Work done, in units that do not depend on the machine."""
        return float(self._answer.deterministic_time)


def listening(heard: Callable[[Read, float], None]) -> Any:
    """A listener that calls ``heard`` at each better solution with how to read it and the bound."""
    from ortools.sat.python import cp_model_helper

    class Listener(cp_model_helper.SolutionCallback):
        """Handed to :meth:`CpSolver.solve`."""

        def OnSolutionCallback(self) -> None:
            """A better solution: the name is the one that CP-SAT calls."""
            heard(self.Value, self.BestObjectiveBound())

    return Listener()


def run(model: CpModel, budget: Budget, work: float = math.inf, *, small: bool = False) -> tuple[CpSolver, str]:
    """Run CP-SAT, with one worker and a fixed seed, within a budget.

    Measured: linearisation level 2 proves what the default does not; probing and symmetries cost more than they bring;
    a small model is solved sooner than it is linearised or presolved.
    """
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 0 if small else 2
    solver.parameters.cp_model_presolve = not small
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    allowed = min(work, budget.work)
    if allowed < math.inf:
        solver.parameters.max_deterministic_time = allowed
    if (seconds := budget.seconds()) is not None:
        solver.parameters.max_time_in_seconds = max(seconds, 0.001)
    with Watch(solver, budget):
        status = solver.solve(model)
    spent = solver.deterministic_time
    budget.spend(spent)
    if status in ("FEASIBLE", "UNKNOWN") and spent < 0.99 * allowed and budget.left() > 0.05:
        budget.stop()  # CP-SAT ends on Ctrl-C by itself: an end before every limit is one
    return solver, status


class Watch:
    """While CP-SAT runs, ask every twentieth of a second whether to stop."""

    def __init__(self, solver: Any, budget: Budget) -> None:
        self._solver, self._budget = solver, budget
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True) if budget.watched else None

    def __enter__(self) -> None:
        if self._thread is not None:
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.05):
            if self._budget.asked_to_stop():
                self._solver.stop_search()
