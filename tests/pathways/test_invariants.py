"""What must always hold of an answer, on thousands of drawn worlds: the eight invariants of the model.

A world is drawn small so that an oracle can try everything. Each test says in its name what holds.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pathways.gap import ACQUIRED, State, position
from pathways.objectives import Objective
from pathways.pathway import IfConfirmed, Pathway, Status, StepKind, Without
from pathways.planner import plan
from pathways.profile import EvidenceKind
from pathways.recognition import Rights
from referentials.offer import Module
from referentials.reference import parse_ref
from referentials.requirement import leaves
from referentials.rights import Effect, Recognition
from tests.pathways.oracle import Oracle, best, value
from tests.pathways.strategies import ON, World, worlds

FOUND = (Status.HELD, Status.OPTIMAL)
WORST = (float("inf"),)


def many(examples: int) -> Any:
    """So many worlds; more, in proportion, and new ones, under a profile that asks for more than usual."""
    return settings(max_examples=examples * max(1, settings().max_examples // 100))


def value_of(world: World, told: Pathway) -> tuple[float, ...]:
    """What the plan of a world is compared on; an impasse is worse than anything."""
    if told.status is Status.INFEASIBLE:
        return WORST
    assert told.status in FOUND
    return tuple(round(one, 2) for one in value(told.totals.model_dump(), [one.value for one in world.minimise]))


# -- 1 and 2: checked, and equal to the best of everything ------------------------------------------------------------


@many(500)
@given(worlds(7))
def test_the_plan_is_checked_and_the_best_there_is(world: World) -> None:
    told, expected = world.answer(), best(world)
    if expected is None:
        assert told.status is Status.INFEASIBLE
        return
    assert told.verified
    assert all(one.proved for one in told.objective)
    order = [one.value for one in world.minimise]
    assert value_of(world, told) == tuple(round(one, 2) for one in value(expected, order))


@many(25)
@given(worlds(12, policy=World.policy))
def test_it_is_the_best_of_twelve_modules_too(world: World) -> None:
    expected = best(world)
    order = [one.value for one in world.minimise]
    assert value_of(world, world.answer()) == (
        WORST if expected is None else tuple(round(one, 2) for one in value(expected, order))
    )


@many(150)
@given(worlds(6))
def test_what_is_told_of_each_objective_is_what_the_steps_add_up_to(world: World) -> None:
    told = world.answer()
    for one in told.objective:
        assert round(one.value, 2) == round(getattr(told.totals, one.name.value), 2)
        assert one.bound == one.value


# -- 3: monotone ------------------------------------------------------------------------------------------------------


def never_worse(before: World, after: World) -> None:
    assert value_of(after, after.answer()) <= value_of(before, before.answer())


@many(200)
@given(worlds(6), st.integers(0, 10**6), st.sampled_from(EvidenceKind))
def test_holding_more_is_never_worse(world: World, choice: int, evidence: EvidenceKind) -> None:
    library = world.library
    items = [version.key for version in library]
    items += [f"{version.key}/{block.code}" for version in library for block in version.known_blocks]
    more = items[choice % len(items)]
    kind = "blocks" if "/" in more else "qualifications"
    never_worse(world, world.holding(**{kind: [{"ref": more, "evidence": evidence}]}))


@many(150)
@given(worlds(6), st.integers(0, 10**6), st.sampled_from(EvidenceKind))
def test_proving_a_competency_more_is_never_worse(world: World, choice: int, evidence: EvidenceKind) -> None:
    items = [key for version in world.library for key, _competency in version.competencies()]
    assume(items)
    never_worse(world, world.holding(competencies=[{"ref": items[choice % len(items)], "evidence": evidence}]))


@many(150)
@given(worlds(7))
def test_a_larger_offer_is_never_worse(world: World) -> None:
    modules = world.offer.modules
    named = world.profile.holds.modules + world.profile.can_give.imposed + world.profile.can_give.refused
    assume(modules and f"o:{modules[-1].id}" not in named)
    assume(all(f"o:{modules[-1].id}" not in item.model_dump_json() for item in (*modules, *world.recognitions)))
    never_worse(world.offering(modules[:-1]), world)


@many(120)
@given(worlds(6), st.integers(0, 800), st.integers(1, 500))
def test_a_larger_budget_is_never_worse(world: World, budget: int, more: int) -> None:
    never_worse(world.giving(budget=budget), world.giving(budget=budget + more))


@many(100)
@given(worlds(6), st.integers(0, 80), st.integers(1, 40))
def test_more_hours_in_all_are_never_worse(world: World, hours: int, more: int) -> None:
    never_worse(world.giving(hours=hours), world.giving(hours=hours + more))


@many(30)
@given(worlds(3), st.integers(1, 12), st.integers(1, 12), st.sampled_from((7, 20)))
def test_a_later_deadline_is_never_worse(world: World, weeks: int, more: int, weekly: int) -> None:
    dated = world.giving(weekly_hours=weekly)
    sooner, later = (dated.giving(deadline=ON + timedelta(weeks=count, days=3)) for count in (weeks, weeks + more))
    never_worse(sooner, later)


@many(30)
@given(worlds(3), st.integers(2, 20), st.integers(1, 15))
def test_more_hours_a_week_are_never_worse(world: World, weekly: int, more: int) -> None:
    dated = replace(world, minimise=(Objective.HOURS,)).giving(deadline=ON + timedelta(weeks=8))
    never_worse(dated.giving(weekly_hours=weekly), dated.giving(weekly_hours=weekly + more))


# -- 4: idempotent ----------------------------------------------------------------------------------------------------


def carried_out(world: World, told: Pathway) -> World:
    """The same person, the plan behind: what each step gave is held and certified."""
    kinds: dict[str, list[Any]] = {"qualifications": [], "blocks": [], "competencies": [], "modules": []}
    for step in told.steps:
        if step.kind is StepKind.MODULE:
            kinds["modules"].append(step.ref)
        for fact in step.grants:
            if fact[0] == "!" or ":" in fact:
                continue
            reference, _mark, level = fact.partition("#")
            item: dict[str, Any] = {"ref": reference, "evidence": "certified"}
            ref = parse_ref(reference)
            kind = "competencies" if ref.competency else "blocks" if ref.block else "qualifications"
            kinds[kind].append(item | ({"level": int(level)} if level else {}))
    return world.holding(**kinds)


@many(200)
@given(worlds(6))
def test_after_the_plan_nothing_is_left_to_do(world: World) -> None:
    told = world.answer()
    assume(told.status is Status.OPTIMAL)
    assert carried_out(world, told).answer().status is Status.HELD


# -- 5: deterministic -------------------------------------------------------------------------------------------------


def shuffled(world: World, seed: int) -> World:
    """The same world, everything in another order."""
    draw = random.Random(seed)

    def mixed(items: Any) -> tuple[Any, ...]:
        return tuple(draw.sample(list(items), len(items)))

    items = mixed(world.offering(mixed(world.offer.modules)).items)
    holds = world.profile.holds
    data = {name: mixed(getattr(holds, name)) for name in type(holds).model_fields}
    profile = world.profile.model_copy(
        update={"holds": holds.model_copy(update=data), "confirms": mixed(world.profile.confirms)}
    )
    return replace(world, items=items, profile=profile)


@many(120)
@given(worlds(6), st.integers(0, 10**6))
def test_the_order_of_what_is_given_changes_nothing(world: World, seed: int) -> None:
    assert shuffled(world, seed).answer() == world.answer()


# -- 6 and 7: one-way and dated ---------------------------------------------------------------------------------------


@many(250)
@given(worlds(6))
def test_a_right_is_used_forwards_within_its_dates_with_its_source(world: World) -> None:
    told = world.answer()
    rights = {item.id: item for item in world.recognitions}
    for step in (step for step in told.steps if step.kind is StepKind.RIGHT):
        right = rights[step.ref]
        assert right.effect in (Effect.AWARD, Effect.EXEMPT)
        assert right.in_force.contains(world.on)
        assert not right.discretionary
        assert any(reason.source is not None for reason in step.because if reason.by == right.id)
        granted = {full for text in right.grants for full in world.library.expand(text)}
        assert all(any(one in fact for one in granted) for fact in step.grants)


@many(120)
@given(worlds(5))
def test_likenesses_change_nothing_unless_asked_and_never_a_right(world: World) -> None:
    bare = replace(world, items=tuple(item for item in world.items if not hasattr(item, "relation")))
    prudent = world.policy.model_copy(update={"count_likeness": False})
    assert replace(world, policy=prudent).answer() == replace(bare, policy=prudent).answer()
    told = replace(world, policy=world.policy.model_copy(update={"count_likeness": True})).answer()
    proved = {item.id for item in world.recognitions}
    assert all(step.ref in proved for step in told.steps if step.kind is StepKind.RIGHT)


@many(120)
@given(worlds(5), st.integers(-3, 3))
def test_the_same_question_on_another_day_uses_the_texts_of_that_day(world: World, days: int) -> None:
    """Only what is in force that day is there: a library without the rest gives the same answer."""
    on = world.on + timedelta(days=days)
    moved = replace(world, on=on)
    in_force = tuple(item for item in world.items if not isinstance(item, Recognition) or item.in_force.contains(on))
    assert replace(moved, items=in_force).answer() == moved.answer()


# -- 8: honest --------------------------------------------------------------------------------------------------------


@many(250)
@given(worlds(6))
def test_nothing_to_confirm_is_shown_as_acquired(world: World) -> None:
    """What is shown as acquired follows from what is certified or assessed alone."""
    told = world.answer()
    oracle = Oracle(world)
    state = oracle.start_state(oracle.held)
    surely = state.true | state.like
    for block in told.gap.blocks:
        assert (block.state in ACQUIRED) == (block.ref in surely)
        for one in block.competencies:
            assert (one.state in ACQUIRED) == (one.ref in surely)
            assert one.state is not State.TO_CONFIRM or one.ref not in surely


@many(300)
@given(worlds(0))
def test_what_remains_is_the_fewest_blocks_that_the_award_asks_for(world: World) -> None:
    """By trying every set of blocks, and of the other things that the award asks for."""
    told, oracle = world.answer().gap, Oracle(world)
    award = oracle.target.award
    assume("/" not in told.target and award is not None and not told.acquired)
    state = oracle.start_state(oracle.held)
    leaves_of = {name for leaf in leaves(award) for name in oracle.names(leaf)} - state.true - state.like
    blocks = {f"{oracle.target.key}/{block.code}" for block in oracle.target.known_blocks}
    fewest = min(
        (len(set(some) - blocks), len(set(some) & blocks))
        for size in range(len(leaves_of) + 1)
        for some in combinations(sorted(leaves_of, key=str), size)
        if oracle.met(award, state.true | state.like | set(some))
    )
    assert told.remaining.blocks == fewest[1]


@many(250)
@given(worlds(6))
def test_totals_say_what_they_leave_out(world: World) -> None:
    told = world.answer()
    totals, modules = told.totals, [step for step in told.steps if step.kind is StepKind.MODULE]
    others = [step for step in told.steps if step.kind is not StepKind.MODULE]
    assert totals.unknown_hours == sum(step.hours is None for step in modules)
    assert totals.unknown_cost == sum(step.cost is None for step in modules)
    assert totals.unknown_assessment_hours == sum(step.hours is None for step in others)
    assert totals.unknown_assessment_cost == sum(step.cost is None for step in others)
    partial = any(step.hours is None or step.cost is None for step in told.steps)
    assert ("partial_totals" in told.notices) is partial
    modules = {f"o:{module.id}": module for module in world.offer.modules}
    for step in (step for step in told.steps if step.kind is StepKind.MODULE):
        assert (step.hours is None) is (modules[step.ref].hours is None)
        assert step.cost == modules[step.ref].price


@many(150)
@given(worlds(6), st.integers(0, 10**6))
def test_sessions_without_a_calendar_never_change_the_choice_and_follow_each_other(world: World, seed: int) -> None:
    """The verifier replays them; where it is said that none agree, none is told."""
    draw = random.Random(seed)

    def sessions() -> list[dict[str, Any]]:
        starts = [ON + timedelta(days=draw.randint(0, 60)) for _ in range(draw.choice((0, 1, 1, 2, 3)))]
        return [
            {"id": f"s{n}", "start": one, "end": one + timedelta(days=draw.randint(0, 20))}
            for n, one in enumerate(starts)
        ]

    modules = [module.model_dump() | {"sessions": sessions()} for module in world.offer.modules]
    told = world.offering([Module.model_validate(one) for one in modules]).answer()
    assert value_of(world, told) == value_of(world, world.answer())
    with_sessions = {f"o:{module['id']}" for module in modules if module["sessions"]}
    for step in (step for step in told.steps if step.ref in with_sessions):
        assert (step.session is None) is ("sessions_not_considered" in told.notices)


# -- explanations -----------------------------------------------------------------------------------------------------


@many(60)
@given(worlds(5))
def test_the_price_of_doing_without_a_module_is_that_of_a_fresh_plan(world: World) -> None:
    told = world.answer(explain=True)
    assume(told.status is Status.OPTIMAL)
    give = world.profile.can_give
    assert {one.module for one in told.without} == {step.ref for step in told.steps if step.kind is StepKind.MODULE}
    for one in told.without:
        imposed = [ref for ref in give.imposed if ref != one.module]
        fresh = world.giving(refused=[*give.refused, one.module], imposed=imposed).answer()
        assert one.irreplaceable is (fresh.status is Status.INFEASIBLE)
        if not one.irreplaceable:
            for name in ("hours", "cost"):
                assert_difference(one, name, more=fresh, less=told)


def assert_difference(one: Without | IfConfirmed, name: str, more: Pathway, less: Pathway) -> None:
    """A difference is exact where the same things are unknown on both sides, a minimum where more are, else not told."""
    above, below = ({step.ref for step in told.steps if getattr(step, name) is None} for told in (more, less))
    known = getattr(more.totals, name) - getattr(less.totals, name)
    if above == below:
        assert (getattr(one, name), getattr(one, f"{name}_at_least")) == (pytest.approx(known), False)
    elif above > below and known >= 0:
        assert (getattr(one, name), getattr(one, f"{name}_at_least")) == (pytest.approx(known), True)
    else:
        assert getattr(one, name) is None


def confirming(world: World, fact: str) -> World | None:
    """The same person, one claim proved: None for what a profile can't prove so."""
    if fact[0] == "?":
        return replace(
            world, profile=world.profile.model_copy(update={"confirms": (*world.profile.confirms, fact[1:])})
        )
    reference, _mark, level = fact.partition("#")
    if fact[0] == "+" or ":" in fact:
        return None
    ref = parse_ref(reference)
    kind = "competencies" if ref.competency else "blocks" if ref.block else "qualifications"
    item: dict[str, Any] = {"ref": reference, "evidence": "certified"}
    return world.holding(**{kind: [item | ({"level": int(level)} if level else {})]})


