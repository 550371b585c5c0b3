"""What one person may obtain, and what each costs (*ce qui est à portée, et son prix*), before anybody chooses between people.

Criteria count blocks and titles; which blocks they are does not matter to them. So nothing is lost by asking, for each number n of
blocks that the person lacks, the engine's own exact question:

    c(n)    = the least that a plan obtaining at least n of them takes;
    c(n, T) = the least that a plan obtaining at least n of them and the target takes.

``at least n of them`` is a goal like another, k of n facts. A target of k blocks takes some k + 1 solves, instead of one for each of the
2^k sets of blocks; a plan that happens to give more stands for those as well. Both grow with n, so a way that gives no more than another
one and takes as much is left out.

A module of unknown price is not free: plans are compared on how many of those they hold, then on what is known. A way whose least plan
holds one has no known price: nobody can say that a budget pays for it, and it is told apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from pathways.candidates import candidates
from pathways.cohort_plans import Cohort
from pathways.draft import Candidates
from pathways.gap import ACQUIRED, Positioning, position
from pathways.objectives import Objective
from pathways.optimise.building import building
from pathways.optimise.problem import Group, Outcome
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import Limits, Solution, decided


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that a person may obtain.

    Parameters
    ----------
    title : bool
        Whether the target is reached.
    blocks : tuple of str
        The blocks of the target that the person lacks and that the plan gives, in their order.
    spent : int or None
        Cents, or minutes; ``None`` when no plan was found in the time given, or when a module of the least one has no known price.
    bound : int or None
        No plan that gives as much takes less; ``None`` when no plan of known price gives as much.
    unknown : int
        How many modules of the plan have no known price, or length.
    count : int
        How many blocks were asked for.
    solution : Solution or None
        The plan.
    """

    title: bool
    blocks: tuple[str, ...]
    spent: int | None
    bound: int | None
    unknown: int = 0
    count: int = 0
    solution: Solution | None = None

    @property
    def proved(self) -> bool:
        """Whether no plan that gives as much takes less."""
        return self.unknown == 0 and self.spent == self.bound


@dataclass(frozen=True, slots=True)
class Reach:
    """All that a person may obtain: the ways that have a price, those whose price is not known, and what the person is.

    Parameters
    ----------
    held : bool
        The target is there already.
    lacking : tuple of str
        The blocks of the target that the person lacks.
    ways : tuple of Way
        Worth choosing, the dearest first.
    unpriced : tuple of Way
        Possible, at a price that is not known; ``spent`` is empty.
    unsettled : tuple of Way
        Neither found at a known price, nor ruled out, in the time given.
    question, positioning
        What was asked, for who plans it again.
    """

    held: bool
    lacking: tuple[str, ...]
    ways: tuple[Way, ...] = ()
    unpriced: tuple[Way, ...] = ()
    unsettled: tuple[Way, ...] = ()
    question: Question | None = None
    positioning: Positioning | None = None

    @property
    def title(self) -> Way | None:
        """The least way to the target that has a price."""
        return min((one for one in self.ways if one.title), key=lambda one: one.spent or 0, default=None)

    @property
    def proved(self) -> bool:
        """Whether every price is proved the least, and nothing is left open."""
        return not self.unsettled and all(one.proved for one in self.ways)


@dataclass
class Reaches:
    """What people may obtain of a target; people with one problem share it.

    Parameters
    ----------
    rights : Rights
    asked : Question
        What is asked for each; its profile is put aside, and so is what it minimises.
    resource : Objective
        What is scarce: the cost, or the hours.

    Raises
    ------
    UnknownReference, NotInForce
        The target can't be used.
    """

    rights: Rights
    asked: Question
    resource: Objective = Objective.COST
    found: dict[Hashable, Reach] = field(default_factory=dict)

    @cached_property
    def cohort(self) -> Cohort:
        """The same target for many, which knows whose problems are the same."""
        return Cohort(self.rights, replace(self.asked, minimise=(self.resource,), explain=False))

    def knows(self, profile: Profile) -> bool:
        """Whether what a person may obtain is worked out already.

        Raises
        ------
        ProfileProblem
            The profile names something that can't be used.
        """
        return self.cohort.problem(profile) in self.found

    def of(self, profile: Profile, limits: Limits) -> Reach:
        """What a person may obtain; kept for others unless the search was asked to stop.

        Raises
        ------
        ProfileProblem
            The profile names something that can't be used.
        """
        question = replace(self.cohort.asked, profile=profile, alternatives=0, front=None)
        problem = self.cohort.problem(profile)
        if problem in self.found:
            return self.found[problem]
        found = reach(question, self.rights, limits)
        if limits.should_stop is None or not limits.should_stop():
            self.found[problem] = found
        return found


