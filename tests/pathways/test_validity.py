"""When a certification can be obtained, and when its parts count."""

from datetime import date
from typing import Any

import pytest

from pathways.validity import combination, has_lapsed, is_open, last_day, successors
from referentials.library import Library
from referentials.model import Referential
from tests.pathways.small import certification, rule

FAMILY = "certification-rncp"
GRACE = rule("grace", FAMILY, grace_months=12)
NOT_KEPT = rule("caducite", FAMILY, keeps_blocks=False)
END = date(2024, 2, 29)


def ending(**fields: Any) -> Referential:
    return certification("a@1", "B1", **({"valid": {"from": "2019-01-01", "to": END}} | fields))


@pytest.mark.parametrize(
    ("fields", "rules", "last"),
    [
        ({}, (), END),
        ({}, (GRACE,), date(2025, 2, 28)),
        ({"replaced_by": ["a@2"]}, (GRACE,), END),
        ({"valid": {"to": END, "award_until": date(2024, 12, 31)}}, (GRACE,), date(2024, 12, 31)),
        ({"valid": {"to": END, "award_until": date(2023, 12, 31)}}, (), END),
        ({"valid": {}}, (GRACE,), None),
    ],
)
def test_the_last_day_to_obtain_a_title(fields: dict[str, Any], rules: Any, last: date | None) -> None:
    version = ending(**fields)
    assert last_day(Library.of(version, certification("a@2", "B1"), *rules), version, END) == last


@pytest.mark.parametrize(
    ("day", "opened"),
    [(date(2018, 12, 31), False), (date(2019, 1, 1), True), (END, True), (date(2024, 3, 1), False)],
)
def test_a_title_is_open_between_its_days_both_included(day: date, opened: bool) -> None:
    assert is_open(Library.of(ending()), ending(), day) is opened


def test_a_title_that_its_directory_calls_inactive_is_closed_unless_its_last_day_is_known() -> None:
    for active, opened in ((False, False), (True, True), (None, True)):
        endless = ending(valid={"from": "2019-01-01", "active": active})
        assert is_open(Library.of(endless), endless, END) is opened
        known = ending(valid={"from": "2019-01-01", "to": END, "active": active})
        assert is_open(Library.of(known), known, END)


def test_a_title_seen_in_force_is_open_from_that_day() -> None:
    seen = ending(valid={"seen": "2020-01-01"})
    assert not is_open(Library.of(seen), seen, date(2019, 12, 31))
    assert is_open(Library.of(seen), seen, date(2020, 1, 1))


def test_blocks_lapse_after_the_last_day_where_the_rules_do_not_keep_them() -> None:
    version = ending()
    assert not has_lapsed(Library.of(version, NOT_KEPT), version, END)
    assert has_lapsed(Library.of(version, NOT_KEPT), version, date(2024, 3, 1))
    assert not has_lapsed(Library.of(version), version, date(2024, 3, 1))
    assert not has_lapsed(Library.of(version, NOT_KEPT, GRACE), version, date(2025, 2, 28))
    assert has_lapsed(Library.of(version, NOT_KEPT, GRACE), version, date(2025, 3, 1))


@pytest.mark.parametrize(
    ("applies_to", "applies"),
    [((FAMILY,), True), (("a",), True), (("a@1",), True), ((), True), (("a@2",), False), (("diplome-jeps",), False)],
)
def test_a_rule_applies_to_its_family_its_title_or_to_all_when_it_names_none(
    applies_to: tuple[str, ...], applies: bool
) -> None:
    found = combination(Library.of(ending(), rule("r", *applies_to, keeps_blocks=False)), ending(), END)
    assert (found.keeps_blocks is False) is applies


def test_a_rule_applies_between_its_dates() -> None:
    late = NOT_KEPT.model_copy(update={"in_force": NOT_KEPT.in_force.model_copy(update={"start": date(2024, 6, 1)})})
    assert not has_lapsed(Library.of(ending(), late), ending(), date(2024, 5, 31))
    assert has_lapsed(Library.of(ending(), late), ending(), date(2024, 6, 1))


def test_successors_follow_one_another_and_stop_at_a_circle() -> None:
    one, two, three = (
        certification(f"a@{number}", "B1", replaced_by=[f"a@{after}"]) for number, after in ((1, 2), (2, 3), (3, 1))
    )
    assert successors(Library.of(one, two, three), one) == {"a@1", "a@2", "a@3"}
    assert successors(Library.of(one, two, certification("a@3", "B1")), one) == {"a@2", "a@3"}
    assert successors(Library.of(one), one) == frozenset()
