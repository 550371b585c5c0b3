"""Writers at once: nobody's change is lost, whoever comes second is told, and what was acknowledged outlives the process."""

import os
import signal
import threading
from collections import Counter
from multiprocessing import get_context

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from api.store import health
from api.store.conflict import Absent, Busy, Conflict
from api.store.scope import Scope
from api.store.unit_of_work import Store
from pathways.profile import Profile
from tests.api.store.world import PROFILE, World, a_full_store, two_organisations

EDITORS = st.sampled_from(["anne", "luc", "zoé"])
ROUNDS = 10


def editors_of(store: Store, scope: Scope) -> type[RuleBasedStateMachine]:
    """Editors who read when they like, and write on what they had read."""

    class Editors(RuleBasedStateMachine):
        @initialize()
        def one_file(self) -> None:
            with store.write() as unit:
                self.person = unit.of(scope).people.add().id
                unit.of(scope).profiles.put(self.person, PROFILE)
            self.read: dict[str, int] = {}
            self.written = ["p-001"]

        @rule(editor=EDITORS)
        def reads(self, editor: str) -> None:
            with store.read() as unit:
                self.read[editor] = unit.of(scope).profiles.get(self.person).revision

        @rule(editor=EDITORS, text=st.text("abc", min_size=1, max_size=3))
        def writes(self, editor: str, text: str) -> None:
            seen, now = self.read.get(editor), len(self.written)
            if seen is None:
                return
            name = f"{editor}-{text}"
            found = put(store, scope, self.person, PROFILE.model_copy(update={"id": name, "note": text * now}), seen)
            if isinstance(found, Conflict):
                assert seen < now
                assert (found.current.revision, found.current.document["id"]) == (now, self.written[-1])
            else:
                assert seen == now
                self.written.append(name)
                self.read[editor] = found

        @invariant()
        def the_last_write_stands(self) -> None:
            with store.read() as unit:
                row = unit.of(scope).profiles.get(self.person)
            assert (row.revision, row.document["id"]) == (len(self.written), self.written[-1])

    return Editors


def put(store: Store, scope: Scope, person: str, profile: Profile, seen: int) -> int | Conflict:
    """The new revision, or the refusal."""
    try:
        with store.write() as unit:
            row = unit.of(scope).profiles.put(person, profile, seen)
    except Conflict as refused:
        return refused
    return row.revision


def test_no_update_is_lost_between_editors(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    machine = editors_of(store, here)
    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=12, deadline=None))


def test_of_two_who_read_the_same_revision_the_second_to_commit_is_refused(store: Store) -> None:
    """Both are past their own check of the revision when the first commits: the database decides."""
    world = a_full_store(store)
    if store.is_sqlite:
        pytest.skip("in SQLite the second waits for its turn before it reads")
    with pytest.raises(Conflict) as refused:
        _late(store, world.account)
    assert (refused.value.current.name, refused.value.current.revision) == ("La première", 2)


def _late(store: Store, account: str) -> None:
    with store.write() as late:
        row = late.directory.accounts.get(account)
        with store.write() as unit:
            unit.directory.accounts.edit(account, row.revision).name = "La première"
        row.name = "La seconde"


def test_threads_that_count_together_count_right(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    with store.write() as unit:
        person = unit.of(here).people.add().id
        unit.of(here).profiles.put(person, PROFILE.model_copy(update={"note": "0"}))
    outcome: Counter[str] = Counter()

    def count() -> None:
        for _ in range(8):
            with store.read() as unit:
                seen = unit.of(here).profiles.get(person)
            more = PROFILE.model_copy(update={"note": str(int(seen.document["note"]) + 1)})
            found = put(store, here, person, more, seen.revision)
            outcome["refused" if isinstance(found, Conflict) else "written"] += 1

    threads = [threading.Thread(target=count) for _ in range(4)]
    [thread.start() for thread in threads]  # type: ignore[func-returns-value]
    [thread.join() for thread in threads]  # type: ignore[func-returns-value]
    with store.read() as unit:
        row = unit.of(here).profiles.get(person)
        assert int(row.document["note"]) == outcome["written"] == row.revision - 1
        assert unit.directory.trail.verify().broken_at is None
    assert outcome["written"] + outcome["refused"] == 32


def test_what_was_acknowledged_outlives_a_killed_process(store: Store, url: str) -> None:
    """Each round kills a process that writes without end, at another moment, and looks for all it had acknowledged."""
    here, _there, _own = two_organisations(store)
    acknowledged: list[str] = []
    for number in range(ROUNDS):
        acknowledged += killed_writer(url, here.organisation or "", after=1 + number)
    assert len(acknowledged) > ROUNDS
    assert health.examine(store).problems == ()
    with store.read() as unit:
        for person in acknowledged:
            assert unit.of(here).profiles.get(person).document["id"] == person
            assert unit.of(here).people.identity(person) is not None


def killed_writer(url: str, organisation: str, after: int) -> list[str]:
    """Start a process that writes without end, kill it after so many acknowledgements, and give all those that it made."""
    reader, writer = os.pipe()
    process = get_context("fork").Process(target=write_without_end, args=(url, organisation, writer))
    process.start()
    os.close(writer)
    with os.fdopen(reader, encoding="ascii") as told:
        lines = [told.readline() for _ in range(after)]
        os.kill(process.pid or 0, signal.SIGKILL)
        lines += told.readlines()
    process.join()
    return [line.strip() for line in lines if line.endswith("\n")]


def write_without_end(url: str, organisation: str, told: int) -> None:
    """Add people, and tell each identifier once it is committed."""
    store, scope = Store(url), Scope(organisation=organisation)
    while True:
        with store.write() as unit:
            person = unit.of(scope).people.add()
            unit.of(scope).people.identify(person.id, given_name="Zoé", family_name=person.id[:8])
            unit.of(scope).profiles.put(person.id, PROFILE.model_copy(update={"id": person.id}))
        os.write(told, f"{person.id}\n".encode())


def test_a_change_that_is_late_in_the_middle_of_a_transaction_is_refused_too(store: Store) -> None:
    world = a_full_store(store)
    if store.is_sqlite:
        pytest.skip("in SQLite the second waits for its turn before it reads")
    with pytest.raises(Conflict) as refused:
        _late_in_the_middle(store, world)
    assert refused.value.current.document == {"id": "fabrique", "seconde": "non"}


def _late_in_the_middle(store: Store, world: World) -> None:
    with store.write() as late:
        row = late.of(world.here).offers.by_key("fabrique")
        assert row is not None
        with store.write() as unit:
            unit.of(world.here).offers.edit(row.id).document = {"id": "fabrique", "seconde": "non"}
        row.document = {"id": "fabrique", "seconde": "oui"}
        late.session.flush()


def test_what_stands_there_can_be_read_after_a_refusal(store: Store) -> None:
    world = a_full_store(store)
    with pytest.raises(Conflict) as plan, store.write() as unit:
        unit.of(world.here).plans.edit(world.plan, revision=7)
    assert plan.value.current.pathway["target"] == "atelier@2027"


def test_a_writer_that_others_keep_waiting_is_told_to_come_back(store: Store, url: str) -> None:
    world, hurried = a_full_store(store), Store(url, patience=0.2)
    with store.write() as unit:
        unit.directory.accounts.edit(world.account)
        with pytest.raises(Busy), hurried.write() as late:
            late.directory.accounts.edit(world.account)
    hurried.close()


def test_a_row_that_names_nothing_is_refused(store: Store) -> None:
    with pytest.raises(Absent), store.write() as unit:
        unit.directory.accounts.add("a@exemple.fr", "A", [], organisation="f" * 32)
