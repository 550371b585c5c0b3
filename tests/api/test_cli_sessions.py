"""sessions: which to open for a group; the page, the lines, the exit status, and a file of sessions that does not suit."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.running import plain, run
from tests.api.small_world import world
from tests.api.test_cli_cohort import profiles

MODULE = "atelier:second"
SECOND = {"holds": {"blocks": [{"ref": "mini@2024/B2"}]}}


@pytest.fixture
def place(tmp_path: Path) -> list[object]:
    """What names the small library and its offer, without the person."""
    _profile, *words = world(tmp_path)
    return words


def sessions(path: Path, *some: dict[str, Any]) -> Path:
    """A file of sessions of the module of the second block."""
    plain_one = {"id": "s", "module": MODULE, "start": "2027-01-04", "end": "2027-01-29", "price": 500}
    made = [plain_one | {"seats": {"min": 2, "max": 3}} | one for one in some]
    path.write_text(json.dumps({"sessions": made}), "utf-8")
    return path


def test_a_session_opens_for_those_whom_it_serves(tmp_path: Path, place: list[object]) -> None:
    people = profiles(tmp_path / "gens.jsonl", *({"id": f"p{rank}"} for rank in range(3)), {"id": "d"} | SECOND)
    asked = ["sessions", people, "--sessions", sessions(tmp_path / "s.yaml", {}), *place, "--on", "2026-11-22"]
    found = json.loads(run(*asked, "--json").stdout)["decision"]
    assert (found["status"], found["sessions"][0]["people"]) == ("optimal", ["p0", "p1", "p2"])
    assert (found["cost"], found["alone"], found["sessions"][0]["saves"]) == (500 + 400, 1000, 100)
    result = run(*asked, "-o", tmp_path / "places.csv")
    assert result.exit_code == 0, result.output
    page = plain(result.stdout)
    assert "ouvre pour 3 personnes" in page
    assert "Ne pas l'ouvrir coûterait 100" in page
    rows = list(csv.reader((tmp_path / "places.csv").open(encoding="utf-8-sig"), delimiter=";"))
    assert [row[3] for row in rows[1:]] == ["s", "s", "s", ""]
    assert run(*asked, "--brief", "-o", tmp_path / "places.jsonl").exit_code == 0
    assert len((tmp_path / "places.jsonl").read_text("utf-8").splitlines()) == 4


def test_somebody_left_without_a_plan_ends_as_no_plan_unless_it_is_accepted(
    tmp_path: Path, place: list[object]
) -> None:
    poor = {"can_give": {"budget": 250}}
    people = profiles(tmp_path / "gens.jsonl", *({"id": f"p{rank}"} | poor for rank in range(4)))
    asked = [
        "sessions",
        people,
        "--sessions",
        sessions(tmp_path / "s.yaml", {}),
        *place,
        "--on",
        "2026-11-22",
        "--brief",
    ]
    result = run(*asked)
    assert result.exit_code == 1
    assert "sans parcours, faute de place : 1" in plain(result.stdout)
    assert run(*asked, "--as-many-as-possible").exit_code == 0


def test_what_is_wrong_in_a_file_of_sessions_is_told_at_its_line(tmp_path: Path, place: list[object]) -> None:
    people = profiles(tmp_path / "gens.jsonl", {"id": "a"})
    text = "sessions:\n  - {id: s, module: o:nulle, start: 2027-01-04, end: 2027-01-08, price: 9, seats: {max: 3}}\n"
    for wrong, told in (
        (text, "s.yaml:2"),
        (text.replace("max: 3", "min: 4, max: 3"), "« min » dépasse « max »"),
        (text.replace("01-08", "01-01"), "« end » vient avant « start »"),
        (text + text.partition("\n")[2], "même identifiant"),
        (text.replace("price: 9, ", ""), "price"),
    ):
        (tmp_path / "s.yaml").write_text(wrong, "utf-8")
        result = run("sessions", people, "--sessions", tmp_path / "s.yaml", *place)
        assert result.exit_code == 2
        assert told in plain(result.stderr), result.stderr