def confirming_together(world: World, one: IfConfirmed) -> World:
    """The same person, all that a module taught proved, or all the competencies to confirm of a block."""
    oracle = Oracle(world)
    if one.what == "module":
        some = {fact for fact in oracle.brought(one.fact, world.library.modules[one.fact]) if isinstance(fact, str)}
        some |= {part for fact in some for part in oracle.contents(fact) if "#" not in fact} - {one.fact}
    else:
        every = {fact for fact in oracle._held(every_kind=True) - oracle.held if isinstance(fact, str)}
        some = {fact for fact in every if fact.startswith(f"{one.fact}/")}
    items = [fact.partition("#") for fact in sorted(some) if fact.count("/") == 2]
    return world.holding(
        competencies=[
            {"ref": ref, "evidence": "certified"} | ({"level": int(level)} if level else {})
            for ref, _mark, level in items
        ]
    )


@many(80)
@given(worlds(5))
def test_what_a_confirmation_saves_is_what_a_fresh_plan_saves(world: World) -> None:
    told = world.answer(explain=True)
    for one in told.if_confirmed:
        if one.what in ("module", "competencies"):
            confirmed: World | None = confirming_together(world, one)
        else:
            confirmed = None if one.what == "right" else confirming(world, one.fact)
        if confirmed is None:
            continue
        fresh = confirmed.answer()
        assert fresh.status in FOUND
        assert one.opens is (told.status is Status.INFEASIBLE)
        if not one.opens:
            for name in ("hours", "cost"):
                assert_difference(one, name, more=told, less=fresh)


