"""Inside its own file a code alone is enough, and means what its full reference means."""

from typing import Any

import pytest

from referentials.local_references import expanded
from referentials.model import Referential

FILE: dict[str, Any] = {
    "id": "t",
    "version": "1",
    "title": "T",
    "kind": "attestation",
    "confidence": "to_confirm",
    "award": {"all_of": ["A", {"at_least": "1", "of": ["B", "u@2/A"]}, {"competency": "C3", "level": "1"}]},
    "entry": {"requirement": {"any_of": ["A", "bafd"]}},
    "blocks": [
        {
            "code": "A",
            "competencies": [{"code": "C1"}, {"code": "C2", "requires": {"strict": ["C1"], "advised": ["C3"]}}],
        },
        {"code": "B", "competencies": [{"code": "C1", "requires": {"strict": ["C1", "u@1/A/C1"]}}, {"code": "C3"}]},
        {"code": "C", "requires": "A"},
    ],
}


def test_codes_of_blocks_and_of_competencies_are_written_in_full() -> None:
    item = Referential.model_validate(FILE)
    assert item.award is not None
    assert item.award.model_dump(mode="json") == {
        "all_of": ["t@1/A", {"at_least": 1, "of": ["t@1/B", "u@2/A"]}, {"competency": "t@1/B/C3", "level": 1}]
    }
    assert item.entry is not None
    assert item.entry.model_dump(mode="json")["requirement"] == {"any_of": ["t@1/A", "bafd"]}
    assert item.known_blocks[2].model_dump(mode="json")["requires"] == "t@1/A"


def test_in_a_block_its_own_competencies_come_first() -> None:
    first, second, _third = Referential.model_validate(FILE).known_blocks
    assert first.known_competencies[1].requires.strict == ("t@1/A/C1",)
    assert first.known_competencies[1].requires.advised == ("t@1/B/C3",)
    assert second.known_competencies[0].requires.strict == ("t@1/B/C1", "u@1/A/C1")


def test_a_code_that_two_blocks_have_is_not_guessed() -> None:
    award = expanded(FILE | {"award": {"competency": "C1"}})["award"]
    assert award == {"competency": "C1"}


def test_writing_in_full_twice_changes_nothing() -> None:
    assert expanded(expanded(FILE)) == expanded(FILE)


@pytest.mark.parametrize(
    "data",
    [
        None, [], "x", {}, {"blocks": None}, {"blocks": "A"}, {"blocks": [None, "A", []]}, {"blocks": [{"code": ["A"]}]},
        {"blocks": [{"competencies": "C1"}]}, {"blocks": [{"code": "A", "competencies": [None, {"requires": []}, {"requires": {"strict": "C1"}}]}]},
        {"id": ["x"], "version": {}, "blocks": [], "award": [], "entry": []}, {"blocks": [], "award": {"all_of": "A", "of": [None]}},
    ],
)  # fmt: skip
def test_what_has_another_shape_is_left_to_the_model(data: Any) -> None:
    expanded(data)
