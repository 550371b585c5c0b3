"""A budget that does not suffice: equal to trying everything, for each criterion and each compromise; the more there is, the better."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from pathways.gap import ACQUIRED, position
from pathways.group.budget import Criterion, Member, decide
from pathways.group.budget_answer import Decision, Outcome
from pathways.group.budget_check import recount
from pathways.group.budget_ways import Reaches
from pathways.objectives import Objective
from pathways.profile import Profile
from pathways.recognition import Rights
from pathways.solution import Limits, resolve
from referentials.library import Library
from tests.pathways.small import block, certification, offer, person, right
from tests.pathways.small import module as a_module
from tests.pathways.small import question as a_question
from tests.soaking import IN_THE_SOAK

BLOCKS = ("B1", "B2", "B3")


def drawn(seed: int) -> tuple[Rights, list[tuple[Profile, str | None]]]:
    """A title of three blocks, modules that overlap, some without a price, and up to five people of two services or none."""
    draw = random.Random(seed)
    blocks = (
        block(f"{code} C1 C2", hours=1, cost=draw.choice((0, 20, None)), optional=code == "B3" and draw.random() < 0.3)
        for code in BLOCKS
    )
    title = certification("a@1", *blocks)
    rights = [right("r", "a@1/B1", "a@1/B2")] if draw.random() < 0.3 else []
    refs = [f"a@1/{code}/{one}" for code in BLOCKS for one in ("C1", "C2")]
    modules = [
        a_module(
            f"m{number}",
            *draw.sample(refs, draw.randint(1, 3)),
            price=None if draw.random() < 0.1 else draw.randrange(50, 400, 10),
            **({"requires": f"o:m{draw.randrange(number)}"} if number and draw.random() < 0.2 else {}),
        )
        for number in range(8)
    ]
    people = []
    for number in range(draw.randint(1, 5)):
        held = [f"a@1/{code}" for code in BLOCKS if draw.random() < 0.25]
        known = [ref for ref in refs if draw.random() < 0.3]
        limits = draw.choice(({}, {}, {"budget": 500}, {"hours": 30}, {"weekly_hours": 7, "deadline": "2025-08-31"}))
        profile = person(*held, competencies=known, id=f"p{number}", can_give=limits)
        people.append((profile, draw.choice(("nord", "sud", None))))
    return Rights(Library.of(title, offer(*modules), *rights)), people


def members(rights: Rights, people: list[tuple[Profile, str | None]], **asked: Any) -> list[Member]:
    """The people with all that they may obtain."""
    reaches = Reaches(rights, a_question(**asked))
    return [Member(one.id, service, "a@1", reaches.of(one, Limits())) for one, service in people]


# -- by trying everything ---------------------------------------------------------------------------------------------


def prices(rights: Rights, profile: Profile) -> dict[tuple[bool, int], int]:
    """What each (title, number of blocks) takes at least, by one plan for every set of blocks, with the title and without."""
    placed = position(profile, "a@1", rights, a_question().on)
    asked = a_question(profile, minimise=("cost",))
    lacking = [f"a@1/{code}" for code in BLOCKS if placed.state(f"a@1/{code}") not in ACQUIRED]
    found: dict[tuple[bool, int], int] = {(False, 0): 0}
    if placed.is_acquired:
        return found
    sets = (some for size in range(len(lacking) + 1) for some in itertools.combinations(lacking, size))
    for title, some in itertools.product((False, True), list(sets)):
        goals = (*(placed.target.goals if title else ()), *some)
        near = replace(placed, target=replace(placed.target, goals=goals))
        solution = resolve(near, asked, asked.offering(rights.library)) if goals else None
        if solution is not None and solution.found and not solution.outcome.value[0]:
            spent = solution.outcome.value[1]
            found[title, len(some)] = min(spent, found.get((title, len(some)), spent))
    return found


def tried(rights: Rights, people: list[tuple[Profile, str | None]]) -> list[tuple[tuple[Any, ...], ...]]:
    """Every choice of something for each person: (service, title, blocks, spent, could complete)."""
    every = []
    for profile, service in people:
        found = prices(rights, profile)
        able = any(title for title, _count in found)
        every.append([(service or "", title, count, spent, able) for (title, count), spent in found.items()])
    return list(itertools.product(*every))


def worth(choice: tuple[tuple[Any, ...], ...], criterion: Criterion) -> tuple[Any, ...]:
    """What a choice is compared on, the larger the better."""
    titles, blocks = sum(one[1] for one in choice), sum(one[2] for one in choice)
    spent = sum(one[3] for one in choice)
    if criterion is Criterion.TITLES:
        return titles, blocks, -spent
    if criterion is Criterion.BLOCKS:
        return blocks, titles, -spent
    names = sorted({one[0] for one in choice if one[4]})
    shares = [
        Fraction(sum(one[1] for one in choice if one[0] == name), sum(one[4] for one in choice if one[0] == name))
        for name in names
    ]
    return sorted(shares), titles, -spent


def value(choice: tuple[tuple[Any, ...], ...], what: str) -> int:
    """How many titles, or blocks, a choice gives."""
    return sum(one[1 if what == "titles" else 2] for one in choice)


def reached(decision: Decision, criterion: Criterion) -> tuple[Any, ...]:
    """The same of a decision."""
    titles, blocks, spent = decision.reached.titles, decision.reached.blocks, -round(decision.reached.spent * 100)
    if criterion is Criterion.TITLES:
        return titles, blocks, spent
    if criterion is Criterion.BLOCKS:
        return blocks, titles, spent
    return sorted(Fraction(one.share) for one in decision.services), titles, spent


@cache
def world(seed: int) -> tuple[Rights, list[tuple[Profile, str | None]], list[Member], Any]:
    """A drawn group, with all that it could be given."""
    rights, people = drawn(seed)
    return rights, people, members(rights, people), tried(rights, people)


SEEDS = [*range(5), *(pytest.param(seed, marks=IN_THE_SOAK) for seed in range(5, 40))]
FEW = range(3)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_what_trying_everything_finds(seed: int) -> None:
    _rights, _people, group, every = world(seed)
    before: dict[Criterion, Any] = {}
    for limit in (0, 15_000, 40_000, 90_000):
        for criterion in Criterion:
            decision = decide(group, limit, criterion)
            best = max(worth(one, criterion) for one in every if sum(two[3] for two in one) <= limit)
            assert reached(decision, criterion) == best
            assert recount(decision, group) == []
            assert decision.proved
            assert best[:-1] >= before.get(criterion, best)[:-1], "more money never makes it worse"
            before[criterion] = best


@pytest.mark.parametrize("seed", FEW)
def test_more_people_than_a_table_holds_are_decided_for_alike(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    _rights, _people, group, _every = world(seed)
    for criterion in (Criterion.TITLES, Criterion.BLOCKS):
        with monkeypatch.context() as patch:
            patch.setattr("pathways.optimise.knapsack.CELLS", 0)
            many = decide(group, 40_000, criterion, front=True)
        one = decide(group, 40_000, criterion, front=True)
        assert (many.reached, many.proved, recount(many, group)) == (one.reached, True, [])
        assert (many.front_titles, many.front_blocks) == (one.front_titles, one.front_blocks)
        first = "next_title" if criterion is Criterion.TITLES else "next_block"
        assert getattr(many, first) == getattr(one, first)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_compromise_is_there_with_its_price(seed: int) -> None:
    _rights, _people, group, every = world(seed)
    decision = decide(group, 40_000, Criterion.TITLES, front=True)
    for rank, told in ((1, decision.front_titles), (2, decision.front_blocks)):
        pairs = {(sum(one[rank] for one in choice), sum(one[3] for one in choice)) for choice in every}
        best = {
            pair for pair in pairs if not any(two[0] >= pair[0] and two[1] <= pair[1] and two != pair for two in pairs)
        }
        assert [(one.count, round(one.needed * 100)) for one in told] == sorted(best)
        assert [one.step for one in told[1:]] == [
            pytest.approx(two.needed - one.needed) for one, two in itertools.pairwise(told)
        ]


@pytest.mark.parametrize("seed", FEW)
def test_the_order_of_people_changes_nothing(seed: int) -> None:
    _rights, _people, group, _every = world(seed)
    for criterion in Criterion:
        found = decide(group, 40_000, criterion)
        other = decide(group[::-1], 40_000, criterion)
        assert {line.person: line for line in found.lines} == {line.person: line for line in other.lines}
        assert found.reached == other.reached


@pytest.mark.parametrize("seed", SEEDS)
def test_what_more_would_bring_is_the_least_that_brings_it(seed: int) -> None:
    _rights, _people, group, every = world(seed)
    found = decide(group, 40_000, Criterion.TITLES)
    other = decide(group, 40_000, Criterion.BLOCKS)
    for now, more, kept, what in (
        (found, found.next_title, "titles", "titles"),
        (found, found.next_block, "titles", "blocks"),
        (other, other.next_block, "blocks", "blocks"),
        (other, other.next_title, "blocks", "titles"),
    ):
        figures = getattr(now.reached, kept), getattr(now.reached, what)
        possible = [(value(one, kept), value(one, what), sum(two[3] for two in one)) for one in every]
        better = [spent for first, second, spent in possible if first >= figures[0] and second > figures[1]]
        assert (None if more is None else 40_000 + round(more * 100)) == min(better, default=None)
    fair = decide(group, 40_000, Criterion.FAIRNESS)
    if fair.next_share is not None:
        better = decide(group, 40_000 + round(fair.next_share * 100), Criterion.FAIRNESS)
        assert reached(better, Criterion.FAIRNESS)[0] > reached(fair, Criterion.FAIRNESS)[0]
    for line in found.lines:
        assert line.more is None or line.more > 0


# -- case by case -----------------------------------------------------------------------------------------------------

TITLE = certification("a@1", block("B1 C1"), block("B2 C2"))


def group_of(*people: tuple[Profile, str | None], modules: tuple[Any, ...], **asked: Any) -> list[Member]:
    return members(Rights(Library.of(TITLE, offer(*modules))), list(people), **asked)


ONE, TWO = a_module("un", "a@1/B1/C1", price=300), a_module("deux", "a@1/B2/C2", price=500, hours=30)


def test_who_is_not_served_knows_what_it_would_take_and_who_would_give_way() -> None:
    near, far = person("a@1/B2", id="proche"), person(id="loin")
    found = decide(group_of((far, None), (near, None), modules=(ONE, TWO)), 90_000, Criterion.TITLES)
    lines = {line.person: line for line in found.lines}
    assert (lines["proche"].outcome, lines["proche"].spent) == (Outcome.TITLE, 300)
    assert (lines["loin"].outcome, lines["loin"].blocks) == (Outcome.BLOCKS, ("a@1/B1",))
    assert (lines["loin"].price, lines["loin"].more, lines["loin"].instead_of) == (800, 200, ("proche",))
    assert (found.left, found.next_title, found.next_block, found.enough) == (300, 200, 200, 1100)


def test_fairness_serves_each_service_before_the_cheapest_people() -> None:
    people = [(person("a@1/B2", id=f"n{number}"), "nord") for number in range(3)]
    people.append((person(id="s"), "sud"))
    group = group_of(*people, modules=(ONE, TWO))
    cheapest, fair = (decide(group, 110_000, one) for one in (Criterion.TITLES, Criterion.FAIRNESS))
    assert [one.share for one in cheapest.services] == ["3/3", "0/1"]
    assert [one.share for one in fair.services] == ["1/3", "1/1"]
    assert fair.next_share == 300


def test_each_of_those_for_whom_nothing_is_decided_is_told_with_the_reason() -> None:
    held = person("a@1/B1", "a@1/B2", id="déjà")
    group = group_of(
        (held, None), (person(id="sans prix"), None), modules=(ONE, a_module("m", "a@1/B2/C2", price=None))
    )
    group += [Member("refusé", problems=("Rien n'a cette référence.",)), Member("pas calculé", most_blocks=2)]
    found = decide(group, 100_000, Criterion.TITLES)
    told = {line.person: line for line in found.lines}
    assert [told[one].outcome.value for one in ("déjà", "sans prix", "refusé", "pas calculé")] == [
        "held",
        "blocks",
        "refused",
        "not_computed",
    ]
    assert (told["sans prix"].price, told["sans prix"].unpriced) == (None, ("o:m",))
    assert (found.proved, found.stopped, found.reached.titles) == (False, True, 0)
    assert found.bound is not None
    assert (found.bound.titles, found.bound.blocks) == (1, 3)
    assert recount(found, group) == []
    nothing = decide(group_of((person(id="p"), None), modules=()), 1, Criterion.FAIRNESS)
    assert (nothing.lines[0].outcome, nothing.services, nothing.proved) == (Outcome.IMPOSSIBLE, (), True)


def test_who_can_only_have_a_part_of_their_target_is_given_that_part() -> None:
    group = group_of((person(id="p"), None), modules=(ONE,))
    for criterion, outcome in ((Criterion.TITLES, Outcome.BLOCKS), (Criterion.FAIRNESS, Outcome.NOTHING)):
        found = decide(group, 50_000, criterion)
        assert (found.lines[0].outcome, found.lines[0].price, found.services) == (outcome, None, ())
        assert (found.enough, found.next_title, recount(found, group)) == (None, None, [])


def test_hours_are_shared_out_like_money() -> None:
    reaches = Reaches(Rights(Library.of(TITLE, offer(ONE, TWO))), a_question(), Objective.HOURS)
    group = [
        Member(one, None, "a@1", reaches.of(person(has, id=one), Limits()))
        for one, has in (("a", "a@1/B2"), ("b", "a@1/B1"))
    ]
    found = decide(group, 20 * 60, Criterion.TITLES, Objective.HOURS)
    assert [(line.outcome.value, line.spent) for line in found.lines] == [("title", 7), ("nothing", 0)]
    assert (found.left, found.next_title) == (13, 17)
    assert recount(found, group) == []


def test_the_check_sees_what_is_wrong() -> None:
    group = group_of((person("a@1/B2", id="a"), None), (person(id="b"), None), modules=(ONE, TWO))
    found = decide(group, 90_000, Criterion.TITLES)
    assert recount(found, group) == []
    first, second = found.lines
    wrong = [
        {"lines": (first,)},
        {"lines": (first.model_copy(update={"spent": 10.0}), second)},
        {"lines": (first.model_copy(update={"blocks": ()}), second)},
        {"lines": (first, second.model_copy(update={"more": 0.0}))},
        {"lines": (first, second.model_copy(update={"outcome": Outcome.TITLE}))},
        {"left": 1.0},
        {"services": ()},
        {"limit": 100.0, "left": 100.0 - found.reached.spent},
        {"reached": found.reached.model_copy(update={"titles": 2})},
    ]
    for change in wrong:
        assert recount(found.model_copy(update=change), group), change
