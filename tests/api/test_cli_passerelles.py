"""bridge, bridges, orient, coverage and graph: what they answer, in text and in JSON."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from reports.exporters import formats
from tests.api.running import plain, run
from tests.api.small_world import MODULES, offer, person, version, world

DEME = ("deme@2007", "bpjeps-tic@2002", "--on", "2014-06-01")


def others() -> tuple[str, ...]:
    return tuple(name for name in formats() if name != "json")


def answered(*words: object, status: int = 0) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def said(*words: object, status: int = 0) -> str:
    result = run(*words)
    assert result.exit_code == status, result.output
    return plain(result.stdout if status == 0 else result.stderr)


# --------------------------------------------------------------------------------------------------------------- bridge


def test_a_bridge_says_what_is_given_by_right_and_what_remains() -> None:
    found = answered("bridge", *DEME)
    assert found["by_right"] == [f"bpjeps-tic@2002/UC{number}" for number in (1, 2, 3, 4)]
    assert len(found["remaining"]) == 6
    text = said("bridge", *DEME)
    assert "Acquis de droit : UC1, UC2, UC3 et UC4 ; restent 6 blocs sur 10." in text
    assert "Arrêté du 8 décembre 2008" in text


def test_a_bridge_has_one_way() -> None:
    found = answered("bridge", "bpjeps-tic@2002", "deme@2007", "--on", "2014-06-01")
    assert found["by_right"] == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("bridge", "tp-mnn", "tp-mn"), "Peut-être : tp-mn"),
        (("bridge", "tp-mn", "tp-mnn"), "Peut-être : tp-mn"),
        (("bridge", "cemea:x", "tp-mn"), "est un module"),
        (("bridge", "tp-mn"), "Il manque l'argument ARRIVÉE."),
        (("bridges", "--to", "zz"), "« zz » n'existe pas"),
        (("bridges", "--format", "xml"), f"Formats : {', '.join(('table', 'json', *others()))}."),
        (("bridges", "--format", "docx", "--json"), "--json et --format docx se contredisent"),
        (("bridges", "--lang", "en"), "--lang choisit la langue d'un document"),
        (("bridges", "--format", "pdf", "--lang", "de"), "La langue « de » n'est pas proposée. Langues : fr, en."),
        (("graph", "--format", "dot"), "Formats : graphml, json."),
        (("coverage", "aucune", "--referential", "tp-mn"), "« aucune » n'existe pas"),
        (("coverage", "atelier-demo"), "Il manque le référentiel"),
        (("cases", "zzz"), "Aucun cas ne contient « zzz »."),
        (("orient", "nulle-part.yaml"), "« nulle-part.yaml » n'existe pas"),
    ],
)
def test_a_wrong_request_is_said_in_one_sentence(words: tuple[str, ...], what: str) -> None:
    text = said(*words, status=2)
    assert what in text
    assert "imprévue" not in text


# -------------------------------------------------------------------------------------------------------------- bridges


def test_all_bridges_towards_one_target_as_text_json_and_table() -> None:
    words = ("bridges", "--from", "deme", "--to", "bpjeps-tic@2002", "--on", "2014-06-01")
    cells = answered(*words)["cells"]
    assert {cell["start"]: cell["by_right"] for cell in cells}["deme@2007"] == 4
    assert "4 blocs sur 10 de droit" in said(*words)
    rows = list(csv.DictReader(io.StringIO(said(*words, "--format", "csv").lstrip("\ufeff")), delimiter=";"))
    assert [(row["Départ"].split("\n")[-1], int(row["Blocs de droit"])) for row in rows] == [
        (cell["start"], cell["by_right"]) for cell in cells
    ]


# --------------------------------------------------------------------------------------------------------------- orient


def test_the_nearest_targets_come_first(tmp_path: Path) -> None:
    who = person(tmp_path, "holds: {qualifications: [{ref: deme@2007}]}\n")
    found = answered("orient", who, "--on", "2014-06-01", "--limit", 5)
    shares = [one["share"] for one in found["prospects"]]
    assert len(shares) == 5
    assert shares == sorted(shares, reverse=True)
    assert found["prospects"][0]["acquired"]
    text = said("orient", who, "--on", "2014-06-01", "--limit", 5)
    assert "les 5 plus proches" in text
    assert "déjà acquis" in text


def test_what_nobody_has_read_has_no_rank_and_comes_after(tmp_path: Path) -> None:
    who = person(tmp_path, "holds: {qualifications: [{ref: bpjeps-tic@2002}]}\n")
    found = answered("orient", who, "--on", "2026-11-21", "--limit", 0)["prospects"]
    ranked = [one["ranked"] for one in found]
    assert ranked == sorted(ranked, reverse=True)
    assert {one["competencies"]["total"] for one in found if not one["ranked"]} == {0}
    near, _title, far = said("orient", who, "--on", "2026-11-21", "--limit", 0).partition("Sans rang")
    assert "tp-mn@2025" in near
    assert "cap-gardien@1994" in far
    assert "%" not in far
    assert "que --limit 0 donne toutes" in said("orient", who, "--on", "2026-11-21", "--limit", 20)


def test_plans_towards_the_nearest_targets_on_demand(tmp_path: Path) -> None:
    version(tmp_path / "data")
    offer(tmp_path / "data" / "offers" / "x" / "atelier.yaml", MODULES)
    who = person(tmp_path, "holds: {blocks: [{ref: mini@2024/B1}]}\n")
    words = ("orient", who, "--library", tmp_path / "data", "--on", "2026-11-21", "--limit", 1, "--plan", 1)
    assert answered(*words)["prospects"][0]["plan"]["totals"]["hours"] == 8.0
    assert "parcours : 8 h, 200 €" in said(*words)


# ------------------------------------------------------------------------------------------------------------- coverage


def test_coverage_names_holes_and_overlaps(tmp_path: Path) -> None:
    world(tmp_path)
    words = ("coverage", tmp_path / "offre.yaml", "--referential", "mini", "--library", tmp_path / "data")
    found = answered(*words, "--on", "2026-11-21")
    assert (found["covered"], found["holes"]) == ("whole", [])
    assert found["overlaps"] == ["mini@2024/B1/C1", "mini@2024/B1/C2"]
    text = said(*words, "--on", "2026-11-21")
    assert "B1     ● couvert en entier — Premier bloc" in text
    assert "Blocs dont aucun module ne comprend l'évaluation (2)" in text


# ---------------------------------------------------------------------------------------------------------------- graph


def test_the_graph_is_read_by_others(tmp_path: Path) -> None:
    nodes = answered("graph")["nodes"]
    assert "bpjeps-tic@2002" in {node["id"] for node in nodes}
    run("graph", "-o", tmp_path / "carte.graphml")
    tree = ElementTree.parse(tmp_path / "carte.graphml")
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(tree.findall(f".//{space}node")) == len(nodes)


# ------------------------------------------------------------------------------------------- what a careful reader found


def holder(folder: Path, ref: str) -> Path:
    file = folder / "profil.yaml"
    file.write_text(f"holds: {{qualifications: [{{ref: {ref}}}]}}\n", encoding="utf-8")
    return file


def test_a_gap_names_its_reductions_by_their_text(tmp_path: Path) -> None:
    text = said("gap", holder(tmp_path, "deme@2007"), "--target", "dees@2007", "--on", "2010-01-01")
    assert "Le DEME ou le DETISF allège la formation au DEES (2007), d'un tiers au plus" in text
    assert "deme-detisf-allegement-dees" not in text


def test_a_condition_is_not_said_to_be_held(tmp_path: Path) -> None:
    text = said("gap", holder(tmp_path, "bacpro-spvl@toutes"), "--target", "deme@2007", "--on", "2012-10-01")
    assert "détenu : bacpro-spvl@toutes — condition : deux-secteurs-spvl" in text
    assert "?deux" not in text


def test_nothing_is_said_to_be_replaced_before_it_is(tmp_path: Path) -> None:
    text = said("gap", holder(tmp_path, "deme@2007"), "--target", "tp-tms@2012", "--on", "2012-10-01")
    assert "tp-tms@2012 sera remplacé par tp-msads@2017 : il est en vigueur jusqu'au 15/05/2017." in text


def test_a_title_that_nobody_read_is_said_not_known(tmp_path: Path) -> None:
    text = said("gap", holder(tmp_path, "bafd@toutes"), "--target", "tp-mn@2025", "--on", "2026-11-21")
    assert "CCP1  ○ À acquérir — intitulé non connu" in text


def test_a_version_ends_with_the_last_day_it_can_be_awarded(tmp_path: Path) -> None:
    text = said("gap", holder(tmp_path, "bafd@toutes"), "--target", "deme@2007", "--on", "2026-02-01")
    assert "deme@2007 ne s'obtient plus depuis le 01/01/2026." in text
