"""A first plan with its dates, quickly: choose by price, put each thing where it fits at the earliest, and try again.

Takes an :class:`Agenda`, gives a plan or none. The cheapest supporters of the goals are chosen as if there were no calendar
(:mod:`pathways.optimise.guided`); a session stands for all the sessions of its module. Then, of all that can start, what is
most urgent is put where it fits at the earliest in the room that is left, until the goals are reached. What could not be placed, or broke a side
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
from pathways.optimise.timetable import Fixed, Free, Load, Objective
from pathways.optimise.timetable_agenda import Agenda, earliest_span, is_module
from pathways.optimise.timetable_bound import latest_start, only
from pathways.optimise.timetable_plan import Plan, Span, dated, fit, trimmed

LONGEST_CHAIN = 50
TRIES = 12
DEARER = 4.0

SHARES = (1.0, 0.6, 0.3)
"""Tried in turn: how much of each slot may be filled with what can be placed freely, the rest being left to sessions."""

Twins = tuple[int, int, int]


def first_plan(agenda: Agenda, objective: Objective | None, budget: Budget) -> Plan | None:
    """A plan, if one is found in a few tries; at least one try is made."""
    prices = _prices(agenda, objective)
    index = {name: position for position, name in enumerate(agenda.canonical.ids)}
    found = tried(
        agenda.canonical, prices, lambda names: only(agenda, frozenset(index[name] for name in names)), budget
    )
    return None if found is None else found[1]


def tried(
    question: Canonical, prices: list[list[float]], narrow: Callable[[frozenset[str]], Agenda], budget: Budget
) -> tuple[Agenda, Plan] | None:
    """A plan of a question with the agenda it was placed in, by trying.

    Parameters
    ----------
    question : Canonical
        Its side conditions do not matter here: those of the agendas do.
    prices : list of list of float
        Of each rule, by position; the first ones are for the first try, and so on in turn.
    narrow : callable
        The agenda of some actions alone.
    """
    network, ids = Network(question.instance), question.ids
    same: dict[Twins, list[int]] = {}
    for rule in question.instance.rules:
        same.setdefault(_twins(rule), []).append(rule.index)
    blame = [1.0] * len(question.instance.rules)
    for attempt in range(TRIES):
        if attempt and budget.over():
            return None
        tagged = zip(prices[attempt % len(prices)], blame, strict=True)
        chosen = _chosen(question.instance, network, [price * much for price, much in tagged])
        everyone = {index for position in chosen for index in same[_twins(question.instance.rules[position])]}
        agenda = narrow(frozenset(name for index in everyone if (name := ids[index]) is not None))
        plan, refused = _placed(agenda, budget)
        if plan is not None:
            return agenda, plan
        if not refused:
            return None
        for position, rule in enumerate(question.instance.rules):
            if ids[rule.index] in refused:
                blame[position] *= DEARER
    return None


def _prices(agenda: Agenda, objective: Objective | None) -> list[list[float]]:
    """Prices by the objective, or by hours for what is no sum; then half by how early a rule can be over; then by that alone."""
    rules = agenda.instance.rules
    cost = [rule.cost[objective] if isinstance(objective, int) else agenda.minutes(rule.index) for rule in rules]
    ends = [earliest_span(agenda, rule.index, agenda.start[rule.index]) for rule in rules]
    late = [
        agenda.horizon if end is None else end[1] if agenda.is_step(rule.index) else 0
        for rule, end in zip(rules, ends, strict=True)
    ]
    most_cost, most_late = max([1, *cost]), max([1, *late])
    return [
        [(1 - share) * c / most_cost + share * end / most_late for c, end in zip(cost, late, strict=True)]
        for share in (0.0, 0.5, 0.95)
    ]


def placed(agenda: Agenda, chosen: frozenset[int], budget: Budget) -> Plan | None:
    """A choice, each session of it standing for those of its module, where it fits at the earliest."""
    same = {_twins(rule) for rule in agenda.instance.rules if rule.index in chosen}
    smaller = only(agenda, frozenset(rule.index for rule in agenda.instance.rules if _twins(rule) in same))
    return _placed(smaller, budget)[0]


def _placed(agenda: Agenda, budget: Budget) -> tuple[Plan | None, set[str | None]]:
    """A plan made of whatever the agenda holds, or the names of what stood in the way."""
    for share in SHARES:
        placing = Placing(agenda, share)
        placing.run()
        plan = dated(agenda, Plan(placing.spans, placing.loads))
        if plan is not None:
            return trimmed(agenda, plan, budget.over), set()
    done = {_twins(rule) for rule in agenda.instance.rules if rule.index in placing.spans}
    lost = {rule.index for rule in agenda.instance.rules if _twins(rule) not in done}
    refused = (placing.without_room & lost) | _breaking(agenda, placing)
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


def urgency(agenda: Agenda) -> list[int]:
    """For each rule, by position, the point by which it should be over, so that what may need it can still be done.

    Of the sessions of a module the last one counts that ends in time. A rule of thumb, as what needs a fact may get it elsewhere.
    """
    rules = agenda.instance.rules
    kinds: dict[Twins, list[Rule]] = {}
    for rule in rules:
        kinds.setdefault(_twins(rule), []).append(rule)
    users: dict[int, set[Twins]] = {}
    for kind in kinds:
        for fact in bits(kind[1]):
            users.setdefault(fact, set()).add(kind)
    after = {kind: {user for fact in bits(kind[2]) for user in users.get(fact, ())} - {kind} for kind in kinds}
    over = {kind: max(agenda.latest(rule.index) + 1 for rule in some) for kind, some in kinds.items()}
    for _ in range(LONGEST_CHAIN):
        begin = {kind: _last_start(agenda, some, over[kind]) for kind, some in kinds.items()}
        new = {kind: min([over[kind], *(begin[user] for user in after[kind])]) for kind in kinds}
        if new == over:
            break
        over = new
    return [over[_twins(rule)] for rule in rules]


def _last_start(agenda: Agenda, sessions: list[Rule], over: int) -> int:
    """The last point where one of these can start that is over in time; where none is, the first one starts."""
    starts = [
        latest_start(agenda, rule.index, over)
        for rule in sessions
        if not isinstance(timing := agenda.timing[rule.index], Fixed) or timing.loads[-1][0] < over
    ]
    return max(starts) if starts else min(latest_start(agenda, rule.index, over) for rule in sessions)


@dataclass
class Placing:
    """What is placed, the most urgent first, in what room; what found none."""

    agenda: Agenda
    share: float = 1.0
    spans: dict[int, Span] = field(default_factory=dict)
    loads: dict[int, Load] = field(default_factory=dict)
    without_room: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        instance = self.agenda.instance
        self.room = list(self.agenda.capacity)
        self.free = [int(self.share * slot) for slot in self.agenda.capacity]
        self.modules = [0] * self.agenda.horizon
        self.reached, self.goals = 0, instance.goals
        self.point: dict[int, int] = {}
        self.left = [rule.need for rule in instance.rules]
        self.urgency = urgency(self.agenda)
        self.queue: list[tuple[int, int, int, int]] = []
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
            _, over, position, ready = heapq.heappop(self.queue)
            rule = self.agenda.instance.rules[position]
            if rule.index not in forced and not rule.full & ~self.reached:
                continue
            placed = self._fit(rule, ready)
            if placed is None or placed[0][1] > over:  # others have taken its room
                self._offer(position, ready)
                continue
            forced.discard(rule.index)
            self._take(position, *placed)

    def _offer(self, position: int, ready: int) -> None:
        rule = self.agenda.instance.rules[position]
        placed = self._fit(rule, ready)
        if placed is None:
            self.without_room.add(rule.index)
        else:
            heapq.heappush(self.queue, (self.urgency[position], placed[0][1], position, ready))

    def _fit(self, rule: Rule, ready: int) -> tuple[Span, Load] | None:
        free = isinstance(self.agenda.timing[rule.index], Free)
        return fit(self.agenda, rule, ready, self.free if free else self.room)

    def _take(self, position: int, span: Span, load: Load) -> None:
        rule = self.agenda.instance.rules[position]
        for slot, minutes in load:
            self.room[slot] -= minutes
            self.free[slot] = min(self.free[slot], self.room[slot])
        self._count(rule.index, span)
        if self.agenda.canonical.ids[rule.index] is not None:
            self.spans[rule.index], self.loads[rule.index] = span, load
        new = rule.full & ~self.reached
        self.reached |= new
        self.point.update(dict.fromkeys(bits(new), span[1]))
        for fact in bits(new):
            for other in self.waiting[fact]:
                self.left[other] -= 1
                if not self.left[other]:
                    waited = self.agenda.instance.rules[other].among & self.reached
                    self._offer(other, max(self.point[some] for some in bits(waited)))

    def _count(self, index: int, span: Span) -> None:
        grid = self.agenda.grid
        if grid is None or grid.max_modules is None or not is_module(self.agenda, index):
            return
        for slot in range(*span):
            self.modules[slot] += 1
            if self.modules[slot] >= grid.max_modules:
                self.room[slot] = self.free[slot] = 0


def _breaking(agenda: Agenda, placing: Placing) -> set[int]:
    """What was placed and weighs in a side condition that it breaks."""
    found: set[int] = set()
    for row in agenda.instance.rows:
        weighing = {index: value for index, value in row.coefficients.items() if index in placing.spans}
        if sum(weighing.values()) > row.bound:
            found |= {index for index, value in weighing.items() if value > 0}
    return found
