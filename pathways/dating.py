"""The best choice with its dates (*choix daté*): a first plan at once, then the choice, then choice and calendar together.

Takes a choice and a calendar, gives the best outcome known when the time is over, with its bound. In order:

1. a first plan, by price and earliest room, before anything is reduced;
2. when the calendar is not what is minimised, the choice is solved without dates: it bounds every dated plan, because dates
   only take plans away, and if it fits in the calendar it is the optimum with dates too. A choice that is proved not to fit is
   ruled out and the next one tried, a few times;
3. choice and calendar are solved together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from pathways.draft import Candidates, Doing
from pathways.fitting import fitting
from pathways.objectives import OF_CALENDAR, Objective, width
from pathways.optimise.budget import Budget
from pathways.optimise.building import building
from pathways.optimise.dispatch import solve_within
from pathways.optimise.problem import Limit, Obstacle, Outcome, Status
from pathways.optimise.timetable import TimetableOutcome, TimetableProblem
from pathways.question import Question
from pathways.schedule import kept as keep
from pathways.schedule import longest, timetable
from pathways.slots import Slots

Progress = Callable[[tuple[int, ...] | None, tuple[int, ...]], None]

Priced = tuple[str, int | None]

_ROUNDS = 25
"""How many choices are tried in the calendar before choice and calendar are decided together."""

_SHARE = 0.5
"""Share of the time left that one choice, or one placing, may take."""


@dataclass
class Dating:
    """The search for the best dated plan, and how far it has come.

    Parameters
    ----------
    choice : Candidates
        Once the search has begun, only what fits in the calendar.
    hurried : bool
        The choice fits already, and what the best plan is worth matters, not how early it ends.
    """

    choice: Candidates
    slots: Slots
    question: Question
    budget: Budget
    on_progress: Progress | None = None
    hurried: bool = False
    best: TimetableOutcome | None = field(default=None, init=False)
    bound: tuple[int, ...] = field(default=(), init=False)

    def run(self) -> TimetableOutcome:
        """The best plan in the time there is."""
        give = self.question.profile.can_give
        self.bound = (0,) * width(self.question.objectives)
        if not self.hurried:
            self._first()
            if self.budget.over():
                return self._result()
            self.choice = fitting(self.choice, self.slots, give, self.budget.over)
        if self.budget.over():
            return self._result()
        if self.best is None and not self.hurried:
            self._first()
        choice_decides = not any(one in OF_CALENDAR for one in self.question.objectives)
        found = self._choose_then_place() if give.calendar is None and choice_decides else None
        return self._together() if found is None else found

    # -- what is known ----------------------------------------------------------------------------------------------------

    def _keep(self, found: TimetableOutcome) -> None:
        self.bound = max(self.bound, found.outcome.bound)
        has_plan = found.outcome.status in ("optimal", "feasible")
        if has_plan and (self.best is None or found.outcome.value <= self.best.outcome.value):
            self.best = found
        self._hear(None, self.bound)

    def _hear(self, _without_dates: tuple[int, ...] | None, bound: tuple[int, ...]) -> None:
        if self.on_progress is not None:
            self.on_progress(None if self.best is None else self.best.outcome.value, max(self.bound, bound))

    def _hear_dated(self, value: tuple[int, ...] | None, bound: tuple[int, ...]) -> None:
        known = None if self.best is None else self.best.outcome.value
        values = [one for one in (value, known) if one is not None]
        if self.on_progress is not None:
            self.on_progress(min(values, default=None), max(self.bound, bound))

    def _result(self) -> TimetableOutcome:
        if self.best is None:
            return TimetableOutcome(Outcome("unknown", bound=self.bound, proved=(False,) * len(self.bound)), {}, {})
        value = self.best.outcome.value
        proved = tuple(value[: i + 1] == self.bound[: i + 1] for i in range(len(value)))
        status: Status = "optimal" if all(proved) else "feasible"
        return replace(self.best, outcome=replace(self.best.outcome, status=status, bound=self.bound, proved=proved))

    # -- the ways -----------------------------------------------------------------------------------------------------------

    def _timetable(self, names: frozenset[str]) -> TimetableProblem:
        return timetable(self.choice, self.slots, self.question.profile.can_give, self.question.objectives, only=names)

    def _first(self) -> None:
        from pathways.optimise.timetable_solve import sketch

        with building():
            found = sketch(self.choice.problem, self._timetable, self.budget)
        if found is not None:
            self._keep(found)

    def _choose_then_place(self) -> TimetableOutcome | None:
        """The best choice that can be placed, when it is known to be; else what was learnt is kept."""
        cuts: list[Limit] = []
        for _round in range(_ROUNDS):
            problem = replace(self.choice.problem, limits=(*self.choice.problem.limits, *cuts))
            chosen = solve_within(problem, self.budget.part(_SHARE), self._hear)
            if chosen.status == "held" or (chosen.status == "infeasible" and not cuts):
                return TimetableOutcome(chosen, {}, {})
            if chosen.status == "infeasible":
                return None
            self.bound = max(self.bound, chosen.bound)
            if not chosen.selection:
                return None
            placed = self._place(chosen)
            if placed.outcome.status in ("optimal", "feasible"):
                self._keep(self._valued(placed, chosen))
                return self._result() if chosen.status == "optimal" else None
            if placed.outcome.status != "infeasible" or chosen.status != "optimal":
                return None
            cuts.append(self._not_only(chosen, len(cuts)))
        return None

    def _valued(self, placed: TimetableOutcome, chosen: Outcome) -> TimetableOutcome:
        """What was placed, with its value in the objectives of the choice."""
        wanted = frozenset(placed.outcome.selection)
        costs = [action.cost for action in self.choice.problem.actions if action.id in wanted]
        value = tuple(map(sum, zip((0,) * len(chosen.value), *costs, strict=True)))
        return replace(placed, outcome=Outcome("feasible", placed.outcome.selection, value, chosen.bound))

    def _not_only(self, chosen: Outcome, number: int) -> Limit:
        """Not this work, unless other work comes with it: Σ x(chosen) - Σ x(others) ≤ |chosen| - 1; a module counts whatever its session,
        among those of one price."""
        modules, routes = self._modules(chosen), self._routes(chosen)
        doings = self.choice.doings
        signs = tuple(
            (action.id, 1 if _priced(doings[action.id]) in modules or action.id in routes else -1)
            for action in self.choice.problem.actions
            if _is_work(doings[action.id])
        )
        return Limit(f"calendar {number}", signs, len(modules) + len(routes) - 1)

    def _modules(self, chosen: Outcome) -> set[Priced]:
        doings = self.choice.doings
        return {_priced(doings[name]) for name in chosen.selection if doings[name].kind == "module"}

    def _routes(self, chosen: Outcome) -> set[str]:
        """The work of a choice beside its modules."""
        doings = self.choice.doings
        return {name for name in chosen.selection if doings[name].kind != "module" and _is_work(doings[name])}

    def _place(self, chosen: Outcome) -> TimetableOutcome:
        """The work of a choice with its dates, ending as early as it can; what is no work may come as it helps."""
        from pathways.optimise.timetable_solve import sketch, solve_timetable_within

        modules, routes, give = self._modules(chosen), self._routes(chosen), self.question.profile.can_give
        kept = frozenset(
            name
            for name, doing in self.choice.doings.items()
            if name in routes or not _is_work(doing) or (doing.kind == "module" and _priced(doing) in modules)
        )
        if (
            self.hurried
            and (found := sketch(keep(self.choice.problem, kept), self._timetable, self.budget)) is not None
        ):
            return found
        most = longest(give, self.question.start, [self.choice.doings[name] for name in sorted(kept)])
        dated = timetable(self.choice, self.slots.up_to(most), give, (Objective.WEEKS,), only=kept)
        return solve_timetable_within(dated, self.budget.part(_SHARE))

    def _together(self) -> TimetableOutcome:
        from pathways.optimise.timetable_solve import solve_timetable_within

        if self.budget.over():
            return self._result()
        dated = timetable(self.choice, self.slots, self.question.profile.can_give, self.question.objectives)
        found = solve_timetable_within(dated, self.budget, self._hear_dated)
        if found.outcome.status == "held":
            return found
        if found.outcome.status == "infeasible":
            obstacle = found.outcome.obstacle or Obstacle(limits=("calendar",))
            return TimetableOutcome(Outcome("infeasible", obstacle=obstacle), {}, {})
        self._keep(found)
        return self._result()


def _priced(doing: Doing) -> Priced:
    """What is followed, and at which price: a seat of the group and a session that the person pays for don't cost the same."""
    return doing.ref, doing.cents


def _is_work(doing: Doing) -> bool:
    """Whether something takes time or money, or must be done by a day: modules, routes with hours or a price, dated rights."""
    return doing.kind == "module" or bool(doing.minutes or doing.cents) or doing.window is not None
