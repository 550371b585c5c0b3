"""People: named apart, seen by an adviser once they agreed, and really deleted."""

import base64
import json
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from api.store.conflict import Absent, Conflict
from api.store.repositories.people import People
from api.store.scope import Scope
from api.store.tables import JobState
from api.store.unit_of_work import Store
from api.store.whole_file import whole_file
from tests.api.store.world import PROFILE, a_full_store, two_organisations

ACCOMPANY = "accompagnement"


def test_a_file_holds_no_name_before_it_is_told(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    with store.write() as unit:
        person = unit.of(here).people.add()
        assert unit.of(here).people.identity(person.id) is None


def test_a_name_is_told_on_the_revision_that_was_read(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    with store.write() as unit:
        people = unit.of(here).people
        person = people.add()
        first = people.identify(person.id, given_name="Zoé")
    with store.write() as unit:
        unit.of(here).people.identify(person.id, first.revision, given_name="Zoé", family_name="Quillivic")
    with pytest.raises(Conflict) as refused, store.write() as unit:
        unit.of(here).people.identify(person.id, 1, given_name="Chloé")
    assert refused.value.current.family_name == "Quillivic"


def test_an_adviser_sees_those_who_agreed_as_long_as_they_do(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    adviser = Scope(organisation=here.organisation, purpose=ACCOMPANY)
    with store.write() as unit:
        people = unit.of(here).people
        agreed, _silent = people.add(), people.add()
        people.agree(agreed.id, ACCOMPANY, "2027-01")
        unit.of(here).profiles.put(agreed.id, PROFILE)
    with store.read() as unit:
        assert [row.id for row in unit.of(adviser).people.page().rows] == [agreed.id]
        assert unit.of(adviser).profiles.find(agreed.id) is not None
    with store.write() as unit:
        unit.of(here).people.withdraw(agreed.id, ACCOMPANY)
    with store.read() as unit:
        assert unit.of(adviser).people.page().rows == ()
        assert unit.of(adviser).profiles.find(agreed.id) is None
        assert len(unit.of(here).people.page().rows) == 2


def test_consents_keep_their_dates_and_their_text(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    with store.write() as unit:
        person = unit.of(here).people.add()
        unit.of(here).people.agree(person.id, ACCOMPANY, "2027-01")
    with store.write() as unit:
        unit.of(here).people.agree(person.id, ACCOMPANY, "2027-02")
    with store.read() as unit:
        first, second = unit.of(here).people.consents(person.id)
    assert (first.text_version, second.text_version) == ("2027-01", "2027-02")
    assert first.withdrawn_at == second.created_at
    assert second.withdrawn_at is None


def test_deleting_a_person_leaves_nothing_but_a_pseudonym_in_the_trail(store: Store) -> None:
    world = a_full_store(store)
    with store.write(actor=world.account) as unit:
        unit.of(world.here).people.delete(world.person)
    tables = (
        "identities",
        "consents",
        "profiles",
        "plans",
        "plan_versions",
        "plan_changes",
        "evidence_files",
        "job_people",
    )
    with store.read() as unit:
        for table in tables:
            column = "plan_id" if table in ("plan_versions", "plan_changes") else "person_id"
            key = world.plan if column == "plan_id" else world.person
            count = unit.session.execute(text(f"SELECT count(*) FROM {table} WHERE {column} = :key"), {"key": key})
            assert (table, count.scalar()) == (table, 0)
        with pytest.raises(Absent):
            unit.of(world.here).people.get(world.person)
        job = unit.of(world.here).jobs.get(world.job)
        assert (job.arguments, job.result, job.state) == ({}, None, JobState.CANCELLED)
        assert unit.of(world.here).search.find("quillivic", ["person"]) == ()
        lines = unit.directory.trail.page(object=f"person:{world.person}")
        assert lines[-1].action == "person.delete"
        assert unit.directory.trail.verify().broken_at is None


def test_a_deleted_person_is_not_in_the_bytes_of_the_file(store: Store) -> None:
    world = a_full_store(store)
    if not store.is_sqlite:
        pytest.skip("PostgreSQL frees the bytes at its next VACUUM")
    with store.write() as unit:
        for scope in (world.here, world.there):
            for person in unit.of(scope).people.page().rows:
                unit.of(scope).people.delete(person.id)
    path = Path(make_url(str(store.engine.url)).database or "")
    store.close()
    assert not Path(f"{path}-wal").exists()
    kept = path.read_bytes().lower()
    for word in (
        b"quillivic",
        "Zoé".encode(),
        b"zoe@exemple.fr",
        b"0600000000",
        "diplôme.pdf".encode(),
        b"%pdf-1.7 essai",
    ):
        assert word.lower() not in kept


def test_a_deletion_that_fails_deletes_nothing(store: Store) -> None:
    world = a_full_store(store)
    with pytest.raises(Absent), store.write() as unit:
        _delete_twice(unit.of(world.here).people, world.person)
    with store.read() as unit:
        assert unit.of(world.here).plans.get(world.plan).target == "atelier@2027"
        assert unit.of(world.here).search.find("quillivic", ["person"])


def _delete_twice(people: People, person: str) -> None:
    people.delete(person)
    people.delete(person)


def test_a_professional_keeps_their_own_file(store: Store) -> None:
    here, _there, own = two_organisations(store)
    with store.write() as unit:
        person = unit.of(own).people.add()
        unit.of(own).profiles.put(person.id, PROFILE, revision=0)
    with store.read() as unit:
        assert unit.of(own).people.page().rows[0].id == person.id
        assert unit.of(here).people.find(person.id) is None
        assert unit.of(Scope()).people.find(person.id) is None


def test_a_professional_lets_an_organisation_in_and_out(store: Store) -> None:
    here, there, own = two_organisations(store)
    with store.write() as unit:
        person = unit.of(own).people.add()
        unit.of(own).people.share(person.id, here.organisation)
    with store.write() as unit:
        assert unit.of(here).people.find(person.id) is not None
        assert unit.of(there).people.find(person.id) is None
        with pytest.raises(Absent):
            unit.of(here).people.share(person.id, there.organisation)
        unit.of(own).people.share(person.id, None)
        assert unit.of(here).people.find(person.id) is None


def test_nobody_lets_others_into_a_file_that_is_not_theirs_to_open(store: Store) -> None:
    here, there, own = two_organisations(store)
    with store.write() as unit:
        of_here, of_own = unit.of(here).people.add(), unit.of(own).people.add()
        with pytest.raises(Absent):
            unit.of(here).people.share(of_here.id, there.organisation)
        with pytest.raises(Absent):
            unit.of(own).people.give(of_own.id, "f" * 32)
    with store.read() as unit:
        assert unit.of(there).people.page().rows == ()


def test_an_organisation_gives_a_person_their_file(store: Store) -> None:
    here, _there, own = two_organisations(store)
    with store.write() as unit:
        person = unit.of(here).people.add()
        assert unit.of(own).people.find(person.id) is None
        unit.of(here).people.give(person.id, own.account)
        assert unit.of(own).people.find(person.id) is not None


def test_whoever_leaves_takes_what_is_theirs_alone(store: Store) -> None:
    """The file that two keep stays with the other one; jobs about those who go are emptied."""
    here, _there, own = two_organisations(store)
    with store.write() as unit:
        room = unit.of(here)
        shared, alone, theirs = room.people.add(), room.people.add(), unit.of(own).people.add()
        room.people.give(shared.id, own.account)
        unit.of(own).people.share(theirs.id, here.organisation)
        job = room.jobs.add("cohort", {"people": [theirs.id]}, [theirs.id]).id
        unit.of(own).people.share(theirs.id, None)
    with store.write() as unit:
        unit.directory.accounts.delete(own.account or "")
    with store.read() as unit:
        assert [row.id for row in unit.of(here).people.page().rows] == [shared.id, alone.id]
        assert unit.of(here).jobs.get(job).arguments == {}
    with store.write() as unit:
        unit.directory.organisations.delete(here.organisation or "")
    with store.read() as unit:
        assert unit.session.execute(text("SELECT count(*) FROM people")).scalar() == 0
        assert unit.directory.trail.verify().broken_at is None


def test_everything_about_a_person_can_be_taken_elsewhere(store: Store) -> None:
    world = a_full_store(store)
    with store.read() as unit:
        found = whole_file(unit, unit.of(world.here), world.person)
        with pytest.raises(Absent):
            whole_file(unit, unit.of(world.there), world.person)
    assert found["identity"]["family_name"] == "Quillivic"
    assert found["profile"]["document"]["id"] == "p-001"
    assert [plan["id"] for plan in found["plans"]] == [world.plan]
    assert base64.b64decode(found["evidence"][0]["content"]) == b"%PDF-1.7 essai"
    assert [job["id"] for job in found["jobs"]] == [world.job]
    assert {"person.add", "person.identify", "person.agree", "profile.put"} <= {
        line["action"] for line in found["trail"]
    }
    assert json.loads(json.dumps(found)) == found


def test_a_transaction_that_reads_cannot_write(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    with store.read() as unit, pytest.raises(DBAPIError):
        unit.of(here).people.add()


def test_nobody_can_own_nothing(store: Store) -> None:
    with pytest.raises(ValueError, match="owner"), store.write() as unit:
        unit.of(Scope()).people.add()
