"""Profiles and domain cases as files that anybody may write: their schemas, their pages and their checks."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.services.formats import format_of, schemas
from api.services.validation import validate
from referentials.findings import FileProblem
from referentials.library import SHIPPED
from referentials.yaml_source import read_file
from tests.api.running import plain, right, run
from tests.referentials.test_schema import as_an_editor_reads

ROOT = Path(__file__).resolve().parent.parent.parent
SESSIONS = ROOT / "examples" / "groupe" / "sessions-communes.yaml"
SHOWN = {
    "profile": sorted((ROOT / "examples").glob("*.yaml")),
    "sessions": [SESSIONS],
    "particulars": sorted((ROOT / "examples" / "renseignements").glob("*.yaml")),
    "cases": sorted((SHIPPED / "cases").glob("*.yaml")),
}
FILES = [(name, path) for name, paths in SHOWN.items() for path in paths]
PAGE = (ROOT / "docs/data-format.md").read_text("utf-8")

PROFILE = """id: essai
holds:
  blocks: [{ref: tp-remn@2019/CCP1}]
can_give: {weekly_hours: 6, start: 2027-01-04}
"""
CASE = """- id: essai
  sentence: Le 1er juin 2007, une phrase que l'on peut discuter.
  on: 2007-06-01
  rights: {not_acquired: [bafd]}
