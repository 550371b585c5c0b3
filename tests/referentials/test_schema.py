"""The JSON Schemas: every shipped file conforms as an editor reads it, and a wrong one does not."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from referentials.library import SHIPPED
from referentials.loader import FORMATS, OFFER, REFERENTIAL, Format, files_of
from referentials.schema import DIALECT, schema, schemas
from referentials.writer import to_yaml
from tests.referentials import strategies

FILES = list(files_of(SHIPPED))


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[name], format_checker=Draft202012Validator.FORMAT_CHECKER)


def as_an_editor_reads(text: str) -> Any:
    """YAML 1.2's plain types: numbers and booleans, no dates."""
    return yaml.load(text, Loader=_Editor)


class _Editor(yaml.CSafeLoader):
    """Without dates nor the words of YAML 1.1 that mean yes and no."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("true|false"), list("tf"))


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_a_schema_is_one(kind: Format) -> None:
    found = schema(kind)
    assert found["$schema"] == DIALECT
    Draft202012Validator.check_schema(found)


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda part: part.stem if isinstance(part, Path) else "")
def test_a_shipped_file_conforms_to_its_schema(path: Path, kind: Format) -> None:
    value = as_an_editor_reads(path.read_text("utf-8"))
    assert [f"{error.json_path} : {error.message}" for error in validator(kind.name).iter_errors(value)] == []


@given(strategies.referentials)
def test_a_written_referential_conforms(item: Any) -> None:
    validator(REFERENTIAL.name).validate(as_an_editor_reads(to_yaml(item)))


@given(strategies.offers)
def test_a_written_offer_conforms(item: Any) -> None:
    validator(OFFER.name).validate(as_an_editor_reads(to_yaml(item)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("referential", "{id: t, version: '1', title: T, kind: attestation}"),
        ("referential", "{id: t, version: '1', title: T, kind: attestation, confidence: official, titel: T}"),
        ("referential", "{id: T, version: '1', title: T, kind: attestation, confidence: official}"),
        ("referential", "{id: t, version: '1', title: T, kind: inconnu, confidence: official}"),
        ("recognitions", "{id: x}"),
        ("recognitions", "[{id: x}]"),
        (
            "offer",
            "{id: x, title: X, body: {name: X}, confidence: official, modules: [{id: m, title: M, develops: [4]}]}",
        ),
    ],
)
def test_a_wrong_file_does_not_conform(name: str, text: str) -> None:
    with pytest.raises(ValidationError):
        validator(name).validate(as_an_editor_reads(text))


def test_dates_are_texts_for_an_editor() -> None:
    assert as_an_editor_reads("2020-01-01") == date(2020, 1, 1).isoformat()
