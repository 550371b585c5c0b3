"""Signing in by an OpenID provider: a small one on loopback, which lies when it is told to."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import ALONE, Service, a_service, some_settings

BEGIN, RETURN = "/api/v1/account/openid", "/api/v1/account/openid/return"


KEYS = tuple(RSAKey.generate_key(2048) for _ in range(2))
"""Those of the provider and of somebody else: drawn once, for it takes time."""


class Provider:
    """An identity provider with one key; ``claims`` is what it says of whoever comes, ``lies`` what is wrong in its answers."""

    def __init__(self) -> None:
        self.key, self.other = KEYS
        self.claims: dict[str, Any] = {
            "sub": "42",
            "email": "neuve@exemple.fr",
            "email_verified": True,
            "name": "Neuve",
        }
        self.lies: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.signed_by = self.key
        handler = type("Handler", (_Handler,), {"provider": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.lies.get("described", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def token(self, form: dict[str, list[str]]) -> dict[str, Any]:
        """The tokens for a code, if the verifier is that of the challenge."""
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != self.asked["code_challenge"]:
            return {"error": "invalid_grant"}
        import time

        now = int(time.time())
        told = {"iss": self.issuer, "aud": "essai", "iat": now, "exp": now + 300, "nonce": self.asked["nonce"]}
        text = jwt.encode({"alg": "RS256"}, told | self.claims | self.lies, self.signed_by)
        return {"access_token": "x", "token_type": "Bearer", "id_token": text}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        keys = {"keys": [self.provider.key.as_dict(private=False)]}
        self._answer(keys if self.path == "/keys" else self.provider.description())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        told = self.provider.token(parse_qs(body))
        self._answer(told, 400 if "error" in told else 200)

    def _answer(self, told: Any, status: int = 200) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def provider() -> Iterator[Provider]:
    found = Provider()
    thread = threading.Thread(target=found.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def service(store: Store, provider: Provider) -> Iterator[Service]:
    given = some_settings(
        oidc_issuer=provider.issuer,
        oidc_client="essai",
        oidc_secret="secret-de-l-essai",
        oidc_opens_accounts=True,
        public_url="http://testserver",
    )
    with a_service(store, given) as found:
        yield found


def begin(service: Service, provider: Provider) -> str:
    """Begin to sign in; the state that the provider will give back."""
    answer = service.client.get(BEGIN, follow_redirects=False)
    assert answer.status_code == 303
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://testserver/api/v1/account/openid/return"
    provider.asked = asked
    return asked["state"]


def come_back(service: Service, state: str, code: str = "code") -> Any:
    return service.client.get(RETURN, params={"state": state, "code": code}, follow_redirects=False)


def test_whoever_the_provider_vouches_for_gets_an_account_and_a_session(service: Service, provider: Provider) -> None:
    answer = come_back(service, begin(service, provider))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    told = service.client.get("/api/v1/account").json()["account"]
    assert (told["email"], told["roles"]) == ("neuve@exemple.fr", ["professional"])
    again = come_back(service, begin(service, provider))
    assert again.status_code == 303
    assert service.client.get("/api/v1/account").json()["account"]["id"] == told["id"]


def test_a_forged_or_a_foreign_state_is_a_clear_refusal(service: Service, provider: Provider) -> None:
    state = begin(service, provider)
    for wrong in ("", "forgé", state[:-1], state + "x"):
        answer = come_back(service, wrong)
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:passerelles:sign-in-lost")
    service.client.cookies.clear()
    assert come_back(service, state).status_code == 400


@pytest.mark.parametrize("kept", ["", "x", "e30=.0", "é"])
def test_a_cookie_that_this_server_did_not_seal_is_worth_nothing(
    service: Service, provider: Provider, kept: str
) -> None:
    state = begin(service, provider)
    service.client.cookies.clear()
    headers = [(b"cookie", b"passerelles-connexion=" + kept.encode())]
    answer = service.client.get(RETURN, params={"state": state, "code": "x"}, headers=headers)
    assert answer.status_code == 400


def test_a_sign_in_that_took_too_long_is_lost(service: Service, provider: Provider, clock: Any) -> None:
    state = begin(service, provider)
    clock.go(minutes=11)
    assert come_back(service, state).status_code == 400


@pytest.mark.parametrize(
    "lie",
    [{"nonce": "autre"}, {"aud": "un-autre"}, {"iss": "http://ailleurs.exemple"}, {"exp": 1}, {"sub": ""}],
    ids=lambda lie: next(iter(lie)),
)
def test_an_identity_that_is_not_for_us_is_refused(service: Service, provider: Provider, lie: dict[str, Any]) -> None:
    provider.lies = lie
    answer = come_back(service, begin(service, provider))
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:passerelles:sign-in-lost")
    assert service.client.get("/api/v1/account").status_code == 401


def test_an_identity_signed_by_another_key_is_refused(service: Service, provider: Provider) -> None:
    provider.signed_by = provider.other
    assert come_back(service, begin(service, provider)).status_code == 400


def test_a_provider_that_says_it_is_another_is_not_spoken_to(service: Service, provider: Provider) -> None:
    provider.lies = {"described": "http://ailleurs.exemple"}
    assert service.client.get(BEGIN, follow_redirects=False).status_code == 503


@pytest.mark.parametrize("case", ["taken", "unverified"])
def test_an_address_opens_nobody_elses_account(service: Service, provider: Provider, case: str) -> None:
    provider.claims["email"] = service.email(Role.ADMINISTRATOR, ALONE)
    provider.claims["email_verified"] = case != "unverified"
    answer = come_back(service, begin(service, provider))
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:passerelles:no-account")


def test_an_account_that_waits_for_its_provider_is_found_by_its_verified_address(
    service: Service, provider: Provider
) -> None:
    with service.store.write() as unit:
        waiting = unit.directory.accounts.add("neuve@exemple.fr", "Attendue", [Role.DESIGNER]).id
    assert come_back(service, begin(service, provider)).status_code == 303
    assert service.client.get("/api/v1/account").json()["account"]["id"] == waiting


def test_without_a_provider_there_is_nothing_at_this_address(store: Store) -> None:
    with a_service(store) as service:
        assert service.client.get(BEGIN, follow_redirects=False).status_code == 404
