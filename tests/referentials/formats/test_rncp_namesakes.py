"""A fiche that a hand-written certification describes too: its number means that certification, and it is no rival target."""

from datetime import date
from typing import Any

import pytest

from pathways.target import aim
from referentials.checks import check
from referentials.library import Library
from referentials.neighbourhood import around
from referentials.registers import fiche_of, is_fiche, number_in
from tests.pathways.small import MONDAY, certification, closure, right


def coded(code: str, *numbers: str) -> dict[str, Any]:
    return {"code": code, "codes": numbers, "competencies": [{"code": "C1"}]}


BY_HAND = certification(
    "tp-x@2019",
    coded("CCP1", "RNCP90001BC01"),
    coded("CCP2"),
    codes={"rncp": ["RNCP90001"]},
    valid={"from": "2019-01-01"},
)
OLDER = certification(
    "tp-x@2015", coded("CCP1"), codes={"rncp": [{"code": "RNCP90001", "to": "2018-12-31"}]}, valid={"to": "2018-12-31"}
)
FICHE = certification("rncp90001@fiche", "RNCP90001BC01 C1 C2", "RNCP90001BC02 C1", codes={"rncp": ["RNCP90001"]})
NEWER = certification("rncp90002@fiche", "RNCP90002BC01 C1", codes={"rncp": ["RNCP90002"]})


@pytest.fixture(scope="module", params=["alone", "imported"])
def library(request: pytest.FixtureRequest) -> Library:
    return Library.of(*((BY_HAND, NEWER) if request.param == "alone" else (FICHE, BY_HAND, NEWER)))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("rncp90001", "tp-x@2019"),
        ("rncp90001@fiche", "tp-x@2019"),
        ("rncp90001/RNCP90001BC01", "tp-x@2019/CCP1"),
        ("rncp90001@fiche/RNCP90001BC01/C1", "tp-x@2019/CCP1/C1"),
        ("tp-x/RNCP90001BC01", "tp-x@2019/CCP1"),
        ("rncp90002/RNCP90002BC01", "rncp90002@fiche/RNCP90002BC01"),
    ],
)
def test_a_number_means_what_was_written_by_hand(library: Library, text: str, means: str) -> None:
    assert library.expand(text) == (means,)
    assert aim(library, text, MONDAY).ref == means


def test_a_block_that_was_not_written_by_hand_stays_that_of_the_fiche() -> None:
    assert Library.of(FICHE, BY_HAND).expand("rncp90001/RNCP90001BC02") == ("rncp90001@fiche/RNCP90001BC02",)
    assert Library.of(BY_HAND).expand("rncp90001/RNCP90001BC02") == ()


def test_the_fiche_is_there_to_be_read_and_is_no_target(library: Library) -> None:
    assert [version.key for version in library] == ["rncp90002@fiche", "tp-x@2019"]
    assert library.described_by("rncp90001") == ("tp-x@2019",)
    assert library.by_code("RNCP90001BC01") == ("tp-x@2019/CCP1",)
    assert library.by_code("RNCP90001") == ("tp-x@2019",)
    if "rncp90001" in library:
        assert library.get("rncp90001", "fiche") is FICHE


def test_a_fiche_alone_is_a_target() -> None:
    assert [version.key for version in Library.of(FICHE)] == ["rncp90001@fiche"]
    assert aim(Library.of(FICHE), "rncp90001", MONDAY).ref == "rncp90001@fiche"
    assert Library.of(FICHE).described_by("rncp90001") == ()


def test_of_two_versions_with_one_number_the_one_in_force_is_aimed_at() -> None:
    both = Library.of(FICHE, OLDER, BY_HAND)
    assert both.expand("rncp90001/RNCP90001BC01") == ("tp-x@2019/CCP1",)
    assert both.target("rncp90001", MONDAY).key == "tp-x@2019"
    assert both.target("rncp90001", date(2017, 1, 1)).key == "tp-x@2015"


def test_a_right_that_names_numbers_leads_from_and_to_what_was_written_by_hand() -> None:
    to_hand = right("r", "rncp90002/RNCP90002BC01", "rncp90001/RNCP90001BC01")
    from_hand = right("s", "rncp90001/RNCP90001BC01", "rncp90002/RNCP90002BC01")
    for fiches in ((), (FICHE,)):
        assert "tp-x@2019/CCP1" in closure(BY_HAND, NEWER, *fiches, to_hand, held=["rncp90002@fiche/RNCP90002BC01"])
        assert "rncp90002@fiche/RNCP90002BC01" in closure(BY_HAND, NEWER, *fiches, from_hand, held=["tp-x@2019/CCP1"])


def test_names_that_go_together() -> None:
    library = Library.of(FICHE, BY_HAND, NEWER)
    assert library.namesakes("tp-x") == library.namesakes("rncp90001") == {"tp-x", "rncp90001"}
    assert library.namesakes("rncp90002") == {"rncp90002"}
    assert around(library, ["tp-x@2019"], []) is library


def test_a_number_whose_fiche_is_not_imported_is_no_mistake() -> None:
    unknown = right("r", "rncp99999/RNCP99999BC01", "rncp88888@fiche")
    wrong = right("s", "rncp90002/RNCP90002BC07", "rncp90002@fiche/RNCP90002BC01")
    found = {(finding.rule, finding.message) for finding in check(Library.of(NEWER, unknown, wrong))}
    assert {rule for rule, message in found if "99999" in message or "88888" in message} == set()
    assert [rule for rule, message in found if "RNCP90002BC07" in message] == ["reference-inconnue"]


def test_numbers() -> None:
    assert number_in("RNCP 40344 ") == "RNCP40344"
    assert number_in("\tRS6117") == "RS6117"
    assert [number_in(text) for text in ("40344", "RNCP", "RNCP40344BC01", "", None, "RNCP١")] == [None] * 6
    assert not is_fiche("RNCP40344")
    assert not is_fiche("rncp-40344")
    assert fiche_of("RS6117") == "rs6117"


def test_the_shipped_library_answers_to_the_numbers_of_the_directory() -> None:
    shipped = Library.read()
    assert shipped.expand("rncp34137/RNCP34137BC01") == ("tp-remn@2019/CCP1",)
    assert shipped.expand("rncp34137@fiche") == ("tp-remn@2019",)
