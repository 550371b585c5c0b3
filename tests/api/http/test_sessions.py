"""Signing in and out: what holds, for how long, and what an attacker learns."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auth import sign_in
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.conftest import Clock
from tests.api.http.service import ALONE, HERE, PASSWORD, Service, a_service, browser, some_settings

ACCOUNT = "/api/v1/account"
SESSIONS = "/api/v1/account/sessions"
NEW = "un phare, sept mouettes"


def enter(client: TestClient, email: str, password: str = PASSWORD, **headers: str) -> Any:
    return client.post(SESSIONS, json={"email": email, "password": password}, headers=headers)


def test_whoever_knows_the_password_gets_a_cookie_that_scripts_cannot_read(service: Service) -> None:
    answer = enter(service.client, " DESIGNER@here.exemple.fr".strip())
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("passerelles=", "httponly", "samesite=lax", "path=/", "max-age=43200"))
    assert service.client.get(ACCOUNT).json()["account"]["id"] == service.account(Role.DESIGNER)


def test_in_production_the_cookie_is_of_this_host_alone(store: Store) -> None:
    with a_service(store, some_settings(environment="production", secret="x1y2" * 10)) as service:
        cookie = enter(service.client, service.email(Role.DESIGNER)).headers["set-cookie"]
    assert cookie.startswith("__Host-passerelles=")
    assert "secure" in cookie.lower()
    assert "domain" not in cookie.lower()


@pytest.mark.parametrize("wrong", ["password", "address", "disabled", "elsewhere"])
def test_every_failure_has_the_same_answer_and_hashes_once(
    service: Service, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str | None] = []
    real = sign_in.matches
    monkeypatch.setattr(sign_in, "matches", lambda given, kept: hashes.append(kept) or real(given, kept))
    email = service.email(Role.DESIGNER)
    with service.store.write() as unit:
        account = unit.directory.accounts.edit(service.account(Role.DESIGNER))
        account.disabled_at = unit.now if wrong == "disabled" else None
        account.password = None if wrong == "elsewhere" else account.password
    answer = enter(
        service.client,
        "personne@exemple.fr" if wrong == "address" else email,
        "faux" if wrong == "password" else PASSWORD,
    )
    told = answer.json() | {"instance": ""}
    assert answer.status_code == 401
    assert told == {
        "type": "urn:passerelles:wrong-password",
        "title": "Adresse ou mot de passe inexact",
        "status": 401,
        "detail": "Vérifiez l'adresse et le mot de passe, puis recommencez.",
        "instance": "",
    }
    assert len(hashes) == 1


def test_attempts_are_bounded_before_anything_is_hashed(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "matches", lambda *_: False)
    email = service.email(Role.DESIGNER)
    assert {enter(service.client, email).status_code for _ in range(sign_in.ATTEMPTS)} == {401}
    monkeypatch.setattr(sign_in, "matches", lambda *_: pytest.fail("hashed all the same"))
    answer = enter(service.client, email)
    assert (answer.status_code, answer.json()["type"]) == (429, "urn:passerelles:too-many")
    assert 0 < int(answer.headers["retry-after"]) <= sign_in.WITHIN.total_seconds()


def test_the_bound_is_forgotten_with_time(service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "matches", lambda *_: False)
    for _ in range(sign_in.ATTEMPTS):
        enter(service.client, service.email(Role.DESIGNER))
    clock.go(minutes=16)
    assert enter(service.client, service.email(Role.DESIGNER)).status_code == 401


def test_a_session_ends_with_its_time_and_at_sign_out(service: Service, clock: Clock) -> None:
    client = service.by(Role.DESIGNER)
    assert client.get(ACCOUNT).status_code == 200
    assert client.delete(f"{SESSIONS}/current").status_code == 204
    assert client.get(ACCOUNT).status_code == 401
    other = service.by(Role.ADVISER)
    clock.go(hours=13)
    assert other.get(ACCOUNT).status_code == 401


def test_a_session_that_nobody_uses_ends_before_its_time(service: Service, clock: Clock) -> None:
    client = service.by(Role.DESIGNER)
    for _ in range(3):
        clock.go(minutes=90)
        assert client.get(ACCOUNT).status_code == 200
    clock.go(minutes=121)
    assert client.get(ACCOUNT).status_code == 401


def test_signing_in_again_ends_the_session_before(service: Service) -> None:
    enter(service.client, service.email(Role.DESIGNER))
    before = service.client.cookies["passerelles"]
    enter(service.client, service.email(Role.DESIGNER))
    assert service.client.cookies["passerelles"] != before
    assert service.with_cookie(before).get(ACCOUNT).status_code == 401


def test_sessions_are_listed_and_ended_one_by_one_or_all(service: Service) -> None:
    client = service.by(Role.DESIGNER)
    with service.store.write() as unit:
        account = unit.directory.accounts.get(service.account(Role.DESIGNER))
        other = unit.directory.sessions.open(account, timedelta(hours=1))
        foreign = unit.directory.sessions.open(
            unit.directory.accounts.get(service.account(Role.ADVISER)), timedelta(hours=1)
        )
    listed = client.get(SESSIONS).json()["items"]
    assert sorted(row["current"] for row in listed) == [False, True]
    assert other.secret not in client.get(SESSIONS).text
    assert client.delete(f"{SESSIONS}/{foreign.session.id}").status_code == 404
    assert client.delete(f"{SESSIONS}/{other.session.id}").status_code == 204
    assert service.with_cookie(other.secret).get(ACCOUNT).status_code == 401
    assert client.delete(SESSIONS).status_code == 204
    assert client.get(ACCOUNT).status_code == 401


def test_a_new_password_ends_the_other_sessions(service: Service) -> None:
    client, other = service.by(Role.DESIGNER), browser(service.app)
    enter(other, service.email(Role.DESIGNER))
    wrong = client.put(f"{ACCOUNT}/password", json={"current": "faux", "new": NEW})
    assert wrong.status_code == 401
    weak = client.put(f"{ACCOUNT}/password", json={"current": PASSWORD, "new": "court"})
    assert (weak.status_code, weak.json()["type"]) == (422, "urn:passerelles:request")
    assert client.put(f"{ACCOUNT}/password", json={"current": PASSWORD, "new": NEW}).status_code == 204
    assert other.get(ACCOUNT).status_code == 401
    assert enter(other, service.email(Role.DESIGNER)).status_code == 401
    assert enter(other, service.email(Role.DESIGNER), NEW).status_code == 201


def test_a_token_is_shown_once_and_ends_when_revoked(service: Service) -> None:
    client = service.by(Role.TRAINING_BODY)
    wanted = {"name": "import", "scopes": ["offers:write", "account:read"], "days": 2}
    issued = client.post(f"{ACCOUNT}/tokens", json=wanted).json()
    assert issued["text"].startswith("psl_")
    assert issued["text"] not in client.get(f"{ACCOUNT}/tokens").text
    program = browser(service.app, headers={"authorization": f"Bearer {issued['text']}"})
    assert program.get(ACCOUNT).json()["permissions"] == ["offers:write", "account:read"]
    assert client.delete(f"{ACCOUNT}/tokens/{issued['token']['id']}").status_code == 204
    assert program.get(ACCOUNT).status_code == 401


def test_no_token_is_issued_for_what_only_a_session_may_do(service: Service) -> None:
    wanted = {"name": "trop", "scopes": ["account:secure"]}
    assert service.by(Role.DESIGNER).post(f"{ACCOUNT}/tokens", json=wanted).status_code == 422


@pytest.mark.parametrize("shown", ["Bearer psl_nothing", "Basic YTpi", "psl_x", "Bearer"])
def test_a_token_that_does_not_hold_is_refused_everywhere(service: Service, shown: str) -> None:
    assert service.client.get("/api/v1/referentials", headers={"authorization": shown}).status_code == 401


def test_a_disabled_account_is_out_at_once(service: Service) -> None:
    client, administrator = service.by(Role.DESIGNER), service.by(Role.ADMINISTRATOR)
    path = f"/api/v1/administration/accounts/{service.account(Role.DESIGNER)}"
    tag = administrator.get(path).headers["etag"]
    assert administrator.patch(path, json={"disabled": True}, headers={"if-match": tag}).status_code == 200
    assert client.get(ACCOUNT).status_code == 401
    assert enter(browser(service.app), service.email(Role.DESIGNER)).status_code == 401


def test_an_account_ends_only_after_a_recent_sign_in(service: Service, clock: Clock) -> None:
    client = service.by(Role.PROFESSIONAL, ALONE)
    with service.store.write(service.account(Role.PROFESSIONAL, ALONE)) as unit:
        from api.store.scope import Scope

        person = unit.of(Scope(account=service.account(Role.PROFESSIONAL, ALONE))).people.add().id
    tag = {"if-match": client.get(ACCOUNT).headers["etag"]}
    clock.go(minutes=20)
    assert client.delete(ACCOUNT, headers=tag).json()["type"] == "urn:passerelles:sign-in-again"
    fresh = browser(service.app)
    enter(fresh, service.email(Role.PROFESSIONAL, ALONE))
    kept = fresh.get(f"{ACCOUNT}/export").json()
    assert [file["id"] for file in kept["files"]] == [person]
    assert fresh.delete(ACCOUNT, headers=tag).status_code == 204
    assert enter(browser(service.app), service.email(Role.PROFESSIONAL, ALONE)).status_code == 401
    with service.store.read() as unit:
        assert [line.action for line in unit.directory.trail.about(f"person:{person}")][-1] == "person.delete"


def test_agreements_are_given_and_withdrawn_for_ones_own_file(service: Service) -> None:
    from api.store.scope import Scope

    client = service.by(Role.PROFESSIONAL, HERE)
    path = f"{ACCOUNT}/consents/accompagnement"
    assert client.put(path, json={"text_version": "2027-01"}).status_code == 404
    with service.store.write() as unit:
        unit.of(Scope(account=service.account(Role.PROFESSIONAL, HERE))).people.add()
    assert client.put(path, json={"text_version": "2027-01"}).status_code == 204
    assert client.delete(path).status_code == 204
    kept = client.get(f"{ACCOUNT}/consents").json()["items"]
    assert [(row["purpose"], row["withdrawn_at"] is None) for row in kept] == [("accompagnement", False)]
