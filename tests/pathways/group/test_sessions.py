"""Sessions opened for a group: as brute force decides, whatever the order of people and sessions, and never worse with more of them."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from pathways.group.sessions_answer import PersonLine, Place, SessionDecision
from pathways.group.sessions_check import recount
from pathways.group.sessions_decide import Member, decide
from pathways.group.sessions_demand import Demand
from pathways.group.sessions_file import SharedSession
from pathways.optimise.budget import Budget
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from tests.pathways.group.small_groups import SmallGroup, by_brute_force, counted, drawn
from tests.pathways.small import certification, module, offer, person, question
from tests.soaking import IN_THE_SOAK

LEFT, UNKNOWN, BUSY = 13, 39, 44
"""Seeds: somebody is left without a plan; prices are not known; a session opens for people who could buy seats alone."""


@pytest.mark.parametrize("seed", [LEFT, UNKNOWN, BUSY])
def test_the_decision_is_that_of_brute_force(seed: int) -> None:
    small = drawn(seed, people=3, sessions=3)
    found = small.decided()
    assert found.proved
    assert found.best.order == by_brute_force(small)
    assert found.best.opened
    counted(small, found)


@pytest.mark.parametrize("seed", [pytest.param(one, marks=IN_THE_SOAK) for one in range(300, 400)])
def test_so_are_many_more(seed: int) -> None:
    small = drawn(seed)
    found = small.decided()
    assert found.proved
    assert found.best.order == by_brute_force(small)
    counted(small, found)


def test_neither_the_order_of_people_nor_that_of_sessions_matters() -> None:
    small = drawn(BUSY, people=3, sessions=3)
    draw, best = random.Random(1), _decision(small)
    mixed = small._replace(people=_shuffled(draw, small.people), sessions=_shuffled(draw, small.sessions))
    again = _decision(mixed)
    assert sorted(again.lines, key=_name) == sorted(best.lines, key=_name)
    assert again.sessions == best.sessions
    assert again.cost == best.cost


def _shuffled(draw: random.Random, some: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(draw.sample(some, len(some)))


def _name(line: PersonLine) -> str:
    return line.person


@pytest.mark.parametrize("seed", [BUSY, *(pytest.param(one, marks=IN_THE_SOAK) for one in range(20))])
def test_more_sessions_and_lower_prices_never_make_it_worse(seed: int) -> None:
    small = drawn(seed, people=3, sessions=3)
    best = small.decided().best.order
    fewer = small._replace(sessions=small.sessions[:-1])
    assert best <= fewer.decided().best.order
    cheaper = [one.model_copy(update={"price": one.price / 2}) for one in small.sessions]
    assert small._replace(sessions=tuple(cheaper)).decided().best.order <= best


# -- by hand ----------------------------------------------------------------------------------------------------------------

LIBRARY = Library.of(
    certification("a@1", "A 1", "B 1"),
    offer(module("one", "a@1/A/1", price=300), module("two", "a@1/B/1", price=200)),
)
MONDAYS = {"start": "2025-06-09", "end": "2025-06-20", "days": ["lundi"]}


def _session(name: str = "s", of: str = "o:one", price: float = 500, least: int = 2, most: int = 3) -> SharedSession:
    seats = {"min": least, "max": most}
    return SharedSession.model_validate({"id": name, "module": of, "price": price, "seats": seats} | MONDAYS)


def _small(*people: Profile, sessions: tuple[SharedSession, ...]) -> SmallGroup:
    named = [one.model_copy(update={"id": f"p{number}"}) for number, one in enumerate(people)]
    return SmallGroup(LIBRARY, tuple(named), sessions)


def _decision(small: SmallGroup, budget: Budget | None = None, **more: Any) -> SessionDecision:
    group = small.group()
    members = [Member(one.id, "a@1", demand) for one, demand in zip(small.people, group.demands, strict=True)]
    return decide(members, small.sessions, budget or Budget(), **more)


def test_a_session_opens_when_it_costs_less_than_its_seats_alone_and_says_what_it_saves() -> None:
    found = _decision(_small(person(), person(), sessions=(_session(price=500),)))
    (line,) = found.sessions
    assert (found.cost, found.of_sessions, found.alone) == (900, 500, 1000)
    assert (line.opened, line.people, line.seats_alone, line.saves) == (True, ("p0", "p1"), 600, 100)
    assert [step.session for step in _plan(found.lines[0]) if step.ref == "o:one"] == ["s"]
    assert (found.status, found.bound, found.gap) == ("optimal", 900, 0)


def _plan(line: PersonLine) -> tuple[Any, ...]:
    assert line.pathway is not None
    assert line.pathway.verified
    return line.pathway.steps


def test_a_session_too_dear_stays_shut_and_says_at_which_price_and_from_how_many_it_would_pay() -> None:
    found = _decision(_small(person(), person(), sessions=(_session(price=700),)))
    (line,) = found.sessions
    assert not line.opened
    assert (line.worth_up_to, line.worth_from, found.cost) == (600, 3, 1000)


def test_nobody_sits_to_make_up_the_number() -> None:
    done = person("a@1/A")
    found = _decision(_small(person(), done, sessions=(_session(price=100),)))
    assert not found.sessions[0].opened
    assert found.sessions[0].useful_to == 1
    assert found.cost == 500 + 200


def test_a_seat_costs_a_person_nothing_and_is_out_of_their_budget() -> None:
    poor = person(can_give={"budget": 200})
    found = _decision(_small(poor, poor, sessions=(_session(price=5000),)))
    assert (found.status, found.sessions[0].opened, found.cost) == ("optimal", True, 5400)
    assert (found.sessions[0].saves_plans, found.without_alone) == (2, 2)


def test_people_left_without_a_seat_are_told_and_the_others_served() -> None:
    poor = person(can_give={"budget": 200})
    small = _small(poor, poor, poor, sessions=(_session(price=50, most=2),))
    found = _decision(small)
    assert found.status == "infeasible"
    assert [line.place for line in found.lines] == [Place.PLANNED, Place.PLANNED, Place.WITHOUT]
    assert _decision(small, as_many=True).status == "optimal"


def test_who_cannot_sit_says_why_and_who_holds_the_target_asks_nothing() -> None:
    people = (
        person(can_give={"days": ["mardi"]}),
        person(can_give={"weekly_hours": 1}),
        person(can_give={"deadline": "2025-06-15"}),
        person("a@1/A", "a@1/B"),
        person(can_give={"excluded_bodies": ["o"]}),
    )
    found = _decision(_small(*people, sessions=(_session(),)), missing=lambda demand: ("no_module:a@1/A/1",))
    hindered = {one.why: one.people for one in found.sessions[0].hindered}
    assert hindered == {"days": ("p0",), "week": ("p1",), "no_session_left": ("p2",), "excluded_body": ("p4",)}
    assert (found.lines[3].place, found.lines[3].cost) == (Place.HELD, 0)
    assert (found.lines[4].place, found.lines[4].missing) == (Place.IMPOSSIBLE, ("no_module:a@1/A/1",))


def test_a_module_with_dates_of_its_own_is_chosen_by_price_and_date_together() -> None:
    """The free seat comes too late for what follows it: the seat alone is bought, at its own date."""
    alone = [{"id": "d", "start": "2025-06-09", "end": "2025-06-13"}]
    known = Library.of(
        certification("a@1", "A 1", "B 1"),
        offer(
            module("one", "a@1/A/1", price=300, sessions=alone),
            module("two", "a@1/B/1", price=200, requires="o:one"),
        ),
    )
    late = _session(price=0, least=1).model_copy(
        update={"start": _session().start.replace(month=7), "end": _session().end.replace(month=7)}
    )
    hurried = person(can_give={"deadline": "2025-07-20"})
    small = SmallGroup(known, (hurried,), (late,))
    found = _decision(small)
    assert not found.sessions[0].opened
    assert {step.session for step in _plan(found.lines[0]) if step.ref == "o:one"} == {"d"}
    calm = person(can_give={"deadline": "2025-09-20"})
    assert _decision(SmallGroup(known, (calm,), (late,))).sessions[0].opened


def test_what_is_stopped_at_once_says_so() -> None:
    found = _decision(_small(person(), person(), sessions=(_session(),)), Budget(0.0))
    assert (found.status, found.stopped, found.bound) == ("unknown", True, None)
    assert {line.place for line in found.lines} == {Place.NOT_COMPUTED}


def test_whenever_it_is_stopped_what_is_said_holds_together() -> None:
    small, told = drawn(2, people=3, sessions=3), []
    for looks in (20, 90, 250, 100_000):
        moment = count()
        found = _decision(small, Budget(should_stop=lambda: next(moment) > looks))  # noqa: B023
        told.append(found.status)
        assert found.bound is None or found.bound <= found.cost
    assert (told[0], told[-1]) == ("unknown", "optimal")


# -- the verifier -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def replayed() -> tuple[SessionDecision, dict[str, Demand], tuple[SharedSession, ...]]:
    small = _small(person(), person(), sessions=(_session(), _session("t", "o:two", 900)))
    group = small.group()
    asked = {one.id: demand for one, demand in zip(small.people, group.demands, strict=True)}
    return _decision(small), asked, small.sessions


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("cost", 901.0, "cost"),
        ("of_sessions", 1.0, "prices"),
        ("hours", 1.0, "hours"),
        ("seats", 3, "seats"),
        ("bound", 901.0, "bound"),
    ],
)
def test_a_wrong_sum_is_found(replayed: Any, field: str, value: float, told: str) -> None:
    decision, asked, sessions = replayed
    assert recount(decision, asked, sessions) == ()
    (problem,) = recount(decision.model_copy(update={field: value}), asked, sessions)
    assert told in problem


def test_a_seat_that_nobody_has_or_has_too_much_is_found(replayed: Any) -> None:
    decision, asked, sessions = replayed
    first, second = decision.lines
    alone = first.model_copy(update={"sessions": ()})
    wrong = recount(decision.model_copy(update={"lines": (alone, second), "seats": 1}), asked, sessions)
    assert any("p0" in one for one in wrong)
    assert any("1 people sit" in one for one in wrong)
    dearer = (replace_price(sessions[0]), sessions[1])
    assert any("price" in one for one in recount(decision, asked, dearer))


def replace_price(one: SharedSession) -> SharedSession:
    return one.model_copy(update={"price": 1.0})


def test_seats_are_part_of_the_question() -> None:
    """A plan is refused by the verifier when the seat it uses was not given."""
    demand = Demand(_asked(), Rights(LIBRARY))
    worth = demand.worth(frozenset({"s"}), Budget())
    assert worth.value == (0, 20000, 0, 840)
    assert worth.used == {"s"}
    assert demand.worth(frozenset(), Budget()).value == (0, 50000, 0, 840)


def _asked() -> Question:
    return replace(question(person(), minimise=("cost", "hours")), seats=(_session().seat,))
