"""The choice that is compiled from a positioning and an offer: what may be done, on which conditions, for how much."""

from datetime import timedelta
from typing import Any

import pytest

from pathways.pathway import Status
from pathways.policy import Policy
from referentials.provenance import Confidence
from tests.pathways.small import (
    MONDAY,
    answer,
    block,
    certification,
    framework,
    likeness,
    module,
    offer,
    person,
    right,
    rule,
    steps,
)

NO_CHAIN = Policy(chain_rights=False)
A = certification("a@1", "B1 C1")
B = certification("b@1", "B1 C1", "B2 C1")
TRAINING = module("train", prepares=["a@1/B1"], hours=30)
DEAR = module("dear", prepares=["a@1/B1"], hours=500)


def test_a_part_of_a_requirement_is_never_taken_for_another_thing_of_a_near_name() -> None:
    """Identifiers may hold dots: the first part of « r » is not the right « r.0 »."""
    told = answer(
        A,
        B,
        right("r", {"any_of": ["b@1/B1", "b@1/B2"]}, "a@1/B1"),
        right("r.0", {"any_of": ["o:m", "o:n"]}, "b@1/B1", effect="exempt", waives="training"),
        offer(module("m", "b@1/B2/C1"), module("n", "b@1/B2/C1")),
    )
    assert steps(told) == ["module o:m", "assessment b@1/B2", "right r", "award a@1"]


# -- blocks and wholes ------------------------------------------------------------------------------------------------


def test_a_whole_obtained_on_the_way_does_not_give_its_optional_block() -> None:
    stone = certification("b@1", "B1 C1", {"code": "B2", "optional": True})
    told = answer(
        A, stone, right("r", "b@1/B2", "a@1/B1"), offer(module("m", prepares=["b@1/B1"]), DEAR), profile=person()
    )
    assert steps(told)[0] == "module o:dear"


@pytest.mark.parametrize("nothing", [{"all_of": []}, {"any_of": ["b@1", {"at_least": 0, "of": ["b@1"]}]}])
def test_what_asks_for_nothing_grants_nothing(nothing: Any) -> None:
    assert answer(A, B, right("r", nothing, "a@1/B1"), offer()).status is Status.INFEASIBLE
    assert answer(certification("a@1", "B1 C1", award=nothing), B, offer()).status is Status.INFEASIBLE


def test_a_waived_assessment_gives_the_block_once_it_is_learnt() -> None:
    target = certification("a@1", block("B1 C1", hours=3, cost=90))
    waiver = right("r", "b@1/B1", "a@1/B1", effect="exempt", waives="assessment")
    told = answer(target, B, waiver, offer(TRAINING), profile=person("b@1/B1"))
    assert steps(told) == ["right r", "module o:train", "award a@1/B1", "award a@1"]
    assert (told.totals.hours, told.totals.cost) == (30, 100)
    assert "leans_on_to_confirm" not in told.notices
    unread = waiver.model_copy(update={"confidence": Confidence.TO_CONFIRM})
    assert "leans_on_to_confirm" in answer(target, B, unread, offer(TRAINING), profile=person("b@1/B1")).notices


def test_an_assessment_is_included_in_a_module_of_the_plan_and_not_in_one_of_the_past() -> None:
    target = certification("a@1", block("B1 C1", hours=3, cost=90))
    full = module("full", prepares=["a@1/B1"], includes_assessment=["a@1/B1"], hours=30)
    assert answer(target, offer(full)).totals.hours == 30
    ready = person(competencies=["a@1/B1/C1"], modules=["o:full"])
    assert answer(target, offer(full), profile=ready).totals.hours == 3


# -- what is asked before ---------------------------------------------------------------------------------------------

WORKED = {"experience": {"months": 12, "rome": ["K1206"]}}


@pytest.mark.parametrize(
    "items",
    [
        (certification("a@1", block("B1 C1", requires=WORKED)), offer(TRAINING)),
        (certification("a@1", "B1 C1", award={"all_of": ["B1", WORKED]}), offer(TRAINING)),
        (A, offer(TRAINING | {"requires": WORKED})),
        (
            A,
            certification("b@1", block("B1 C1", requires=WORKED)),
            right("r", "b@1/B1", "a@1/B1"),
            offer(module("m", "b@1/B1/C1")),
        ),
    ],
    ids=["block", "award", "module", "stepping stone"],
)
def test_experience_counts_wherever_it_is_asked_for(items: Any) -> None:
    job = {"months": 12, "rome": "K1206"}
    assert answer(*items, profile=person(experience=[job])).status is Status.OPTIMAL
    assert answer(*items, profile=person(experience=[job | {"months": 11}])).status is Status.INFEASIBLE


