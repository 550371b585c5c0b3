"""Where an answer goes and in which shape: every format is offered by its name and by the ending of a file."""

import json
import sys
from pathlib import Path

import pytest

from api.commands.output_options import FORMATS, output_asked
from api.terminal.problems import WrongRequest
from reports.exporters import formats
from reports.language import Language
from tests.api.running import plain, run

BRIDGE = ("bridge", "deme@2007", "bpjeps-tic@2002", "--on", "2014-06-01")
COVERAGE = ("coverage", "atelier-demo", "--referential", "tp-mn", "--on", "2026-11-21")
MATRIX = ("bridges", "--to", "bpjeps-tic@2002", "--on", "2014-06-01")
STARTS = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "html": b"<!", "json": b"{", "csv": "\ufeff".encode()}


def test_every_format_of_documents_is_offered() -> None:
    assert set(formats()) | {"table", "json"} == set(FORMATS)
    assert ", ".join(FORMATS) in plain(run("bridge", "--help").stdout).replace("\n", " ")


@pytest.mark.parametrize("words", [BRIDGE, COVERAGE, MATRIX], ids=["bridge", "coverage", "bridges"])
@pytest.mark.parametrize("suffix", sorted(STARTS.keys() & set(FORMATS)))
def test_the_ending_of_the_file_says_the_format(words: tuple[str, ...], suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"sortie.{suffix}"
    result = run(*words, "-o", file)
    assert result.exit_code == 0, result.output
    assert file.read_bytes().startswith(STARTS[suffix])
    assert "Écrit dans" in result.stderr


def test_a_document_goes_down_a_pipe() -> None:
    result = run(*BRIDGE, "--format", "pdf")
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes.startswith(b"%PDF-")


def test_json_is_the_answer_itself_whatever_the_way_to_ask_for_it(tmp_path: Path) -> None:
    run(*BRIDGE, "-o", tmp_path / "a.json")
    run(*BRIDGE, "--format", "json", "-o", tmp_path / "b.txt")
    first = (tmp_path / "a.json").read_text("utf-8")
    assert first == (tmp_path / "b.txt").read_text("utf-8") == run(*BRIDGE, "--json").stdout
    assert json.loads(first)["by_right"] == [f"bpjeps-tic@2002/UC{number}" for number in (1, 2, 3, 4)]


def test_a_document_speaks_the_language_asked_for() -> None:
    french, english = (run(*BRIDGE, "--format", "html", "--lang", code).stdout for code in ("fr", "en"))
    assert 'lang="fr"' in french
    assert 'lang="en"' in english
    assert "Fiche passerelle" in french
    assert "Fiche passerelle" not in english


def test_a_document_without_days_makes_no_calendar() -> None:
    result = run(*BRIDGE, "--format", "ics")
    assert result.exit_code == 2
    assert "rien à mettre au format ics" in plain(result.stderr)


def test_an_ending_that_no_one_knows_is_refused_with_those_that_are(tmp_path: Path) -> None:
    result = run(*BRIDGE, "-o", tmp_path / "fiche.odt")
    assert result.exit_code == 2
    assert "« odt » n'existe pas" in plain(result.stderr)
    assert not (tmp_path / "fiche.odt").exists()


def test_bytes_are_not_thrown_at_a_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(WrongRequest, match="ne s'affiche pas à l'écran"):
        output_asked("pdf", False, None)
    assert output_asked("pdf", False, tmp_path / "a.pdf").format == "pdf"
    assert output_asked("html", False, None).language is Language.FRENCH
