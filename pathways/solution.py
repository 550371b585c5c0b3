"""Question → the best choice and its dates (*résolution*), before it is told as a pathway.

When the calendar is not what is minimised, the choice is solved first without dates: if its optimum fits in the calendar it
is the optimum with dates too, because dates only take plans away. Otherwise choice and calendar are solved together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic

from pathways.candidates import candidates
from pathways.draft import Candidates
from pathways.fitting import fitting
from pathways.gap import Positioning
from pathways.objectives import OF_CALENDAR, Objective
from pathways.offering import Offering
from pathways.optimise.dispatch import solve
from pathways.optimise.problem import Limit, Obstacle, Outcome
from pathways.optimise.timetable import Load, TimetableOutcome
from pathways.question import Question
from pathways.schedule import longest, slots_for, timetable
from pathways.slots import Slots

_ROUNDS = 25
"""How many choices are tried in the calendar before choice and calendar are decided together."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a solve may take, and how it is stopped or watched."""

    seconds: float | None = None
    should_stop: Callable[[], bool] | None = None
    on_progress: Callable[[tuple[int, ...] | None, tuple[int, ...]], None] | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """The outcome, what each action stands for, and when it happens (no slots: no calendar)."""

    outcome: Outcome
    choice: Candidates
    objectives: tuple[Objective, ...]
    slots: Slots | None = None
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    loads: Mapping[str, Load] = field(default_factory=dict)

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return self.outcome.status in ("held", "optimal", "feasible")

    @property
    def actions(self) -> tuple[str, ...]:
        """What is done, in an order that can be carried out, without the algebra."""
        return tuple(name for name in self.outcome.selection if self.choice.doings[name].kind != "algebra")

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules followed, sorted."""
        doings = (self.choice.doings[name] for name in self.actions)
        return tuple(sorted(doing.ref for doing in doings if doing.kind == "module"))

    @property
    def weeks(self) -> int | None:
        """Slots from the first one to the end of the last step; ``None`` without a calendar."""
        if self.slots is None:
            return None
        ends = [self.places[name][1] + 1 for name in self.actions if self.choice.doings[name].kind != "right"]
        return max(ends, default=0)

    def sum(self, what: str) -> int:
        """The minutes, or the cents, of everything done; what is not known counts nothing."""
        return sum(getattr(self.choice.doings[name], what) or 0 for name in self.actions)


def resolve(positioning: Positioning, question: Question, offering: Offering, limits: Limits = Limits()) -> Solution:
    """The best choice for a question, with its dates when the person said what they can give."""
    choice = candidates(positioning, offering, question.objectives, dated=is_dated(question))
    return decided(choice, question, limits)


def decided(choice: Candidates, question: Question, limits: Limits, slots: Slots | None = None) -> Solution:
    """The best of a choice, with its dates; ``slots`` when the calendar is narrower than the person's own."""
    give = question.profile.can_give
    if not is_dated(question):
        return Solution(_choose(choice, limits), choice, question.objectives)
    slots = slots_for(give, question.start, choice) if slots is None else slots
    choice = fitting(choice, slots, give)
    if give.calendar is None and not any(one in OF_CALENDAR for one in question.objectives):
        return _choose_then_place(choice, slots, question, limits)
    return _together(choice, slots, question, limits)


def is_dated(question: Question) -> bool:
    """Whether a question is about dates: it gives a calendar, hours a week or a deadline, or minimises weeks."""
    give = question.profile.can_give
    said = (give.calendar, give.weekly_hours, give.deadline)
    return any(one is not None for one in said) or any(one in OF_CALENDAR for one in question.objectives)


def _choose(choice: Candidates, limits: Limits) -> Outcome:
    return solve(
        choice.problem, time_limit=limits.seconds, on_progress=limits.on_progress, should_stop=limits.should_stop
    )


def _choose_then_place(choice: Candidates, slots: Slots, question: Question, limits: Limits) -> Solution:
    """Choose, place, and when a choice can't be placed, choose again without it; after a few rounds, decide all together."""
    began = monotonic()
    cuts: list[Limit] = []
    for _round in range(_ROUNDS):
        cut = replace(choice, problem=replace(choice.problem, limits=(*choice.problem.limits, *cuts)))
        chosen = _choose(cut, _rest(limits, began))
        if chosen.status == "held" or (chosen.status == "infeasible" and not cuts):
            return Solution(chosen, choice, question.objectives, slots)
        if chosen.status != "optimal":
            break
        found = placed(chosen, choice, slots, question, _rest(limits, began))
        if found is not None:
            return found
        cuts.append(_not_only(choice, chosen, len(cuts)))
    return _together(choice, slots, question, _rest(limits, began))


def _not_only(choice: Candidates, chosen: Outcome, number: int) -> Limit:
    """Not these modules, unless another one comes with them: Σ x(chosen) - Σ x(others) ≤ |chosen| - 1."""
    wanted = _modules(choice, chosen)
    signs = tuple(
        (action.id, 1 if choice.doings[action.id].ref in wanted else -1)
        for action in choice.problem.actions
        if choice.doings[action.id].kind == "module"
    )
    return Limit(f"calendar {number}", signs, len(wanted) - 1)


def _modules(choice: Candidates, chosen: Outcome) -> set[str]:
    return {choice.doings[name].ref for name in chosen.selection if choice.doings[name].kind == "module"}


def placed(chosen: Outcome, choice: Candidates, slots: Slots, question: Question, limits: Limits) -> Solution | None:
    """A choice with its dates, ending as early as it can; ``None`` when the calendar can't hold it."""
    wanted = _modules(choice, chosen)
    kept = frozenset(
        name
        for name, doing in choice.doings.items()
        if name in chosen.selection or (doing.kind == "module" and doing.ref in wanted)
    )
    found = _place(choice, slots, question, limits, kept)
    if found.outcome.status not in ("optimal", "feasible"):
        return None
    outcome = Outcome(chosen.status, found.outcome.selection, chosen.value, chosen.bound, chosen.proved)
    return Solution(outcome, choice, question.objectives, slots, found.slots, found.loads)


def _place(
    choice: Candidates, slots: Slots, question: Question, limits: Limits, kept: frozenset[str]
) -> TimetableOutcome:
    from pathways.optimise.timetable_solve import solve_timetable

    give = question.profile.can_give
    near = slots.up_to(longest(give, question.start, [choice.doings[name] for name in sorted(kept)]))
    dated = timetable(choice, near, give, (Objective.WEEKS,), only=kept)
    return solve_timetable(dated, time_limit=limits.seconds, should_stop=limits.should_stop)


def _together(choice: Candidates, slots: Slots, question: Question, limits: Limits) -> Solution:
    from pathways.optimise.timetable_solve import solve_timetable

    dated = timetable(choice, slots, question.profile.can_give, question.objectives)
    found = solve_timetable(
        dated, time_limit=limits.seconds, should_stop=limits.should_stop, on_progress=limits.on_progress
    )
    outcome = found.outcome
    if outcome.status == "infeasible" and outcome.obstacle is None:
        outcome = Outcome("infeasible", obstacle=Obstacle(limits=("calendar",)))
    return Solution(outcome, choice, question.objectives, slots, found.slots, found.loads)


def _rest(limits: Limits, began: float) -> Limits:
    """What is left of the time."""
    if limits.seconds is None:
        return limits
    return Limits(max(0.01, limits.seconds - (monotonic() - began)), limits.should_stop, limits.on_progress)
