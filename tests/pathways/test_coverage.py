"""What offers cover of a referential: contributions, holes, overlaps, what is of no use to it."""

from datetime import date
from typing import Any

import pytest

from pathways.coverage import Coverage, Covered, coverage
from referentials.library import Library, NotInForce, UnknownReference
from tests.pathways.made import framework, library, title

ON = date(2020, 1, 1)


def module(name: str, *develops: Any, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name, "develops": list(develops)} | more


def covered(*modules: dict[str, Any], of: str = "a", parts: dict[str, Any] | None = None) -> Coverage:
    made = library(parts or title("a"), framework("f"), offers=({"id": "o", "modules": list(modules)},))
    return coverage(made, ["o"], of, ON)


def test_without_modules_everything_is_a_hole() -> None:
    found = covered()
    assert (found.covered, found.holes) == (Covered.NONE, ("a@1/A/A1", "a@1/A/A2", "a@1/B/B1"))
    assert found.not_assessed == ("a@1/A", "a@1/B")


def test_a_module_covers_what_it_develops() -> None:
    found = covered(module("m", "a@1/A/A1"))
    assert (found.covered, found.holes) == (Covered.PARTIAL, ("a@1/A/A2", "a@1/B/B1"))
    assert [block.covered for block in found.blocks] == [Covered.PARTIAL, Covered.NONE]
    (one,) = found.blocks[0].competencies[0].modules
    assert (one.module, one.how, one.level) == ("o:m", "develops", None)


def test_a_reference_without_a_version_covers_too() -> None:
    assert covered(module("m", "a/B/B1")).holes == ("a@1/A/A1", "a@1/A/A2")


def test_a_module_that_prepares_a_block_covers_all_its_competencies() -> None:
    found = covered(module("m", prepares=["a@1/A"], includes_assessment=["a@1/A"]))
    assert found.blocks[0].covered is Covered.WHOLE
    assert (found.holes, found.not_assessed) == (("a@1/B/B1",), ("a@1/B",))
    assert [one.how for one in found.blocks[0].modules] == ["prepares", "assesses"]


def test_two_modules_that_bring_the_same_overlap() -> None:
    assert covered(module("m", "a@1/A/A1"), module("n", "a@1/A/A1")).overlaps == ("a@1/A/A1",)
    assert covered(module("m", "a@1/A/A1"), module("n", prepares=["a@1/A"])).overlaps == ("a@1/A/A1",)
    assert covered(module("m", "a@1/A/A1", prepares=["a@1/A"])).overlaps == ()


def test_a_module_that_goes_on_from_another_does_not_overlap() -> None:
    low, high = ({"competency": "f@1/1.1", "level": level} for level in (1, 2))
    found = covered(module("m", low), module("n", high), of="f")
    assert (found.overlaps, found.blocks[0].competencies[0].highest) == ((), 2)
    assert covered(module("m", low), module("n", low), of="f").overlaps == ("f@1/1/1.1",)


def test_a_framework_has_no_assessment_to_miss() -> None:
    assert covered(of="f").not_assessed == ()


def test_a_module_that_brings_nothing_to_the_referential_is_of_no_use_to_it() -> None:
    found = covered(module("m", "a@1/A/A1"), module("n", "f@1/1.1"), module("exam", includes_assessment=["a@1/A"]))
    assert found.useless == ("o:n",)


def test_a_block_whose_competencies_are_not_known_is_a_hole_until_it_is_prepared() -> None:
    parts = title("a", blocks=[{"code": "A"}], award={"all_of": ["A"]})
    assert covered(parts=parts).holes == ("a@1/A",)
    assert covered(parts=parts).blocks[0].known is False
    found = covered(module("m", prepares=["a@1/A"]), parts=parts)
    assert (found.holes, found.covered) == ((), Covered.WHOLE)


def test_a_block_known_in_part_is_never_wholly_covered_by_what_is_known() -> None:
    parts = title("a", blocks=[{"code": "A", "complete": False, "competencies": [{"code": "A1"}]}], award=None)
    found = covered(module("m", "a@1/A/A1"), parts=parts)
    assert (found.covered, found.holes) == (Covered.PARTIAL, ("a@1/A",))


def test_a_module_no_longer_offered_covers_nothing() -> None:
    assert covered(module("m", "a@1/A/A1", available={"to": "2019-12-31"})).covered is Covered.NONE


def test_only_the_offers_asked_for_count() -> None:
    offers = ({"id": "o", "modules": [module("m", "a@1/A/A1")]}, {"id": "p", "modules": [module("m", "a@1/A/A2")]})
    made = library(title("a"), offers=offers)
    assert coverage(made, ["p"], "a", ON).holes == ("a@1/A/A1", "a@1/B/B1")
    assert coverage(made, None, "a", ON).holes == ("a@1/B/B1",)
    assert coverage(made, None, "a", ON).offers == ("o", "p")


def test_modules_made_up_for_demonstration_are_named() -> None:
    assert covered(module("m", illustrative=True)).illustrative == ("o:m",)


def test_what_does_not_exist_is_refused() -> None:
    made = library(title("a", valid={"to": "2010-01-01"}), offers=({"id": "o", "modules": []},))
    with pytest.raises(UnknownReference, match="oo"):
        coverage(made, ["oo"], "a@1", ON)
    with pytest.raises(UnknownReference, match="nowhere"):
        coverage(made, None, "nowhere", ON)
    with pytest.raises(NotInForce):
        coverage(made, None, "a", ON)
    assert coverage(made, None, "a@1", ON).referential == "a@1"


def test_the_shipped_offers_in_front_of_the_shipped_framework() -> None:
    found = coverage(Library.read(), None, "pix@2023", date(2026, 11, 21))
    assert "pix@2023/3/3.4" in found.holes
    assert Coverage.model_validate_json(found.model_dump_json()) == found
