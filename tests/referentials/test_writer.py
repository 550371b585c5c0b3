"""What is written reads back equal: every shipped file, and generated values of every kind."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from referentials.document import Document
from referentials.library import SHIPPED
from referentials.loader import (
    CORRESPONDENCES,
    OFFER,
    RECOGNITIONS,
    REFERENTIAL,
    RULES,
    Format,
    files_of,
    load_document,
    load_file,
)
from referentials.model import Kind, Referential
from referentials.provenance import Confidence, Source
from referentials.writer import to_json, to_yaml
from referentials.yaml_source import read_bytes
from tests.referentials import strategies
from tests.referentials.strategies import TREACHEROUS

FILES = list(files_of(SHIPPED))


def text_of(kind: Format, items: Sequence[Any]) -> Any:
    return items if kind.is_list else items[0]


def back(kind: Format, items: Sequence[Any]) -> None:
    """Written and read again, in YAML and in JSON."""
    value = text_of(kind, items)
    assert load_document(read_bytes(to_yaml(value).encode()), kind).items == tuple(items)
    assert load_document(read_bytes(to_json(value).encode(), file="x.json"), kind).items == tuple(items)


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda part: part.stem if isinstance(part, Path) else "")
def test_a_shipped_file_reads_back_equal(path: Path, kind: Format) -> None:
    back(kind, load_file(path, kind).items)


@pytest.mark.parametrize(("path", "kind"), FILES[:5], ids=lambda part: part.stem if isinstance(part, Path) else "")
def test_writing_again_what_was_written_changes_nothing(path: Path, kind: Format) -> None:
    once = to_yaml(text_of(kind, load_file(path, kind).items))
    assert to_yaml(text_of(kind, load_document(read_bytes(once.encode()), kind).items)) == once


@given(strategies.referentials)
def test_a_referential_reads_back_equal(item: Referential) -> None:
    back(REFERENTIAL, [item])


@given(st.lists(strategies.recognitions, min_size=1, max_size=2))
def test_recognitions_read_back_equal(items: list[Any]) -> None:
    back(RECOGNITIONS, items)


@given(st.lists(strategies.rules, min_size=1, max_size=2))
def test_rules_read_back_equal(items: list[Any]) -> None:
    back(RULES, items)


@given(st.lists(strategies.correspondences, min_size=1, max_size=2))
def test_correspondences_read_back_equal(items: list[Any]) -> None:
    back(CORRESPONDENCES, items)


@given(strategies.offers)
def test_an_offer_reads_back_equal(item: Any) -> None:
    back(OFFER, [item])


@pytest.mark.parametrize("text", TREACHEROUS)
def test_a_treacherous_text_reads_back_in_every_place(text: str) -> None:
    item = Referential(
        id="x", version="1", title=text, kind=Kind.ATTESTATION, confidence=Confidence.OFFICIAL,
        aliases=(text, text), sources=(Source(title=text), Source(title="autre", note=text)),
    )  # fmt: skip
    back(REFERENTIAL, [item])


@given(
    st.recursive(
        strategies.texts, lambda part: st.lists(part, max_size=4) | st.dictionaries(strategies.texts, part, max_size=4)
    )
)
@example([""])
@example({"a": {}})
def test_json_means_what_json_means(value: Any) -> None:
    import json

    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=2)):
        assert read_bytes(text.encode(), file="x.json").value == value


def test_a_short_group_stands_on_one_line_and_dates_have_no_quotes() -> None:
    source = Source(title="Arrêté", reference="X1", checked_on="2026-11-21")  # type: ignore[arg-type]
    item = Referential(
        id="x",
        version="2019",
        title="L'essai : un",
        kind=Kind.ATTESTATION,
        confidence=Confidence.OFFICIAL,
        sources=(source,),
    )
    assert to_yaml(item).splitlines() == [
        "id: x",
        'version: "2019"',
        'title: "L\'essai : un"',
        "kind: attestation",
        "sources:",
        "  - {title: Arrêté, reference: X1, checked_on: 2026-11-21}",
        "confidence: official",
    ]


def test_lines_of_a_file_without_any_are_unknown() -> None:
    assert Document(None).line(()) is None
