"""The guide for curriculum designers does what it says: its files are written, its commands run, what it shows is what appears.

A block opened by three backquotes and ``yaml path`` is a file; ``(ajouter à la fin)`` adds to it, ``(remplacer la ligne)`` replaces
the line of the same field. In a ``console`` block, « … » stands for anything.
"""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app

GUIDE = Path(__file__).resolve().parents[2] / "referentials" / "README.md"
BLOCK = re.compile(r"^```(\w+)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"(\S+)(?: \((.+)\))?")


def blocks() -> list[tuple[str, str, str]]:
    return BLOCK.findall(GUIDE.read_text("utf-8"))


def write(info: str, text: str) -> None:
    found = NAMED.fullmatch(info)
    assert found, f"a yaml block needs the name of its file: {text[:60]}"
    path, how = Path(found[1]), found[2]
    path.parent.mkdir(parents=True, exist_ok=True)
    if how is None:
        path.write_text(text, "utf-8")
    elif how == "ajouter à la fin":
        path.write_text(path.read_text("utf-8") + text, "utf-8")
    else:
        assert how == "remplacer la ligne"
        field = text.partition(":")[0]
        changed, count = re.subn(rf"(?m)^{field}:.*\n", text, path.read_text("utf-8"))
        assert count == 1, f"{path} has no single line « {field} »"
        path.write_text(changed, "utf-8")


def commands(text: str) -> list[tuple[str, str]]:
    """Each command of a console block, with what the guide shows under it."""
    parts = re.split(r"(?m)^\$ passerelles (.*)\n", text)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def same(shown: str, real: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in shown.strip().split("…"))
    return re.fullmatch(pattern, real.strip(), re.DOTALL) is not None


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def test_the_examples_of_the_guide_run_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = 0
    for language, info, text in blocks():
        if language == "yaml":
            write(info, text)
        for line, shown in commands(text) if language == "console" else ():
            result = CliRunner().invoke(app, shlex.split(line))
            real = plain(result.stdout)
            assert same(plain(shown), real), f"$ passerelles {line}\n{real}\n{result.stderr}"
            ran += 1
    assert ran > 12


@pytest.mark.parametrize(
    ("shown", "real", "answer"),
    [
        ("a … c", "a b\nb c", True),
        ("a … c", "a b d", False),
        ("a", "a b", False),
        ("…", "", True),
        ("a.c", "abc", False),
    ],
)
def test_an_ellipsis_stands_for_anything_and_nothing_else_does(shown: str, real: str, answer: bool) -> None:
    assert same(shown, real) is answer


def test_the_guide_uses_only_the_blocks_that_this_test_runs() -> None:
    assert {language for language, _info, _text in blocks()} == {"yaml", "console"}
