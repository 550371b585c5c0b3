"""OpenID Connect (*connexion par un fournisseur d'identité*): the code flow with state, nonce and PKCE.

What a sign-in must remember until the browser comes back (state, nonce, verifier) travels in a cookie sealed with the secret of the server: nothing
is kept here, and a return that this browser did not begin is refused.

References
----------
OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7; RFC 7636 (PKCE); RFC 9700, sections 2.1 and 4.7.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from api.problem import Problem
from reports.language import say

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client
    from joserfc.jwk import KeySetSerialization

    from api.settings import Settings

PATIENCE = 600
"""Seconds that a sign-in at the provider may take."""

_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "RS384", "RS512", "ES384", "ES512")
_DISCOVERY = "/.well-known/openid-configuration"
_SECONDS = 10.0


@dataclass
class Provider:
    """A provider, as the settings name it; its own description is fetched when first needed."""

    issuer: str
    client: str
    secret: str
    callback: str
    seal: bytes

    @classmethod
    def of(cls, settings: Settings) -> Provider:
        """The provider of the settings."""
        return cls(
            settings.oidc_issuer.rstrip("/"),
            settings.oidc_client,
            settings.oidc_secret.get_secret_value(),
            settings.public_url.rstrip("/") + "/api/v1/account/openid/return",
            hashlib.sha256(b"openid" + settings.secret.get_secret_value().encode()).digest(),
        )

    def __post_init__(self) -> None:
        self._lock, self._described = Lock(), dict[str, Any]()

    # -- there ------------------------------------------------------------------------------------------------------

    def begin(self, now: float) -> tuple[str, str]:
        """Where to send the browser, and what it must keep until it comes back."""
        begun = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        with self._talking() as client:
            where, _ = client.create_authorization_url(
                self._description()["authorization_endpoint"],
                state=begun["state"],
                nonce=begun["nonce"],
                code_verifier=begun["verifier"],
            )
        return where, self._sealed({**begun, "until": now + PATIENCE})

    # -- and back ---------------------------------------------------------------------------------------------------

    def claims(self, kept: str | None, state: str, code: str, now: float) -> dict[str, Any]:
        """What the provider says of whoever comes back.

        Raises
        ------
        Problem
            This browser did not begin that sign-in, or too long ago; or the provider does not vouch for anybody.
        """
        begun = self._opened(kept or "")
        if not hmac.compare_digest(str(begun.get("state", "")).encode(), state.encode("utf-8", "replace")):
            raise Problem("sign-in-lost")
        if now > begun["until"]:
            raise Problem("sign-in-lost")
        return self._vouched(code, begun)

    def _vouched(self, code: str, begun: dict[str, Any]) -> dict[str, Any]:
        import httpx2
        from authlib.common.errors import AuthlibBaseError
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        described = self._description()
        try:
            with self._talking() as client:
                token = client.fetch_token(described["token_endpoint"], code=code, code_verifier=begun["verifier"])
                keys = KeySet.import_key_set(cast("KeySetSerialization", self._fetched(described["jwks_uri"])))
            read = jwt.decode(str(token["id_token"]), keys, algorithms=list(_ALGORITHMS))
            asked = {"nonce": begun["nonce"], "client_id": self.client}
            wanted = {"iss": {"essential": True, "values": [self.issuer, self.issuer + "/"]}}
            found = CodeIDToken(read.claims, read.header, wanted, asked)
            found.validate(leeway=60)
        except httpx2.HTTPError:
            raise _silent() from None
        except (AuthlibBaseError, JoseError, KeyError, ValueError, TypeError):
            raise Problem("sign-in-lost") from None
        return dict(found)

    # -- what the provider says of itself ---------------------------------------------------------------------------

    def _description(self) -> dict[str, Any]:
        with self._lock:
            if not self._described:
                found = self._fetched(self.issuer + _DISCOVERY)
                if str(found.get("issuer", "")).rstrip("/") != self.issuer:
                    raise _silent()
                self._described.update(found)
            return self._described

    def _fetched(self, address: str) -> dict[str, Any]:
        import httpx2

        try:
            found = httpx2.get(address, timeout=_SECONDS).raise_for_status().json()
        except (httpx2.HTTPError, ValueError):
            raise _silent() from None
        if not isinstance(found, dict):
            raise _silent()
        return found

    def _talking(self) -> OAuth2Client:
        from authlib.integrations.httpx_client import OAuth2Client

        return OAuth2Client(
            self.client,
            self.secret or None,
            scope="openid email profile",
            redirect_uri=self.callback,
            code_challenge_method="S256",
            timeout=_SECONDS,
        )

    # -- what the browser keeps -------------------------------------------------------------------------------------

    def _sealed(self, begun: dict[str, Any]) -> str:
        text = base64.urlsafe_b64encode(json.dumps(begun).encode()).decode()
        return f"{text}.{self._signature(text)}"

    def _opened(self, kept: str) -> dict[str, Any]:
        text, _, signature = kept.partition(".")
        if not hmac.compare_digest(self._signature(text).encode(), signature.encode("utf-8", "replace")):
            raise Problem("sign-in-lost")
        found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text))
        return found

    def _signature(self, text: str) -> str:
        return hmac.new(self.seal, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _silent() -> Problem:
    return Problem(
        "not-ready", say("Le fournisseur d'identité ne répond pas comme prévu."), headers={"Retry-After": "10"}
    )
