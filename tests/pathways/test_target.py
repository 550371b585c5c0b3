"""What is aimed at, and on which day."""

from datetime import date

import pytest

from pathways.target import aim
from referentials.library import Library, NotInForce, UnknownReference
from tests.pathways.small import certification, framework

OLD = certification("a@1", "B1 C1", "B2", valid={"from": "2010-01-01", "to": "2019-12-31"}, replaced_by=["a@2"])
NEW = certification("a@2", "B1 C1", valid={"from": "2020-01-01"})
STATE = certification("d@1", "B1", kind="diplome-travail-social")
LIBRARY = Library.of(OLD, NEW, STATE, framework("f@1", "1.1", "1.2"))
TODAY = date(2025, 6, 2)


@pytest.mark.parametrize(
    ("text", "on", "ref", "goals"),
    [
        ("a", TODAY, "a@2", ("a@2",)),
        ("a", date(2015, 1, 1), "a@1", ("a@1",)),
        ("a@1", TODAY, "a@1", ("a@1",)),
        ("a/B1", TODAY, "a@2/B1", ("a@2/B1",)),
        ("a@2/B1/C1", TODAY, "a@2/B1/C1", ("a@2/B1/C1",)),
        ("f", TODAY, "f@1", ("f@1/1/1.1", "f@1/1/1.2")),
        ("f@1/1.2", TODAY, "f@1/1/1.2", ("f@1/1/1.2",)),
    ],
)
def test_a_target_is_the_version_of_the_day_or_the_one_it_names(
    text: str, on: date, ref: str, goals: tuple[str, ...]
) -> None:
    found = aim(LIBRARY, text, on)
    assert (found.ref, found.goals) == (ref, goals)


@pytest.mark.parametrize(
    ("text", "on", "notices"),
    [
        ("a@2", TODAY, ("end_not_read",)),
        ("f", TODAY, ()),
        ("d", TODAY, ()),
        ("a@1", TODAY, ("not_in_force", "replaced")),
        ("a@1", date(2015, 1, 1), ("replaced",)),
        ("a@2", date(2015, 1, 1), ("not_in_force", "end_not_read")),
    ],
)
def test_a_version_out_of_force_or_replaced_says_so(text: str, on: date, notices: tuple[str, ...]) -> None:
    assert aim(LIBRARY, text, on).notices == notices


def test_what_leads_nowhere_is_said_with_what_is_near() -> None:
    with pytest.raises(UnknownReference, match="Peut-être : a@2/B1"):
        aim(LIBRARY, "a@2/B9", TODAY)
    with pytest.raises(NotInForce, match="Versions connues : a@1"):
        aim(LIBRARY, "a", date(2001, 1, 1))


def test_a_block_of_another_version_than_that_of_the_day_is_unknown() -> None:
    with pytest.raises(UnknownReference, match="a@2/B2"):
        aim(LIBRARY, "a/B2", TODAY)


def test_the_blocks_of_a_target() -> None:
    assert [block.code for block in aim(LIBRARY, "a@1", TODAY).blocks] == ["B1", "B2"]
    assert [block.code for block in aim(LIBRARY, "a@1/B2", TODAY).blocks] == ["B2"]
