"""Passwords (*mots de passe*): argon2id hashes; checking one takes a fifth of a second and 64 MiB, on purpose.

Call from a thread that may wait, and count the attempts before.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST = 12
LONGEST = 128
"""How many characters a password has, at least and at most; no other rule on what it is made of."""


class WeakPassword(ValueError):
    """The password is too short, too long, or one of those that everybody tries first."""


def checked(password: str, *own_words: str) -> str:
    """The password, if it may be used.

    Parameters
    ----------
    own_words : str
        The address and the name of the account, which no password may be made of.

    Raises
    ------
    WeakPassword
        With a French sentence that says what to change.

    Examples
    --------
    >>> checked("un cheval et trois bateaux")
    'un cheval et trois bateaux'
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"Le mot de passe doit avoir de {SHORTEST} à {LONGEST} caractères.")
    folded = password.casefold()
    if len(set(folded)) < 5 or any(_repeats(folded, word.casefold()) for word in own_words if len(word) > 3):
        raise WeakPassword("Le mot de passe se devine : évitez votre nom, votre adresse et les répétitions.")
    return password


def _repeats(password: str, word: str) -> bool:
    """Whether a word, taken out of a password, leaves next to nothing."""
    return word in password and len(password.replace(word, "")) < 5


def hashed(password: str) -> str:
    """The argon2id hash of a password, with its salt."""
    return _argon2id().hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one whose hash was kept.

    An account without password takes as long as another, so that nobody learns which accounts there are.
    """
    found = _argon2id().verify(password[: LONGEST + 1], kept or _nobody())
    return found and kept is not None


@cache
def _argon2id() -> PasswordHash:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(),))


@cache
def _nobody() -> str:
    return hashed("nobody has this password")
