"""Question → the best choice and its dates (*résolution*), before it is told as a pathway.

Without a calendar the choice is all there is; with one, see :mod:`pathways.dating`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pathways.candidates import candidates
from pathways.dating import Dating
from pathways.draft import Candidates
from pathways.gap import Positioning
from pathways.objectives import Objective
from pathways.offering import Offering
from pathways.optimise.budget import Budget
from pathways.optimise.building import building
from pathways.optimise.dispatch import solve_within
from pathways.optimise.problem import Outcome
from pathways.optimise.timetable import Load
from pathways.question import Question
from pathways.schedule import slots_for
from pathways.slots import Slots


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a solve may take from the moment it is asked for, and how it is stopped or watched."""

    seconds: float | None = None
    should_stop: Callable[[], bool] | None = None
    on_progress: Callable[[tuple[int, ...] | None, tuple[int, ...]], None] | None = None

    def begin(self) -> Budget:
        """The time starts to run."""
        return Budget(self.seconds, should_stop=self.should_stop)

    def left(self, budget: Budget) -> Limits:
        """What is left of the time that began with that budget."""
        return replace(self, seconds=budget.seconds())


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
    budget = limits.begin()
    with building():
        choice = candidates(positioning, offering, question.objectives, dated=question.is_dated)
    return decided(choice, question, limits.left(budget))


def decided(
    choice: Candidates, question: Question, limits: Limits, slots: Slots | None = None, *, hurried: bool = False
) -> Solution:
    """The best of a choice, with its dates; ``slots`` when the calendar is narrower than the person's own.

    ``hurried``: the choice fits in the calendar already, and what the plan is worth matters, not how early it ends.
    """
    budget = limits.begin()
    if not question.is_dated:
        return Solution(solve_within(choice.problem, budget, limits.on_progress), choice, question.objectives)
    slots = slots_for(question.profile.can_give, question.start, choice) if slots is None else slots
    search = Dating(choice, slots, question, budget, limits.on_progress, hurried)
    found = search.run()
    return Solution(found.outcome, search.choice, question.objectives, slots, found.slots, found.loads)


def is_dated(question: Question) -> bool:
    """Whether a question is about dates."""
    return question.is_dated
