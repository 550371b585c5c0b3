"""Each wording function about shared sessions, with what makes it say all that it can."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from pathways.group.sessions_answer import Hindrance, PersonLine, Place, SessionDecision, SessionLine
from pathways.pathway import Status
from reports import sessions_wording as words

SESSION = SessionLine(
    id="s",
    module="o:m",
    title="Title",
    start=date(2027, 1, 4),
    end=date(2027, 1, 8),
    price=900,
    least=3,
    most=8,
    opened=False,
    hindered=tuple(
        Hindrance(why=why, people=tuple("abcdefghi"[:count]))
        for why, count in zip(words.WHY_NOT, (1, 9) * 9, strict=False)
    ),
)
OPENED = [
    SESSION.model_copy(
        update={
            "opened": True,
            "people": tuple("abcdefghi"[:count]),
            "seats_alone": 1200,
            "saves": 300,
            "saves_plans": lost,
        }
    )
    for count, lost in ((1, 0), (6, 1), (9, 2))
]
SHUT = [
    SESSION.model_copy(
        update={"useful_to": useful, "worth_plans": plans, "worth_up_to": price, "worth_from": count, "seat_price": 300}
    )
    for useful, plans, price, count in (
        (0, 0, None, 3),
        (1, 1, None, 1),
        (2, 2, None, 3),
        (2, 0, 800, 3),
        (2, 0, 0, None),
    )
]
LINES = [
    PersonLine(
        person="p", place=place, sessions=sessions, cost=200, hours=35, alone=alone, missing=("no_module:x@1/B1/C1",)
    )
    for place in Place
    for sessions, alone in (((), None), (("s",), 500), (("s", "t"), None))
] + [PersonLine(person="p", place=Place.REFUSED)]
DECISIONS = [
    SessionDecision(
        status=status,
        people=3,
        places={Place.NOT_COMPUTED.value: 1},
        cost=1000,
        of_sessions=900,
        bound=bound,
        gap=gap,
        proved=proved,
        hours=70,
        unknown_cost=count,
        alone=1200,
        without_alone=without,
        seats=count,
        sessions=tuple(OPENED[:count]),
        lines=(),
        stopped=not proved,
    )
    for status, bound, gap, proved, count, without in (
        (Status.OPTIMAL, 1000, 0, True, 0, 0),
        (Status.INFEASIBLE, 1000, 0, True, 1, 1),
        (Status.FEASIBLE, 900, 0.1, False, 2, 2),
        (Status.UNKNOWN, None, None, False, 3, 0),
    )
]

SESSIONS_SAID: dict[str, Callable[[], Iterable[str]]] = {
    "sessions_wording.people": lambda: map(words.people, (1, 2)),
    "sessions_wording.reached": lambda: (text for one in DECISIONS for text in words.reached(one)),
    "sessions_wording.proof": lambda: map(words.proof, DECISIONS),
    "sessions_wording.warning": lambda: map(words.warning, DECISIONS),
    "sessions_wording.session": lambda: map(words.session, (*OPENED, *SHUT)),
    "sessions_wording.state": lambda: map(words.state, (*OPENED, *SHUT)),
    "sessions_wording.reasons": lambda: (text for one in (*OPENED, *SHUT) for text in words.reasons(one)),
    "sessions_wording.hindrance": lambda: map(words.hindrance, SESSION.hindered),
    "sessions_wording.person": lambda: map(words.person, LINES),
    "sessions_wording.missing": lambda: map(words.missing, LINES),
}