# -- impasses ---------------------------------------------------------------------------------------------------------

LIMITS: dict[str, Any] = {"refused": (), "imposed": (), "modalities": None, "hours": None, "budget": None}


@many(80)
@given(worlds(5), st.sampled_from((None, 0, 100, 300)), st.sampled_from((None, 0, 10, 25)))
def test_a_conflict_has_no_limit_to_spare_and_each_way_out_works(
    world: World, budget: int | None, hours: int | None
) -> None:
    asked = world.giving(budget=budget, hours=hours)
    told = asked.answer(explain=True)
    assume(told.status is Status.INFEASIBLE)
    assert told.conflict is not None
    core = told.conflict.core
    assert core
    if not set(core) <= LIMITS.keys():
        assert asked.giving(**LIMITS).answer().status is Status.INFEASIBLE
        return
    of_core = {name: empty for name, empty in LIMITS.items() if name not in core}
    assert asked.giving(**of_core).answer().status is Status.INFEASIBLE
    for spared in core:
        assert asked.giving(**of_core, **{spared: LIMITS[spared]}).answer().status in FOUND
    for way in told.conflict.ways_out:
        name = way.change.removeprefix("without_")
        given_up = name != way.change
        changed = LIMITS[name] if given_up else way.value
        if name == "modalities" and not given_up:
            changed = (*(world.profile.can_give.modalities or ()), way.value)
        fresh = asked.giving(**{name: changed}).answer()
        assert fresh.status in FOUND, way


