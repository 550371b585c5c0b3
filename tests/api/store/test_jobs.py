"""Jobs, evidence and retention: work goes on where it was left, files are bounded, what is too old is forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from api.store.conflict import Absent, WrongState
from api.store.repositories.evidence import TooLarge
from api.store.retention import forget_old
from api.store.scope import Scope
from api.store.tables import JobState, Role
from api.store.unit_of_work import Limits, Store
from tests.api.conftest import Clock
from tests.api.store.world import PROFILE, World, a_full_store, two_organisations

LEASE = timedelta(minutes=1)


@pytest.fixture
def here(store: Store) -> Scope:
    return two_organisations(store)[0]


def asked(store: Store, scope: Scope, *kinds: str) -> list[str]:
    with store.write() as unit:
        return [unit.of(scope).jobs.add(kind, {"n": 1}).id for kind in kinds]


def test_jobs_are_taken_once_the_oldest_first(store: Store, here: Scope) -> None:
    first, second = asked(store, here, "import", "cohort")
    taken = []
    for worker in ("a", "b", "c"):
        with store.write() as unit:
            job = unit.directory.queue.take(worker, LEASE)
            taken.append(job and job.id)
    assert taken == [first, second, None]


def test_a_worker_takes_the_kinds_it_knows(store: Store, here: Scope) -> None:
    _first, second = asked(store, here, "import", "cohort")
    with store.write() as unit:
        job = unit.directory.queue.take("a", LEASE, ["cohort"])
        assert job is not None
        assert job.id == second


def test_a_job_that_was_left_goes_on_from_its_last_checkpoint(store: Store, here: Scope, clock: Clock) -> None:
    (asked_for,) = asked(store, here, "import")
    with store.write() as unit:
        assert unit.directory.queue.take("killed", LEASE) is not None
    with store.write() as unit:
        assert unit.directory.queue.tell(asked_for, "killed", LEASE, done=40, total=100, checkpoint={"line": 40})
        assert unit.directory.queue.take("other", LEASE) is None
    clock.go(minutes=2)
    with store.write() as unit:
        job = unit.directory.queue.take("other", LEASE)
        assert job is not None
        assert (job.checkpoint, job.done, job.total) == ({"line": 40}, 40, 100)
    with pytest.raises(WrongState), store.write() as unit:
        unit.directory.queue.tell(asked_for, "killed", LEASE, done=41)
    with store.write() as unit:
        unit.directory.queue.finish(asked_for, "other", {"read": 100})
    with store.read() as unit:
        job = unit.of(here).jobs.get(asked_for)
        assert (job.state, job.result, job.checkpoint) == ("done", {"read": 100}, None)


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_when_it_hears_of_it(store: Store, here: Scope) -> None:
    running, waiting = asked(store, here, "import", "import")
    with store.write() as unit:
        unit.directory.queue.take("a", LEASE)
    with store.write() as unit:
        assert unit.of(here).jobs.cancel(waiting).state == JobState.CANCELLED
        assert unit.of(here).jobs.cancel(running).state == JobState.RUNNING
    with store.write() as unit:
        assert not unit.directory.queue.tell(running, "a", LEASE, done=1)
        assert unit.directory.queue.finish(running, "a", {"trop": "tard"}).state == JobState.CANCELLED
    with store.read() as unit:
        assert unit.of(here).jobs.get(running).result is None
    with pytest.raises(WrongState), store.write() as unit:
        unit.of(here).jobs.cancel(running)


def test_a_cancelled_job_that_was_left_is_not_taken_over(store: Store, here: Scope, clock: Clock) -> None:
    (job_id,) = asked(store, here, "import")
    with store.write() as unit:
        unit.directory.queue.take("killed", LEASE)
    with store.write() as unit:
        unit.of(here).jobs.cancel(job_id)
    clock.go(minutes=2)
    with store.write() as unit:
        assert unit.directory.queue.take("other", LEASE) is None
    with store.read() as unit:
        assert unit.of(here).jobs.get(job_id).state == JobState.CANCELLED


def test_a_job_that_failed_says_why(store: Store, here: Scope) -> None:
    (job_id,) = asked(store, here, "import")
    with store.write() as unit:
        unit.directory.queue.take("a", LEASE)
        unit.directory.queue.fail(job_id, "a", "Le fichier n'est pas un classeur.")
    with store.read() as unit:
        job = unit.of(here).jobs.get(job_id)
        assert (job.state, job.error) == ("failed", "Le fichier n'est pas un classeur.")


def test_a_result_about_somebody_deleted_meanwhile_is_not_kept(store: Store) -> None:
    world = a_full_store(store)
    with store.write() as unit:
        assert unit.directory.queue.take("a", LEASE) is not None
    with store.write() as unit:
        unit.of(world.here).people.delete(world.person)
    with store.write() as unit:
        unit.directory.queue.finish(world.job, "a", {"plan de": "Zoé"})
    with store.read() as unit:
        job = unit.of(world.here).jobs.get(world.job)
        assert (job.state, job.result, job.arguments) == ("cancelled", None, {})


# -- evidence --------------------------------------------------------------------------------------------------------------


def test_evidence_is_kept_with_its_digest_and_read_when_asked_for(store: Store) -> None:
    world = a_full_store(store)
    with store.read() as unit:
        (row,) = unit.of(world.here).evidence.of_person(world.person).rows
        assert "content" not in row.__dict__
        assert row.content == b"%PDF-1.7 essai"
        assert (row.size, row.about, len(row.digest)) == (14, "socle@2020", 64)


def test_evidence_is_bounded_for_a_file_and_for_a_person(store: Store, here: Scope) -> None:
    store.limits = Limits(evidence=10, evidence_per_person=25)
    with store.write() as unit:
        person, add = unit.of(here).people.add(), unit.of(here).evidence.add
        with pytest.raises(TooLarge):
            add(person.id, "gros", b"x" * 11, media_type="text/plain")
        for _ in range(2):
            add(person.id, "petit", b"x" * 10, media_type="text/plain")
        with pytest.raises(TooLarge):
            add(person.id, "de trop", b"x" * 6, media_type="text/plain")
        add(person.id, "juste", b"x" * 5, media_type="text/plain")


# -- retention -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def world(store: Store) -> World:
    return a_full_store(store)


def test_a_file_where_nothing_happens_is_forgotten_and_the_others_stay(
    store: Store, world: World, clock: Clock
) -> None:
    clock.go(days=700)
    with store.write() as unit:
        unit.of(world.here).profiles.put(world.person, PROFILE)
        assert forget_old(unit, people_days=730, jobs_days=0).people == 0
    clock.go(days=100)
    with store.write() as unit:
        assert forget_old(unit, people_days=730, jobs_days=0).people == 2
    with store.read() as unit:
        assert unit.session.execute(text("SELECT id FROM people")).scalars().all() == [world.person]
        assert unit.directory.trail.verify().broken_at is None


def test_nothing_is_ever_too_old_where_the_setting_says_so(store: Store, world: World, clock: Clock) -> None:
    clock.go(days=10_000)
    with store.write() as unit:
        found = forget_old(unit, people_days=0, jobs_days=0)
    assert (found.people, found.jobs, found.more) == (0, 0, False)


def test_a_job_that_ended_long_ago_is_forgotten(store: Store, world: World, clock: Clock) -> None:
    with store.write() as unit:
        unit.of(world.here).jobs.cancel(world.job)
    clock.go(days=31)
    with store.write() as unit:
        assert forget_old(unit, people_days=0, jobs_days=30).jobs == 1
    with store.read() as unit, pytest.raises(Absent):
        unit.of(world.here).jobs.get(world.job)


def test_ended_sessions_are_forgotten(store: Store, clock: Clock) -> None:
    with store.write() as unit:
        account = unit.directory.accounts.add("a@exemple.fr", "A", [Role.PROFESSIONAL])
        unit.directory.sessions.open(account, timedelta(hours=1))
    clock.go(hours=2)
    with store.write() as unit:
        forget_old(unit, people_days=0, jobs_days=0)
        assert unit.session.execute(text("SELECT count(*) FROM sessions")).scalar() == 0
