"""Many people towards one target: each has the answer that they would have alone, and people with one problem share it."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pathways.cohort_plans import Cohort
from pathways.pathway import Pathway
from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from tests.pathways.small import certification, offer, person, right
from tests.pathways.small import module as a_module
from tests.pathways.small import question as a_question
from tests.pathways.strategies import World, worlds
from tests.pathways.test_invariants import many

ELSEWHERE = certification("z@1", "B1", "B2")


def crowd(world: World, seed: int) -> list[Profile]:
    """The person of a world, and others who hold less, or more of what has nothing to do with it."""
    draw = random.Random(seed)
    whole = world.profile.holds.model_dump()
    found = [world.profile]
    for number in range(4):
        held = {name: [one for one in items if draw.random() < 0.7] for name, items in whole.items()}
        if draw.random() < 0.5:
            held["blocks"] = [*held["blocks"], {"ref": "z@1/B1"}]
        values = world.profile.model_dump() | {"id": f"p-{number}", "holds": held}
        found.append(Profile.model_validate(values))
    return found


def told(pathway: Any) -> tuple[Any, ...]:
    """What an answer is compared on."""
    refs = [(step.kind, step.ref, step.session, step.start) for step in pathway.steps]
    return pathway.status, pathway.objective, pathway.totals, refs, pathway.verified


@many(60)
@given(worlds(5), st.integers(0, 10**6))
def test_each_has_the_answer_that_they_would_have_alone(world: World, seed: int) -> None:
    rights = Rights(Library.of(*world.items, ELSEWHERE))
    cohort = Cohort(rights, world.question())
    for profile in crowd(world, seed):
        line = cohort.line(profile)
        assert line.answer is not None
        assert told(line.answer) == told(plan(world.question(profile=profile), rights))


def asked(*people: Profile, **fields: Any) -> tuple[Cohort, list[Any]]:
    """A small cohort, and its lines."""
    items = (
        certification("a@1", "B1", "B2"),
        certification("b@1", "B1"),
        right("r", "b@1", "a@1/B1"),
        ELSEWHERE,
        offer(a_module("un", "a@1/B1/C1"), a_module("deux", "a@1/B2/C1")),
    )
    question: Question = a_question(person(), **fields)
    cohort = Cohort(Rights(Library.of(*items)), question)
    return cohort, [cohort.line(one) for one in people]


def test_people_with_one_problem_share_one_answer() -> None:
    cohort, lines = asked(person(), person("z@1/B1"), person("z@1/B2"), person("a@1/B1"), person())
    assert len(cohort.answers) == 2
    assert lines[0].answer is lines[1].answer is lines[2].answer is lines[4].answer
    assert lines[3].answer is not lines[0].answer


def test_a_profile_that_does_not_fit_stops_nobody() -> None:
    cohort, lines = asked(person("nowhere@1/B1"), person())
    assert lines[0].answer is None
    assert "nowhere" in lines[0].problems[0]
    assert lines[1].answer is not None
    assert len(cohort.answers) == 1


def test_the_whole_plan_of_one_is_told_on_demand() -> None:
    cohort, lines = asked(someone := person("a@1/B1"))
    found: Pathway = cohort.plan(someone)
    assert told(found) == told(lines[0].answer)
    assert found.gap.blocks[0].because
