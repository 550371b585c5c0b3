"""What a version says of itself."""

from typing import Any

from hypothesis import given

from referentials.contents import Contents, codes_of
from referentials.model import Referential
from tests.referentials import strategies

FILE: dict[str, Any] = {
    "id": "t",
    "version": "1",
    "title": "Titre complet",
    "kind": "attestation",
    "confidence": "to_confirm",
    "codes": {"rncp": ["RNCP1"], "rs": ["RS2"], "rome": ["K1201"], "ministry": ["TP-3"]},
    "blocks": [
        {"code": "A", "codes": ["RNCP1BC01"], "competencies": [{"code": "C1"}, {"code": "C2"}]},
        {"code": "B", "competencies": [{"code": "C1"}]},
        {"code": "C"},
    ],
}
ITEM = Referential.model_validate(FILE)


def test_a_version_has_a_key_and_a_name() -> None:
    assert (ITEM.key, ITEM.name) == ("t@1", "Titre complet")
    assert Referential.model_validate(FILE | {"short_title": "TC"}).name == "TC"


def test_unknown_blocks_are_not_an_absence_of_blocks() -> None:
    unknown, none = (Referential.model_validate(FILE | {"blocks": blocks}) for blocks in (None, []))
    assert unknown != none
    assert unknown.known_blocks == none.known_blocks == ()


def test_competencies_come_in_the_order_of_the_file_with_their_references() -> None:
    assert [key for key, _competency in ITEM.competencies()] == ["t@1/A/C1", "t@1/A/C2", "t@1/B/C1"]


def test_a_block_is_found_by_its_code() -> None:
    block = ITEM.block("B")
    assert block is not None
    assert block.known_competencies[0].code == "C1"
    assert ITEM.block("Z") is None


def test_parts_are_found_by_their_codes() -> None:
    contents = Contents.of(ITEM)
    assert list(contents.blocks) == ["A", "B", "C"]
    assert contents.owners == {"C1": ["A", "B"], "C2": ["A"]}


def test_codes_of_registers_name_the_version_and_its_blocks() -> None:
    assert [(ref, code.code) for ref, code in codes_of(ITEM)] == [
        ("t@1", "RNCP1"),
        ("t@1", "RS2"),
        ("t@1", "TP-3"),
        ("t@1/A", "RNCP1BC01"),
    ]


@given(strategies.referentials)
def test_every_competency_is_in_a_block_of_its_version(item: Referential) -> None:
    contents = Contents.of(item)
    for key, competency in item.competencies():
        _whole, block, code = key.split("/")
        assert code == competency.code
        assert block in contents.owners[code] or [b.code for b in item.known_blocks].count(block) > 1