# -- dates ------------------------------------------------------------------------------------------------------------


@many(60)
@given(worlds(4), st.sampled_from((3, 10, 35)), st.booleans())
def test_a_dated_plan_is_checked_and_as_good_as_without_dates(world: World, weekly: int, weeks: bool) -> None:
    """Without sessions nor deadline, dates take no plan away; weeks alone are fewer when they come first."""
    plain = world.answer()
    dated = world.giving(weekly_hours=weekly)
    assume(all(module.hours is not None for module in world.offer.modules))
    assume(all(right.in_force.end is None for right in world.recognitions))
    told = dated.answer()
    assert value_of(world, told) == value_of(world, plain)
    if told.status is Status.OPTIMAL:
        assert told.verified
        if weeks:
            fewest = replace(dated, minimise=(Objective.WEEKS,)).answer()
            assert fewest.totals.weeks is not None
            assert told.totals.weeks is not None
            assert fewest.totals.weeks <= told.totals.weeks


@many(40)
@given(worlds(4), st.integers(1, 5), st.sampled_from((0, 0, 1)), st.sampled_from((None, 1, 2)), st.integers(0, 10**6))
def test_a_plan_in_periods_is_checked_and_never_worse_with_more_modules_in_each(
    world: World, count: int, least: int, most: int | None, seed: int
) -> None:
    draw = random.Random(seed)
    dates = [(ON + timedelta(days=draw.randint(0, 90)), draw.randint(0, 40)) for _module in world.offer.modules]
    sessions = [[{"id": "s", "start": day, "end": day + timedelta(days=long)}] for day, long in dates]
    modules = [
        module.model_copy(update={"sessions": Module.model_validate(module.model_dump() | {"sessions": some}).sessions})
        for module, some in zip(world.offer.modules, sessions, strict=True)
        if draw.random() < 0.5
    ]
    kept = {module.id: module for module in world.offer.modules} | {module.id: module for module in modules}
    calendar = {"period": "month", "count": count, "min_modules": least, "max_modules": most}
    asked = world.offering(list(kept.values()))
    told = asked.giving(calendar=calendar).answer()
    assert told.verified is (told.status in FOUND)
    if most is not None and not least:
        never_worse(asked.giving(calendar=calendar), asked.giving(calendar=calendar | {"max_modules": most + 1}))


