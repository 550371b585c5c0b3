"""The English catalogue is complete, and what checks it sees each way in which it could not be."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import words


def catalogue(*entries: tuple[str | tuple[str, str], str | tuple[str, str]], flags: tuple[str, ...] = ()) -> Catalog:
    found = Catalog(locale="en")
    for key, text in entries:
        found.add(key, text, flags=flags)
    return found


CODE = catalogue(("{count} bloc", ""), (("un bloc", "des blocs"), ("", "")))
RIGHT = catalogue(("{count} bloc", "{count} block"), (("un bloc", "des blocs"), ("a block", "blocks")))


def test_every_sentence_has_its_english_and_nothing_else_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    code = words.said()
    monkeypatch.setattr(words, "said", lambda: code)
    assert list(words.faults("en")) == []
    found = {words.key_of(message) for message in code if message.id}
    assert {"lundi", "{count} semaine", "Acquis de droit"} <= found


def test_a_complete_catalogue_has_no_fault() -> None:
    assert list(words.differences(RIGHT, CODE)) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (catalogue((("un bloc", "des blocs"), ("a block", "blocks"))), "no translation: {count} bloc"),
        (
            catalogue(("{count} bloc", "{count} block"), (("un bloc", "des blocs"), ("a block", ""))),
            "no translation: un bloc",
        ),
        (catalogue(("{count} bloc", "{count} block"), ("un bloc", "a block")), "no translation: un bloc"),
        (
            catalogue(*[(m.id, m.string) for m in RIGHT if m.id], flags=("fuzzy",)),
            "fuzzy: {count} bloc",
        ),
        (
            catalogue(("{count} bloc", "{number} block"), (("un bloc", "des blocs"), ("a block", "blocks"))),
            "places differ (count, number): {count} bloc",
        ),
        (catalogue(*[(m.id, m.string) for m in RIGHT if m.id], ("adieu", "goodbye")), "nobody says: adieu"),
    ],
)
def test_each_fault_is_named(wrong: Catalog, fault: str) -> None:
    assert fault in list(words.differences(wrong, CODE))


def test_a_form_may_do_without_its_count_but_not_without_a_name() -> None:
    key = ("un bloc de {name}", "{count} blocs de {name}")
    right = catalogue((key, ("one block of {name}", "{count} blocks of {name}")))
    wrong = catalogue((key, ("one block", "{count} blocks of {name}")))
    code = catalogue((key, ("", "")))
    assert list(words.differences(right, code)) == []
    assert list(words.differences(wrong, code)) == ["places differ (name): un bloc de {name}"]


def test_a_sentence_that_is_computed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "api").mkdir()
    (tmp_path / "reports" / "wrong.py").write_text(
        'from reports.language import say, say_n\nsay("bien")\nsay(f"mal {x}")\nsay_n("un", many, 2)\n', "utf-8"
    )
    (tmp_path / "reports" / "other.py").write_text("def say(text): ...\nsay(text)\n", "utf-8")
    monkeypatch.setattr(words, "ROOT", tmp_path)
    assert [fault.partition(":")[2] for fault in words.not_written_out()] == [
        "3: the text is not written out",
        "4: the text is not written out",
    ]


def test_a_new_sentence_keeps_what_is_translated_and_drops_what_nobody_says() -> None:
    before = catalogue(("{count} bloc", "{count} block"), ("adieu", "goodbye"))
    after = words.updated(before, CODE)
    assert {words.key_of(message): message.string for message in after if message.id} == {
        "{count} bloc": "{count} block",
        "un bloc": ("", ""),
    }
