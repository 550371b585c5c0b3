"""Sessions opened for a group: which to open and who sits where, proved, against buying every seat alone.

python -m benchmarks.bench_group_sessions                 60, 120 and 250 people, 60, 60 and 150 seconds
python -m benchmarks.bench_group_sessions 60 20           so many people, so many seconds

A generated certification of 5 blocks of 8 competencies and an offer of 40 modules, half of which have dated sessions of their own; people
hold one to three blocks and some competencies, most give 6 to 14 hours a week, some have a deadline, days or a budget. Twelve sessions could
be opened, on popular modules, for the price of four to seven single seats, from 3 people and for 6 to 15. Holdings are drawn from a seed.
Times are processor times, telling and explaining left out. « alone » is what everybody's own best plan costs together, with no session opened.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from time import process_time
from typing import Any, NamedTuple

from pathways.group.sessions import Deciding, Group
from pathways.group.sessions_demand import Demand
from pathways.group.sessions_file import SharedSession
from pathways.objectives import Objective
from pathways.optimise.budget import Budget
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer

ON = date(2026, 11, 22)
FIRST = date(2027, 1, 4)
BLOCKS, COMPETENCIES, MODULES, SESSIONS = 5, 8, 40, 12
HEADINGS = (
    "people",
    "sessions",
    "distinct",
    "alone €",
    "decided €",
    "bound €",
    "gap",
    "opened",
    "seats",
    "proved",
    "s",
)


class Case(NamedTuple):
    """A library, the people who ask, and the sessions that could be opened."""

    library: Library
    people: list[Profile]
    sessions: list[SharedSession]


def drawn(people: int, seed: int = 1, modules: int = MODULES, sessions: int = SESSIONS) -> Case:
    """A group in front of a generated certification."""
    draw = random.Random(seed)
    refs = [f"t@1/B{block}/C{code}" for block in range(BLOCKS) for code in range(COMPETENCIES)]
    made = [_module(draw, number, refs) for number in range(modules)]
    offer = {"id": "o", "title": "Offre inventée", "body": {"name": "Organisme inventé"}, "modules": made}
    library = Library.of(_target(), Offer.model_validate(offer | {"confidence": "to_confirm", "illustrative": True}))
    return Case(
        library,
        [_person(draw, number, refs) for number in range(people)],
        [_session(draw, number, made) for number in range(sessions)],
    )


def _target() -> Referential:
    blocks = [
        {"code": f"B{b}", "title": f"Bloc {b}", "competencies": [{"code": f"C{c}"} for c in range(COMPETENCIES)]}
        | {"assessment": {"hours": 1, "cost": 0}}
        for b in range(BLOCKS)
    ]
    award = {"all_of": [block["code"] for block in blocks]}
    values: dict[str, Any] = {"id": "t", "version": "1", "title": "Titre inventé", "kind": "titre-professionnel"}
    return Referential(**values, confidence="to_confirm", award=award, blocks=blocks, entry={"known": True})


def _module(draw: random.Random, number: int, refs: list[str]) -> dict[str, Any]:
    block = number % BLOCKS
    own = [ref for ref in refs if f"/B{block}/" in ref]
    developed = draw.sample(own, draw.randint(2, 5)) + draw.sample(refs, draw.randint(0, 1))
    hours = 7 * draw.randint(1, 4)
    module: dict[str, Any] = {
        "id": f"m{number}",
        "title": f"Module {number}",
        "hours": {"onsite": hours},
        "price": 10 * draw.randint(12, 20) * hours // 7,
        "develops": list(dict.fromkeys(developed)),
    }
    if number % 2:
        starts = [FIRST + timedelta(weeks=draw.randint(0, 30)) for _ in range(draw.randint(2, 4))]
        module["sessions"] = [
            {"id": f"d{rank}", "start": start, "end": start + timedelta(days=7 * 5 - 3)}
            for rank, start in enumerate(starts)
        ]
    if number > 30 and draw.random() < 0.3:
        module["requires"] = f"o:m{draw.randrange(10)}"
    return module


def _person(draw: random.Random, number: int, refs: list[str]) -> Profile:
    blocks = sorted({f"t@1/B{min(int(draw.expovariate(0.5)), BLOCKS - 1)}" for _ in range(draw.randint(1, 3))})
    known = draw.sample(refs, draw.randint(0, 6))
    give: dict[str, Any] = {"start": FIRST}
    if draw.random() < 0.8:
        give["weekly_hours"] = draw.choice((7, 8, 10, 14))
    if draw.random() < 0.2:
        give["deadline"] = FIRST + timedelta(weeks=draw.choice((40, 52, 60)))
    if draw.random() < 0.2:
        give["days"] = ["lundi", "mardi", "jeudi"]
    holds = {
        "blocks": [{"ref": ref} for ref in blocks],
        "competencies": [{"ref": ref, "evidence": "assessed"} for ref in known],
    }
    return Profile.model_validate({"id": f"p{number:03}", "holds": holds, "can_give": give})


def _session(draw: random.Random, number: int, modules: list[dict[str, Any]]) -> SharedSession:
    module = modules[draw.randrange(len(modules) // 2)]
    start = FIRST + timedelta(weeks=draw.randint(1, 24))
    weeks = draw.randint(2, 6)
    return SharedSession.model_validate(
        {
            "id": f"s{number:02}",
            "module": f"o:{module['id']}",
            "start": start,
            "end": start + timedelta(days=7 * weeks - 3),
            "days": [draw.choice(("lundi", "mardi", "mercredi", "jeudi"))],
            "price": module["price"] * draw.randint(4, 7),
            "seats": {"min": 3, "max": draw.randint(6, 15)},
        }
    )


def group_of(case: Case) -> Group:
    """The demands of a case, one for those who ask the same."""
    rights, seats = Rights(case.library), tuple(one.seat for one in case.sessions)
    minimise = (Objective.COST, Objective.HOURS)
    asked = Question(Profile(), "t@1", ON, minimise, seats=seats, explain=False)
    kept: dict[str, Demand] = {}
    demands = []
    for person in case.people:
        key = person.model_copy(update={"id": "p"}).model_dump_json()
        if key not in kept:
            kept[key] = Demand(replace(asked, profile=person), rights)
        demands.append(kept[key])
    return Group(demands, case.sessions)


def measured(people: int, seconds: float) -> tuple[str, ...]:
    """A row of the table."""
    group, began = group_of(drawn(people)), process_time()
    budget = Budget(should_stop=lambda: process_time() > began + seconds)
    group.learn(budget, lambda done, of: None)
    deciding = Deciding(group, budget).run()
    return tuple(_told(group, deciding, process_time() - began))


def _told(group: Group, deciding: Deciding, seconds: float) -> Iterator[str]:
    best, grain = deciding.best, group.scale.of_price[1]
    worth = [one.worth(frozenset(), Budget()).value for one in group.demands]
    alone = sum(value[1] for value in worth if value is not None)
    yield str(len(group.demands))
    yield str(len(group.sessions))
    yield str(len(group.distinct))
    yield f"{alone / 100:,.0f}" + f" ({worth.count(None)} none)" * (None in worth)
    yield f"{best.value[1] / 100:,.0f}" + f" ({best.unserved} none)" * bool(best.unserved)
    bound = (deciding.bound - best.unserved * group.scale.unserved) * grain
    yield f"{bound / 100:,.0f}" if bound >= 0 else "not known"
    yield f"{1 - bound / best.value[1]:.2%}" if bound >= 0 and best.value[1] else ""
    yield str(len(best.opened))
    yield str(sum(map(len, best.seatings)))
    yield "yes" if deciding.proved else "no"
    yield f"{seconds:.1f}"


def main(people: int = 0, seconds: float = 60) -> None:
    """Measure and print."""
    print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}")
    for count, limit in ((people, seconds),) if people else ((60, 60), (120, 60), (250, 150)):
        print(f"| {' | '.join(measured(count, limit))} |", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
