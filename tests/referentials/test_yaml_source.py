"""The reader: what it takes for what, the line of every part, and hostile files that cost no more than their size."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from referentials.document import path_text
from referentials.findings import FileProblem, Finding
from referentials.yaml_source import read_bytes, read_file
from tests.referentials import hostile

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = {name: rule for name, _content, rule in hostile.files()}


# ----------------------------------------------------------------------------------------------------------- what is read


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_these_words_without_quotes_mean_not_known(text: str) -> None:
    assert read_bytes(f"a: {text}".encode()).value == {"a": None}


@pytest.mark.parametrize("text", ["NO", "1.10", "012", "2019-07-13", "12:30", "yes", "0x1F", "1_000", ".inf"])
def test_everything_else_without_quotes_is_its_text(text: str) -> None:
    assert read_bytes(f"a: {text}".encode()).value == {"a": text}


@pytest.mark.parametrize("text", ['""', '"null"', "'~'", "'null'"])
def test_what_is_in_quotes_is_a_text(text: str) -> None:
    assert read_bytes(f"a: {text}".encode()).value == {"a": text.strip("\"'")}


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_bytes(b"\xef\xbb\xbfa: 1").value == {"a": "1"}
    assert read_bytes(b'\xef\xbb\xbf{"a": 1}', file="x.json").value == {"a": "1"}


def test_json_numbers_and_booleans_stay_text_as_in_yaml() -> None:
    text = b'{"a": 1.50, "b": true, "c": null, "d": "null", "e": -0, "f": [1e3]}'
    expected = {"a": "1.50", "b": "true", "c": None, "d": "null", "e": "-0", "f": ["1e3"]}
    assert read_bytes(text, file="x.json").value == expected
    assert read_bytes(text).value == expected


# ------------------------------------------------------------------------------------------------------------- the lines

TEXT = """\
# commentaire
id: x

blocks:
  - code: A
    competencies:
      - {code: C1,
         title: deux}
  - code: B
