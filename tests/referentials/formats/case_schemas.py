"""The official schemas of CASE, from the sample data, and what a package is without what 1.1 brought."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

KINDS_OF_1_1 = {
    "isChildOf",
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
}
PARTS = {"CFDocuments": "cfdocument", "CFItems": "cfitem", "CFAssociations": "cfassociation"}
Wrong = Callable[[str, dict[str, Any]], list[Any]]


def wrong_in(samples: Path) -> Wrong:
    """What is wrong with an object of a collection, by the official schemas; a test without them is skipped."""
    jsonschema = pytest.importorskip("jsonschema")
    folder = samples / "data/case/schema"
    if not folder.is_dir():
        pytest.skip("sample data not found")
    formats = jsonschema.FormatChecker(())
    formats.checks("date")(lambda text: len(text) == 10 and bool(date.fromisoformat(text)))
    formats.checks("date-time")(lambda text: len(text) > 10 and datetime.fromisoformat(text).tzinfo is not None)

    def schema(name: str) -> Any:
        content = json.loads((folder / f"{name}.json").read_text("utf-8"))
        return jsonschema.Draft7Validator(content, format_checker=formats)

    known = {collection: schema(f"opencase-case-v1p1-{name}") for collection, name in PARTS.items()}
    known["CFPackages"] = schema("case-v1p0-cfpackage-schema")

    def wrong(collection: str, one: dict[str, Any]) -> list[Any]:
        if collection == "CFPackages":
            return list(known[collection].iter_errors(as_1_0(one)))
        named = one | {"sourcedId": one["identifier"]}  # the name that these schemas give to « identifier »
        return list(known[collection].iter_errors(named))

    return wrong


def as_1_0(package: dict[str, Any]) -> dict[str, Any]:
    """The same package without what 1.1 brought: extensions, notes of associations, the version, relations of one's own."""
    text: dict[str, Any] = json.loads(json.dumps(package))
    for one in (text["CFDocument"], *text["CFItems"], *text["CFAssociations"]):
        one.pop("extensions", None)
        one.pop("caseVersion", None)
    text["CFAssociations"] = [one for one in text["CFAssociations"] if one["associationType"] in KINDS_OF_1_1]
    for one in text["CFAssociations"]:
        one.pop("notes", None)
    return text
