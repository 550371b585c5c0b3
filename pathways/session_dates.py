"""Sessions of a plan that nobody asked to date (*sessions d'un parcours non daté*): those that follow each other as the steps do.

Without hours a week nothing but sessions has dates. Each module that happens at dated sessions gets the one that ends first among
those that start after all that it needs has ended: since what comes later only depends on when things end, some sessions agree
with the order of the steps if and only if these do. When none do, no date is told, and the reader is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pathways.draft import Doing
from pathways.optimise.problem import Action
from pathways.profile import CanGive
from pathways.solution import Solution
from referentials.offer import Session


@dataclass(frozen=True, slots=True)
class Sessions:
    """The session of each module that has one, and the day after which each action may come, by action."""

    chosen: dict[str, Session] = field(default_factory=dict)
    after: dict[str, date] = field(default_factory=dict)

    def order(self, name: str) -> date:
        """When an action comes, among the others: at the start of its session, or after what it waits for."""
        return self.chosen[name].start if name in self.chosen else self.after.get(name, date.min)


def session_dates(solution: Solution, give: CanGive) -> Sessions | None:
    """The sessions of an undated plan; ``None`` when none agree with the order of the steps and the dates of the texts."""
    found = Sessions()
    if solution.slots is not None or not any(
        _sessions(doing) for doing in map(solution.choice.doings.get, solution.actions)
    ):
        return found
    moments = _Moments(solution)
    actions = {action.id: action for action in solution.choice.problem.actions}
    for name in solution.outcome.selection:
        doing, ready = solution.choice.doings[name], moments.ready(actions[name])
        possible = [one for one in _sessions(doing) if one.start > ready and _suits(one, doing, give)]
        if (_sessions(doing) and not possible) or (doing.window and doing.window.end and ready > doing.window.end):
            return None
        if possible:
            found.chosen[name] = min(possible, key=lambda one: (one.end, one.id))
        found.after[name] = ready
        moments.carry_out(actions[name], found.chosen[name].end if possible else ready)
    return found


def _sessions(doing: Doing | None) -> tuple[Session, ...]:
    return doing.candidate.sessions if doing is not None and doing.candidate is not None else ()


def _suits(session: Session, doing: Doing, give: CanGive) -> bool:
    """Whether a session lies in the dates of its module, and out of the periods without training."""
    away = any(
        (one.start is None or one.start <= session.end) and (one.end is None or session.start <= one.end)
        for one in give.unavailable
    )
    return not away and (doing.window is None or doing.window.contains(session.end))


class _Moments:
    """The last day of the sessions that each fact has to wait for."""

    def __init__(self, solution: Solution) -> None:
        self.groups = solution.choice.problem.groups
        self.when: dict[int, date] = dict.fromkeys(solution.choice.problem.held, date.min)

    def ready(self, action: Action) -> date:
        """The day after which an action may start."""
        return max((self.when.get(fact, date.min) for fact in action.pre), default=date.min)

    def carry_out(self, action: Action, over: date) -> None:
        """What an action gives is there once it is over; so is what is there when enough of its parts are."""
        for fact in action.add:
            self.when[fact] = min(over, self.when.get(fact, over))
        for group in self.groups:
            there = sorted(self.when[member] for member in group.members if member in self.when)
            if group.fact is not None and len(there) >= group.k:
                self.when[group.fact] = there[group.k - 1] if group.k else date.min
