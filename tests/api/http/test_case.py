"""The CASE endpoints: a document leads to its package, its items and its associations, at the addresses that they say."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from api.store.tables import Role
from tests.api.http.service import ALONE, Service
from tests.api.http.small import kind_of
from tests.api.http.test_imports import runner, send
from tests.referentials.formats.case_schemas import wrong_in


def path_of(uri: str) -> str:
    assert uri.startswith("http://testserver/ims/case/v1p1/")
    return urlsplit(uri).path


@pytest.fixture
def document(small: Service) -> dict[str, Any]:
    listed = small.client.get("/ims/case/v1p1/CFDocuments", params={"limit": 1, "offset": 1}).json()["CFDocuments"]
    assert len(listed) == 1
    found: dict[str, Any] = listed[0]
    return found


def test_every_address_that_a_document_gives_leads_to_what_it_says(small: Service, document: dict[str, Any]) -> None:
    assert small.client.get(path_of(document["uri"])).json() == document
    package = small.client.get(path_of(document["CFPackageURI"]["uri"])).json()
    assert package["CFDocument"]["identifier"] == document["identifier"]
    assert len(package["CFItems"]) == 5
    for collection in ("CFItems", "CFAssociations"):
        for one in package[collection]:
            found = small.client.get(path_of(one["uri"])).json()
            assert found["identifier"] == one["identifier"]
            assert found["CFDocumentURI"]["identifier"] == document["identifier"]


def test_what_is_not_there_is_not_found(small: Service, document: dict[str, Any]) -> None:
    for collection in ("CFDocuments", "CFPackages", "CFItems", "CFAssociations"):
        assert kind_of(small.client.get(f"/ims/case/v1p1/{collection}/{'0' * 8}")) == "not-found"
    assert kind_of(small.client.get(f"/ims/case/v1p1/CFItems/{document['identifier']}")) == "not-found"


@pytest.mark.parametrize("kind", ["sqlite"])  # what is answered does not depend on the database
def test_what_is_answered_follows_the_official_schemas_and_what_came_keeps_its_identifiers(
    small: Service, samples: Path
) -> None:
    """Ours, and a framework of another system that was imported."""
    wrong, place = wrong_in(samples), "/ims/case/v1p1"
    file = samples / "data" / "case" / "SmartLevelFramework.json"
    came = json.loads(file.read_text("utf-8"))
    send(small.by(Role.ADMINISTRATOR, ALONE), file.read_bytes(), file.name, format="case")
    runner(small).work_once()
    documents = small.client.get(f"{place}/CFDocuments").json()["CFDocuments"]
    assert came["CFDocument"]["identifier"] in [one["identifier"] for one in documents]
    for document in documents:
        assert small.client.get(f"{place}/CFDocuments/{document['identifier']}").json() == document
        assert not wrong("CFDocuments", document)
        package = small.client.get(path_of(document["CFPackageURI"]["uri"])).json()
        assert not wrong("CFPackages", package)
        for collection in ("CFItems", "CFAssociations"):
            for one in (package[collection][0], package[collection][-1]):
                alone = small.client.get(f"{place}/{collection}/{one['identifier']}").json()
                assert (alone["uri"], wrong(collection, alone)) == (one["uri"], [])
        if document["identifier"] == came["CFDocument"]["identifier"]:
            assert document["uri"] == came["CFDocument"]["uri"]
            assert {one["identifier"] for one in package["CFItems"]} == {one["identifier"] for one in came["CFItems"]}
