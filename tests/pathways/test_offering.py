"""The modules that a person could follow, and the reason of each that is set aside."""

from datetime import timedelta
from typing import Any

import pytest

from pathways.offering import Offering, SetAside
from pathways.profile import CanGive
from referentials.library import Library
from tests.pathways.small import MONDAY, certification, module, offer

A = certification("a@1", "B1 C1")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MARSEILLE = {"name": "Organisme", "location": {"city": "Marseille"}}
ONSITE = {"hours": {"onsite": 7}}


def session(start: Any = MONDAY, identifier: str = "s", **fields: Any) -> dict[str, Any]:
    return {"id": identifier, "start": start, "end": start + 4 * DAY} | fields


def judged(fields: dict[str, Any], give: dict[str, Any], body: Any = MARSEILLE, **options: Any) -> SetAside | None:
    items = A, offer(module("m", "a@1/B1/C1") | fields, body=body)
    found = Offering(Library.of(*items), CanGive.model_validate(give), MONDAY, **options)
    assert set(found.candidates) ^ set(found.set_aside) == {"o:m"}
    return found.set_aside.get("o:m")


@pytest.mark.parametrize(
    ("fields", "give", "reason"),
    [
        ({}, {}, None),
        ({}, {"excluded_bodies": ["o"]}, SetAside.EXCLUDED_BODY),
        ({}, {"refused": ["o:m"]}, SetAside.REFUSED),
        ({}, {"modalities": ["remote"]}, None),
        ({}, {"modalities": ["onsite"]}, SetAside.MODALITY),
        ({"hours": {"remote": 4, "onsite": 3}}, {"modalities": ["remote"]}, SetAside.MODALITY),
        ({"hours": {"unspecified": 7}}, {"modalities": ["remote"]}, SetAside.MODALITY_NOT_KNOWN),
        ({"hours": None}, {"modalities": ["remote"]}, SetAside.MODALITY_NOT_KNOWN),
        ({"languages": ["en"]}, {"languages": ["fr"]}, SetAside.LANGUAGE),
        ({"languages": ["en", "fr"]}, {"languages": ["fr"]}, None),
        (ONSITE, {"places": ["Lyon"]}, SetAside.PLACE),
        (ONSITE, {"places": ["marseille"]}, None),
        ({}, {"places": ["Lyon"]}, None),
        ({"available": {"to": MONDAY - DAY}}, {}, SetAside.NO_LONGER_OFFERED),
        ({"available": {"to": MONDAY}}, {}, None),
        ({"price": None}, {"budget": 99}, SetAside.PRICE_NOT_KNOWN),
        ({"price": None}, {}, None),
        ({"hours": None}, {"hours": 99}, SetAside.HOURS_NOT_KNOWN),
        ({"hours": None}, {"weekly_hours": 9}, SetAside.HOURS_NOT_KNOWN),
        ({"hours": None}, {"calendar": {"period": "month", "count": 2}}, SetAside.HOURS_NOT_KNOWN),
        ({"hours": None}, {}, None),
        ({"sessions": [session(MONDAY - WEEK)]}, {}, SetAside.NO_SESSION_LEFT),
        ({"sessions": [session(MONDAY - DAY)]}, {}, SetAside.NO_SESSION_LEFT),
        ({"sessions": [session()]}, {}, None),
        ({"sessions": [session(seats=0)]}, {}, SetAside.NO_SESSION_LEFT),
        ({"sessions": [session(MONDAY + WEEK)]}, {"deadline": MONDAY + WEEK}, SetAside.NO_SESSION_LEFT),
        ({"sessions": [session(MONDAY + WEEK)]}, {"deadline": MONDAY + WEEK + 4 * DAY}, None),
        ({"sessions": [session(days=["samedi"])]}, {"days": ["lundi"]}, SetAside.DAYS),
        ({"sessions": [session(days=["lundi"])]}, {"days": ["lundi", "mardi"]}, None),
        (ONSITE | {"sessions": [session(place="Lyon")]}, {"places": ["Lyon"]}, None),
        (ONSITE | {"sessions": [session(place="Lyon")]}, {"places": ["Marseille"]}, SetAside.PLACE),
        (ONSITE | {"sessions": [session(modality="remote")]}, {"modalities": ["remote"]}, None),
        ({"sessions": [session(modality="onsite")]}, {"modalities": ["remote"]}, SetAside.MODALITY),
        (ONSITE | {"sessions": [session(modality="remote")]}, {"places": ["Lyon"]}, None),
    ],
)
def test_a_module_is_set_aside_for_its_first_reason(
    fields: dict[str, Any], give: dict[str, Any], reason: SetAside | None
) -> None:
    assert judged(fields, give) is reason


