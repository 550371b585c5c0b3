"""A budget that does not pay for everybody (*un budget qui ne suffit pas*): people, a limit and a criterion in, a :class:`Decision` out.

What each may obtain is known already (:mod:`pathways.group.budget_ways`). Here it becomes whole numbers, is chosen exactly, and told: who
completes, who gets blocks, what it would take for the others, what the next euros bring. Each plan that is paid for is verified.

Where a price could not be proved in the time given, the decision is the best for the prices that are known, and the bound is the decision
for the prices that nothing is below: no choice of plans reaches more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pathways.group.budget_answer import (
    Allotment,
    Compromise,
    Criterion,
    Decision,
    Figures,
    Outcome,
    ServiceShare,
)
from pathways.group.budget_choice import WITHOUT, Found, Group, Purchase, Seeker, compromises
from pathways.group.budget_ways import Reach, Way
from pathways.objectives import Objective
from pathways.optimise.knapsack import NEVER
from pathways.pathway import Pathway, StepKind
from pathways.planner import retold

_EXPLAINED = 2_000_000
"""Cells of a table up to which it is worked out again for each person who does not complete."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the group.

    Parameters
    ----------
    reach : Reach or None
        What they may obtain; ``None`` when the profile is refused (then ``problems`` says why) or was not computed.
    most_blocks : int
        How many blocks the target has, for who was not computed.
    missing : tuple of str
        What nothing known leads to, when the whole target is not possible: as in :class:`~pathways.pathway.Conflict`.
    """

    person: str
    service: str | None = None
    target: str | None = None
    reach: Reach | None = None
    problems: tuple[str, ...] = ()
    most_blocks: int = 0
    missing: tuple[str, ...] = ()

    @property
    def computed(self) -> bool:
        """Whether all that can be known of them is."""
        return bool(self.problems) or self.reach is not None


def decide(
    members: Sequence[Member],
    limit: int,
    criterion: Criterion,
    resource: Objective = Objective.COST,
    *,
    front: bool = False,
    explain: bool = True,
    should_stop: Callable[[], bool] = lambda: False,
) -> Decision:
    """The best decision for a criterion.

    Parameters
    ----------
    limit : int
        Cents, or minutes.
    front : bool
        Give every compromise between the limit and people, and blocks.
    explain : bool
        Work out who would get less for each person who does not complete, in a group small enough.
    should_stop : callable
        Once true, nothing more is explained.

    Raises
    ------
    NotVerified
        The engine is wrong.
    """
    return _Deciding(members, limit, criterion, resource, front, explain, should_stop).decision()


def seekers(members: Iterable[Member]) -> list[Seeker]:
    """Those who may be given something, or may turn out to, by identifier, with the ways that have a price."""
    return _sought(members, _priced)


def hoped(members: Iterable[Member]) -> list[Seeker]:
    """The same with prices that nothing is below: what is best for them bounds every choice of plans."""
    return _sought(members, _bounds)


def _sought(members: Iterable[Member], ways: Callable[[Member], Iterable[Purchase]]) -> list[Seeker]:
    open_to_more = ((one, tuple(_bounds(one))) for one in members if not one.problems)
    found = (
        Seeker(one.person, one.service or WITHOUT, tuple(ways(one)), any(way.title for way in bounds))
        for one, bounds in open_to_more
        if bounds
    )
    return sorted(found, key=lambda one: one.person)


def _priced(one: Member) -> Iterator[Purchase]:
    for way in one.reach.ways if one.reach is not None else ():
        yield Purchase(way.title, len(way.blocks), way.spent or 0)


def _bounds(one: Member) -> Iterator[Purchase]:
    """What a person may be given at best; who was not computed may have everything for nothing."""
    if one.reach is None:
        yield Purchase(title=True, blocks=one.most_blocks, spent=0)
        return
    for way in (*one.reach.ways, *one.reach.unsettled):
        if way.bound is not None:
            yield Purchase(way.title, max(way.count, len(way.blocks)), way.bound)


@dataclass
class _Deciding:
    members: Sequence[Member]
    limit: int
    criterion: Criterion
    resource: Objective
    with_front: bool
    explain: bool
    should_stop: Callable[[], bool]
    told: dict[int, Pathway] = field(default_factory=dict, init=False)
    displaced: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict, init=False)

    @cached_property
    def group(self) -> Group:
        return Group(seekers(self.members))

    @cached_property
    def found(self) -> Found:
        return self.group.found(self.criterion, self.limit)

    @property
    def chosen(self) -> dict[str, int]:
        return self.found.chosen

    @cached_property
    def all_known(self) -> bool:
        """Whether every price is proved the least."""
        return all(one.computed and (one.reach is None or one.reach.proved) for one in self.members)

    @property
    def proved(self) -> bool:
        return self.all_known and self.found.proved

    @property
    def spent(self) -> int:
        return self.group.spent(self.chosen)

    def decision(self) -> Decision:
        lines = tuple(self._line(one) for one in self.members)
        reached = self._figures(self.group, self.chosen)
        return Decision(
            criterion=self.criterion,
            resource=self.resource,
            limit=self._told(self.limit),
            people=len(self.members),
            outcomes=dict(sorted(Counter(one.outcome.value for one in lines).items())),
            reached=reached,
            bound=reached if self.proved else self._bound(),
            proved=self.proved,
            left=self._told(self.limit - self.spent),
            services=tuple(self._services()),
            lines=lines,
            complete=self.proved,
            stopped=any(not one.computed for one in self.members),
            **self._what_more_brings(),
            **(self._fronts() if self.with_front else {}),
        )

    def _told(self, amount: int) -> float:
        """Cents as euros, or minutes as hours."""
        return round(amount / (60 if self.resource is Objective.HOURS else 100), 2)

    def _figures(self, group: Group, chosen: dict[str, int]) -> Figures:
        shares = group.worst_first(chosen)
        return Figures(
            titles=group.titles(chosen),
            blocks=group.blocks(chosen),
            spent=self._told(group.spent(chosen)),
            least_share=_fraction(*shares[0].as_integer_ratio()) if shares else None,
        )

    def _bound(self) -> Figures:
        best = self.group if self.all_known else Group(hoped(self.members))
        found = self.found if self.all_known else best.found(self.criterion, self.limit)
        figures = self._figures(best, found.chosen)
        return figures.model_copy(update={"titles": found.titles, "blocks": found.blocks})

    def _services(self) -> Iterator[ServiceShare]:
        for name, (served, people) in self.group.shares(self.chosen).items():
            yield ServiceShare(service=name or None, people=people, served=served, share=_fraction(served, people))

    # -- what more brings ---------------------------------------------------------------------------------------------

    def _what_more_brings(self) -> dict[str, float | None]:
        enough = self._told(sum(self.group.prices)) if self.group.prices else None
        if self.criterion is Criterion.FAIRNESS:
            return {"enough": enough, "next_share": self._fairer()}
        titles, blocks = self.group.titles(self.chosen), self.group.blocks(self.chosen)
        titles_first = self.criterion is Criterion.TITLES
        if not self.group.fits:
            name, least, count = (
                ("next_title", self.group.by_titles, titles)
                if titles_first
                else ("next_block", self.group.by_blocks, blocks)
            )
            return {"enough": enough, name: self._above(least, count)}
        return {
            "enough": enough,
            "next_title": self._beyond(titles + 1, 0 if titles_first else blocks),
            "next_block": self._beyond(titles if titles_first else 0, blocks + 1),
        }

    def _above(self, least: Sequence[int], count: int) -> float | None:
        """The least that must be added to the limit for more than a count."""
        needed = min(least[count + 1 :], default=NEVER)
        return None if needed >= NEVER else self._told(max(0, needed - self.limit))

    def _beyond(self, titles: int, blocks: int) -> float | None:
        """The least that must be added to the limit for at least so many titles and blocks."""
        needed = self.group.purse.beyond(titles, blocks)
        return None if needed is None else self._told(needed - self.limit)

    def _fairer(self) -> float | None:
        """The least that must be added for better shares: they never get worse with more, so it is found by halving."""
        now = self.group.worst_first(self.chosen)
        low, high = self.limit, max(self.limit, sum(self.group.prices))

        def is_better(limit: int) -> bool:
            return self.group.worst_first(self.group.chosen(self.criterion, limit)) > now

        if not is_better(high):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if is_better(middle) else (middle, high)
        return self._told(high - self.limit)

    def _fronts(self) -> dict[str, tuple[Compromise, ...]]:
        return {
            "front_titles": tuple(self._compromises(self.group.by_titles)),
            "front_blocks": tuple(self._compromises(self.group.by_blocks)),
        }

    def _compromises(self, least: Iterable[int]) -> Iterator[Compromise]:
        before = 0
        for count, needed in compromises(least):
            yield Compromise(count=count, needed=self._told(needed), step=self._told(needed - before))
            before = needed

    # -- person by person ---------------------------------------------------------------------------------------------

    def _line(self, one: Member) -> Allotment:
        line = Allotment(
            person=one.person,
            service=one.service,
            target=one.target,
            outcome=_without_choice(one),
            problems=one.problems,
            missing=one.missing,
        )
        if one.reach is None or one.reach.held:
            return line
        way = one.reach.ways[self.chosen[one.person]] if one.person in self.chosen else None
        title = one.reach.title
        told: dict[str, object] = {
            "lacking": one.reach.lacking,
            "proved": one.reach.proved,
            "price": None if title is None else self._told(title.spent or 0),
            "unpriced": tuple(self._unpriced(one.reach)),
        }
        if way is not None:
            told |= self._paid(one, way)
        if title is not None and (way is None or not way.title):
            told |= self._not_completed(one, title, way)
        return line.model_copy(update=told)

    def _paid(self, one: Member, way: Way) -> dict[str, object]:
        pathway = self._pathway(one.reach, way)
        return {
            "outcome": Outcome.TITLE if way.title else Outcome.BLOCKS,
            "blocks": way.blocks,
            "spent": self._told(way.spent or 0),
            "at_least": bool(self._not_read(pathway)),
            "steps": pathway.steps,
            "totals": pathway.totals,
            "verified": pathway.verified,
        }

    def _not_read(self, pathway: Pathway) -> int:
        totals = pathway.totals
        hours = self.resource is Objective.HOURS
        return totals.unknown_assessment_hours if hours else totals.unknown_assessment_cost

    def _pathway(self, reach: Reach | None, way: Way) -> Pathway:
        """The plan of a way, told and verified once for all who share it."""
        assert reach is not None
        assert reach.positioning is not None
        assert reach.question is not None
        assert way.solution is not None
        if id(way) not in self.told:
            placed = reach.positioning
            goals = (*(placed.target.goals if way.title else ()), *way.blocks)
            near = replace(placed, target=replace(placed.target, goals=tuple(dict.fromkeys(goals))))
            self.told[id(way)] = retold(way.solution, near, reach.question)
        return self.told[id(way)]

    def _unpriced(self, reach: Reach) -> Iterator[str]:
        """The modules whose price is not known, in the plans that have none; they all serve to obtain more than what has one."""
        found: set[str] = set()
        for way in reach.unpriced:
            if way.bound is None and way.solution is not None:
                doings = (way.solution.choice.doings[name] for name in way.solution.actions)
                hours = self.resource is Objective.HOURS
                found |= {
                    one.ref
                    for one in doings
                    if one.kind == StepKind.MODULE.value and (one.minutes if hours else one.cents) is None
                }
        yield from sorted(found)

    def _not_completed(self, one: Member, title: Way, way: Way | None) -> dict[str, object]:
        spent = 0 if way is None else way.spent or 0
        more = (title.spent or 0) - spent - (self.limit - self.spent)
        told: dict[str, object] = {"more": self._told(max(more, 0))}
        if self.explain and (title.spent or 0) <= self.limit and self._is_small() and not self.should_stop():
            told["instead_of"] = self._displaced(one, title.spent or 0)
        return told

    def _is_small(self) -> bool:
        if self.criterion is Criterion.FAIRNESS:
            return True
        return self.group.fits and self.group.purse.table.size * len(self.group.seekers) <= _EXPLAINED

    def _displaced(self, one: Member, price: int) -> tuple[str, ...]:
        """Who gets less when this person completes, all the others given the best that is left."""
        own = next(seeker for seeker in self.group.seekers if seeker.person == one.person)
        key = (own.service if self.criterion is Criterion.FAIRNESS else "", own.ways)
        if key not in self.displaced:
            others = self.group.with_title(one.person)
            chosen = others.chosen(self.criterion, self.limit - price)
            self.displaced[key] = tuple(
                seeker.person for seeker in self.group.seekers if self._loses(seeker, chosen) and seeker is not own
            )
        return self.displaced[key]

    def _loses(self, seeker: Seeker, chosen: dict[str, int]) -> bool:
        def got(ranks: dict[str, int]) -> tuple[bool, int]:
            way = seeker.ways[ranks[seeker.person]] if seeker.person in ranks else Purchase(False, 0, 0)
            return way.title, way.blocks

        return got(chosen) < got(self.chosen)


def _without_choice(one: Member) -> Outcome:
    """What a person is before anything is chosen for them."""
    if one.problems:
        return Outcome.REFUSED
    if one.reach is None:
        return Outcome.NOT_COMPUTED
    if one.reach.held:
        return Outcome.HELD
    if one.reach.ways:
        return Outcome.NOTHING
    if one.reach.unpriced:
        return Outcome.UNPRICED
    return Outcome.NOT_FOUND if one.reach.unsettled else Outcome.IMPOSSIBLE


def _fraction(served: int, people: int) -> str:
    """A share as it is said, not reduced: « 6/14 »."""
    return f"{served}/{people}"
