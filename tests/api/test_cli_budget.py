"""budget: who completes with a budget that does not suffice, as text, JSON and lines; what is wrong told, and stops nobody."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.running import plain, run
from tests.api.small_world import world

FIRST = {"holds": {"blocks": [{"ref": "mini@2024/B1"}]}}
PEOPLE = (
    {"id": "a", "service": "Accueil"} | FIRST,
    {"id": "b", "service": "Accueil"} | FIRST,
    {"id": "c", "service": "Cuisine"},
    {"id": "d"} | {"holds": {"qualifications": [{"ref": "mini@2024"}]}},
    {"id": "e", "holds": {"blocks": [{"ref": "nulle-part@1/B1"}]}},
    {"id": "a"},
)


@pytest.fixture
def words(tmp_path: Path) -> list[object]:
    """The people, the small library and its offer: block B1 costs 100 €, B2 200 €."""
    _profile, *place = world(tmp_path)
    people = tmp_path / "gens.jsonl"
    people.write_text("\n".join(map(json.dumps, PEOPLE)), "utf-8")
    return ["budget", people, *place]


def decided(*words: object) -> Any:
    """The decision, in JSON."""
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_each_criterion_decides_by_itself(words: list[object]) -> None:
    for by, told in (("titles", "a b"), ("blocks", "a b"), ("fairness", "a c")):
        found = decided(*words, "--budget", "500", "--by", by, "--front")["decision"]
        assert [line["person"] for line in found["lines"] if line["outcome"] == "title"] == told.split()
        assert (found["proved"], found["outcomes"]["held"], found["outcomes"]["refused"]) == (True, 1, 1)
        assert [(one["count"], one["needed"]) for one in found["front_titles"]] == [
            (0, 0),
            (1, 200),
            (2, 400),
            (3, 700),
        ]
    hours = decided(*words, "--hours", "17", "--by", "titles")["decision"]
    assert (hours["resource"], hours["reached"]["titles"], hours["left"]) == ("hours", 2, 1)


def test_the_page_says_who_waits_and_what_it_would_take(tmp_path: Path, words: list[object]) -> None:
    result = run(*words, "--budget", "450", "--by", "titles", "--front", "-o", tmp_path / "decision.csv")
    assert result.exit_code == 0, result.output
    told = plain(result.stdout)
    for text in (
        "2 personnes vont au bout de leur cible, sur 5 personnes.",
        "C'est prouvé",
        "Avec 250 € de plus, une personne de plus va au bout.",
        "c : rien avec ce budget",
        "avec 250 € de plus, elle va au bout sans rien ôter à personne",
        "Sans budget de plus, ce sont a et b qui obtiendraient moins.",
        "Cuisine : 0 sur 1 va au bout",
        "« nulle-part@1/B1 » n'existe pas",
        "« a » est déjà dans la liste",
        "3 personnes : 700 €, soit 300 € de plus",
    ):
        assert text in told, text
    rows = [*csv.reader((tmp_path / "decision.csv").read_text("utf-8-sig").splitlines(), delimiter=";")]
    assert rows[1][:6] == ["a", "Accueil", "mini@2024", "va au bout, pour 200\u00a0€", "mini@2024/B2", "200"]
    assert (len(rows), rows[3][3], rows[3][9]) == (6, "rien avec ce budget", "a b")
    assert run(*words, "--budget", "450", "-o", tmp_path / "decision.jsonl").exit_code == 0
    lines = [json.loads(line) for line in (tmp_path / "decision.jsonl").read_text("utf-8").splitlines()]
    assert [line["person"] for line in lines] == [row[0] for row in rows[1:]]


def test_what_cannot_be_asked_is_said(words: list[object]) -> None:
    for more, told in (
        ((), "--budget 20000 en euros"),
        (("--budget", "1", "--hours", "1"), "--budget 20000 en euros"),
        (("--budget", "-1"), "de 0 à un milliard"),
        (("--budget", "1", "--by", "titre"), "n'est pas un critère"),
        (("--budget", "1", "-o", "x.pdf"), ".csv ou .jsonl"),
    ):
        result = run(*words, *more)
        assert (result.exit_code, told in plain(result.stderr)) == (2, True), result.output