def test_a_condition_of_the_door_to_confirm_does_not_stop_a_plan_and_a_closed_door_does() -> None:
    on_file = {"condition": "secourisme", "text": "Tenir le PSC1."}
    door = certification("a@1", "B1 C1", entry={"requirement": on_file})
    assert answer(door, offer(TRAINING)).gap.entry.state == "to_confirm"
    closed = certification("a@1", "B1 C1", entry={"requirement": "b@1"})
    assert answer(closed, B, offer(TRAINING)).status is Status.INFEASIBLE
    assert answer(closed, B, offer(TRAINING), profile=person(qualifications=["b@1"])).status is Status.OPTIMAL


def test_the_door_of_a_stepping_stone_is_a_door_too() -> None:
    stone = certification("b@1", "B1 C1", entry={"requirement": "c@1"})
    items = A, stone, certification("c@1", "B1"), right("r", "b@1/B1", "a@1/B1"), offer(module("m", "b@1/B1/C1"))
    assert answer(*items).status is Status.INFEASIBLE
    assert answer(*items, profile=person(qualifications=["c@1"])).status is Status.OPTIMAL


# -- rights -----------------------------------------------------------------------------------------------------------

STONE = (A, B, offer(module("m", "b@1/B1/C1"), DEAR))


def test_a_right_that_ends_before_the_first_day_of_the_plan_is_not_counted_on() -> None:
    ending = right("r", "b@1/B1", "a@1/B1", in_force={"to": MONDAY + timedelta(days=30)})
    assert "right r" in steps(answer(*STONE, ending))
    later = person(can_give={"start": MONDAY + timedelta(days=60)})
    assert "right r" not in steps(answer(*STONE, ending, profile=later))


@pytest.mark.parametrize("award", [{"at_least": 1, "of": ["B1", "B2"]}, {"any_of": ["B1", "B2"]}])
def test_where_rights_may_not_chain_a_whole_of_parts_obtained_by_right_opens_nothing(award: Any) -> None:
    stone = certification("b@1", block("B1 C1", hours=999), block("B2 C1", hours=999), award=award)
    chain = right("r1", "c@1/B1", "b@1/B1"), right("r2", "b@1", "a@1/B1")
    items = A, stone, certification("c@1", "B1 C1"), *chain, offer(module("m", "c@1/B1/C1"), DEAR)
    assert "right r2" in steps(answer(*items))
    assert "right r2" not in steps(answer(*items, policy=NO_CHAIN))


def test_where_rights_may_not_chain_nor_do_competencies_of_a_block_obtained_by_right() -> None:
    chain = right("r1", "c@1/B1", "b@1/B1"), right("r2", "b@1/B1/C1", "a@1/B1")
    stone = certification("b@1", block("B1 C1", hours=999))
    items = A, stone, certification("c@1", "B1 C1"), *chain
    with_both = offer(module("m", "c@1/B1/C1"), module("own", "b@1/B1/C1", hours=20), DEAR)
    assert steps(answer(*items, with_both))[0] == "module o:m"
    assert steps(answer(*items, with_both, policy=NO_CHAIN))[:2] == ["module o:own", "right r2"]


def test_a_likeness_is_training_done_and_never_the_ground_of_a_right() -> None:
    items = A, B, likeness("b@1/B1/C1", "a@1/B1/C1"), right("r", "a@1/B1/C1", "b@1/B2")
    liked = Policy(count_likeness=True)
    holder = person(competencies=["b@1/B1/C1"])
    assert steps(answer(*items, offer(DEAR), profile=holder, policy=liked)) == ["assessment a@1/B1", "award a@1"]
    dear = certification("a@1", block("B1 C1", hours=999))
    to_b2 = answer(dear, *items[1:], offer(TRAINING), profile=holder, policy=liked, target="b@1/B2")
    assert steps(to_b2) == ["module o:train", "right r"]


ENDED = certification("b@1", "B1 C1", "B2 C1", valid={"to": "2024-01-01"}, replaced_by=["a@1"])
NOT_KEPT = rule("caducite", "certification-rncp", keeps_blocks=False)


def test_a_block_that_lapsed_leads_to_the_title_that_replaces_its_own_and_nowhere_else() -> None:
    """Even when the way to it only opens with a module."""
    other = certification("c@1", "B1 C1")
    rights = right("in", "o:m", "b@1/B1"), right("heir", "b@1/B1", "a@1/B1"), right("other", "b@1/B1", "c@1/B1")
    items = A, ENDED, NOT_KEPT, other, *rights, offer(module("m", "a@1/B1/C1"), module("n", "c@1/B1/C1", hours=90))
    assert "right heir" in steps(answer(*items, target="a@1/B1", minimise=("cost",), profile=person("b@1/B1")))
    assert steps(answer(*items, target="c@1/B1")) == ["module o:n", "assessment c@1/B1"]
    assert steps(answer(*items, target="c@1/B1", profile=person("b@1/B1"))) == ["module o:n", "assessment c@1/B1"]
    assert steps(answer(*items, target="c@1/B1", profile=person(qualifications=["b@1"])))[-1] == "right other"


