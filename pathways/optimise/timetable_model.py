"""Choice and calendar in one model for CP-SAT: who gives each fact first, when everything starts and ends, what each slot holds.

Takes an :class:`Agenda`, gives a model to be minimised in one objective with those before it held. Variables: x_a rule a
is carried out; y_f fact f becomes true, t_f at which point; z_{a,f} rule a is the one that gives f; start_a and after_a,
the points where a begins and is over; l_{a,w} the load of a in slot w. One function for each constraint, with what it
says in its docstring. Circles are excluded by time, except among rules that take no time: those get an order.

References
----------
Imai & Fukunaga (2015), *On a practical, integer-linear programming model for delete-free tasks*, JAIR 54, for z.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from pathways.optimise.budget import Stop, heed, never
from pathways.optimise.components import support_components
from pathways.optimise.cp_sat import CpModel
from pathways.optimise.instance import bits
from pathways.optimise.timetable import Fixed, Free, Instant, Objective
from pathways.optimise.timetable_agenda import Agenda, fits_alone, is_module, usable_slots


class TimetableModel:
    """The CP-SAT model of an agenda, with what the objective needs.

    Raises
    ------
    OutOfTime
        If it is to stop before the model is written.
    """

    def __init__(self, agenda: Agenda, objective: Objective | None, stop: Stop = never) -> None:
        self.agenda, self.stop = agenda, stop
        self.rules = agenda.instance.rules
        self.cp = CpModel()
        self.x = {rule.index: self.cp.new_bool_var(f"x{rule.index}") for rule in self.rules}
        self.y: list[Any] = []
        self.t: list[Any] = []
        self.z: dict[tuple[int, int], Any] = {}
        self.start: dict[int, Any] = {}
        self.after: dict[int, Any] = {}
        self.load: list[dict[int, Any]] = [{} for _ in agenda.capacity]
        self.here: list[dict[int, Any]] = [{} for _ in agenda.capacity]
        self.weeks: Any = None
        self.peak: Any = None
        self._constrain(objective)

    def _constrain(self, objective: Objective | None) -> None:
        self.dates()
        self.first_giver()
        self.goals_and_imposed()
        self.needs()
        self.order_of_instants()
        self.side_conditions()
        self.capacity()
        self.minima_and_modules()
        if objective == "weeks":
            self.end_of_last_step()
        if objective == "peak_load":
            self.heaviest_slot()

    def _point(self, fact: int) -> Any:
        horizon = self.agenda.horizon
        return self.cp.new_int_var(min(self.agenda.point[fact], horizon), horizon, f"t{fact}")

    def dates(self) -> None:
        """Points and loads of each rule inside its window, according to its timing."""
        for rule in self.rules:
            heed(self.stop)
            timing = self.agenda.timing[rule.index]
            if isinstance(timing, Instant):
                self.instant(rule.index)
            elif isinstance(timing, Fixed):
                self.session(rule.index, timing)
            elif self.agenda.grid is not None:
                self.whole_period(rule.index, timing)
            else:
                self.spread(rule.index, timing)

    def instant(self, index: int) -> None:
        """start_a = after_a ∈ [earliest, latest + 1]."""
        low, high = self.agenda.start[index], self.agenda.latest(index) + 1
        self.start[index] = self.after[index] = self.cp.new_int_var(low, high, f"at{index}")

    def session(self, index: int, timing: Fixed) -> None:
        """start_a = first slot, after_a = last slot + 1, l_{a,w} = minutes(w) · x_a."""
        self.start[index], self.after[index] = timing.loads[0][0], timing.loads[-1][0] + 1
        for slot, minutes in timing.loads:
            if minutes:
                self.load[slot][index] = minutes * self.x[index]
        for slot in range(timing.loads[0][0], timing.loads[-1][0] + 1):
            self.here[slot][index] = self.x[index]

    def whole_period(self, index: int, timing: Free) -> None:
        """Σ_p b_{a,p} = x_a; start_a = Σ_p p · b_{a,p}; after_a = start_a + 1; l_{a,p} = minutes · b_{a,p}."""
        window = range(self.agenda.start[index], self.agenda.latest(index) + 1)
        periods = [slot for slot in window if fits_alone(self.agenda, timing, slot)]
        for period in periods:
            b = self.here[period][index] = self.cp.new_bool_var(f"b{index},{period}")
            self.load[period][index] = timing.minutes * b
        self.cp.add(sum(self.here[period][index] for period in periods) == self.x[index])
        self.start[index] = sum(period * self.here[period][index] for period in periods)
        self.after[index] = self.start[index] + 1

    def spread(self, index: int, timing: Free) -> None:
        """Σ_w l_{a,w} = minutes · x_a; start_a ≤ w < after_a if b_{a,w}; l_{a,w} ≤ capacity(w) · b_{a,w}."""
        low, latest = self.agenda.start[index], self.agenda.latest(index)
        slots = usable_slots(self.agenda, timing, low, latest)
        start = self.cp.new_int_var(slots[0], slots[-1], f"s{index}")
        end = self.cp.new_int_var(slots[0], slots[-1], f"e{index}")
        self.start[index], self.after[index] = start, end + 1
        for slot in slots if timing.minutes else ():
            most = min(timing.minutes, self.agenda.capacity[slot])
            b = self.here[slot][index] = self.cp.new_bool_var(f"b{index},{slot}")
            load = self.load[slot][index] = self.cp.new_int_var(0, most, f"l{index},{slot}")
            self.cp.add(load <= most * b)
            self.cp.add_implication(b, self.x[index])
            self.cp.add(start <= slot).only_enforce_if(b)
            self.cp.add(end >= slot).only_enforce_if(b)
        if timing.minutes:
            self.cp.add(sum(self.load[slot][index] for slot in slots) == timing.minutes * self.x[index])
        self.cp.add(end >= start)
        if timing.min_weeks > 1 or not timing.minutes:
            self.stretched(index, timing, slots)

    def stretched(self, index: int, timing: Free, slots: list[int]) -> None:
        """end_a − start_a + 1 ≥ min_weeks; start_a and end_a are available slots, with a load if there is any."""
        end = self.after[index] - 1
        self.cp.add(end - self.start[index] + 1 >= timing.min_weeks).only_enforce_if(self.x[index])
        for bound in (self.start[index], end):
            marks = []
            for slot in slots:
                mark = self.cp.new_bool_var("")
                self.cp.add(bound == slot).only_enforce_if(mark)
                if timing.minutes:
                    self.cp.add(self.load[slot][index] >= 1).only_enforce_if(mark)
                marks.append(mark)
            self.cp.add(sum(marks) == self.x[index])

    def first_giver(self) -> None:
        """Σ_a z_{a,f} = y_f; z_{a,f} ≤ x_a; t_f ≥ after_a if z_{a,f}.

        Of a fact that only one rule gives, y_f and z_{a,f} are x_a, and t_f is after_a.
        """
        ways: list[list[int]] = [[] for _ in range(self.agenda.instance.size)]
        for rule in self.rules:
            for fact in bits(rule.add):
                ways[fact].append(rule.index)
        for fact, some in enumerate(ways):
            heed(self.stop)
            if len(some) == 1:
                self.y.append(self.x[some[0]])
                self.z[some[0], fact] = self.x[some[0]]
                self.t.append(self.after[some[0]])
                continue
            self.y.append(self.cp.new_bool_var(f"y{fact}"))
            self.t.append(self._point(fact))
            for index in some:
                z = self.z[index, fact] = self.cp.new_bool_var(f"z{index},{fact}")
                self.cp.add_implication(z, self.x[index])
                self.cp.add(self.t[fact] >= self.after[index]).only_enforce_if(z)
            self.cp.add(sum(self.z[index, fact] for index in some) == self.y[fact])

    def goals_and_imposed(self) -> None:
        """y_g = 1 for each goal; x_a = 1 for each action imposed."""
        for goal in bits(self.agenda.instance.goals):
            self.cp.add(self.y[goal] == 1)
        for index in sorted(self.agenda.instance.forced):
            self.cp.add(self.x[index] == 1)

    def needs(self) -> None:
        """x_a ≤ y_q and start_a ≥ t_q if x_a, for what a needs; of k-of-n facts, those counted on, Σ_q w_{a,q} = k · x_a."""
        self.counted: dict[tuple[int, int], Any] = {}
        for rule in self.rules:
            heed(self.stop)
            for fact in bits(rule.among):
                counts = self.x[rule.index]
                if not rule.conjunctive:
                    counts = self.counted[rule.index, fact] = self.cp.new_bool_var(f"w{rule.index},{fact}")
                self.cp.add_implication(counts, self.y[fact])
                self.cp.add(self.start[rule.index] >= self.t[fact]).only_enforce_if(counts)
            if not rule.conjunctive:
                some = [self.counted[rule.index, fact] for fact in bits(rule.among)]
                self.cp.add(sum(some) == rule.need * self.x[rule.index])

    def order_of_instants(self) -> None:
        """r_f ≥ r_q + 1 if z_{a,f} and a, which takes no time, counts on q: for q and f that instants alone join in a circle.

        Nothing is first given by what counts on it.
        """
        timing = self.agenda.timing
        instants = tuple(rule for rule in self.rules if isinstance(timing[rule.index], Instant))
        component = support_components(replace(self.agenda.instance, rules=instants), self.stop)
        size: dict[int, int] = {}
        for label in component:
            size[label] = size.get(label, 0) + 1
        rank = {f: self.cp.new_int_var(0, size[c] - 1, f"r{f}") for f, c in enumerate(component) if size[c] > 1}
        for rule in instants:
            for fact in bits(rule.add):
                for q in bits(rule.among):
                    counts = [self.counted[rule.index, q]] if (rule.index, q) in self.counted else []
                    relied = [self.z[rule.index, fact], *counts]
                    if q == fact:
                        self.cp.add_bool_or([~literal for literal in relied])
                    elif component[q] == component[fact]:
                        self.cp.add(rank[fact] >= rank[q] + 1).only_enforce_if(relied)

    def side_conditions(self) -> None:
        """Σ_a coefficient(a) · x_a ≤ bound, for each limit, each set of exclusive actions, and the sum of all minima."""
        for row in self.agenda.instance.rows:
            heed(self.stop)
            self.cp.add(sum(value * self.x[index] for index, value in row.coefficients.items()) <= row.bound)

    def capacity(self) -> None:
        """Σ_a l_{a,w} ≤ capacity(w)."""
        for slot, room in enumerate(self.agenda.capacity):
            heed(self.stop)
            if self.load[slot]:
                self.cp.add(sum(self.load[slot].values()) <= room)

    def minima_and_modules(self) -> None:
        """Σ_a l_{a,p} ≥ min_minutes and min_modules ≤ Σ_modules b_{a,p} ≤ max_modules, for each period with a capacity."""
        grid = self.agenda.grid
        for slot, available in enumerate(self.agenda.available):
            if grid is None or not available:
                continue
            if grid.min_minutes:
                self.cp.add(sum(self.load[slot].values()) >= grid.min_minutes)
            modules = [b for index, b in self.here[slot].items() if is_module(self.agenda, index)]
            self.cp.add(sum(modules) >= grid.min_modules)
            if grid.max_modules is not None:
                self.cp.add(sum(modules) <= grid.max_modules)

    def end_of_last_step(self) -> None:
        """weeks ≥ after_a if x_a, for each step; weeks = Σ_w open_w, and Σ_a l_{a,w} ≤ capacity(w) · open_w over the steps."""
        horizon = self.agenda.horizon
        self.weeks = self.cp.new_int_var(0, horizon, "weeks")
        opened = [self.cp.new_bool_var(f"o{slot}") for slot in range(horizon)]
        self.cp.add(sum(opened) == self.weeks)
        for one, next_ in pairwise(opened):
            self.cp.add_implication(next_, one)
        for slot, some in enumerate(self.load):
            heed(self.stop)
            own = [load for index, load in some.items() if self.agenda.is_step(index)]
            if own:
                self.cp.add(sum(own) <= self.agenda.capacity[slot] * opened[slot])
        for rule in self.rules:
            if self.agenda.is_step(rule.index):
                self.cp.add(self.weeks >= self.after[rule.index]).only_enforce_if(self.x[rule.index])
                self.cp.add(self.weeks >= self.agenda.timing[rule.index].earliest + 1).only_enforce_if(
                    self.x[rule.index]
                )

    def heaviest_slot(self) -> None:
        """peak ≥ Σ_a l_{a,w}, in every slot."""
        self.peak = self.cp.new_int_var(0, max(self.agenda.capacity, default=0), "peak")
        for some in self.load:
            if some:
                self.cp.add(self.peak >= sum(some.values()))

    def minimise(self, objective: Objective | None, low: int, most: int | None) -> None:
        """low ≤ Σ_a cost(a) · x_a, or weeks, or peak (in units) ≤ most; to be minimised."""
        if objective is None:
            return
        if objective == "weeks":
            total = self.weeks
        elif objective == "peak_load":
            total = self.peak
        else:
            total = sum(rule.cost[objective] * self.x[rule.index] for rule in self.rules)
        self.cp.add(total >= low)
        if most is not None:
            self.cp.add(total <= most)
        self.cp.minimize(total)
