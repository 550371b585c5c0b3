"""The same rule twice: what the table says in memory is what the scope finds in the database."""

from itertools import product

import pytest

from api.auth.actor import Actor
from api.auth.attempts import Attempts, TooMany, Turns
from api.auth.permissions import RULES, Action, Forbidden, NotSignedIn, Reach, authorize, reaches, scope_of
from api.store.conflict import Absent, Busy
from api.store.tables import Role, StoredOffer
from api.store.unit_of_work import Store
from tests.api.conftest import Clock
from tests.api.store.world import a_full_store, an_offer

PEOPLE = [action for action, rule in RULES.items() if rule.reach in (Reach.PEOPLE, Reach.ERASING)]


def allowed(actor: Actor, action: Action) -> bool:
    try:
        authorize(actor, action)
    except (NotSignedIn, Forbidden):
        return False
    return True


def test_people_within_reach_are_those_that_the_queries_find(store: Store) -> None:
    world = a_full_store(store)
    with store.read() as unit:
        every = [row for scope in (world.here, world.there, world.own) for row in unit.of(scope).people.page().rows]
        assert len(every) == 3
        tried = 0
        for roles, home in product(({role} for role in Role), (world.here, world.there, world.own)):
            actor = Actor(home.account or "somebody", home.organisation, frozenset(roles))
            for action in PEOPLE:
                if allowed(actor, action):
                    found = {row.id for row in unit.of(scope_of(actor, action)).people.page().rows}
                    assert found == {row.id for row in every if reaches(actor, action, row)}
                    tried += 1
        assert tried > 20


def test_an_adviser_sees_nobody_who_has_not_agreed(store: Store) -> None:
    world = a_full_store(store)
    adviser = Actor("anne", world.here.organisation, frozenset({Role.ADVISER}))
    scope = scope_of(adviser, Action.PEOPLE_READ)
    with store.write() as unit:
        assert unit.of(scope).people.find(world.person) is not None
        unit.of(world.here).people.withdraw(world.person, "accompagnement")
    with store.read() as unit:
        assert unit.of(scope).people.find(world.person) is None


@pytest.mark.parametrize("shared", [True, False])
def test_what_is_shared_is_changed_by_a_designer_who_belongs_to_none(store: Store, shared: bool) -> None:
    organisation = None if shared else "ici"
    designer = Actor("anne", organisation, frozenset({Role.DESIGNER}))
    row = StoredOffer(id="o", organisation_id=None, key=an_offer().id)
    assert reaches(designer, Action.LIBRARY_READ, row)
    assert reaches(designer, Action.RIGHTS_WRITE, row) is shared
    if not shared:
        with pytest.raises(Absent):
            authorize(designer, Action.RIGHTS_WRITE, row)


def test_attempts_are_counted_key_by_key_in_a_sliding_window(clock: Clock) -> None:
    from datetime import timedelta

    attempts, within = Attempts(clock), timedelta(minutes=1)
    for _ in range(3):
        attempts.count("a", 3, within)
    attempts.count("b", 3, within)
    with pytest.raises(TooMany) as refused:
        attempts.count("a", 3, within)
    assert 0 < refused.value.seconds <= 60
    attempts.forget("a")
    attempts.count("a", 3, within)
    clock.go(minutes=1)
    attempts.count("b", 1, within)


def test_a_turn_that_does_not_come_in_time_is_refused() -> None:
    turns = Turns(1, patience=0.01)
    with turns.one(), pytest.raises(Busy), turns.one():
        pass
    with turns.one():
        pass