# -- modules ----------------------------------------------------------------------------------------------------------


def test_a_module_of_a_level_gives_the_lower_ones() -> None:
    asking = module("m", prepares=["a@1/B1"], requires={"competency": "f@1/1.1", "level": 2})
    high = module("high", {"competency": "f@1/1.1", "level": 3})
    low = module("low", {"competency": "f@1/1.1", "level": 1}, hours=1)
    told = answer(A, framework("f@1", "1.1"), offer(asking, high, low))
    assert steps(told)[:2] == ["module o:high", "module o:m"]


def in_order(*codes: str) -> Any:
    """A block whose competencies strictly need the one before."""
    made = [
        {"code": one, "requires": {"strict": [f"a@1/B1/{codes[i - 1]}"] if i else []}} for i, one in enumerate(codes)
    ]
    return certification("a@1", block("B1", 0, 0, competencies=made))


def test_what_a_competency_strictly_needs_is_learnt_before_it() -> None:
    first, second, third = (module(f"m{n}", f"a@1/B1/C{n}") for n in (1, 2, 3))
    ordered = in_order("C3", "C1", "C2")
    told = answer(ordered, offer(first, second, third), target="a@1/B1/C2")
    assert steps(told) == ["module o:m3", "module o:m1", "module o:m2"]
    dated = answer(ordered, offer(first, second), target="a@1/B1/C2", profile=person(can_give={"weekly_hours": 35}))
    assert dated.status is Status.INFEASIBLE


def test_a_module_may_teach_what_its_competencies_need_and_what_one_has_needs_nothing() -> None:
    ordered = in_order("C1", "C2", "C3")
    assert steps(answer(ordered, offer(module("all", prepares=["a@1/B1"])), target="a@1/B1/C3")) == ["module o:all"]
    two = offer(module("two", "a@1/B1/C1", "a@1/B1/C3"))
    assert answer(ordered, two, target="a@1/B1/C1").status is Status.INFEASIBLE
    told = answer(ordered, two, target="a@1/B1/C1", profile=person(competencies=["a@1/B1/C3"]))
    assert steps(told) == ["module o:two"]


IMPOSED = person(can_give={"imposed": ["o:extra"]})


def test_an_imposed_module_is_in_the_plan() -> None:
    assert "module o:extra" in steps(answer(A, B, offer(TRAINING, module("extra", "b@1/B1/C1")), profile=IMPOSED))


def test_an_imposed_module_of_sessions_is_in_the_dated_plan() -> None:
    session = {"id": "s", "start": MONDAY + timedelta(days=7), "end": MONDAY + timedelta(days=11)}
    extra = module("extra", "b@1/B1/C1", sessions=[session])
    dated = person(can_give={"imposed": ["o:extra"], "weekly_hours": 35})
    assert "module o:extra" in steps(answer(A, B, offer(TRAINING, extra), profile=dated))


def test_an_imposed_module_that_cannot_be_followed_is_an_impasse_with_its_reason() -> None:
    extra = module("extra", "b@1/B1/C1", languages=["en"])
    wish = person(can_give={"imposed": ["o:extra"], "languages": ["fr"]})
    told = answer(A, B, offer(TRAINING, extra), profile=wish, explain=True)
    assert told.status is Status.INFEASIBLE
    assert told.conflict is not None
    assert set(told.conflict.core) == {"imposed", "languages"}


def reduction(identifier: str, *grants: str, **by: Any) -> Any:
    return right(identifier, "b@1/B1", *grants, effect="reduce", by=by)


TWO = certification("a@1", "B1 C1", "B2 C1")


def hours_with(*reductions: Any, prepares: tuple[str, ...] = ("a@1/B1", "a@1/B2")) -> list[float | None]:
    modules = [module("m", prepares=prepares, hours=40), module("n", "a@1/B2/C1", hours=40)]
    told = answer(TWO, B, *reductions, offer(*modules), profile=person("b@1/B1"))
    return [step.hours for step in told.steps if step.kind == "module"]


def test_of_two_reductions_the_better_one_counts_and_they_are_not_added_up() -> None:
    both = reduction("r1", "a@1/B1", "a@1/B2", hours=5), reduction("r2", "a@1/B1", "a@1/B2", fraction=0.5)
    assert hours_with(both[0]) == [35]
    assert hours_with(*both) == [20]
    assert hours_with(*both, prepares=("a@1/B1",)) == [20, 40]


