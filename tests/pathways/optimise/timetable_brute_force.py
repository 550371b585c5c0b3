"""The oracle of the timetable: every choice, every way to fill slot after slot. And a replay of an answer. Shares no code with the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pathways.optimise.problem import Problem
from pathways.optimise.timetable import Fixed, Free, Instant, TimetableOutcome, TimetableProblem
from tests.pathways.optimise.brute_force import plans

NEVER = 10**6


def best_value(problem: TimetableProblem) -> tuple[int, ...] | None:
    """The least value over all choices and calendars; None when there is none."""
    found: list[tuple[int, ...]] = []
    for chosen in plans(problem.choice):  # the dates only take plans away
        costs = [action.cost for action in problem.choice.actions if action.id in chosen]
        total = [sum(column) for column in zip(*costs, strict=True)] if costs else [0] * problem.choice.objectives
        top = max(problem.capacity, default=0)
        for peak in range(top + 1) if "peak_load" in problem.objectives else (top,):
            weeks = Filling(problem, chosen, peak).least_weeks()
            if weeks < NEVER:
                found.append(
                    tuple(
                        weeks if o == "weeks" else peak if o == "peak_load" else total[int(o)]
                        for o in problem.objectives
                    )
                )
    return min(found, default=None)


@dataclass(frozen=True)
class Module:
    """A free module under way: minutes left and the slot where it began."""

    left: int
    began: int


class Filling:
    """All ways to carry out a choice, slot after slot, no slot being heavier than ``peak``."""

    def __init__(self, problem: TimetableProblem, chosen: frozenset[str], peak: int) -> None:
        self.problem, self.peak = problem, peak
        self.actions = {action.id: action for action in problem.choice.actions if action.id in chosen}
        self.steps = {name for name, action in self.actions.items() if action.is_step}
        self.after = cache(self._after)

    def least_weeks(self) -> int:
        return self.after(0, frozenset(self.problem.choice.held), frozenset(self.actions), frozenset())

    def last(self, name: str) -> int:
        latest = self.problem.timing[name].latest
        return len(self.problem.capacity) - 1 if latest is None else min(latest, len(self.problem.capacity) - 1)

    def settle(self, point: int, facts: set[int], todo: set[str]) -> int:
        """Instants and groups that can happen at this point; the weeks they make."""
        weeks = 0
        moved = True
        while moved:
            moved = False
            for group in self.problem.choice.groups:
                if group.fact is not None and group.fact not in facts and len(group.members & facts) >= group.k:
                    facts.add(group.fact)
                    moved = True
            for name in sorted(todo):
                timing = self.problem.timing[name]
                if not isinstance(timing, Instant) or not self.actions[name].pre <= facts:
                    continue
                if timing.earliest <= point <= self.last(name) + 1:
                    facts |= self.actions[name].add
                    todo.discard(name)
                    moved = True
                    if name in self.steps:
                        weeks = max(weeks, max(timing.earliest, point - 1) + 1)
        return weeks

    def _after(
        self, slot: int, before: frozenset[int], left: frozenset[str], under_way: frozenset[tuple[str, Module]]
    ) -> int:
        facts, todo = set(before), set(left)
        weeks = self.settle(slot, facts, todo)
        if slot == len(self.problem.capacity):
            return weeks if not todo and not under_way and self.reached(facts) else NEVER
        room = min(self.problem.capacity[slot], self.peak)
        running: dict[str, Module] = dict(under_way)
        minutes = 0
        for name in sorted(todo):
            timing = self.problem.timing[name]
            if isinstance(timing, Instant) or not self.actions[name].pre <= facts:
                continue
            if isinstance(timing, Fixed) and timing.loads[0][0] == slot:
                if timing.earliest > slot or timing.loads[-1][0] > self.last(name):
                    return NEVER
                running[name] = Module(0, slot)
                todo.discard(name)
            elif isinstance(timing, Free) and timing.earliest <= slot <= self.last(name):
                running[name] = Module(timing.minutes, slot)
        for name in running:
            timing = self.problem.timing[name]
            minutes += dict(timing.loads).get(slot, 0) if isinstance(timing, Fixed) else 0
        if minutes > room:
            return NEVER
        free = [name for name in sorted(running) if isinstance(self.problem.timing[name], Free)]
        best = NEVER
        for amounts in self.shared(free, running, slot, room - minutes):
            total = minutes + sum(amount for amount in amounts if amount is not None)
            there = {name for name, amount in zip(free, amounts, strict=True) if amount is not None}
            modules = sum(self.is_module(name) for name in there | (running.keys() - set(free)))
            if self.period_holds(slot, total, modules):
                best = min(best, self.next(slot, facts, todo, running, dict(zip(free, amounts, strict=True))))
        return max(weeks, best)

    def shared(
        self, free: list[str], running: dict[str, Module], slot: int, room: int
    ) -> Iterator[tuple[int | None, ...]]:
        """All ways to share the room of a slot."""
        if not free:
            yield ()
            return
        for amount in self.amounts(free[0], running[free[0]], slot, room):
            for others in self.shared(free[1:], running, slot, room - (amount or 0)):
                yield (amount, *others)

    def amounts(self, name: str, module: Module, slot: int, room: int) -> list[int | None]:
        """What a module may be given in a slot; None: it is not there (a module without load may be there with 0)."""
        timing = self.problem.timing[name]
        assert isinstance(timing, Free)
        if not self.problem.capacity[slot]:
            return [None]
        if self.problem.grid is not None:
            return [None, timing.minutes] if timing.minutes <= room else [None]
        if timing.minutes == 0:
            return [None, 0]
        return [None, *range(1, min(module.left, room) + 1)]

    def is_module(self, name: str) -> bool:
        return name in self.steps and getattr(self.problem.timing[name], "counted", True)

    def period_holds(self, slot: int, minutes: int, modules: int) -> bool:
        grid = self.problem.grid
        if grid is None or not self.problem.capacity[slot]:
            return True
        return (
            grid.min_minutes <= minutes
            and (grid.max_minutes is None or minutes <= grid.max_minutes)
            and grid.min_modules <= modules
            and (grid.max_modules is None or modules <= grid.max_modules)
        )

    def next(
        self, slot: int, facts: set[int], todo: set[str], running: dict[str, Module], given: dict[str, int | None]
    ) -> int:
        later, waiting = set(facts), set(todo)
        going: set[tuple[str, Module]] = set()
        weeks = 0
        for name, module in running.items():
            timing, amount = self.problem.timing[name], given.get(name)
            over = False
            if isinstance(timing, Fixed):
                over = slot == timing.loads[-1][0]
            elif amount is not None:
                assert isinstance(timing, Free)
                waiting.discard(name)
                module = Module(module.left - amount, module.began)
                over = module.left == 0 and slot - module.began + 1 >= timing.min_weeks
                if module.left == 0 and not over and timing.minutes:
                    return NEVER
                if not over and timing.minutes == 0 and slot > module.began:
                    return NEVER  # touched in between: the same as waiting
            elif name in todo:
                continue  # not begun
            if over and slot > self.last(name):
                return NEVER
            if over:
                later |= self.actions[name].add
                weeks = max(weeks, slot + 1) if name in self.steps else weeks
            else:
                going.add((name, module))
        return max(weeks, self.after(slot + 1, frozenset(later), frozenset(waiting), frozenset(going)))

    def reached(self, facts: set[int]) -> bool:
        choice = self.problem.choice
        return choice.goals <= facts and all(len(g.members & facts) >= g.k for g in choice.groups if g.fact is None)


# ------------------------------------------------------------------------------------------------------------- the replay


def respects(problem: Problem, chosen: frozenset[str]) -> bool:
    """Whether a set of actions respects what does not depend on dates."""
    return (
        problem.imposed <= chosen
        and all(len(some & chosen) <= 1 for some in problem.exclusive)
        and all(sum(v for a, v in limit.coefficients if a in chosen) <= limit.bound for limit in problem.limits)
    )


def verified(problem: TimetableProblem, answer: TimetableOutcome) -> tuple[int, ...]:
    """Check every line of an answer that has a plan, and count its values anew."""
    choice, outcome = problem.choice, answer.outcome
    actions = {action.id: action for action in choice.actions}
    chosen = outcome.selection
    assert len(set(chosen)) == len(chosen)
    assert answer.slots.keys() == set(chosen) == answer.loads.keys()
    assert respects(choice, frozenset(chosen))
    heavy = [0] * len(problem.capacity)
    modules = [0] * len(problem.capacity)
    for name in chosen:
        for slot, minutes in answer.loads[name]:
            heavy[slot] += minutes
        check_dates(problem, answer, name)
        if not isinstance(problem.timing[name], Instant) and actions[name].is_step:
            for slot in range(answer.slots[name][0], answer.slots[name][1] + 1):
                modules[slot] += getattr(problem.timing[name], "counted", True)
    assert all(load <= room for load, room in zip(heavy, problem.capacity, strict=True))
    check_facts(problem, answer)
    if problem.grid is not None:
        for slot, room in enumerate(problem.capacity):
            assert not room or problem.grid.min_minutes <= heavy[slot] <= (problem.grid.max_minutes or NEVER)
            most = NEVER if problem.grid.max_modules is None else problem.grid.max_modules
            assert not room or problem.grid.min_modules <= modules[slot] <= most
    weeks = max((answer.slots[name][1] + 1 for name in chosen if actions[name].is_step), default=0)
    return tuple(
        weeks
        if o == "weeks"
        else max(heavy, default=0)
        if o == "peak_load"
        else sum(actions[n].cost[int(o)] for n in chosen)
        for o in problem.objectives
    )


def check_dates(problem: TimetableProblem, answer: TimetableOutcome, name: str) -> None:
    timing, (first, last), load = problem.timing[name], answer.slots[name], answer.loads[name]
    end = len(problem.capacity) - 1 if timing.latest is None else timing.latest
    assert timing.earliest <= first <= last <= end
    assert last < max(len(problem.capacity), 1)
    if isinstance(timing, Instant):
        assert first == last
        assert load == ()
    elif isinstance(timing, Fixed):
        assert (first, last) == (timing.loads[0][0], timing.loads[-1][0])
        assert [(s, m) for s, m in load if m] == [(s, m) for s, m in timing.loads if m]
    else:
        assert sum(minutes for _, minutes in load) == timing.minutes
        assert all(minutes > 0 for _, minutes in load)
        assert not load or (first, last) == (load[0][0], load[-1][0])
        assert last - first + 1 >= timing.min_weeks
        assert problem.capacity[first]
        assert problem.capacity[last]
        assert problem.grid is None or first == last


def check_facts(problem: TimetableProblem, answer: TimetableOutcome) -> None:
    """In the order given, each action finds its facts true when it starts; at the end the goals are."""
    choice = problem.choice
    actions = {action.id: action for action in choice.actions}
    point = dict.fromkeys(choice.held, 0)

    def group_facts() -> None:
        moved = True
        while moved:
            moved = False
            for group in choice.groups:
                known = sorted(point[m] for m in group.members if m in point)
                if group.fact is not None and len(known) >= group.k:
                    at = known[group.k - 1] if group.k > 0 else 0
                    if at < point.get(group.fact, NEVER):
                        point[group.fact] = at
                        moved = True

    group_facts()
    for name in answer.outcome.selection:
        timing, (first, last) = problem.timing[name], answer.slots[name]
        assert actions[name].pre <= point.keys()
        ready = max((point[fact] for fact in actions[name].pre), default=0)
        over = last + 1
        if isinstance(timing, Instant):
            over = max(ready, timing.earliest)
            assert first == max(over - 1, timing.earliest)
        else:
            assert ready <= first
        for fact in actions[name].add:
            point[fact] = min(point.get(fact, NEVER), over)
        group_facts()
    assert choice.goals <= point.keys()
    assert all(len(g.members & point.keys()) >= g.k for g in choice.groups if g.fact is None)
