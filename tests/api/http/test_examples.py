"""Every example of the API's documentation is sent, and its answer is one that the documentation describes."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.api.http.service import Service
from tests.api.http.small import of_all_trades
from tests.soaking import on_sqlite_unless_soaking


def _with_bodies(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """The path, the operation and the body of every example."""
    for path, item in document["paths"].items():
        for operation in item.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                for example in content.get("examples", {}).values():
                    yield path.replace("{format_name}", "json"), operation, example["value"]


def _with_addresses(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The path, the operation and the parameters of every address that can be made from examples alone."""
    for path, item in document["paths"].items():
        needed = [one for one in item.get("get", {}).get("parameters", ()) if one.get("required")]
        shown = {one["name"]: one.get("examples") or one["schema"].get("examples") for one in needed}
        if needed and all(shown.values()):
            values = {name: values[0] for name, values in shown.items()}
            asked = {one["name"]: values[one["name"]] for one in needed if one["in"] == "query"}
            yield path.format(**values), item["get"], asked


def _check(answer: Any, operation: dict[str, Any], document: dict[str, Any]) -> None:
    assert answer.status_code in (200, 201, 202), f"{operation['operationId']}: {answer.text[:300]}"
    described = operation["responses"][str(answer.status_code)]["content"]
    kind = answer.headers["content-type"].partition(";")[0]
    schema = described[kind]["schema"] | {"components": document["components"]}
    if kind == "application/json":
        problems = [problem.message[:200] for problem in Draft202012Validator(schema).iter_errors(answer.json())]
        assert not problems, f"{operation['operationId']}: {problems}"


@pytest.mark.hypothesis
def test_every_example_is_answered_as_it_is_described(service: Service) -> None:
    on_sqlite_unless_soaking(service.store)
    document, client = service.app.openapi(), of_all_trades(service)
    bodies = list(_with_bodies(document))
    for path, operation, body in bodies:
        answer = client.post(path, json=body)
        _check(answer, operation, document)
        if path == "/api/v1/plans":
            assert answer.json()["status"] == "optimal", "an example of a plan has one"
    assert len(bodies) > 10


@pytest.mark.hypothesis
def test_every_address_made_of_examples_is_answered_as_it_is_described(service: Service) -> None:
    on_sqlite_unless_soaking(service.store)
    document, client = service.app.openapi(), of_all_trades(service)
    addresses = list(_with_addresses(document))
    for path, operation, asked in addresses:
        _check(client.get(path, params=asked), operation, document)
    assert len(addresses) > 8
