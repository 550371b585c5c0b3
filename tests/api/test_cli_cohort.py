"""cohort: people from every kind of file, what is wrong told and nobody stopped, the sums, and the lines written."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from api.bulk import workforce
from api.services.cohort_people import Asking, people_in
from api.settings import settings
from referentials.formats.workbook import people_workbook
from tests.api.running import plain, run
from tests.api.small_world import world

NOTHING: dict[str, Any] = {}
FIRST = {"holds": {"blocks": [{"ref": "mini@2024/B1"}]}}


@pytest.fixture
def place(tmp_path: Path) -> list[object]:
    """What names the small library and its offer, without the person."""
    _profile, *words = world(tmp_path)
    return words


def profiles(path: Path, *people: Any) -> Path:
    """A file of profiles, one on each line."""
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in people), "utf-8")
    return path


def asked(*words: object) -> Any:
    """The JSON of a cohort."""
    result = run("cohort", *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_people_with_one_problem_are_computed_once_and_summed_up(tmp_path: Path, place: list[object]) -> None:
    people = [{"id": f"p{rank}"} | (FIRST if rank % 2 else NOTHING) for rank in range(10)]
    found = asked(profiles(tmp_path / "gens.jsonl", *people), *place)
    assert (found["people"], found["problems"], found["statuses"]) == (10, 2, {"optimal": 10})
    assert (found["hours"], found["cost"], found["modules"]) == (5 * 18 + 5 * 8, 5 * 500 + 5 * 200, 15)
    assert found["by_body"] == [{"name": "Un organisme", "people": 10, "hours": 130.0, "cost": 3500.0}]
    assert found["by_block"] == [{"ref": "mini@2024/B2", "people": 10}, {"ref": "mini@2024/B1", "people": 5}]
    assert all(line["answer"]["verified"] for line in found["lines"])


def test_what_is_wrong_is_told_at_its_place_and_stops_nobody(tmp_path: Path, place: list[object]) -> None:
    wrong = [
        '{"id": "a"',
        {"id": "b", "holds": {"blocks": [{"ref": "nulle-part@1/B1"}]}},
        {"id": "c", "age": 12},
        {"id": "d"},
        {"id": "d"},
    ]
    found = asked(profiles(tmp_path / "gens.jsonl", *wrong), *place)
    assert (found["people"], found["refused"], found["statuses"]) == (2, 1, {"optimal": 1})
    assert "nulle-part" in found["lines"][0]["problems"][0]
    lines = [(one["rule"], one["where"]["line"]) for one in found["findings"]]
    assert [line for _rule, line in lines[:2]] == [1, 3]
    assert lines[2][0] == "cohorte-en-double"


def test_each_goes_where_they_say(tmp_path: Path, place: list[object]) -> None:
    cut = place.index("--target")
    without = [*place[:cut], *place[cut + 2 :]]
    people = [{"id": "a", "target": "mini"}, {"id": "b"}, {"id": "c", "target": "nulle-part"}]
    path = tmp_path / "gens.yaml"
    path.write_text(json.dumps(people), "utf-8")
    found = asked(path, *without)
    assert [(line["person"], line["target"]) for line in found["lines"]] == [
        ("a", "mini@2024"),
        ("b", None),
        ("c", "nulle-part"),
    ]
    assert [bool(line["problems"]) for line in found["lines"]] == [False, True, True]


def test_what_stands_beside_a_profile_is_read_from_every_kind_of_file(tmp_path: Path) -> None:
    beside = {"target": "mini", "service": "Accueil", "area": " 29 ", "trade": "k1601"}
    profiles(tmp_path / "a.jsonl", {"id": "a"} | beside)
    (tmp_path / "b.yaml").write_text(json.dumps([{"id": "b"} | beside, {"id": "c", "area": 75}]), "utf-8")
    written = people_workbook([{"identity": {}, "profile": {"id": "d"}} | beside | {"target": "tp-mn@2025"}])
    (tmp_path / "d.xlsx").write_bytes(written.content)
    found = [one for one in people_in(tmp_path) if isinstance(one, Asking)]
    said = ("Accueil", "29", "K1601")
    assert [one[1:] for one in found] == [
        ("mini", *said),
        ("mini", *said),
        (None, None, "75", None),
        ("tp-mn@2025", *said),
    ]


def test_a_line_each_is_written_as_spreadsheets_read_it(tmp_path: Path, place: list[object]) -> None:
    wrong = {"holds": {"blocks": [{"ref": "x@1/B"}]}}
    people = profiles(tmp_path / "gens.jsonl", {"id": "a"}, {"id": "b"} | wrong, {"id": "=1+1"} | wrong)
    result = run("cohort", people, *place, "-o", tmp_path / "plans.csv")
    assert result.exit_code == 0, result.output
    assert "1 problème différent" in plain(result.stdout)
    assert "18 h" in plain(result.stdout)
    rows = [*csv.reader((tmp_path / "plans.csv").read_text("utf-8-sig").splitlines(), delimiter=";")]
    assert rows[1][:5] == ["a", "mini@2024", "parcours, prouvé le meilleur", "oui", "18"]
    assert "x@1/B" in rows[2][-1]
    assert not rows[3][0].startswith("="), "a spreadsheet must not compute it"


def test_what_cannot_be_asked_is_said(tmp_path: Path, place: list[object]) -> None:
    people = profiles(tmp_path / "gens.txt", {"id": "a"})
    for words, told in (
        ((tmp_path / "nulle-part.xlsx", *place), "n'existe pas"),
        ((people, *place), "n'est pas un fichier de personnes"),
        ((profiles(tmp_path / "gens.jsonl", {"id": "a"}), *place, "-o", "plans.pdf"), ".csv, .xlsx ou .jsonl"),
    ):
        result = run("cohort", *words)
        assert (result.exit_code, told in plain(result.stderr)) == (2, True), result.output


def test_everybody_towards_each_target_and_those_who_stand_aside_apart(tmp_path: Path, place: list[object]) -> None:
    both = {"holds": {"qualifications": [{"ref": "mini@2024"}]}}
    people = profiles(tmp_path / "gens.jsonl", {"id": "a"}, {"id": "b"} | both, {"id": "a"}, '{"id": "c"')
    cut = place.index("--target")
    place = [*place, "--target", f"{place[cut + 1]}/B1"]
    found = asked(people, *place)
    assert (found["people"], found["asked"], found["problems"]) == (2, 4, 4)
    told = {one["kind"]: (one["people"], one["first"]) for one in found["apart"]}
    assert told["held"] == (2, ["b", "b"])
    assert (told["duplicate"][0], told["malformed"][0]) == (1, 1)
    assert told["malformed"][1][0].endswith("gens.jsonl:4")
    page = plain(run("cohort", people, *place).stdout)
    assert "4 parcours demandés" in page
    assert "déjà titulaires : 2 (b, b)" in page


def test_the_answers_are_the_same_whoever_computes_them_and_are_kept_when_asked(
    tmp_path: Path, place: list[object], sqlite_with_tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sqlite_with_tables, tmp_path / "store.sqlite3")
    monkeypatch.setenv("PASSERELLES_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite3'}")
    settings.cache_clear()
    people = profiles(tmp_path / "gens.jsonl", {"id": "a"}, {"id": "b"} | FIRST, {"id": "c"})
    here = asked(people, *place, "--resume")
    assert asked(people, *place, "--workers", 1) == here
    monkeypatch.setattr(workforce, "done_by", None)
    assert asked(people, *place, "--resume") == here, "nothing is left to compute"
    settings.cache_clear()


def test_the_lines_go_into_a_workbook_and_one_person_has_the_whole_plan(tmp_path: Path, place: list[object]) -> None:
    people = profiles(tmp_path / "gens.jsonl", {"id": "=a"}, {"id": "b"} | FIRST)
    assert run("cohort", people, *place, "-o", tmp_path / "lignes.xlsx").exit_code == 0
    rows = [*openpyxl.load_workbook(tmp_path / "lignes.xlsx").active.iter_rows()]  # type: ignore[union-attr]
    assert [(row[0].value, row[0].data_type, row[4].value) for row in rows[1:]] == [("=a", "s", 18), ("b", "s", 8)]
    assert run("cohort", people, *place, "-o", tmp_path / "lignes.jsonl").exit_code == 0
    lines = [json.loads(line) for line in (tmp_path / "lignes.jsonl").read_text("utf-8").splitlines()]
    assert [line["answer"]["totals"]["hours"] for line in lines] == [18, 8]
    whole = run("cohort", people, *place, "--person", "b", "--json")
    assert json.loads(whole.stdout)["totals"]["hours"] == 8
    assert "n'est pas parmi" in plain(run("cohort", people, *place, "--person", "z").stderr)
