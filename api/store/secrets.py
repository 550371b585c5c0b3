"""Secrets that programs show (*secrets*): 256 random bits, told once, of which the store keeps the SHA-256 only."""

from __future__ import annotations

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """A new secret, 43 characters after its prefix."""
    return prefix + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What the store keeps of a secret.

    Examples
    --------
    >>> digest_of("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