def test_a_shortened_training_gives_the_proof_down_to_what_is_held() -> None:
    less = right("less", "b@1", "a@1/B1", effect="reduce", by={"fraction": 0.5}, confidence="to_confirm")
    told = answer(A, B, less, offer(TRAINING), profile=person("b@1/B1", "b@1/B2"))
    assert [(one.fact, one.how) for one in told.steps[0].because][-2:] == [("b@1", "award"), ("a@1/B1", "right")]
    assert {"right:less", "b@1"} <= set(told.versions)
    assert "leans_on_to_confirm" in told.notices


def test_so_many_hours_less_are_taken_off_once() -> None:
    """Not off every module that prepares a part of what the text shortens."""
    modules = module("m", prepares=["a@1/B1"], hours=40), module("n", prepares=["a@1/B2"], hours=40)
    told = answer(TWO, B, reduction("r", "a@1/B1", "a@1/B2", hours=30), offer(*modules), profile=person("b@1/B1"))
    assert told.totals.hours == 80


@pytest.mark.parametrize("by", [{"hours": 5, "at_most": True}, {"fraction": 0.5, "at_most": True}, {}])
def test_a_ceiling_or_an_unknown_reduction_takes_nothing_off(by: dict[str, Any]) -> None:
    assert hours_with(reduction("r", "a@1/B1", "a@1/B2", **by)) == [40]


# -- by experience ----------------------------------------------------------------------------------------------------


def test_experience_validates_a_block_only_for_who_wants_it_and_has_worked() -> None:
    wish = {"vae": {"hours": 24, "cost": 50}}
    job = [{"months": 12}]
    assert steps(answer(A, offer(), profile=person(can_give=wish, experience=job)))[0] == "vae a@1/B1"
    assert answer(A, offer(), profile=person(experience=job)).status is Status.INFEASIBLE
    assert answer(A, offer(), profile=person(can_give=wish)).status is Status.INFEASIBLE


def test_experience_does_not_lead_to_what_rules_it_out() -> None:
    assert answer(certification("a@1", "B1", vae=False), profile=person(**WORKED)).status is Status.INFEASIBLE
    assert steps(answer(certification("a@1", "B1", vae=True), profile=person(**WORKED)))[0] == "vae a@1/B1"


WORKED: Any = {"can_give": {"vae": {"hours": 24}}, "experience": [{"months": 12}]}


def test_experience_does_not_spare_what_comes_before_the_block() -> None:
    after = certification("a@1", {"code": "B1", "competencies": None, "requires": "b@1/B1"})
    without_b = certification("b@1", "B1", "B2", valid={"to": MONDAY - timedelta(days=1)})
    assert answer(after, without_b, profile=person(**WORKED)).status is Status.INFEASIBLE
    assert steps(answer(after, without_b, profile=person("b@1/B1", **WORKED)))[0] == "vae a@1/B1"
    assert steps(answer(after, B, profile=person(**WORKED)))[:2] == ["vae b@1/B1", "vae a@1/B1"]


def test_experience_does_not_open_a_closed_door() -> None:
    door = certification("a@1", "B1", entry={"requirement": "o:m"})
    assert answer(door, offer(), profile=person(**WORKED)).status is Status.INFEASIBLE
    assert steps(answer(door, offer(module("m", "b@1/B1/C1")), B, profile=person(**WORKED)))[0] == "module o:m"
    waived = right("r", "b@1/B1", "a@1", effect="exempt", waives="entry")
    assert steps(answer(door, B, waived, offer(), profile=person("b@1/B1", **WORKED)))[0] == "vae a@1/B1"


@pytest.mark.parametrize(("by", "hours"), [({"fraction": 0.9}, 30), ({"hours": 39}, 30), ({"fraction": 0.1}, 36)])
def test_a_rule_caps_what_reductions_take_off(by: dict[str, float], hours: float) -> None:
    cap = rule("plafond", "a", reduction_cap=0.25)
    assert hours_with(reduction("r", "a@1/B1", "a@1/B2", **by), cap) == [hours]


def test_the_cap_leaves_the_workplace_out() -> None:
    hours = {"onsite": 20, "workplace": 12, "placement": 8}
    half = reduction("r", "a@1/B1", "a@1/B2", fraction=0.9)
    modules = [module("m", prepares=("a@1/B1", "a@1/B2")) | {"hours": hours}]
    told = answer(TWO, B, half, rule("cap", "a", reduction_cap=0.5), offer(*modules), profile=person("b@1/B1"))
    assert (told.steps[0].hours, told.verified) == (30, True)
