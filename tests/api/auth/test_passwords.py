"""Passwords: what is kept is not what was typed, and what is easily guessed is refused."""

import pytest

from api.auth.passwords import LONGEST, WeakPassword, checked, hashed, matches

GOOD = "un cheval et trois bateaux"


@pytest.fixture(autouse=True)
def passwords_of_little_cost() -> None:
    """Not here: the hashes are those of the service."""


def test_a_password_is_known_by_its_hash_alone() -> None:
    kept = hashed(GOOD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert GOOD not in kept
    assert matches(GOOD, kept)
    assert not matches(GOOD + "x", kept)


def test_an_account_without_password_is_opened_by_none() -> None:
    assert not matches("nobody has this password", None)
    assert not matches("", None)


@pytest.mark.parametrize("weak", ["", "court", "a" * 30, "ababababababab", "anne@exemple.fr!", "x" * (LONGEST + 1)])
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(WeakPassword):
        checked(weak, "anne@exemple.fr", "Anne")


def test_a_long_password_without_digits_is_good() -> None:
    assert checked(GOOD, "anne@exemple.fr") == GOOD
