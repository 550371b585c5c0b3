"""Settings: read from the environment, refused with a sentence, told nowhere."""

from pathlib import Path

import pytest

from api.settings import DEFAULT_SECRET, Environment, WrongSettings, read_settings


@pytest.fixture(autouse=True)
def _without_a_file_of_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_nothing_is_needed_to_try() -> None:
    assert read_settings().environment is Environment.DEVELOPMENT


@pytest.mark.parametrize("secret", [None, DEFAULT_SECRET, "court"])
def test_production_refuses_a_secret_that_is_not_its_own(secret: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLES_ENVIRONMENT", "production")
    if secret is not None:
        monkeypatch.setenv("PASSERELLES_SECRET", secret)
    with pytest.raises(WrongSettings, match="PASSERELLES_SECRET"):
        read_settings()


def test_production_starts_with_its_own_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLES_ENVIRONMENT", "production")
    monkeypatch.setenv("PASSERELLES_SECRET", "x1y2z3" * 8)
    assert read_settings().environment is Environment.PRODUCTION


def test_a_wrong_setting_is_named_and_its_value_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLES_SESSION_HOURS", "ni-un-nombre")
    with pytest.raises(WrongSettings, match="PASSERELLES_SESSION_HOURS") as problem:
        read_settings()
    assert "ni-un-nombre" not in str(problem.value)


def test_a_file_of_the_current_folder_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PASSERELLES_SESSION_HOURS=3\nPASSERELLES_TOKEN_DAYS=9\n", "utf-8")
    monkeypatch.setenv("PASSERELLES_TOKEN_DAYS", "8")
    assert (read_settings().session_hours, read_settings().token_days) == (3, 8)


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLES_SECRET", "tres-secret")
    monkeypatch.setenv("PASSERELLES_DATABASE_URL", "postgresql://moi:mot-de-passe@serveur/base")
    assert "tres-secret" not in repr(read_settings())
    assert "mot-de-passe" not in repr(read_settings())