def reach(question: Question, rights: Rights, limits: Limits) -> Reach:
    """All that a person may obtain of a target, at the least of what the question minimises first."""
    placed = position(question.profile, question.target, rights, question.on, question.policy)
    lacking = _lacking(placed)
    if placed.is_acquired:
        return Reach(held=True, lacking=())
    search = _Search(placed, question, lacking, limits)
    every = [way for title in (True, False) for way in search.ways(title=title)]
    priced = [one for one in every if one.spent is not None]
    return Reach(
        held=False,
        lacking=lacking,
        ways=tuple(worth(priced)),
        unpriced=tuple(one for one in every if one.unknown),
        unsettled=tuple(one for one in every if one.spent is None and one.bound is not None),
        question=question,
        positioning=placed,
    )


def _lacking(placed: Positioning) -> tuple[str, ...]:
    """The blocks of the target that are not acquired; a competency aimed at has none."""
    if placed.target.local.competency is not None:
        return ()
    refs = (f"{placed.target.version.key}/{block.code}" for block in placed.target.blocks)
    return tuple(ref for ref in refs if placed.state(ref) not in ACQUIRED)


def worth(ways: list[Way]) -> Iterator[Way]:
    """The ways that none other matches, in what they give and in what they take; the dearest first.

    Examples
    --------
    >>> some = [Way(False, ("B1",), 300, 300), Way(True, ("B1", "B2"), 300, 300), Way(False, ("B2",), 100, 100)]
    >>> [(one.title, one.blocks) for one in worth(some)]
    [(True, ('B1', 'B2')), (False, ('B2',))]
    """
    kept: list[Way] = []
    for one in sorted(ways, key=lambda way: (way.spent or 0, not way.title, -len(way.blocks))):
        if not any(best.title >= one.title and len(best.blocks) >= len(one.blocks) for best in kept):
            kept.append(one)
    yield from reversed(kept)


class _Search:
    """The solves for one person: the choice is compiled once, and asked with other goals."""

    def __init__(self, placed: Positioning, question: Question, lacking: tuple[str, ...], limits: Limits) -> None:
        self.placed, self.question, self.lacking, self.limits = placed, question, lacking, limits
        offering = question.offering(placed.rights.library)
        goals = tuple(dict.fromkeys((*placed.target.goals, *lacking)))
        near = replace(placed, target=replace(placed.target, goals=goals))
        with building():
            self.choice = candidates(near, offering, question.objectives, dated=question.is_dated)
        self.rank = {name: number for number, name in enumerate(self.choice.problem.facts)}

    def ways(self, *, title: bool) -> Iterator[Way]:
        """The ways for more and more blocks, until nothing leads there, or nothing that has a price."""
        count = 0 if title else 1
        while count <= len(self.lacking):
            solution = self._least(title, count)
            if solution.outcome.status == "infeasible":
                return
            way = self._way(title, count, solution)
            yield way
            if way.bound is None:
                return
            count = max(count, len(way.blocks)) + 1

    def _least(self, title: bool, count: int) -> Solution:
        """The least plan for so many of the blocks, and for the target."""
        problem = self.choice.problem
        goals = {*self.question.profile.can_give.imposed, *(self.placed.target.goals if title else ())}
        groups = problem.groups
        if count:
            groups = (*groups, Group(count, frozenset(self.rank[ref] for ref in self.lacking)))
        asked = replace(problem, goals=frozenset(self.rank[fact] for fact in goals), groups=groups)
        return decided(Candidates(asked, self.choice.doings), self.question, self.limits)

    def _way(self, title: bool, count: int, solution: Solution) -> Way:
        outcome = solution.outcome
        bound = _bound(outcome)
        if not solution.found:
            return Way(title, (), None, bound, count=count)
        unknown, spent = outcome.value[:2]
        blocks = obtained(solution, self.lacking)
        if len(blocks) < count:
            raise AssertionError("a plan gives fewer blocks than it was asked for")
        return Way(title, blocks, None if unknown else spent, bound, unknown, count, solution)


def _bound(outcome: Outcome) -> int | None:
    """What no plan of known price is below; ``None`` when there is none."""
    if not outcome.bound:
        return 0
    return None if outcome.bound[0] else outcome.bound[1]


def obtained(solution: Solution, lacking: tuple[str, ...]) -> tuple[str, ...]:
    """The blocks, of those that were lacking, that a plan makes true, with all that follows from it at no cost."""
    problem, done = solution.choice.problem, set(solution.outcome.selection)
    true = set(problem.held)
    waiting = [one for one in problem.actions if one.id in done or solution.choice.doings[one.id].kind == "algebra"]
    while True:
        for group in problem.groups:
            if group.fact is not None and len(group.members & true) >= group.k:
                true.add(group.fact)
        fresh = [one for one in waiting if one.pre <= true]
        if not fresh:
            break
        waiting = [one for one in waiting if not one.pre <= true]
        true = true.union(*(one.add for one in fresh))
    rank = {name: number for number, name in enumerate(problem.facts)}
    return tuple(ref for ref in lacking if rank.get(ref) in true)
