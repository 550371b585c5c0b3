"""The demonstration: three questions asked for a written day, whose answers are known in advance."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.services.planning import read_person
from tools import demo


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the demonstration writes, by name."""
    folder = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "OUT", folder)
        demo.main()
    assert {path.suffix for path in folder.iterdir()} == {
        ".json",
        ".txt",
        ".html",
        ".pdf",
        ".docx",
        ".xlsx",
        ".csv",
        ".ics",
    }
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def test_what_is_not_known_of_a_target_is_shown_as_such(answers: dict[str, Any]) -> None:
    found = answers["mediateur-numerique"]
    assert found["status"] == "infeasible"
    assert "hole:tp-mn@2025/CCP2" in found["conflict"]["core"]
    assert "holes" in found["notices"]


def test_a_plan_of_real_modules_is_proved_and_verified(answers: dict[str, Any]) -> None:
    found = answers["formateur-adultes"]
    assert (found["status"], found["verified"]) == ("optimal", True)
    assert not any(step["illustrative"] for step in found["steps"])
    assert found["totals"]["unknown_hours"] == found["totals"]["unknown_cost"] == 0


def test_four_uc_are_held_by_right_in_2014(answers: dict[str, Any]) -> None:
    states = {block["ref"]: block["state"] for block in answers["bpjeps-tic-2014"]["gap"]["blocks"]}
    assert [ref for ref, state in states.items() if state == "by_right"] == [
        f"bpjeps-tic@2002/UC{number}" for number in (1, 2, 3, 4)
    ]


def test_the_people_of_the_demonstration_are_made_up_and_say_so() -> None:
    profiles = sorted((Path(demo.ROOT) / "examples").glob("*.yaml"))
    assert len(profiles) >= 2
    assert all(read_person(path).profile.illustrative for path in profiles)
