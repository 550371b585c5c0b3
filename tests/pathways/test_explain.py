"""What each module and each confirmation is worth."""

from typing import Any

import pytest

from pathways.explain import to_confirm
from pathways.pathway import IfConfirmed, Pathway, Without
from tests.pathways.small import answer, certification, module, offer, person, placed, right

A = certification("a@1", "B1 C1", "B2 C1")
B = certification("b@1", "B1 C1")
SHORT = module("short", "a@1/B1/C1", hours=10, price=100)
LONG = module("long", "a@1/B1/C1", hours=25, price=40)
ONLY = module("only", "a@1/B2/C1", hours=7, price=70)
RIGHT = right("r", "b@1/B1", "a@1/B1")


def explained(*items: Any, **asked: Any) -> Pathway:
    return answer(*items, explain=True, **asked)


def test_each_module_has_its_price_or_is_irreplaceable() -> None:
    assert explained(A, offer(SHORT, LONG, ONLY)).without == (
        Without(module="o:only", irreplaceable=True),
        Without(module="o:short", irreplaceable=False, instead=("o:long",), hours=15, cost=-60),
    )


def test_without_its_weeks_are_told_when_the_plan_is_dated() -> None:
    told = explained(A, offer(SHORT, LONG, ONLY), profile=person(can_give={"weekly_hours": 5}))
    found = next(one for one in told.without if one.module == "o:short")
    assert found.weeks == 3


CLAIMS: Any = {"ref": "b@1/B1", "evidence": "declared"}


def test_each_confirmation_has_what_it_saves() -> None:
    told = explained(A, B, RIGHT, offer(SHORT, ONLY), profile=person(CLAIMS))
    assert told.totals.hours == 17
    assert told.if_confirmed == (IfConfirmed(fact="b@1/B1", what="block", hours=10, cost=100),)


def test_what_saves_nothing_is_left_out() -> None:
    assert explained(A, B, offer(SHORT, ONLY), profile=person(CLAIMS)).if_confirmed == ()
    assert explained(A, B, RIGHT, offer(SHORT, ONLY), profile=person(CLAIMS, "a@1/B1")).if_confirmed == ()


def test_a_confirmation_that_alone_makes_a_plan_possible_says_so() -> None:
    told = explained(A, B, RIGHT, offer(ONLY), profile=person(CLAIMS))
    assert told.status == "infeasible"
    assert told.if_confirmed == (IfConfirmed(fact="b@1/B1", what="block", opens=True),)


@pytest.mark.parametrize(
    ("given", "profile", "fact", "what", "text"),
    [
        (
            {"condition": "dossier", "text": "Le dossier le dit."},
            person(),
            "?dossier",
            "condition",
            "Le dossier le dit.",
        ),
        (
            {"experience": {"months": 6, "field": "animation"}},
            person(experience=[{"months": 9}]),
            "+6::animation",
            "experience",
            None,
        ),
        ("b@1/B1/C1", person(competencies=[{"ref": "b@1/B1/C1"}]), "b@1/B1/C1", "competency", None),
        ("b@1", person(qualifications=[{"ref": "b@1", "evidence": "attested"}]), "b@1", "qualification", "b@1"),
    ],
)
def test_everything_that_can_be_confirmed_is(given: Any, profile: Any, fact: str, what: str, text: str | None) -> None:
    told = explained(A, B, right("r", given, "a@1/B1"), offer(SHORT, ONLY), profile=profile)
    assert told.if_confirmed == (IfConfirmed(fact=fact, what=what, text=text, hours=10, cost=100),)


def test_a_condition_that_a_module_asks_for_is_one_to_confirm() -> None:
    asking = SHORT | {"requires": {"condition": "permis", "text": "Tenir le permis B."}}
    told = explained(A, offer(asking, LONG, ONLY))
    assert [(one.fact, one.text, one.hours) for one in told.if_confirmed] == [("?permis", "Tenir le permis B.", 15)]


def test_what_is_sure_is_not_to_confirm() -> None:
    assert to_confirm(placed(A, B, RIGHT, profile=person(CLAIMS))) == ("b@1/B1",)
    assert to_confirm(placed(A, B, RIGHT, profile=person("b@1/B1"))) == ()
