"""Jobs: every step once, whatever happens to whoever does it."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text

from api.auth.actor import Actor
from api.jobs.plans import ask_for_plans, ask_for_plans_again
from api.jobs.pool import Abandoned, Lost
from api.jobs.runner import WORKS, Runner
from api.jobs.work import Bench
from api.services.asking import Demand
from api.store.conflict import Absent
from api.store.library import Libraries
from api.store.scope import Scope
from api.store.tables import Job, JobState, JobStep, PlanState, Role
from api.store.unit_of_work import Store
from pathways.pathway import Pathway
from pathways.planner import plan
from pathways.profile import Profile
from pathways.recognition import Rights
from tests.api import small_world
from tests.api.conftest import Clock

LEASE = timedelta(seconds=600)
DEMAND = Demand(target="mini")


class Here:
    """The engine in this process; a test may have something happen before an answer."""

    def __init__(self) -> None:
        self.before: list[Any] = []
        self.asked = 0

    def solve(self, question: Any, library: Any, organisation: str | None = None, gone: Any = None) -> Pathway:
        self.asked += 1
        if self.before:
            self.before.pop(0)()
        if gone():
            raise Abandoned
        return plan(question, Rights(library))


class World(NamedTuple):
    store: Store
    bench: Bench
    solver: Here
    actor: Actor
    scope: Scope
    people: list[str]

    def ask(self, people: list[str] | None = None) -> str:
        with self.store.write(self.actor.name) as unit:
            return ask_for_plans(unit, self.actor, people or self.people, DEMAND, self.store.now().date()).id

    def job(self, identifier: str) -> Job:
        with self.store.read() as unit:
            job = unit.of(self.scope).jobs.get(identifier)
            assert job.result is None or job.state == JobState.DONE  # read here: it comes only when asked for
            return job

    def steps(self, identifier: str) -> tuple[JobStep, ...]:
        with self.store.read() as unit:
            return unit.of(self.scope).jobs.steps(identifier)

    def plans(self) -> list[tuple[str, str]]:
        with self.store.read() as unit:
            return sorted((row.person_id, row.target) for row in unit.of(self.scope).plans.page().rows)


@pytest.fixture
def world(store: Store, tmp_path: Path) -> World:
    small_world.version(tmp_path / "data")
    small_world.offer(tmp_path / "data" / "offers" / "atelier.yaml")
    with store.write() as unit:
        organisation = unit.directory.organisations.add("Ici")
        account = unit.directory.accounts.add("anne@exemple.fr", "Anne", [Role.ADVISER], organisation=organisation.id)
        scope = Scope(organisation=organisation.id)
        people = [unit.of(scope).people.add().id for _ in range(3)]
        for person in people:
            unit.of(scope).people.agree(person, "accompagnement", "1")
            unit.of(scope).profiles.put(person, Profile(id=person))
        actor = Actor.of_account(account)
    solver = Here()
    libraries = Libraries(store, tmp_path / "data", shipped=False)
    return World(store, Bench(store, libraries, solver), solver, actor, scope, people)


def runner(world: World) -> Runner:
    return Runner(world.bench, LEASE)


def test_each_person_gets_a_plan_and_the_job_says_how_far_it_is(world: World) -> None:
    job_id = world.ask([*world.people, world.people[0]])
    assert (world.job(job_id).done, world.job(job_id).total) == (0, 3)
    worker = runner(world)
    assert worker.work_once()
    job = world.job(job_id)
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert job.result == {"waiting": 0, "done": 3, "failed": 0}
    assert world.plans() == [(person, "mini@2024") for person in world.people]
    assert [step.result["status"] for step in world.steps(job_id)] == ["optimal"] * 3
    assert not worker.work_once()


def test_a_job_names_no_person_outside_of_its_steps(world: World) -> None:
    job = world.job(world.ask())
    assert not [person for person in world.people if person in repr(job.arguments)]


def test_what_cannot_be_computed_is_said_and_the_others_are(world: World) -> None:
    wrong = Profile.model_validate({"id": "x", "holds": {"blocks": [{"ref": "mini@2024/B9"}]}})
    with world.store.write() as unit:
        unit.of(world.scope).profiles.put(world.people[1], wrong)
    job_id = world.ask()
    runner(world).work_once()
    assert [step.state for step in world.steps(job_id)] == ["done", "failed", "done"]
    assert "mini@2024/B9" in (world.steps(job_id)[1].error or "")
    assert world.job(job_id).result == {"waiting": 0, "done": 2, "failed": 1}


def test_a_worker_that_died_is_followed_by_another_and_nothing_is_done_twice(world: World, clock: Clock) -> None:
    job_id = world.ask()

    def dies() -> None:
        raise KeyboardInterrupt

    world.solver.before = [lambda: None, dies]
    with pytest.raises(KeyboardInterrupt):
        runner(world).work_once()
    assert (world.job(job_id).state, world.job(job_id).done) == ("running", 1)
    second = runner(world)
    assert not second.work_once()
    clock.go(seconds=700)
    assert second.work_once()
    assert world.job(job_id).state == "done"
    assert world.plans() == [(person, "mini@2024") for person in world.people]
    assert world.solver.asked == 4


def test_a_worker_whose_job_was_taken_over_writes_nothing_any_more(world: World, clock: Clock) -> None:
    job_id = world.ask()
    second = runner(world)

    def sleeps_too_long() -> None:
        clock.go(seconds=700)
        assert second.work_once()

    world.solver.before = [sleeps_too_long]
    runner(world).work_once()
    assert world.job(job_id).worker == second.name
    assert world.job(job_id).state == "done"
    assert world.plans() == [(person, "mini@2024") for person in world.people]


def test_two_workers_share_the_jobs(world: World) -> None:
    jobs = [world.ask([person]) for person in world.people]
    workers = [runner(world), runner(world)]
    threads = [threading.Thread(target=until_nothing_is_left, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {world.job(job_id).state for job_id in jobs} == {"done"}
    assert world.plans() == [(person, "mini@2024") for person in world.people]


def until_nothing_is_left(worker: Runner) -> None:
    while worker.work_once():
        pass


def test_a_cancelled_job_stops_and_keeps_what_was_done(world: World) -> None:
    job_id = world.ask()

    def cancel() -> None:
        with world.store.write() as unit:
            unit.of(world.scope).jobs.cancel(job_id)

    world.solver.before = [lambda: None, cancel]
    runner(world).work_once()
    assert world.job(job_id).state == JobState.CANCELLED
    assert len(world.plans()) == 1


def test_a_worker_that_leaves_gives_its_job_back_at_once(world: World) -> None:
    job_id, first = world.ask(), runner(world)
    world.solver.before = [lambda: None, first.leaving.set]
    first.work_once()
    assert world.job(job_id).state == "running"
    assert runner(world).work_once()
    assert world.job(job_id).state == "done"
    assert world.plans() == [(person, "mini@2024") for person in world.people]


def test_a_computation_that_died_is_tried_once_more(world: World) -> None:
    def dies() -> None:
        raise Lost

    job_id = world.ask()
    world.solver.before = [dies, lambda: None, dies, dies]
    runner(world).work_once()
    assert [step.state for step in world.steps(job_id)] == ["done", "failed", "done"]


def test_only_people_who_are_followed_can_be_planned_for(world: World) -> None:
    with world.store.write() as unit:
        unit.of(world.scope).people.withdraw(world.people[2], "accompagnement")
    with pytest.raises(Absent):
        world.ask()


def test_whoever_withdraws_while_the_job_waits_is_left_alone(world: World) -> None:
    job_id = world.ask()
    with world.store.write() as unit:
        unit.of(world.scope).people.withdraw(world.people[0], "accompagnement")
    runner(world).work_once()
    assert [step.state for step in world.steps(job_id)] == ["failed", "done", "done"]
    assert [person for person, _target in world.plans()] == world.people[1:]


def test_a_job_of_an_account_that_may_no_longer_do_it_does_nothing(world: World) -> None:
    job_id = world.ask()
    with world.store.write() as unit:
        account = unit.directory.accounts.get(world.actor.name)
        unit.directory.accounts.assign(account, [Role.TRAINING_BODY])
    runner(world).work_once()
    assert world.job(job_id).result == {"waiting": 0, "done": 0, "failed": 3}
    assert world.plans() == []


def test_a_deleted_person_leaves_the_job_and_the_others_stay(world: World) -> None:
    job_id, gone = world.ask(), world.people[1]

    def delete() -> None:
        with world.store.write() as unit:
            unit.of(world.scope).people.delete(gone)

    world.solver.before = [lambda: None, delete]
    runner(world).work_once()
    assert (world.job(job_id).state, world.job(job_id).result) == ("done", {"waiting": 0, "done": 2, "failed": 0})
    assert [person for person, _target in world.plans()] == [world.people[0], world.people[2]]
    assert not everywhere(world.store, gone)


def everywhere(store: Store, word: str) -> list[str]:
    """The tables, other than the audit trail, in which a word stands."""
    from api.store.tables import Base

    with store.engine.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if not table.name.startswith("audit")]
        rows = {table.name: connection.execute(text(f"SELECT * FROM {table.name}")).all() for table in tables}
    return [name for name, found in rows.items() if word in repr(found)]


def test_plans_that_lean_on_a_version_are_computed_again(world: World) -> None:
    world.ask()
    runner(world).work_once()
    with world.store.write() as unit:
        plans = unit.of(world.scope).plans
        first, second, third = plans.page().rows
        plans.move(second.id, PlanState.PROPOSED)
        plans.move(third.id, PlanState.ABANDONED)
    with world.store.write(world.actor.name) as unit:
        job_id = ask_for_plans_again(unit, world.actor, "mini@2024", world.store.now().date()).id
    runner(world).work_once()
    steps = world.steps(job_id)
    assert [step.arguments["plan"] for step in steps] == [first.id, second.id]
    assert [step.result["same"] for step in steps] == [True, True]
    with world.store.read() as unit:
        replaced = {row.replaces: row.state for row in unit.of(world.scope).plans.page().rows if row.replaces}
    assert replaced == {second.id: "draft"}


def test_every_kind_of_job_is_known_by_its_name() -> None:
    assert {name: work.kind for name, work in WORKS.items()} == {name: name for name in WORKS}
