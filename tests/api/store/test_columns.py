"""Texts, instants and values come back as they were given, on both databases; what one would refuse, both refuse."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.store.columns import Unstorable, json_text, new_identifier
from api.store.scope import Scope
from api.store.unit_of_work import Store
from pathways.profile import Profile
from tests.api.store.world import PROFILE, two_organisations


@pytest.mark.parametrize("name", ["nul \x00", "moitié \ud800", "x" * 201])
def test_a_text_that_cannot_be_kept_is_refused(store: Store, name: str) -> None:
    with pytest.raises(Unstorable), store.write() as unit:
        unit.directory.organisations.add(name)


@pytest.mark.parametrize("asked", ["\x00", "\ud800", "x" * 5000])
def test_a_text_that_cannot_be_kept_cannot_be_asked_for(store: Store, asked: str) -> None:
    with store.read() as unit, pytest.raises(Unstorable):
        unit.of(Scope()).offers.by_key(asked)


def test_values_hold_every_character(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    note = "nul \x00, moitié \ud800, « œuvre », 🌉"
    with store.write() as unit:
        person = unit.of(here).people.add()
        unit.of(here).profiles.put(person.id, PROFILE.model_copy(update={"note": note}))
    with store.read() as unit:
        assert unit.of(here).profiles.get(person.id).document["note"] == note


def test_a_profile_comes_back_equal(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    with store.write() as unit:
        person = unit.of(here).people.add()
        unit.of(here).profiles.put(person.id, PROFILE)
    with store.read() as unit:
        assert Profile.model_validate(unit.of(here).profiles.get(person.id).document) == PROFILE


def test_an_instant_is_the_same_moment(store: Store) -> None:
    paris = datetime(2027, 3, 28, 3, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    store.now = lambda: paris
    with store.write() as unit:
        added = unit.directory.organisations.add("Ici")
    with store.read() as unit:
        found = unit.directory.organisations.get(added.id).created_at
    assert (found, found.tzinfo) == (paris, UTC)


def test_names_are_sorted_by_code_point(store: Store) -> None:
    keys = ["b", "a", "B", "a-b", "ab", "é", "z"]
    here, _there, _own = two_organisations(store)
    with store.write() as unit:
        for key in keys:
            unit.of(here).drafts.write_plain(key, {}, key)
    with store.read() as unit:
        drafts = unit.of(here).drafts
        query = drafts._select().order_by(drafts.table.key)
        assert [row.key for row in unit.session.scalars(query)] == sorted(keys)


@given(
    st.dictionaries(
        st.text(), st.text() | st.integers() | st.none() | st.lists(st.floats(allow_nan=False, allow_infinity=False))
    )
)
def test_json_text_can_always_be_written(values: dict[str, object]) -> None:
    text = json_text(values)
    assert "\x00" not in text
    assert json.loads(text.encode("utf-8")) == values


def test_later_identifiers_sort_after() -> None:
    first = datetime(2027, 1, 1, tzinfo=UTC)
    made = [new_identifier(first + timedelta(milliseconds=step)) for step in range(50)]
    assert made == sorted(made)
    assert {len(one) for one in made} == {32}
