"""What a day's law says is read once: nothing is opened too soon, and what is asked again is asked again only when it may matter."""

from datetime import date, timedelta

from pathways.law import Parts
from pathways.recognition import Rights
from referentials.library import Library
from tests.pathways.small import MONDAY, certification, closure, framework, right


def test_what_a_fact_contains() -> None:
    known = Parts(
        Library.of(certification("a@1", "B1 C1 C2", {"code": "B2", "optional": True}), framework("f@1", "1.1"))
    )
    whole, block, level = known.of("a@1"), known.of("a@1/B1"), known.of("f@1/1/1.1#2")
    assert whole is not None
    assert block is not None
    assert level is not None
    assert (whole.parts, whole.every_part, whole.is_block) == (("a@1/B1",), ("a@1/B1", "a@1/B2"), False)
    assert (block.parts, block.whole, block.is_block) == (("a@1/B1/C1", "a@1/B1/C2"), "a@1", True)
    assert level.lower == ("f@1/1/1.1", "f@1/1/1.1#1")
    assert [known.of(fact) for fact in ("a@1/B1/C1", "?file", "o:m", "!entry:a@1")] == [None] * 4


def test_the_last_days_asked_about_are_remembered() -> None:
    rights = Rights(Library.of(certification("a@1", "B1")))
    first = rights.law(MONDAY)
    assert rights.law(MONDAY) is first
    for days in range(1, 65):
        rights.law(MONDAY + timedelta(days))
    assert rights.law(MONDAY) is not first


def test_a_day_knows_its_own_rights() -> None:
    rights = Rights(
        Library.of(
            certification("a@1", "B1"),
            certification("b@1", "B1"),
            right("r", "a@1", "b@1/B1", in_force={"to": "2025-06-02"}),
        )
    )
    assert "b@1/B1" in rights.close(["a@1"], MONDAY)
    assert "b@1/B1" not in rights.close(["a@1"], date(2025, 6, 3))


def test_an_award_that_asks_for_something_elsewhere_waits_for_it() -> None:
    award = {"all_of": ["a@1/B1", "c@1/B1"]}
    items = (
        certification("a@1", "B1", award=award),
        certification("b@1", "B1"),
        certification("c@1", "B1 C1", "B2"),
        right("r", "b@1/B1", "c@1/B1"),
    )
    found = closure(*items, held=["a@1/B1", "b@1/B1"])
    assert found.proofs["a@1"].premises == ("a@1/B1", "c@1/B1")
    assert "a@1" in found.by_right


def test_nothing_is_opened_that_nobody_names() -> None:
    library = Library.read()
    Rights(library).close(["bafd@toutes"], MONDAY)
    assert 0 < len(library._referentials) < len(library) / 2
