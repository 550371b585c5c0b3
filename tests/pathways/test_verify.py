"""The verifier: a plan that holds is let through, and each way of spoiling one is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pathways.gap import Positioning, position
from pathways.pathway import Load, Pathway, Step, StepKind
from pathways.planner import plan
from pathways.policy import Policy
from pathways.question import Question
from pathways.recognition import Rights
from pathways.verify import verify
from referentials.library import Library
from tests.pathways.small import MONDAY, block, certification, likeness, module, offer, person, question, right, rule

WEEK = timedelta(weeks=1)

A = certification("a@1", block("B1 C1", hours=2, cost=40), block("B2 C1"), "B3 C1")
B = certification("b@1", "B1 C1")
OLD = right("old", "b@1/B1", "a@1/B3", in_force={"to": MONDAY - WEEK})
NOW = right("now", "b@1/B1", "a@1/B3")
SESSION = {"id": "s", "start": MONDAY + 3 * WEEK, "end": MONDAY + 3 * WEEK + timedelta(days=4)}
MODULES = (
    module("first", "a@1/B1/C1", hours=12, price=100),
    module("second", "a@1/B2/C1", hours=6, price=50, requires="o:first", sessions=[SESSION]),
    module("third", "b@1/B1/C1", hours=4, price=10),
    module("unused", "a@1/B1/C1", hours=90, price=900),
    module("english", "a@1/B1/C1", hours=1, price=1, languages=["en"]),
)
GIVE = {"weekly_hours": 6, "budget": 500, "hours": 60, "deadline": MONDAY + 12 * WEEK, "languages": ["fr"]}
ITEMS = (A, B, NOW, OLD, offer(*MODULES))


def asked(*items: Any, **more: Any) -> tuple[Pathway, Question, Positioning]:
    """A question with its verified plan and its positioning."""
    demand = question(**({"profile": person(can_give=GIVE)} | more))
    rights = Rights(Library.of(*(items or ITEMS)))
    told = plan(demand, rights)
    return told, demand, position(demand.profile, demand.target, rights, demand.on, demand.policy)


def index_of(told: Pathway, ref: str) -> int:
    return next(index for index, step in enumerate(told.steps) if step.ref == ref)


def with_step(told: Pathway, ref: str, /, **changes: Any) -> Pathway:
    """The pathway with one step changed, its totals as they then are."""
    index = index_of(told, ref)
    return with_steps(
        told, [*told.steps[:index], told.steps[index].model_copy(update=changes), *told.steps[index + 1 :]]
    )


def with_steps(told: Pathway, steps: list[Step]) -> Pathway:
    totals = told.totals.model_copy(
        update={
            "hours": sum(step.hours or 0 for step in steps),
            "cost": sum(step.cost or 0 for step in steps),
            "modules": sum(step.kind is StepKind.MODULE for step in steps),
            "unknown_hours": sum(step.hours is None for step in steps if step.kind is StepKind.MODULE),
            "unknown_cost": sum(step.cost is None for step in steps if step.kind is StepKind.MODULE),
            "unknown_assessment_hours": sum(step.hours is None for step in steps if step.kind is not StepKind.MODULE),
            "unknown_assessment_cost": sum(step.cost is None for step in steps if step.kind is not StepKind.MODULE),
        }
    )
    return told.model_copy(update={"steps": tuple(steps), "totals": totals})


def dropped(told: Pathway, ref: str) -> Pathway:
    return with_steps(told, [step for step in told.steps if step.ref != ref])


def swapped(told: Pathway, one: str, other: str) -> Pathway:
    steps, i, j = list(told.steps), index_of(told, one), index_of(told, other)
    steps[i], steps[j] = steps[j], steps[i]
    return with_steps(told, steps)


def shifted(told: Pathway, ref: str, by: timedelta) -> Pathway:
    step = told.steps[index_of(told, ref)]
    assert step.start is not None
    assert step.end is not None
    loads = tuple(Load(start=load.start + by, end=load.end + by, hours=load.hours) for load in step.loads)
    return with_step(told, ref, start=step.start + by, end=step.end + by, loads=loads)


def with_totals(told: Pathway, **changes: Any) -> Pathway:
    return told.model_copy(update={"totals": told.totals.model_copy(update=changes)})


def test_a_plan_that_holds_is_let_through() -> None:
    told, demand, positioning = asked()
    order = ["o:first", "a@1/B1", "o:third", "b@1/B1", "o:second", "now", "a@1/B2", "a@1"]
    assert [step.ref for step in told.steps] == order
    assert verify(told, demand, positioning) == ()


SPOILT: dict[str, tuple[Callable[[Pathway], Pathway], str]] = {
    "a module dropped": (lambda told: dropped(told, "o:first"), "its prerequisites are not met"),
    "an assessment dropped": (lambda told: dropped(told, "a@1/B2"), "the award asks for more"),
    "a right dropped": (lambda told: dropped(told, "now"), "the award asks for more"),
    "the award dropped": (lambda told: dropped(told, "a@1"), "the goal a@1 is not reached"),
    "two steps swapped": (lambda told: swapped(told, "o:first", "o:second"), "its prerequisites are not met"),
    "assessed before learnt": (lambda told: swapped(told, "o:first", "a@1/B1"), "before its competencies are there"),
    "a right before its ground": (lambda told: swapped(told, "b@1/B1", "now"), "what it asks for is not met"),
    "fewer hours": (lambda told: with_step(told, "o:first", hours=11), "it takes 12.0 hours, not 11"),
    "unknown hours": (lambda told: with_step(told, "o:first", hours=None), "it takes 12.0 hours, not None"),
    "a lower price": (lambda told: with_step(told, "o:first", cost=99), "it costs 100.0, not 99"),
    "a free assessment": (lambda told: with_step(told, "a@1/B1", cost=0), "it costs 40.0, not 0"),
    "a short assessment": (lambda told: with_step(told, "a@1/B1", hours=1), "it takes 2.0 hours, not 1"),
    "a right that takes hours": (lambda told: with_step(told, "now", hours=1), "it takes 0 hours, not 1"),
    "a reduction of nowhere": (
        lambda told: with_step(told, "o:first", hours=6, reduced_by="now"),
        "it takes 12.0 hours",
    ),
    "a right out of date": (lambda told: with_step(told, "now", ref="old"), "it is not in force"),
    "a right of nowhere": (lambda told: with_step(told, "now", ref="never"), "there is no such recognition"),
    "a module set aside": (
        lambda told: with_step(told, "o:first", ref="o:english"),
        "it may not be followed (language)",
    ),
    "a module of nowhere": (lambda told: with_step(told, "o:first", ref="o:never"), "it may not be followed (unknown)"),
    "followed twice": (
        lambda told: with_steps(told, [*told.steps[:1], told.steps[0], *told.steps[1:]]),
        "it is followed twice",
    ),
    "too much claimed": (
        lambda told: with_step(told, "o:first", grants=("a@1/B3",)),
        "it claims more than it gives",
    ),
    "a session of nowhere": (lambda told: with_step(told, "o:second", session="t"), "there is no session t"),
    "no session chosen": (lambda told: with_step(told, "o:second", session=None), "none was chosen"),
    "a session at other dates": (lambda told: shifted(told, "o:second", WEEK), "not those of its session"),
    "before its prerequisite": (lambda told: shifted(told, "a@1/B1", -WEEK), "before its competencies are there"),
    "before the first day": (lambda told: shifted(told, "o:first", -WEEK), "it starts before the first day"),
    "after the deadline": (lambda told: shifted(told, "a@1/B2", 20 * WEEK), "it ends after the deadline"),
    "without dates": (lambda told: with_step(told, "o:first", start=None, end=None), "it has no dates"),
    "ends before it starts": (lambda told: with_step(told, "o:first", end=MONDAY - WEEK), "ends before it starts"),
    "hours that do not add up": (lambda told: with_step(told, "o:first", loads=()), "its weekly hours do not add up"),
    "hours outside its dates": (
        lambda told: with_step(
            told, "o:first", loads=(Load(start=MONDAY + 9 * WEEK, end=MONDAY + 10 * WEEK, hours=12),)
        ),
        "it has hours outside its dates",
    ),
    "more than a week holds": (
        lambda told: with_step(told, "o:first", loads=(Load(start=MONDAY, end=MONDAY + timedelta(days=6), hours=12),)),
        "more hours than can be given in the week of 2025-06-02",
    ),
    "a wrong total of hours": (lambda told: with_totals(told, hours=1), "the total of hours is wrong"),
    "a wrong total cost": (lambda told: with_totals(told, cost=1), "the total cost is wrong"),
    "a wrong number of modules": (lambda told: with_totals(told, modules=9), "the number of modules is wrong"),
    "a wrong number of weeks": (lambda told: with_totals(told, weeks=1), "the number of weeks is wrong"),
    "unknowns left out": (lambda told: with_totals(told, unknown_cost=1), "unknown prices are not all counted"),
    "unknown assessments left out": (
        lambda told: with_totals(told, unknown_assessment_hours=1),
        "unknown hours are not all counted",
    ),
    "an assessment that would be included": (
        lambda told: with_step(told, "a@1/B1", included_in="o:first"),
        "it is not included in o:first",
    ),
    "an unknown assessment": (lambda told: with_step(told, "a@1/B1", hours=None), "it takes 2.0 hours, not None"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_each_way_of_spoiling_a_plan_is_seen(name: str) -> None:
    spoil, said = SPOILT[name]
    told, demand, positioning = asked()
    assert said in "\n".join(verify(spoil(told), demand, positioning))


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"budget": 100}, "the budget is exceeded"),
        ({"hours": 10}, "the limit of hours is exceeded"),
        ({"weekly_hours": 2}, "more hours than can be given"),
        ({"deadline": MONDAY + 3 * WEEK}, "it ends after the deadline"),
        ({"start": MONDAY + WEEK}, "it starts before the first day"),
        ({"refused": ["o:first"]}, "it may not be followed (refused)"),
        ({"imposed": ["o:unused"]}, "the goal o:unused is not reached"),
        ({"unavailable": [{"from": MONDAY, "to": MONDAY + WEEK}]}, "more hours than can be given"),
    ],
)
def test_each_limit_is_looked_at(limits: dict[str, Any], said: str) -> None:
    told, demand, positioning = asked()
    assert said in "\n".join(verify(told, demand.giving(**limits), positioning))


def test_periods_have_their_own_bounds() -> None:
    months = {"period": "month", "count": 6, "max_hours": 20}
    free = [one | {"sessions": []} for one in MODULES]
    told, demand, positioning = asked(
        A, B, NOW, offer(*free), profile=person(can_give={"calendar": months, "languages": ["fr"]})
    )
    assert verify(told, demand, positioning) == ()
    for change, said in (
        ({"max_modules": 1}, "too few or too many modules"),
        ({"min_modules": 1}, "too few or too many modules"),
        ({"min_hours": 5}, "too few hours"),
        ({"max_hours": 3}, "more hours than can be given"),
    ):
        assert said in "\n".join(verify(told, demand.giving(calendar=months | change), positioning))


def test_a_right_that_rests_on_a_right_is_seen_where_that_is_forbidden() -> None:
    chain = right("r1", "b@1/B1", "c@1/B1"), right("r2", "c@1/B1", "a@1/B1")
    items = certification("a@1", "B1 C1"), B, certification("c@1", "B1 C1"), *chain, offer(MODULES[2])
    told, demand, positioning = asked(*items, profile=person())
    assert [step.ref for step in told.steps] == ["o:third", "b@1/B1", "r1", "r2", "a@1"]
    strict = Policy(chain_rights=False)
    again = position(demand.profile, demand.target, positioning.rights, demand.on, strict)
    assert verify(told, demand, again) == ("right r2: what it asks for is not met",)


def test_a_right_that_rests_on_a_likeness_is_seen() -> None:
    items = certification("a@1", "B1 C1"), B, likeness("b@1/B1/C1", "a@1/B1/C1"), right("r", "a@1/B1/C1", "a@1/B1")
    policy = Policy(count_likeness=True)
    told, demand, positioning = asked(*items, offer(), profile=person(competencies=["b@1/B1/C1"]), policy=policy)
    assert told.steps[0].kind is StepKind.ASSESSMENT
    forged = Step(kind=StepKind.RIGHT, ref="r", grants=("a@1/B1",))
    assert "what it asks for is not met" in "\n".join(
        verify(with_steps(told, [forged, told.steps[-1]]), demand, positioning)
    )


def test_a_lapsed_block_that_serves_another_text_is_seen() -> None:
    ended = certification("b@1", "B1 C1", valid={"to": date(2024, 1, 1)})
    items = certification("a@1", "B1 C1"), ended, right("r", "b@1/B1", "a@1/B1"), offer(module("m", "a@1/B1/C1"))
    told, demand, positioning = asked(
        *items, rule("caducite", "certification-rncp", keeps_blocks=False), profile=person("b@1/B1")
    )
    assert told.steps[0].ref == "o:m"
    forged = Step(kind=StepKind.RIGHT, ref="r", grants=("a@1/B1",))
    assert "right r: what it asks for is not met" in verify(
        with_steps(told, [forged, told.steps[-1]]), demand, positioning
    )


def test_a_route_by_experience_that_no_one_asked_for_is_seen() -> None:
    wish = person(can_give={"vae": {"hours": 24}}, experience=[{"months": 12}])
    told, demand, positioning = asked(certification("a@1", "B1 C1"), offer(), profile=wish)
    assert told.steps[0].kind is StepKind.VAE
    assert "there is no experience" in "\n".join(verify(told, demand.giving(vae=None), positioning))
    ruled_out = asked(certification("a@1", "B1 C1", vae=False), offer(), profile=wish)[2]
    assert "experience does not lead to it" in "\n".join(verify(told, demand, ruled_out))
    assert "it takes 24.0 hours, not 1" in "\n".join(verify(with_step(told, "a@1/B1", hours=1), demand, positioning))