"""


def test_every_part_knows_its_line() -> None:
    document = read_bytes(TEXT.encode())
    assert document.line(("id",)) == 2
    assert document.line(("blocks",)) == 5
    assert document.line(("blocks", 0, "competencies", 0)) == 7
    assert document.line(("blocks", 0, "competencies", 0, "title")) == 8
    assert document.line(("blocks", 1)) == 9


def test_a_missing_part_has_the_line_of_what_is_around_it() -> None:
    document = read_bytes(TEXT.encode())
    assert document.line(("blocks", 0, "competencies", 0, "absent", 3)) == 7
    assert document.line(("blocks", 7)) == 5
    assert document.line(("absent",)) == 2


def test_json_has_the_same_lines() -> None:
    text = '{\n  "a": [\n    1,\n    {"b": "x"}\n  ],\n  "c": null\n}'
    document = read_bytes(text.encode(), file="x.json")
    assert [document.line(path) for path in [(), ("a",), ("a", 0), ("a", 1), ("a", 1, "b"), ("c",)]] == [
        1,
        2,
        3,
        4,
        4,
        6,
    ]


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_a_line_separator_inside_a_text_counts_no_line(separator: str) -> None:
    document = read_bytes(f"a: 'un{separator}deux'\nb: trois".encode())
    assert document.line(("b",)) == 2


plain = st.recursive(
    st.text("abc é", min_size=1, max_size=5).filter(lambda text: text.strip() == text and text not in ("", "~")),
    lambda part: (
        st.lists(part, max_size=3) | st.dictionaries(st.text("abcdé", min_size=1, max_size=3), part, max_size=3)
    ),
    max_leaves=12,
)


@given(plain)
def test_reading_is_what_the_yaml_library_reads_without_types(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    assert read_bytes(text.encode()).value == yaml.load(text, Loader=yaml.BaseLoader)


@given(plain)
def test_every_path_leads_to_the_line_that_a_person_would_show(value: object) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)
    document = read_bytes(text.encode(), file="x.json")
    lines = text.split("\n")
    for path, leaf in leaves(value, ()):
        line = document.line(path)
        assert line is not None
        assert json.dumps(leaf, ensure_ascii=False) in lines[line - 1]


def leaves(value: object, path: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        return [found for key, part in value.items() for found in leaves(part, (*path, key))]
    if isinstance(value, list):
        return [found for index, part in enumerate(value) for found in leaves(part, (*path, index))]
    return [(path, str(value))]


def test_a_path_counts_from_one() -> None:
    assert path_text(()) == ""
    assert path_text((0, "given", "all_of", 2)) == "[1].given.all_of[3]"


# ---------------------------------------------------------------------------------------------------------- hostile files


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """What came of every hostile file, read in a process of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, content, _rule in hostile.files():
        (folder / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "tests.referentials.hostile", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=hostile.LONGEST * 10,
        check=False,
    )
    for name, _content, _rule in hostile.files():
        (folder / name).unlink()
    return {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_message(name: str, read: dict[str, dict[str, list[str]]]) -> None:
    assert name in read, "the reader did not come back"
    expected = HOSTILE[name]
    assert (set(read[name]["rules"]) - {"champ-manquant"} or {""}) >= {expected}
    assert all(len(message) < 1200 for message in read[name]["messages"])


def test_messages_are_in_french_only(read: dict[str, dict[str, list[str]]]) -> None:
    english = {"the", "expected", "found", "not", "invalid", "should", "while", "input", "character"}
    words = {word for found in read.values() for message in found["messages"] for word in message.lower().split()}
    assert english & words == set()


# ------------------------------------------------------------------------------------------------- what is no plain file


def refused(path: Path) -> str:
    with pytest.raises(FileProblem) as problem:
        read_file(path)
    (finding,) = problem.value.findings
    assert finding.rule == "fichier-illisible"
    assert finding.where.file == str(path)
    return finding.message.partition(" : ")[2]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.yaml") == "il n'existe pas."
    assert refused(tmp_path / "absent" / "x.yaml") == "il n'existe pas."


def test_a_folder_named_like_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    assert refused(tmp_path / "x.yaml") == "c'est un dossier."


def test_links_that_turn_round_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    assert refused(tmp_path / "a.yaml") == "c'est un lien qui tourne en rond."


def test_a_pipe_that_never_answers_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert refused(tmp_path / "x.yaml") == "ce n'est pas un fichier ordinaire."


def test_an_endless_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to("/dev/zero")
    assert refused(tmp_path / "x.yaml") == "ce n'est pas un fichier ordinaire."


def test_a_name_that_no_file_can_have_is_refused() -> None:
    assert refused(Path("a\0b.yaml")) == "accès impossible."
    assert refused(Path("a" * 5000)) == "son nom est trop long."


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.yaml").write_text("id: x")

    def forbidden(*_given: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    assert refused(tmp_path / "x.yaml") == "l'accès est refusé."


# --------------------------------------------------------------------------------------------------------- any file at all


def problems(raw: bytes, file: str | None) -> tuple[Finding, ...]:
    try:
        read_bytes(raw, file=file)
    except FileProblem as problem:
        return problem.findings
    return ()


@given(st.binary(max_size=200), st.sampled_from([None, "x.json"]))
def test_any_bytes_load_or_say_one_reason(raw: bytes, file: str | None) -> None:
    assert len(problems(raw, file)) <= 1


@given(st.text("{}[]:,-?&*!|>'\"%@`#~ \n\tab\\u0", max_size=40), st.sampled_from([None, "x.json"]))
def test_any_punctuation_loads_or_says_one_reason(text: str, file: str | None) -> None:
    assert len(problems(text.encode(), file)) <= 1


def refuse(_word: str) -> None:
    raise ValueError


def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _value in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def is_json(text: str) -> bool:
    try:
        json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except ValueError:
        return False
    return True


@given(st.text('{}[]:,"\\ue0n1.-+ \n', min_size=1, max_size=30).filter(str.strip))
def test_json_is_read_exactly_when_it_is_json(text: str) -> None:
    rules = {finding.rule for finding in problems(text.encode(), "x.json")} - {"caractere-interdit"}
    assert (rules == set()) == is_json(text)
