"""Plans and profiles: each change on the revision that was read; a plan goes from draft to done, and says how."""

from datetime import date

import pytest

from api.store.conflict import Absent, Conflict, WrongState
from api.store.repositories.plans import Wanted
from api.store.tables import PlanState
from api.store.unit_of_work import Store
from tests.api.store.world import PROFILE, World, a_full_store, a_pathway, a_referential

DAY = date(2027, 2, 1)


@pytest.fixture
def world(store: Store) -> World:
    return a_full_store(store)


def test_a_plan_keeps_its_question_its_answer_and_its_versions(store: Store, world: World) -> None:
    with store.read() as unit:
        plan = unit.of(world.here).plans.get(world.plan)
        assert plan.pathway == a_pathway()
        assert (plan.question, plan.status) == ({"target": "atelier@2027"}, "optimal")
        assert plan.versions == ("atelier@2027", "socle@2020")


def test_a_plan_says_who_brought_it_where_when_and_why(store: Store, world: World) -> None:
    steps = (PlanState.PROPOSED, PlanState.AGREED, PlanState.UNDER_WAY, PlanState.DONE)
    for state in steps:
        with store.write(actor=world.account) as unit:
            unit.of(world.here).plans.move(world.plan, state, f"vers {state}")
    with store.read() as unit:
        history = unit.of(world.here).plans.get(world.plan).history
    assert [line.state for line in history] == ["draft", *(state.value for state in steps)]
    assert {line.by for line in history[1:]} == {world.account}
    assert history[2].why == "vers agreed"
    assert [line.at for line in history] == sorted(line.at for line in history)


@pytest.mark.parametrize(
    ("first", "second"),
    [(PlanState.AGREED, None), (PlanState.DONE, None), (PlanState.ABANDONED, PlanState.DRAFT), (PlanState.DRAFT, None)],
)
def test_a_state_that_does_not_follow_is_refused(
    store: Store, world: World, first: PlanState, second: PlanState | None
) -> None:
    wrong = first if second is None else second
    with store.write() as unit:
        plans = unit.of(world.here).plans
        if second is not None:
            plans.move(world.plan, first)
        with pytest.raises(WrongState):
            plans.move(world.plan, wrong)


def test_a_draft_may_be_computed_again_and_what_was_proposed_may_not(store: Store, world: World) -> None:
    with store.write() as unit:
        plan = unit.of(world.here).plans.recompute(world.plan, {"target": "autre"}, a_pathway("autre@2027"), revision=1)
    assert (plan.revision, plan.versions) == (2, ("autre@2027", "socle@2020"))
    with store.write() as unit:
        unit.of(world.here).plans.move(world.plan, PlanState.PROPOSED)
    with pytest.raises(WrongState), store.write() as unit:
        unit.of(world.here).plans.recompute(world.plan, {}, a_pathway())


def test_plans_that_lean_on_a_version_are_found_when_it_changes(store: Store, world: World) -> None:
    with store.read() as unit:
        plans = unit.of(world.here).plans
        assert [plan.id for plan in plans.wanted(Wanted(using="socle@2020")).rows] == [world.plan]
        assert plans.wanted(Wanted(PlanState.DRAFT, "socle@2021")).rows == ()
        assert [plan.id for plan in plans.wanted(Wanted(PlanState.DRAFT, "socle@2020")).rows] == [world.plan]
        assert [plan.id for plan in plans.of_person(world.person).rows] == [world.plan]


def test_a_publication_marks_the_plans_that_lean_on_what_it_replaces(store: Store, world: World) -> None:
    with store.write() as unit:
        unit.of(world.here).plans.recompute(world.plan, {}, a_pathway())
    with store.write() as unit:
        unit.of(world.there).published.publish(a_referential(title="Là-bas"), on=DAY, reason="titre")
    with store.read() as unit:
        assert unit.of(world.here).plans.get(world.plan).superseded == ()
    newer = a_referential("2028").model_copy(update={"replaces": ("atelier@2027",)})
    with store.write() as unit:
        unit.of(world.here).published.publish(newer, on=DAY, reason="nouvel arrêté")
    marked, sound = Wanted(superseded=True), Wanted(superseded=False)
    with store.write() as unit:
        plans = unit.of(world.here).plans
        assert [plan.superseded for plan in plans.wanted(marked).rows] == [("atelier@2028",)]
        assert plans.wanted(sound).rows == ()
        plans.recompute(world.plan, {}, a_pathway())
        assert plans.wanted(marked).rows == ()
        assert [plan.id for plan in plans.wanted(sound).rows] == [world.plan]


def test_a_plan_replaces_one_of_the_same_person(store: Store, world: World) -> None:
    with store.write() as unit:
        room = unit.of(world.here)
        newer = room.plans.add(world.person, {}, a_pathway(), replaces=world.plan)
        assert newer.replaces == world.plan
        other = room.people.add()
        with pytest.raises(Absent):
            room.plans.add(other.id, {}, a_pathway(), replaces=world.plan)


def test_what_happens_in_a_file_keeps_it_alive(store: Store, world: World) -> None:
    with store.read() as unit:
        before = unit.of(world.here).people.get(world.person).active_at
    with store.write() as unit:
        unit.of(world.here).plans.move(world.plan, PlanState.PROPOSED)
    with store.read() as unit:
        assert unit.of(world.here).people.get(world.person).active_at > before


def test_a_profile_is_written_on_the_revision_that_was_read(store: Store, world: World) -> None:
    other = PROFILE.model_copy(update={"note": "lu"})
    with store.write() as unit:
        assert unit.of(world.here).profiles.put(world.person, other, revision=1).revision == 2
    with pytest.raises(Conflict) as refused, store.write() as unit:
        unit.of(world.here).profiles.put(world.person, PROFILE, revision=1)
    assert (refused.value.current.revision, refused.value.current.document["note"]) == (2, "lu")


def test_a_first_profile_is_refused_when_there_is_one(store: Store, world: World) -> None:
    with pytest.raises(Conflict), store.write() as unit:
        unit.of(world.here).profiles.put(world.person, PROFILE, revision=0)


def test_a_profile_may_be_deleted_alone(store: Store, world: World) -> None:
    with store.write() as unit:
        unit.of(world.here).profiles.delete(world.person)
    with store.read() as unit:
        assert unit.of(world.here).profiles.find(world.person) is None
        assert unit.of(world.here).people.find(world.person) is not None
