"""Accounts, their roles, their sessions and tokens: found as long as they hold, and no longer."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from api.store.conflict import Absent, Conflict, Taken
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.conftest import Clock


@pytest.fixture
def account(store: Store) -> str:
    with store.write() as unit:
        found = unit.directory.accounts.add("Anne@Exemple.fr", "Anne", [Role.ADVISER, Role.DESIGNER], password="hash")
    return found.id


def test_an_account_is_found_by_its_address_whatever_its_case(store: Store, account: str) -> None:
    with store.read() as unit:
        found = unit.directory.accounts.by_email("ANNE@exemple.FR ")
        assert found is not None
        assert (found.id, found.roles) == (account, {Role.ADVISER, Role.DESIGNER})
        assert unit.directory.accounts.by_email("personne@exemple.fr") is None


def test_an_address_has_one_account(store: Store, account: str) -> None:
    with pytest.raises(Taken), store.write() as unit:
        unit.directory.accounts.add("anne@exemple.fr", "Une autre", [])
    with store.read() as unit:
        assert len(unit.directory.accounts.page().rows) == 1


def test_roles_are_those_given_last(store: Store, account: str) -> None:
    with store.write() as unit:
        accounts = unit.directory.accounts
        accounts.assign(accounts.edit(account), [Role.DESIGNER, Role.ADMINISTRATOR])
    with store.read() as unit:
        assert unit.directory.accounts.get(account).roles == {Role.DESIGNER, Role.ADMINISTRATOR}


def test_somebody_known_elsewhere_is_found_by_that_name(store: Store) -> None:
    with store.write() as unit:
        added = unit.directory.accounts.add("b@exemple.fr", "B", [], issuer="https://connexion.exemple", subject="42")
    with store.read() as unit:
        found = unit.directory.accounts.by_subject("https://connexion.exemple", "42")
        assert found is not None
        assert found.id == added.id
        assert unit.directory.accounts.by_subject("https://autre.exemple", "42") is None


def test_a_session_ends_with_its_time(store: Store, account: str, clock: Clock) -> None:
    with store.write() as unit:
        opened = unit.directory.sessions.open(unit.directory.accounts.get(account), timedelta(hours=1))
    with store.read() as unit:
        found = unit.directory.sessions.find(opened.secret)
        assert found is not None
        assert found.account.id == account
        assert unit.directory.sessions.find("autre") is None
    clock.go(hours=2)
    with store.read() as unit:
        assert unit.directory.sessions.find(opened.secret) is None


def test_a_revoked_session_is_over_at_once_and_the_others_go_on(store: Store, account: str) -> None:
    with store.write() as unit:
        who = unit.directory.accounts.get(account)
        first, second = (unit.directory.sessions.open(who, timedelta(hours=1)) for _ in range(2))
    with store.write() as unit:
        unit.directory.sessions.revoke(account, first.session.id)
    with store.read() as unit:
        assert unit.directory.sessions.find(first.secret) is None
        assert unit.directory.sessions.find(second.secret) is not None
        assert [row.id for row in unit.directory.sessions.of_account(account)] == [second.session.id]
    with store.write() as unit:
        unit.directory.sessions.revoke(account)
        unit.directory.sessions.forget_ended()
    with store.read() as unit:
        assert unit.session.execute(text("SELECT count(*) FROM sessions")).scalar() == 0


def test_a_disabled_account_opens_nothing(store: Store, account: str) -> None:
    with store.write() as unit:
        who = unit.directory.accounts.edit(account)
        opened = unit.directory.sessions.open(who, timedelta(hours=1))
        issued = unit.directory.tokens.issue(who, "essai", ["plans:read"])
        who.disabled_at = unit.now
    with store.read() as unit:
        assert unit.directory.sessions.find(opened.secret) is None
        assert unit.directory.tokens.find(issued.text) is None


def test_a_token_holds_until_it_is_revoked(store: Store, account: str, clock: Clock) -> None:
    with store.write() as unit:
        who = unit.directory.accounts.get(account)
        kept = unit.directory.tokens.issue(who, "sans fin", ["plans:write", "plans:read"])
        short = unit.directory.tokens.issue(who, "court", [], timedelta(days=1))
    clock.go(days=2)
    with store.write() as unit:
        found = unit.directory.tokens.find(kept.text)
        assert found is not None
        assert found.token.scopes == ["plans:read", "plans:write"]
        assert unit.directory.tokens.find(short.text) is None
        unit.directory.tokens.see(kept.token.id)
    with store.write() as unit:
        assert unit.directory.tokens.of_account(account)[0].used_at is not None
        unit.directory.tokens.revoke(account, kept.token.id)
    with store.write() as unit:
        assert unit.directory.tokens.find(kept.text) is None
        with pytest.raises(Absent):
            unit.directory.tokens.revoke("un-autre-compte", kept.token.id)


def test_no_secret_is_kept(store: Store, account: str) -> None:
    with store.write() as unit:
        who = unit.directory.accounts.get(account)
        secrets = [unit.directory.sessions.open(who, timedelta(hours=1)).secret]
        secrets.append(unit.directory.tokens.issue(who, "essai", []).text)
    with store.read() as unit:
        rows = [
            *unit.session.execute(text("SELECT * FROM sessions")),
            *unit.session.execute(text("SELECT * FROM api_tokens")),
        ]
    assert len(rows) == 2
    assert not any(secret in str(rows) for secret in secrets)


def test_a_change_on_an_older_revision_is_refused_with_what_stands_there(store: Store, account: str) -> None:
    with store.write() as unit:
        unit.directory.accounts.edit(account, 1).name = "Anne-Marie"
    with pytest.raises(Conflict) as refused, store.write() as unit:
        unit.directory.accounts.edit(account, 1).name = "Annick"
    assert (refused.value.current.name, refused.value.current.revision) == ("Anne-Marie", 2)


def test_pages_follow_one_another_and_end(store: Store) -> None:
    with store.write() as unit:
        for number in range(7):
            unit.directory.accounts.add(f"{number}@exemple.fr", str(number), [])
    seen, after = [], None
    with store.read() as unit:
        while True:
            rows, after = unit.directory.accounts.page(after, limit=3)
            seen.append(len(rows))
            if after is None:
                break
    assert seen == [3, 3, 1]
