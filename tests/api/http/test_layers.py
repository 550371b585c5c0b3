"""What happens to every request: where it comes from, what the browser is told, what is written down."""

import json
import logging

import pytest

from api.middleware.headers import POLICY
from api.request_log import JsonLines
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import PASSWORD, Service, a_service, some_settings

SESSIONS = "/api/v1/account/sessions"

FROM_ELSEWHERE = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://ailleurs.exemple"},
    {"origin": "null"},
)
FROM_HERE = ({}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://testserver"})


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_a_change_that_another_site_asks_for_is_refused(service: Service, headers: dict[str, str]) -> None:
    client = service.by(Role.DESIGNER)
    answer = client.delete(f"{SESSIONS}/current", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:passerelles:cross-site")
    assert client.get("/api/v1/account", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", FROM_HERE)
def test_a_change_that_our_pages_or_a_program_ask_for_goes_on(service: Service, headers: dict[str, str]) -> None:
    assert service.by(Role.DESIGNER).delete(f"{SESSIONS}/current", headers=headers).status_code == 204


def test_nobody_can_be_signed_in_from_another_site(service: Service) -> None:
    wanted = {"email": service.email(Role.DESIGNER), "password": PASSWORD}
    answer = service.client.post(SESSIONS, json=wanted, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/account", "/nothing", "/api/openapi.json"])
def test_every_answer_tells_the_browser_to_be_careful(service: Service, path: str) -> None:
    headers = service.client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers
    assert "strict-transport-security" not in headers


def test_the_policy_lets_nothing_inline_run() -> None:
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'")


def test_in_production_the_connection_stays_encrypted(store: Store) -> None:
    with a_service(store, some_settings(environment="production", secret="x1y2" * 10)) as service:
        assert "max-age=31536000" in service.client.get("/healthz").headers["strict-transport-security"]


def test_the_log_of_a_run_names_nobody(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "passerelles"):
        service.client.post(SESSIONS, json={"email": "zoe.quillivic@exemple.fr", "password": "secret de zoé"})
        service.by(Role.ADVISER).get("/api/v1/people", params={"name": "Quillivic"})
        service.by(Role.ADMINISTRATOR).get(f"/api/v1/administration/accounts/{'f' * 32}")
    lines = [JsonLines().format(record) for record in caplog.records if record.name.startswith("passerelles")]
    told = [json.loads(line) for line in lines]
    assert [one["route"] for one in told if one["event"] == "request"] == [
        SESSIONS,
        "/api/v1/people",
        "/api/v1/administration/accounts/{account_id}",
    ]
    assert set(told[0]) == {"at", "level", "event", "request", "method", "route", "status", "ms"}
    assert not any(word in line.lower() for line in lines for word in ("quillivic", "zo", "secret", "f" * 32))


def test_the_log_of_a_defect_has_its_place_and_not_its_message() -> None:
    try:
        raise ValueError("Zoé Quillivic")
    except ValueError as error:
        record = logging.LogRecord("passerelles", 40, "", 0, "defect", None, (type(error), error, error.__traceback__))
    line = JsonLines().format(record)
    assert "Quillivic" not in line
    assert json.loads(line)["exception"] == "ValueError"
    assert "test_layers" in json.loads(line)["where"][-1]
