"""The CASE endpoints: a document leads to its package, its items and its associations, at the addresses that they say."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.api.http.service import Service
from tests.api.http.small import kind_of


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