@many(40)
@given(worlds(3), st.sampled_from((4, 10)))
def test_the_fewest_weeks_are_the_soonest_deadline_that_can_be_kept(world: World, weekly: int) -> None:
    assume(all(module.hours is not None for module in world.offer.modules))
    told = replace(world, minimise=(Objective.WEEKS,)).giving(weekly_hours=weekly).answer()
    assume(told.status in FOUND)
    asked = world.giving(weekly_hours=weekly)
    fewest = told.totals.weeks or 0
    if fewest > 1:
        sooner = asked.giving(deadline=ON + timedelta(weeks=fewest - 1, days=-1))
        assert sooner.answer().status is Status.INFEASIBLE
    kept = asked.giving(deadline=ON + timedelta(weeks=max(1, fewest), days=-1))
    assert kept.answer().status in FOUND


def test_worlds_are_of_every_kind() -> None:
    """The drawing is worth something: plans, impasses and people who hold the target, in fair shares."""
    from tests.pathways.strategies import drawn

    statuses = [drawn(seed, 5).answer().status for seed in range(60)]
    shares = {status: statuses.count(status) / len(statuses) for status in Status}
    assert shares[Status.OPTIMAL] > 0.25
    assert shares[Status.INFEASIBLE] > 0.1
    assert shares[Status.HELD] > 0.05


def test_the_hash_seed_changes_nothing() -> None:
    import os
    import subprocess
    import sys

    code = (
        "from tests.pathways.strategies import drawn\n"
        "for seed in range(8): print(drawn(seed, 5).answer(explain=True).model_dump_json())"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    ]
    assert len(answers[0].splitlines()) == 8
    assert all(one == other for one, other in pairwise(answers))


def test_the_plan_function_alone_gives_the_same_answer_twice() -> None:
    from tests.pathways.strategies import drawn

    world = drawn(3, 6)
    rights = Rights(world.library)
    assert plan(world.question(), rights) == plan(world.question(), rights)
    assert position(world.profile, world.target, rights, world.on, world.policy) is not None
