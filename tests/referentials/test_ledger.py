"""The ledger: whatever is changed in it outside a publication shows."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from referentials import ledger
from referentials.findings import FileProblem
from referentials.model import Referential
from tests.referentials import strategies

DAY = date(2026, 11, 21)


def version(number: int, title: str = "Titre") -> Referential:
    return Referential.model_validate(
        {"id": "t", "version": str(number), "title": title, "kind": "attestation", "confidence": "to_confirm"}
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger of four lines: three versions, then the first again."""
    lines: tuple[ledger.Line, ...] = ()
    for item in (version(1), version(2), version(3), version(1, "Autre")):
        lines = (*lines, ledger.next_line(lines, item, on=DAY, reason="Texte lu"))
    ledger.write(tmp_path, lines)
    return tmp_path


def rewrite(folder: Path, edit: Callable[[list[str]], list[str]]) -> None:
    path = folder / ledger.FILE_NAME
    path.write_text("".join(f"{line}\n" for line in edit(path.read_text("utf-8").splitlines())), "utf-8")


def broken_at(folder: Path) -> int | None:
    with pytest.raises(FileProblem) as problem:
        ledger.read(folder)
    (finding,) = problem.value.findings
    assert finding.rule in ("registre-rompu", "registre-illisible")
    return finding.where.line


def test_no_ledger_has_no_line(tmp_path: Path) -> None:
    assert ledger.read(tmp_path) == ()


def test_lines_read_back(folder: Path) -> None:
    lines = ledger.read(folder)
    assert [(line.ref, line.revision) for line in lines] == [("t@1", 1), ("t@2", 1), ("t@3", 1), ("t@1", 2)]
    assert ledger.sealed(lines)["t@1"].digest == ledger.digest(version(1, "Autre"))


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Texte lu", "Texte relu"),
        ("2026-11-21", "2026-11-20"),
        ('"digest":"sha256:', '"digest":"sha256:0'),
        ('"t@', '"u@'),
    ],
)
def test_a_line_that_was_edited_shows_even_the_last(folder: Path, number: int, old: str, new: str) -> None:
    rewrite(
        folder, lambda lines: [line.replace(old, new) if place == number else line for place, line in enumerate(lines)]
    )
    assert broken_at(folder) == number + 1


@pytest.mark.parametrize("number", range(3))
def test_a_line_that_was_removed_shows(folder: Path, number: int) -> None:
    rewrite(folder, lambda lines: lines[:number] + lines[number + 1 :])
    assert broken_at(folder) == number + 1


@pytest.mark.parametrize("number", range(3))
def test_lines_that_were_swapped_show(folder: Path, number: int) -> None:
    rewrite(folder, lambda lines: [*lines[:number], lines[number + 1], lines[number], *lines[number + 2 :]])
    assert broken_at(folder) == number + 1


def test_a_line_that_was_copied_shows(folder: Path) -> None:
    rewrite(folder, lambda lines: [*lines, lines[-1]])
    assert broken_at(folder) == 5


@pytest.mark.parametrize("text", ["", "{}", "pas du JSON", '{"ref": 1}', "[" * 5000])
def test_a_line_that_is_none_shows(folder: Path, text: str) -> None:
    rewrite(folder, lambda lines: [lines[0], text, *lines[1:]])
    assert broken_at(folder) == 2


def test_line_ends_of_another_system_change_nothing(folder: Path) -> None:
    path = folder / ledger.FILE_NAME
    before = ledger.read(folder)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert ledger.read(folder) == before
    path.write_bytes(path.read_bytes().removesuffix(b"\r\n"))
    assert ledger.read(folder) == before


def test_a_ledger_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / ledger.FILE_NAME).write_bytes("é".encode("latin-1"))
    with pytest.raises(FileProblem, match="UTF-8"):
        ledger.read(folder)


def test_a_file_is_replaced_at_once_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("avant")

    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        ledger.replace(path, "après")
    assert path.read_bytes() == b"avant"
    assert [file.name for file in tmp_path.iterdir()] == ["x.yaml"]


@given(strategies.referentials, strategies.referentials)
def test_equal_contents_and_only_they_have_the_same_digest(first: Referential, second: Referential) -> None:
    same = first.model_copy(update={"state": second.state})
    assert ledger.digest(first) == ledger.digest(same)
    alike = second.model_copy(update={"state": first.state}) == first
    assert (ledger.digest(first) == ledger.digest(second)) == alike


def test_the_digest_of_a_version_never_changes() -> None:
    assert ledger.digest(version(1)) == "sha256:118801c377706c3e6dd24b2e4b63ae51a36aa5c03e4a5aad669eda0e84e649c6"