def test_what_was_made_up_may_be_left_out() -> None:
    assert judged({"illustrative": True}, {}) is None
    assert judged({"illustrative": True}, {}, real_only=True) is SetAside.ILLUSTRATIVE


def test_what_was_made_up_is_kept_where_it_was_asked_for() -> None:
    made_up = {"illustrative": True}
    assert judged(made_up, {}, real_only=True, given=("o",)) is None
    assert judged(made_up, {"imposed": ["o:m"]}, real_only=True) is None
    assert judged(made_up, {}, real_only=True, given=("p",)) is SetAside.ILLUSTRATIVE


def test_of_an_offer_that_mixes_both_what_is_real_is_kept() -> None:
    mixed = offer(module("real", "a@1/B1/C1"), module("made-up", "a@1/B1/C1", illustrative=True))
    given = offer(module("mine", "a@1/B1/C1", illustrative=True), identifier="p")
    found = Offering(Library.of(A, mixed, given), CanGive(), MONDAY, real_only=True, given=("p",))
    assert set(found.candidates) == {"o:real", "p:mine"}


def test_a_module_already_followed_is_set_aside() -> None:
    assert judged({}, {}, followed=("o:m",)) is SetAside.ALREADY_FOLLOWED


def test_a_body_without_an_address_is_near_no_place() -> None:
    assert judged(ONSITE, {"places": ["Lyon"]}, body={"name": "Organisme"}) is SetAside.PLACE


def test_of_several_sessions_those_that_suit_are_kept() -> None:
    some = [session(MONDAY - WEEK, "past"), session(MONDAY + WEEK, "full", seats=0), session(MONDAY + WEEK, "next")]
    found = Offering(Library.of(A, offer(module("m", "a@1/B1/C1", sessions=some))), CanGive(), MONDAY)
    assert [one.id for one in found.candidates["o:m"].sessions] == ["next"]


def test_only_the_offers_named_are_used() -> None:
    items = A, offer(module("m", "a@1/B1/C1")), offer(module("m", "a@1/B1/C1"), identifier="p")
    found = Offering(Library.of(*items), CanGive(), MONDAY, offers=("p",))
    assert set(found.candidates) == {"p:m"}


def test_modules_are_found_by_what_they_develop_and_prepare() -> None:
    items = A, offer(module("m", "a/B1/C1"), module("n", prepares=["a@1/B1"]))
    found = Offering(Library.of(*items), CanGive(), MONDAY).developing
    assert [one.ref for one in found["a@1/B1/C1"]] == ["o:m"]
    assert [one.ref for one in found["a@1/B1"]] == ["o:n"]


def test_one_module_is_judged_as_it_is_among_all() -> None:
    items = A, offer(module("m", "a@1/B1/C1"), module("n", "a@1/B1/C1"))
    found = Offering(Library.of(*items), CanGive.model_validate({"refused": ["o:n"]}), MONDAY)
    assert found.judged("o:m") == found.candidates["o:m"]
    assert found.judged("o:n") is found.set_aside["o:n"] is SetAside.REFUSED
    assert found.judged("o:unknown") is None
