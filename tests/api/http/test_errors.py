"""Every refusal is a problem (RFC 9457), says what to do in the language of the request, and tells nothing of the program."""

import json
import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.problem import KINDS, MEDIA_TYPE, SPACE, Problem
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import ALONE, PASSWORD, Service, a_service, some_settings

ACCOUNT = "/api/v1/account"
SESSIONS = "/api/v1/account/sessions"


def problem(answer: Any, kind: str, status: int = 0) -> dict[str, Any]:
    """The problem of an answer, which must be of a kind."""
    assert answer.headers["content-type"] == MEDIA_TYPE
    told = answer.json()
    assert (told["type"], answer.status_code) == (SPACE + kind, status or KINDS[kind].status)
    assert told["status"] == answer.status_code
    assert told["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    return dict(told)


def test_an_address_that_leads_nowhere(service: Service) -> None:
    assert problem(service.client.get("/api/v1/nothing"), "not-found")["title"] == "Rien à cette adresse"


def test_a_method_that_is_not_there_names_those_that_are(service: Service) -> None:
    answer = service.client.put("/healthz")
    problem(answer, "method-not-allowed")
    assert answer.headers["allow"] == "GET"


def test_english_is_spoken_to_whoever_prefers_it(service: Service) -> None:
    answer = service.client.get("/api/v1/nothing", headers={"accept-language": "en-GB, fr;q=0.5"})
    assert problem(answer, "not-found")["title"] == "Nothing at this address"
    assert answer.headers["content-language"] == "en"


@pytest.mark.parametrize(
    "body",
    [b"{", b'{"email": NaN}', b'{"email": "\\ud800"}', b"\xff\xfe", b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"],
)
def test_a_body_that_is_no_json_is_said_to_be_unreadable(service: Service, body: bytes) -> None:
    answer = service.client.post(SESSIONS, content=body, headers={"content-type": "application/json"})
    problem(answer, "malformed")


def test_each_value_that_does_not_fit_is_pointed_at_and_not_repeated(service: Service) -> None:
    answer = service.client.post(SESSIONS, json={"email": "pas une adresse", "password": PASSWORD * 20, "other~/": 1})
    told = problem(answer, "invalid")
    assert {error["pointer"] for error in told["errors"]} == {"#/email", "#/password", "#/other~0~1"}
    assert "pas une adresse" not in answer.text
    assert all(error["detail"] for error in told["errors"])


def test_a_parameter_that_does_not_fit_is_named(service: Service) -> None:
    answer = service.by(Role.ADMINISTRATOR, ALONE).get("/api/v1/administration/accounts", params={"limit": 201})
    assert problem(answer, "invalid")["errors"] == [
        {"parameter": "limit", "in": "query", "rule": "less_than_equal", "detail": "Au plus 200."}
    ]


@pytest.mark.parametrize("cursor", ["x", "é", "AAAA", "MDE5OA==", "MDE5OB"])
def test_a_cursor_that_is_not_ours_is_refused(service: Service, cursor: str) -> None:
    answer = service.by(Role.ADMINISTRATOR, ALONE).get("/api/v1/administration/audit", params={"cursor": cursor})
    problem(answer, "invalid")


@pytest.mark.parametrize("identifier", ["%00", "x" * 3000, "..%2F..", "%F0%9F%A6%8A"])
def test_an_identifier_of_any_form_is_only_absent(service: Service, identifier: str) -> None:
    answer = service.by(Role.ADMINISTRATOR, ALONE).get(f"/api/v1/administration/accounts/{identifier}")
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_a_change_without_its_version_is_refused(service: Service) -> None:
    client = service.by(Role.DESIGNER)
    problem(client.patch(ACCOUNT, json={"name": "Autre"}), "version-needed")
    problem(client.patch(ACCOUNT, json={"name": "Autre"}, headers={"if-match": "*"}), "version-needed")


def test_a_change_on_an_older_version_is_refused_and_told_what_stands_there_now(service: Service) -> None:
    client = service.by(Role.DESIGNER)
    first = client.get(ACCOUNT).headers["etag"]
    changed = client.patch(ACCOUNT, json={"name": "Première"}, headers={"if-match": first})
    assert changed.status_code == 200
    answer = client.patch(ACCOUNT, json={"name": "Seconde"}, headers={"if-match": first})
    told = problem(answer, "stale")
    assert answer.headers["etag"] == changed.headers["etag"] != first
    assert (told["current"]["name"], told["revision"]) == ("Première", int(answer.headers["etag"].strip('"')))
    assert "password" not in told["current"]
    weak = client.patch(ACCOUNT, json={"name": "Seconde"}, headers={"if-match": f"W/{answer.headers['etag']}"})
    problem(weak, "stale")


def test_what_is_taken_is_said_without_the_constraint(service: Service) -> None:
    wanted = {"email": service.email(Role.DESIGNER), "name": "Autre", "roles": []}
    answer = service.by(Role.ADMINISTRATOR).post("/api/v1/administration/accounts", json=wanted)
    problem(answer, "taken")
    assert "uq_" not in answer.text


@pytest.mark.parametrize("announced", [True, False])
def test_too_much_is_refused_before_it_is_read(store: Store, announced: bool) -> None:
    with a_service(store, some_settings(body_bytes=1000)) as service:
        content: Any = b" " * 1500 if announced else iter([b" " * 900, b" " * 900])
        answer = service.client.post(SESSIONS, content=content, headers={"content-type": "application/json"})
        problem(answer, "too-large")


def test_a_defect_tells_nothing_and_is_logged_with_its_request(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret-of-the-program")

    monkeypatch.setattr("api.routes.health.require", broken)
    with caplog.at_level(logging.INFO, "passerelles"):
        answer = service.client.get("/readyz")
    problem(answer, "defect")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    logged = [record for record in caplog.records if record.message == "defect"]
    assert [record.__dict__["request"] for record in logged] == [answer.headers["x-request-id"]]


def test_the_identifier_of_a_request_is_kept_when_it_has_its_form(service: Service) -> None:
    given = "0b5c1c3e-6f0e-4c55-9d4e-0f1f5a3f9a11"
    assert service.client.get("/healthz", headers={"x-request-id": given}).headers["x-request-id"] == given
    assert service.client.get("/healthz", headers={"x-request-id": "<script>"}).headers["x-request-id"] != "<script>"


def test_every_kind_has_words_and_a_status_of_refusal() -> None:
    for name, kind in KINDS.items():
        assert 400 <= kind.status < 600
        assert kind.title
        assert kind.remedy.endswith(".")
        assert Problem(name).plain("")["type"] == SPACE + name


def test_what_is_announced_for_each_operation_is_a_problem(service: Service) -> None:
    document = service.app.openapi()
    assert "HTTPValidationError" not in json.dumps(document)
    for methods in document["paths"].values():
        for operation in methods.values():
            assert {"500", "503"} <= set(operation["responses"])


def test_the_document_is_given_and_no_page_comes_with_it(client_of: TestClient) -> None:
    assert client_of.get("/api/openapi.json").json()["openapi"].startswith("3.1")
    assert {client_of.get(path).status_code for path in ("/docs", "/redoc")} == {404}


@pytest.fixture
def client_of(service: Service) -> TestClient:
    return service.client
