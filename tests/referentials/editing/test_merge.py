"""Drafts as entries: nothing is lost on the way, deltas go forth and back, two people's changes meet."""

from typing import Any

from hypothesis import given

from referentials.editing.delta import ABSENT, applied, between, read, undone, written
from referentials.editing.entries import ORDER, entries, values_of
from referentials.editing.merge import merged, order_of
from tests.referentials.editing.drawn import drafts


@given(drafts)
def test_entries_give_the_values_back(draft: Any) -> None:
    assert values_of(entries(draft)) == draft


@given(drafts, drafts)
def test_a_delta_goes_forth_and_back_and_is_kept_as_plain_values(before: Any, after: Any) -> None:
    delta = between(before, after)
    assert applied(before, delta) == after
    assert undone(after, delta) == before
    assert read(written(delta)) == delta
    assert bool(delta) == (before != after)


@given(drafts, drafts)
def test_who_changes_alone_has_it_all(base: Any, changed: Any) -> None:
    assert merged(base, changed, base) == (changed, ())
    assert merged(base, base, changed) == (changed, ())
    assert merged(base, changed, changed) == (changed, ())


@given(drafts, drafts, drafts)
def test_without_a_clash_what_each_wrote_is_there(base: Any, mine: Any, theirs: Any) -> None:
    found = merged(base, mine, theirs)
    there = entries(found.values)
    assert values_of(there) == found.values
    if not found.clashes:
        wrote = [edit for side in (mine, theirs) for edit in between(base, side)]
        kept = [edit for edit in wrote if edit.at[-1] != ORDER and edit.after not in (ABSENT, [], {}, None)]
        assert all(there.get(edit.at) == edit.after for edit in kept)


@given(drafts, drafts, drafts)
def test_a_clash_shows_both_sides_and_keeps_theirs(base: Any, mine: Any, theirs: Any) -> None:
    for clash in merged(base, mine, theirs).clashes:
        assert repr(clash.theirs) not in (repr(clash.mine), repr(clash.base))


def test_two_fields_of_one_competency_meet() -> None:
    base = {"blocks": [{"code": "B", "competencies": [{"code": "C", "title": "t"}]}]}
    mine = {"blocks": [{"code": "B", "competencies": [{"code": "C", "title": "u"}]}]}
    theirs = {"blocks": [{"code": "A"}, {"code": "B", "competencies": [{"code": "C", "title": "t", "note": "n"}]}]}
    found = merged(base, mine, theirs)
    assert found.values["blocks"] == [
        {"code": "A"},
        {"code": "B", "competencies": [{"code": "C", "title": "u", "note": "n"}]},
    ]
    assert not found.clashes


def test_who_takes_away_what_another_changes_clashes_on_the_whole() -> None:
    base = {"blocks": [{"code": "A", "title": "a"}, {"code": "B"}]}
    theirs = {"blocks": [{"code": "A", "title": "changed"}, {"code": "B"}]}
    found = merged(base, {"blocks": [{"code": "B"}]}, theirs)
    (clash,) = found.clashes
    assert (clash.at, clash.mine, clash.theirs) == (("blocks", "A"), ABSENT, {"code": "A", "title": "changed"})
    assert found.values == theirs


def test_lists_that_two_people_change() -> None:
    assert order_of("ABC", "ABCX", "ABCY") == ["A", "B", "C", "X", "Y"]
    assert order_of("ABC", "CAB", "ABC") == ["C", "A", "B"]
    assert order_of("ABC", "AC", "ABCY") == ["A", "C", "Y"]
    assert order_of("ABC", "CAB", "BC") == ["C", "B"]
