"""cases: the shipped ones hold, a right that someone adds is confronted with their own cases, and a mistake says its line."""

from pathlib import Path

from tests.api.running import data, plain, right, run, version

CASE = """- id: {id}
  sentence: Le 1er juin 2020, le BAFD donne de droit le premier bloc d'un diplôme d'essai.
  on: 2020-06-01
  profile: {{holds: {{qualifications: [{{ref: bafd@toutes}}]}}}}
  rights: {rights}
"""


def _case(folder: Path, rights: str, identifier: str = "un-cas") -> Path:
    path = folder / "cases" / "essai.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CASE.format(id=identifier, rights=rights), "utf-8")
    return path


def test_the_shipped_cases_hold() -> None:
    result = run("cases", "titre tms")
    assert result.exit_code == 0, result.output
    assert "rien de faux" in plain(result.stdout)
    assert data("cases", "titre tms")["false"] == 0


def test_plans_are_judged_too() -> None:
    answer = data("cases", "91 heures")
    assert (answer["cases"] > 0, answer["false"]) == (True, 0)


def test_a_case_of_ones_own_is_confronted_with_ones_own_right(tmp_path: Path) -> None:
    version(tmp_path)
    right(tmp_path)
    _case(tmp_path, "{acquired: [essai@2020/B1], by: [droit-essai]}")
    answer = data("cases", "diplôme d'essai", "--library", tmp_path)
    assert (answer["cases"], answer["false"]) == (1, 0)


def test_a_false_case_says_what_should_follow(tmp_path: Path) -> None:
    version(tmp_path)
    right(tmp_path, effect="prepare")
    _case(tmp_path, "{acquired: [essai@2020/B1]}")
    result = run("cases", "diplôme d'essai", "--library", tmp_path)
    assert result.exit_code == 2
    assert "essai@2020/B1 devrait être acquis" in plain(result.stdout)
    assert "1 cas vérifié, 1 faux" in plain(result.stdout)


def test_a_case_that_cannot_be_read_says_its_line(tmp_path: Path) -> None:
    path = _case(tmp_path, "{acquise: [bafd]}")
    result = run("cases", "--library", tmp_path)
    assert result.exit_code == 2
    assert f"{path.name}:5" in result.stderr
    assert "acquise" in result.stderr
