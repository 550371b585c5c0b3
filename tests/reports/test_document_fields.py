"""Every field that a template or a program may read says what it holds, in the models and on the page of the documentation."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from reports.document import Document
from reports.plan_document import PlanDocument

PAGE = Path(__file__).resolve().parents[2] / "docs" / "document-fields.md"


def fields(model: type[BaseModel]) -> Iterator[tuple[str, str, Any]]:
    schema = model.model_json_schema()
    for name, group in {model.__name__: schema, **schema["$defs"]}.items():
        for field, about in group.get("properties", {}).items():
            yield name, field, about


@pytest.mark.parametrize("model", [Document, PlanDocument])
def test_every_field_has_its_help(model: type[BaseModel]) -> None:
    assert [f"{name}.{field}" for name, field, about in fields(model) if not about.get("description")] == [
        f"{name}.{field}" for name, field, about in fields(model) if "const" in about and "description" not in about
    ]


@pytest.mark.parametrize("model", [Document, PlanDocument])
def test_every_field_is_on_the_page(model: type[BaseModel]) -> None:
    parts = PAGE.read_text("utf-8").split("\n### ")
    told = {part.partition("\n")[0]: part for part in parts}
    assert [f"{name}.{field}" for name, field, _ in fields(model) if f"| `{field}` |" not in told[name]] == []
