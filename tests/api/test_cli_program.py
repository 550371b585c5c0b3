"""The program around the commands: help, mistakes of typing, the ways a run can end, what is imported when."""

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.commands import COMMANDS, FAMILIES
from tests.api.running import plain, run

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-c", "from api.cli import main; main()"]
ENGLISH = re.compile(r"\b(usage:|error|missing|no such|invalid|try|options\]|required|show this)\b", re.IGNORECASE)


def test_alone_it_shows_every_command_in_its_family_and_nothing_else_happens() -> None:
    result = run()
    assert result.exit_code == 0
    for text in (*FAMILIES, *(entry.name for entry in COMMANDS), *(entry.summary for entry in COMMANDS)):
        assert text in result.stdout
    assert result.stdout == run("--help").stdout == run("-h").stdout


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_a_registered_command_has_a_file_with_its_help_in_french(entry: object) -> None:
    name = entry.name  # type: ignore[attr-defined]
    module = importlib.import_module(entry.module)  # type: ignore[attr-defined]
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage : passerelles {name}")
    assert module.HELP.split()[0] in result.stdout
    assert not ENGLISH.search(result.stdout)
    for example in module.EXAMPLES:
        assert f"passerelles {example}" in result.stdout


def test_every_family_has_a_command_and_every_command_a_family() -> None:
    assert {entry.family for entry in COMMANDS} == set(FAMILIES)
    assert len({entry.name for entry in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lits"], "La commande « lits » n'existe pas. Vouliez-vous écrire list ?"),
        (["comparer"], "Vouliez-vous écrire diff ?"),
        (["xyz"], "La commande « xyz » n'existe pas."),
        (["--versoin"], "L'option « --versoin » n'existe pas. Vouliez-vous écrire --version ?"),
        (["list", "--jsn"], "L'option « --jsn » n'existe pas. Vouliez-vous écrire --json ?"),
        (["list", "-z"], "L'option « -z » n'existe pas."),
        (["list", "un", "deux"], "« deux » est de trop"),
        (["list", "--kind"], "L'option « --kind » attend une valeur"),
        (["list", "--kind", "titre"], "« titre » n'est pas une nature"),
        (["list", "--kind", "diplome-jep"], "Vouliez-vous écrire diplome-jeps"),
        (["list", "--library", "nulle-part"], "« nulle-part » n'existe pas : ni fichier, ni dossier."),
        (["show"], "Il manque l'argument RÉFÉRENCE."),
        (["diff", "a"], "Il manque l'argument APRÈS."),
        (["show", "tp-mn", "--on", "31/02/2026"], "« 31/02/2026 » n'est pas une date"),
        (["show", "bpjeps-tik"], "bpjeps-tic"),
        (["schema", "referentiel"], "Vouliez-vous écrire referential ?"),
    ],
)
def test_a_mistake_is_said_in_french_on_standard_error_with_what_to_do(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in plain(result.stderr)
    assert result.stdout == ""
    assert not ENGLISH.search(result.stderr)


@pytest.mark.parametrize(
    ("words", "kind", "near"),
    [
        (["show", "bpjeps-tik"], "unknown-reference", "bpjeps-tic"),
        (["diff", "tp-mn@1999", "tp-mn@2025"], "unknown-reference", "tp-mn@2025"),
        (["list", "--kind", "diplome-jep"], "request", "diplome-jeps"),
        (["lits"], "request", "list"),
        (["bridge", "bafd"], "request", None),
        (["orient", "nulle-part.yaml"], "request", None),
        (["validate", "nulle-part"], "request", None),
        (["gap", "examples/animatrice.yaml", "--target", "tp-mn", "--on", "1999-01-01"], "not-in-force", "tp-mn@2025"),
        (["plan", "pyproject.toml", "--target", "tp-mn"], "file", None),
        (["coverage", "pyproject.toml", "--referential", "tp-mn"], "file", None),
        (["cases", "xyzxyz"], "request", None),
        (["graph", "--library", "nulle-part"], "request", None),
    ],
)
def test_what_goes_wrong_is_given_in_json_to_whom_asked_for_json(words: list[str], kind: str, near: str | None) -> None:
    result = run(*words, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 2
    assert found["type"] == f"urn:passerelles:{kind}"
    assert found["title"]
    assert found["detail"]
    assert near is None or near in found["near"]
    assert (kind == "file") == ("findings" in found)
    assert result.stderr


def test_a_defect_and_an_interruption_are_given_in_json_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.commands.list.rows", lambda *_a, **_k: 1 / 0)
    assert json.loads(run("list", "--json").stdout)["type"] == "urn:passerelles:defect"

    def stopped(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.commands.list.rows", stopped)
    result = run("list", "--json")
    assert (result.exit_code, json.loads(result.stdout)["type"]) == (130, "urn:passerelles:interrupted")


@pytest.mark.parametrize(
    "words",
    [
        ["show", "x" * 2000],
        ["plan", "examples/animatrice.yaml", "--target", "x" * 2000],
        ["plan", "y" * 2000, "--target", "tp-mn"],
        ["plan", "examples/animatrice.yaml", "--target", "tp-mn", "--minimise", "z" * 2000],
        ["list", "--kind", "t" * 2000],
        ["z" * 2000],
        ["list", "--" + "o" * 2000],
        ["list", "a", "b" * 2000],
        ["orient", "examples/animatrice.yaml", "--limit", "n" * 2000],
    ],
    ids=lambda words: words[0][:8],
)
def test_what_was_typed_is_not_given_back_whole_when_it_is_long(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Erreur imprévue" not in result.stderr
    assert "…" in result.stderr
    assert len(result.stderr) < 500


def test_an_accident_is_one_sentence_and_debug_shows_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.commands.list.rows", lambda *_a, **_k: 1 / 0)
    result = run("list")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Erreur imprévue (ZeroDivisionError)" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("list", "--debug").stderr
    assert "Traceback" in run("--debug", "list").stderr


def test_a_person_may_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.commands.list.rows", stopped)
    result = run("list")
    assert (result.exit_code, result.stderr.strip()) == (130, "Interrompu.")


def test_a_file_that_may_not_be_written_is_said_in_french(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    result = run("schema", "-o", tmp_path / "taken" / "below")
    assert result.exit_code == 2
    assert "n'est pas un dossier" in result.stderr


def test_the_version_is_that_of_the_package() -> None:
    assert re.fullmatch(r"passerelles \d+\.\d+\.\d+\n", run("--version").stdout)


def test_a_reader_that_stops_reading_is_no_error() -> None:
    process = subprocess.Popen([*PROGRAM, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), complaint) == (0, b"")


def test_a_terminal_that_knows_no_accents_gets_an_answer() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = subprocess.run([*PROGRAM, "list", "--help"], capture_output=True, cwd=ROOT, env=environment)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.parametrize("words", [["list"], ["show", "bafd"], ["--help"], []], ids=" ".join)
def test_what_a_command_does_not_need_is_not_imported(words: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", *PROGRAM[1:], *words]
    told = subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stderr
    imported = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    heavy = {"networkx", "ortools", "scipy", "numpy", "rich", "sqlalchemy", "fastapi", "referentials.checks"}
    assert "typer" in imported
    assert imported & heavy == set()
    if not words or words == ["--help"]:
        assert not any(name.startswith("referentials.") for name in imported - {"referentials.findings"})
