"""Text from files is shown, never obeyed; lines fit the terminal; a pipe gets whole lines."""

import io
import json
from pathlib import Path

import pytest

from api.terminal.screen import Screen, inert, to_json
from tests.api.running import run, version

HOSTILE = [
    "\x1b[31mrouge\x1b[0m",
    "\x1b]0;titre\x07",
    "\x9b31m",
    "a\x08\x08b",
    "\x7f",
    "\u202eà l'envers",
    "\u2066x\u2069",
    "\udc9b",
]


def printed(text: str, **settings: object) -> str:
    stream = io.StringIO()
    Screen(stream, **settings).line(text)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_or_direction_character_goes_through(text: str) -> None:
    for shown in (inert(text), printed(text), printed(text, width=40, styled=True), to_json({"a": text})):
        assert not set(shown) & set("\x1b\x07\x08\x7f\x9b\u202e\u2066\u2069\udc9b")
        shown.encode()
    assert json.loads(to_json({"a": text})) == {"a": text}


def test_markup_is_text_like_any_other() -> None:
    assert printed("[bold red]gras[/] :smile:") == "[bold red]gras[/] :smile:\n"


def test_a_hostile_file_is_shown_as_it_is_written(tmp_path: Path) -> None:
    version(tmp_path, title='"\\e[2J[bold]Titre[/bold]\\u202e\\n\\nfaux : 3 blocs"')
    for words in (["list", "essai"], ["show", "essai"]):
        result = run(*words, "--library", tmp_path)
        assert result.exit_code in (0, 2)
        assert not set(result.output) & set("\x1b\u202e")
        if result.exit_code == 0:
            assert "[bold]Titre[/bold]" in result.stdout


def test_a_hostile_argument_is_shown_as_it_is_written() -> None:
    result = run("show", "\x1b[31mtp")
    assert result.exit_code == 2
    assert "\x1b" not in result.output


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit_the_terminal(width: int) -> None:
    shown = printed("Une phrase assez longue, avec « des guillemets » et un point d'interrogation ? " * 5, width=width)
    assert max(len(line) for line in shown.splitlines()) <= min(width, 120)
    assert not any(line.startswith(("?", "»")) or line.endswith("«") for line in shown.splitlines())


def test_a_pipe_gets_whole_lines_without_styles() -> None:
    stream = io.StringIO()
    Screen(stream).line("mot " * 200, "bold")
    assert stream.getvalue() == "mot " * 199 + "mot\n"


def test_a_terminal_gets_styles_unless_it_asks_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert (Screen.of(Terminal()).styled, Screen.of(Terminal()).width) == (True, 70)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Screen.of(Terminal()).styled


def test_a_long_cell_is_cut_and_says_so() -> None:
    stream = io.StringIO()
    Screen(stream).row(["abcdef", "x"], [4, 3])
    assert stream.getvalue() == "abc…  x\n"


def test_progress_shows_only_on_a_terminal_and_only_for_long_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from api.terminal import progress

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, patience, shows in ((io.StringIO(), 0.0, False), (Terminal(), 60.0, False), (Terminal(), 0.0, True)):
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setattr(progress, "PATIENCE", patience)
        with progress.Progress() as shown:
            shown.tell("Lecture de [bold]3[/] fichiers", 0, 2)
        assert ("Lecture de [bold]3[/] fichiers" in stream.getvalue()) is shows
