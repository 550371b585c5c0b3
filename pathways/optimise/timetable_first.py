"""A first plan with its dates, quickly: choose by price, put each thing where it fits at the earliest, and try again.

Takes an :class:`Agenda`, gives a plan or none. The cheapest supporters of the goals are chosen as if there were no calendar
(:mod:`pathways.optimise.guided`); a session stands for all the sessions of its module. Then, of all that can start, what would
be over first is put in the room that is left, until the goals are reached. What could not be placed, or broke a side
condition, becomes dearer, and other things are chosen. A rule of thumb: it may find none where there is one.

References
----------
Graham (1966), *Bounds for certain multiprocessing anomalies*, for scheduling from a list.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

from pathways.optimise.budget import Budget
from pathways.optimise.closure import Network
from pathways.optimise.guided import extract, supporters
from pathways.optimise.instance import Canonical, Instance, Rule, bits
from pathways.optimise.timetable import Load, Objective
from pathways.optimise.timetable_agenda import Agenda, is_module
from pathways.optimise.timetable_bound import only
from pathways.optimise.timetable_plan import Plan, Span, dated, fit, trimmed

TRIES = 12
DEARER = 4.0

Twins = tuple[int, int, int]


def first_plan(agenda: Agenda, objective: Objective | None, budget: Budget) -> Plan | None:
    """A plan, if one is found in a few tries; at least one try is made."""
    rules = agenda.instance.rules
    if isinstance(objective, int):
        prices = [float(rule.cost[objective]) for rule in rules]
    else:
        prices = [float(agenda.minutes(rule.index)) for rule in rules]
    index = {name: position for position, name in enumerate(agenda.canonical.ids)}
    found = tried(
        agenda.canonical, prices, lambda names: only(agenda, frozenset(index[name] for name in names)), budget
    )
    return None if found is None else found[1]


def tried(
    question: Canonical, prices: list[float], narrow: Callable[[frozenset[str]], Agenda], budget: Budget
) -> tuple[Agenda, Plan] | None:
    """A plan of a question with the agenda it was placed in, by trying.

    Parameters
    ----------
    question : Canonical
        Its side conditions do not matter here: those of the agendas do.
    prices : list of float
        Of each rule, by position.
    narrow : callable
        The agenda of some actions alone.
    """
    network, ids = Network(question.instance), question.ids
    same: dict[Twins, list[int]] = {}
    for rule in question.instance.rules:
        same.setdefault(_twins(rule), []).append(rule.index)
    for attempt in range(TRIES):
        if attempt and budget.over():
            return None
        chosen = _chosen(question.instance, network, prices)
        everyone = {index for position in chosen for index in same[_twins(question.instance.rules[position])]}
        agenda = narrow(frozenset(name for index in everyone if (name := ids[index]) is not None))
        plan, refused = _placed(agenda, budget)
        if plan is not None:
            return agenda, plan
        if not refused:
            return None
        for position, rule in enumerate(question.instance.rules):
            if ids[rule.index] in refused:
                prices[position] = DEARER * prices[position] + 1.0
    return None


def placed(agenda: Agenda, chosen: frozenset[int], budget: Budget) -> Plan | None:
    """A choice, each session of it standing for those of its module, where it fits at the earliest."""
    same = {_twins(rule) for rule in agenda.instance.rules if rule.index in chosen}
    smaller = only(agenda, frozenset(rule.index for rule in agenda.instance.rules if _twins(rule) in same))
    return _placed(smaller, budget)[0]


def _placed(agenda: Agenda, budget: Budget) -> tuple[Plan | None, set[str | None]]:
    """A plan made of whatever the agenda holds, or the names of what stood in the way."""
    placing = Placing(agenda)
    placing.run()
    plan = dated(agenda, Plan(placing.spans, placing.loads))
    if plan is not None:
        return trimmed(agenda, plan, budget.over), set()
    refused = placing.without_room | _breaking(agenda, placing)
    return None, {agenda.canonical.ids[index] for index in refused} - {None}


def _chosen(instance: Instance, network: Network, prices: list[float]) -> set[int]:
    """Positions of the cheapest supporters of all goals."""
    goals = instance.goals
    chosen = {position for position, rule in enumerate(instance.rules) if rule.index in instance.forced}
    for position in chosen:
        goals |= instance.rules[position].among
    found = supporters(network, prices, additive=True)
    reached = (fact for fact in bits(goals) if found.best[fact] >= 0)
    extract(network, found, sum(1 << fact for fact in reached), chosen)
    return chosen


def _twins(rule: Rule) -> Twins:
    return rule.need, rule.among, rule.full


@dataclass
class Placing:
    """What is placed, in the order of its end, in what room; what found none."""

    agenda: Agenda
    spans: dict[int, Span] = field(default_factory=dict)
    loads: dict[int, Load] = field(default_factory=dict)
    without_room: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        instance = self.agenda.instance
        self.room = list(self.agenda.capacity)
        self.modules = [0] * self.agenda.horizon
        self.reached, self.goals = 0, instance.goals
        self.left = [rule.need for rule in instance.rules]
        self.queue: list[tuple[int, int, int]] = []
        self.waiting: list[list[int]] = [[] for _ in range(instance.size)]
        for position, rule in enumerate(instance.rules):
            for fact in bits(rule.among):
                self.waiting[fact].append(position)

    def run(self) -> None:
        """Place until every goal is reached, or nothing more fits."""
        forced = set(self.agenda.instance.forced)
        for position, need in enumerate(self.left):
            if need <= 0:
                self._offer(position, 0)
        while self.queue and (self.goals & ~self.reached or forced):
            over, position, ready = heapq.heappop(self.queue)
            rule = self.agenda.instance.rules[position]
            if rule.index not in forced and not rule.full & ~self.reached:
                continue
            placed = fit(self.agenda, rule, ready, self.room)
            if placed is None or placed[0][1] > over:  # others have taken its room
                self._offer(position, ready)
                continue
            forced.discard(rule.index)
            self._take(rule, *placed)

    def _offer(self, position: int, ready: int) -> None:
        rule = self.agenda.instance.rules[position]
        placed = fit(self.agenda, rule, ready, self.room)
        if placed is None:
            self.without_room.add(rule.index)
        else:
            heapq.heappush(self.queue, (placed[0][1], position, ready))

    def _take(self, rule: Rule, span: Span, load: Load) -> None:
        for slot, minutes in load:
            self.room[slot] -= minutes
        self._count(rule.index, span[0])
        if self.agenda.canonical.ids[rule.index] is not None:
            self.spans[rule.index], self.loads[rule.index] = span, load
        new = rule.full & ~self.reached
        self.reached |= new
        for fact in bits(new):
            for other in self.waiting[fact]:
                self.left[other] -= 1
                if not self.left[other]:
                    self._offer(other, span[1])

    def _count(self, index: int, slot: int) -> None:
        grid = self.agenda.grid
        if grid is not None and grid.max_modules is not None and is_module(self.agenda, index):
            self.modules[slot] += 1
            if self.modules[slot] >= grid.max_modules:
                self.room[slot] = 0


def _breaking(agenda: Agenda, placing: Placing) -> set[int]:
    """What was placed and weighs in a side condition that it breaks."""
    found: set[int] = set()
    for row in agenda.instance.rows:
        weighing = {index: value for index, value in row.coefficients.items() if index in placing.spans}
        if sum(weighing.values()) > row.bound:
            found |= {index for index, value in weighing.items() if value > 0}
    return found
