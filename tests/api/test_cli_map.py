"""map, and orient for many people: on the screen, in files, stopped on the way."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest
from pyarrow import parquet

from api.services.national_map import largest, until_told
from pathways.national_map import Passage, Row, national_map
from pathways.recognition import Rights
from referentials.library import Library
from reports.map_exports import subject, writer
from tests.api.running import plain, run

THEN = ("--on", "2014-06-01")


def said(*words: object, status: int = 0) -> str:
    result = run(*words)
    assert result.exit_code == status, result.output
    return plain(result.stdout if status == 0 else result.stderr).replace("\u00a0", " ").replace("\u202f", " ")


# ------------------------------------------------------------------------------------------------------------------ map


def test_the_map_shows_the_largest_bridges_and_counts_the_others() -> None:
    text = said("map", *THEN, "--limit", 2, "--from", "deme", "--from", "tp-cip")
    assert "4 blocs de droit" in text
    assert "de plus, que --limit 0 donne." in text
    assert "tp-cip@2003 → tp-cip@2012" in text


def test_chains_have_their_steps_their_texts_and_their_caution() -> None:
    text = said("map", "--chains", *THEN, "--from", "bpjeps-tic@2002", "--to", "tp-catic@2011")
    assert "CCP2 seulement par enchaînement, en passant par tp-catic@2006 ; aucun texte ne le donne directement" in text
    assert "tp-catic@2006/CCP2 : de droit à partir de bpjeps-tic@2002 : UC7, UC8, UC9" in text
    assert "Attention : ce droit s'appuie sur un autre droit" in text.replace("’", "'")


def test_the_same_map_in_every_file(tmp_path: Path) -> None:
    run("map", *THEN, "-o", tmp_path / "carte.csv")
    table = list(csv.DictReader(io.StringIO((tmp_path / "carte.csv").read_text("utf-8-sig")), delimiter=";"))
    lines = {"csv": [(one["Départ"], one["Arrivée"], one["Blocs de droit"]) for one in table]}
    library = Library.read()
    rows = list(national_map(Rights(library), date.fromisoformat(THEN[1])))
    for name in ("parquet", "graphml"):
        with (tmp_path / f"carte.{name}").open("wb") as file:
            assert writer(name)(rows, subject(library), file) == len(table) > 100
    typed = parquet.read_table(tmp_path / "carte.parquet").to_pylist()
    lines["parquet"] = [(one["start"], one["target"], " | ".join(one["blocks"])) for one in typed]
    edges = ElementTree.parse(tmp_path / "carte.graphml").iter("{http://graphml.graphdrawing.org/xmlns}edge")
    lines["graphml"] = [
        (one.attrib["source"], one.attrib["target"], one.findtext("*[@key='edge-blocks']") or "") for one in edges
    ]
    assert lines["csv"] == lines["parquet"] == lines["graphml"]


def test_a_program_gets_the_chains_too() -> None:
    found = json.loads(run("map", *THEN, "--json", "--from", "tp-cip@2003", "--to", "tp-cip@2012").stdout)
    assert (found["starts"], len(found["passages"]), len(found["chains"])) == (1, 1, 1)
    assert found["chains"][0]["through"] == ["tp-cip@intermediaire"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("map", "--format", "csv"), "s'écrit dans un fichier"),
        (("map", "--from", "zz"), "« zz » n'existe pas"),
        (("map", "--limit", "-1"), "--limit attend un nombre entier"),
        (("map", "-o", "carte.pdf"), "Formats : table, json, parquet, csv, graphml."),
        (("orient", "examples/animatrice.yaml", "-o", "proches.csv"), "ce fichier n'en a qu'une"),
        (("orient", "examples", "--plan", "2"), "pour une personne à la fois"),
    ],
)
def test_a_wrong_request_is_said_in_one_sentence(words: tuple[str, ...], what: str) -> None:
    assert what in said(*words, status=2).replace("’", "'")


def test_a_map_that_is_stopped_keeps_what_is_done() -> None:
    rows = [Row(f"t{n}@1", (Passage(start=f"t{n}@1", target="z@1", blocks=("z@1/A",) * n),)) for n in range(5)]
    told: list[int] = []
    kept = list(until_told(rows, 5, told.append, lambda: len(told) == 2))
    assert [row.start for row in kept] == ["t0@1", "t1@1"]
    found = largest(rows, 2)
    assert (found.starts, found.total, [one.start for one in found.passages]) == (5, 5, ["t4@1", "t3@1"])


# --------------------------------------------------------------------------------------------------------------- orient


def test_many_people_have_their_nearest_targets_and_those_of_most(tmp_path: Path) -> None:
    people = tmp_path / "equipe.jsonl"
    held = (
        {"blocks": [{"ref": "deme@2007/DC1"}]},
        {"qualifications": [{"ref": "deme@2007"}]},
        {"blocks": [{"ref": "z@1/A"}]},
    )
    people.write_text("".join(f"{json.dumps({'id': f'p{n}', 'holds': one})}\n" for n, one in enumerate(held)) + "{\n")
    result = run("orient", people, *THEN, "--nearest", 2, "--json", "-o", tmp_path / "proches.csv")
    found = json.loads(result.stdout)
    assert (found["people"], [one["person"] for one in found["unplaced"]], len(found["findings"])) == (3, ["p2"], 1)
    assert [len(line["near"]) for line in found["lines"]] == [1, 2]
    assert (found["targets"][0]["target"], found["targets"][0]["people"]) == ("deme@2007", 2)
    rows = (tmp_path / "proches.csv").read_text("utf-8-sig").splitlines()
    assert rows[1].split(";")[:3] == ["p0", "1", "deme@2007"]
    text = said("orient", people, *THEN)
    assert "Orientation de 3 personnes" in text
    assert "p2 : « z@1/A » n'existe pas" in text.replace("’", "'")