"""


def written(folder: Path, text: str, name: str = "fichier.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def found(path: Path) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(run("validate", path, "--json").stdout)["findings"]
    return findings


# --------------------------------------------------------------------------------------------------------------- schemas


@pytest.mark.parametrize(("name", "path"), FILES, ids=lambda part: part.stem if isinstance(part, Path) else part)
def test_a_shipped_profile_or_list_of_cases_conforms_to_its_schema(name: str, path: Path) -> None:
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(as_an_editor_reads(path.read_text("utf-8")))
    assert format_of(read_file(path)).name == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("profile", "{nom: Durand}"),
        ("profile", "{holds: {blocks: [tp-remn@2019/CCP1]}}"),
        ("profile", "{can_give: {weekly_hours: 0}}"),
        ("profile", "{experience: [{title: Animatrice}]}"),
        ("cases", CASE.replace("- id", "id").replace("\n  ", "\n")),
        ("cases", CASE.replace("id: essai", "id: ESSAI")),
        ("cases", CASE.replace("2007-06-01", "hier")),
        ("cases", CASE.replace("rights:", "droits:")),
    ],
)
def test_a_wrong_one_does_not_conform(name: str, text: str) -> None:
    validator = Draft202012Validator(schemas()[name], format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert not validator.is_valid(as_an_editor_reads(text))


def test_the_command_shows_both() -> None:
    assert json.loads(run("schema", "profile").stdout)["properties"]["holds"]
    assert json.loads(run("schema", "cases").stdout)["type"] == "array"


def test_a_schema_is_the_same_text_whatever_the_order_of_sets() -> None:
    program = [sys.executable, "-c", "from api.cli import main; main()", "schema", "cases"]
    texts = {
        subprocess.run(program, capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1
    assert b'"assessed"' in texts.pop()


# -------------------------------------------------------------------------------------------------------------- the page


@pytest.mark.parametrize(("title", "name"), [("Un profil", "profile"), ("Une liste de cas", "cases")])
def test_the_example_of_the_page_is_a_sound_file_of_its_format(tmp_path: Path, title: str, name: str) -> None:
    section = PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    example = section.partition("```yaml\n")[2].partition("```")[0]
    path = written(tmp_path, example)
    assert format_of(read_file(path)).name == name
    assert validate([path]).findings == ()


def test_every_link_inside_the_page_leads_to_a_title() -> None:
    titles = {re.sub(r"[^\w-]", "", title.lower().replace(" ", "-")) for title in re.findall(r"(?m)^##+ (.+)$", PAGE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= titles


def test_a_field_of_the_profile_leads_to_its_own_group() -> None:
    assert "| `holds` | [ce qui est détenu](#ce-qui-est-détenu) |" in PAGE
    assert "| `profile` | [un profil](#un-profil) |" in PAGE
    assert "| `entry` | [état dans un écart](#état-dans-un-écart) |" in PAGE
    assert "| `state` | [état](#état) |" in PAGE


# -------------------------------------------------------------------------------------------------------------- validate


def test_shipped_profiles_and_cases_have_nothing_to_report() -> None:
    result = run("validate", ROOT / "examples", SHIPPED / "cases")
    assert (result.exit_code, plain(result.stdout)) == (
        0,
        f"{len(FILES)} fichiers contrôlés : rien à signaler.\n",
    )


def test_a_profile_is_checked_for_what_it_names(tmp_path: Path) -> None:
    path = written(tmp_path, PROFILE.replace("CCP1", "CCP9"))
    (finding,) = found(path)
    assert (finding["rule"], finding["where"]["line"]) == ("profil-reference", 3)
    assert "tp-remn@2019/CCP9" in finding["message"]


def test_what_will_be_obtained_one_day_is_checked_too(tmp_path: Path) -> None:
    path = written(tmp_path, "holds: {qualifications: [{ref: inconnu-au-bataillon, on: 2090-01-01}]}\n")
    assert [finding["rule"] for finding in found(path)] == ["profil-reference"]


def test_a_profile_may_name_what_a_file_beside_it_brings(tmp_path: Path) -> None:
    version = Path(__file__).parent / "../../referentials/data/certifications/tp-remn/2019.yaml"
    text = version.read_text("utf-8").replace('version: "2019"', 'version: "2090"')
    profile = written(tmp_path, PROFILE.replace("@2019", "@2090"), "profil.yaml")
    assert [finding["rule"] for finding in found(profile)] == ["profil-reference"]
    report = validate([profile, written(tmp_path, text, "2090.yaml")])
    assert [finding for finding in report.findings if finding.where.file == str(profile)] == []


@pytest.mark.parametrize(
    ("give", "said"),
    [
        ("{start: 2027-01-04, deadline: 2026-12-31}", "vient avant le premier jour possible"),
        ("{excluded_bodies: [personne-ne-me-connait]}", "à écarter, n'existe pas"),
    ],
)
def test_limits_that_nothing_could_meet_are_told(tmp_path: Path, give: str, said: str) -> None:
    (finding,) = found(written(tmp_path, f"can_give: {give}\n"))
    assert (finding["rule"], finding["where"]["path"]) == ("profil-limites", "can_give")
    assert said in finding["message"]


@pytest.mark.parametrize("field", ["nom: Durand", "date de naissance: 1980-01-01", "telephone: '0102030405'"])
def test_a_field_that_no_profile_needs_is_to_be_removed_not_noted(tmp_path: Path, field: str) -> None:
    (finding,) = found(written(tmp_path, f"{PROFILE}{field}\n"))
    assert finding["rule"] == "champ-inconnu"
    assert "etirez-le : un profil n'a besoin d'aucune donnée personnelle." in finding["remedy"]
    assert "note" not in finding["remedy"]


def test_a_slip_of_the_keyboard_in_a_profile_is_still_recognised(tmp_path: Path) -> None:
    (finding,) = found(written(tmp_path, PROFILE.replace("weekly_hours", "weekly_hour")))
    assert "« weekly_hours »" in finding["remedy"]


def test_a_field_unknown_elsewhere_may_still_be_noted(tmp_path: Path) -> None:
    path = right(tmp_path)
    path.write_text(path.read_text("utf-8") + "  zzzzzz: 1\n", "utf-8")
    assert any("« note »" in finding["remedy"] for finding in found(path))


def test_a_case_is_checked_for_its_form(tmp_path: Path) -> None:
    assert found(written(tmp_path, CASE)) == []
    (finding,) = found(written(tmp_path, CASE.replace("2007-06-01", "hier")))
    assert (finding["rule"], finding["where"]["line"]) == ("date-illisible", 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("can_give: {weekly_hours: 6, calendar: {period: week, count: 4}}\n", "gardez l'un des deux"),
        (CASE.partition("  rights")[0], "« rights », « gap » ou « plan »"),
    ],
)
def test_fields_that_do_not_go_together_are_not_called_references(tmp_path: Path, text: str, said: str) -> None:
    (finding,) = found(written(tmp_path, text))
    assert finding["rule"] == "champs-incompatibles"
    assert said in finding["message"]


def test_two_cases_do_not_share_an_identifier(tmp_path: Path) -> None:
    first, second = written(tmp_path, CASE, "a.yaml"), written(tmp_path, CASE, "b.yaml")
    report = validate([first, second])
    assert [(finding.rule, finding.where.file) for finding in report.findings] == [("cas-repete", str(second))]


def test_what_is_no_known_file_is_told_all_that_is_expected(tmp_path: Path) -> None:
    path = written(tmp_path, "couleur: bleu\n")
    with pytest.raises(FileProblem) as problem:
        format_of(read_file(path))
    assert "des sessions communes ou une liste de cas" in problem.value.findings[0].remedy
