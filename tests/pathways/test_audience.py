"""The publics of an offer: each has the planner's own answer; one more module is enough exactly when solving again says so."""

from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from pathways.audience import NOBODY, Audience, audience
from pathways.clauses import holder
from pathways.one_more import one_more
from pathways.pathway import Status
from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer
from referentials.rights import Recognition

ON = date(2027, 1, 4)
TARGET = Referential.model_validate(
    {
        "id": "but", "version": "1", "title": "But", "kind": "titre-professionnel", "confidence": "official",
        "award": {"all_of": ["but@1/B1", "but@1/B2"]},
        "blocks": [
            {"code": "B1", "title": "Un", "competencies": [{"code": "C1", "title": "A"}, {"code": "C2", "title": "B"}]},
            {"code": "B2", "title": "Deux", "competencies": [{"code": "C3", "title": "C"}]},
        ],
    }
)  # fmt: skip
OLD = Referential.model_validate(
    {"id": "ancien", "version": "1", "title": "Ancien", "kind": "titre-professionnel", "confidence": "official",
     "blocks": [{"code": "A1", "title": "A"}]}
)  # fmt: skip
RIGHT = Recognition.model_validate(
    {
        "id": "ancien-donne-b2", "given": "ancien", "grants": ["but@1/B2"], "effect": "award",
        "in_force": {"from": "2020-01-01"}, "confidence": "official",
        "source": {"title": "Texte inventé pour l'essai", "reference": "ESSAI-1", "checked_on": "2026-11-21"},
    }
)  # fmt: skip


def an_offer(*modules: Mapping[str, Any]) -> Offer:
    found = {"id": "o", "title": "O", "body": {"name": "B"}, "confidence": "official", "modules": list(modules)}
    return Offer.model_validate(found)


def rights(*modules: Mapping[str, Any]) -> Rights:
    return Rights(Library.of(TARGET, OLD, RIGHT, an_offer(*modules)))


C1: dict[str, Any] = {"id": "c1", "title": "A", "develops": ["but@1/B1/C1"], "hours": {"onsite": 10}, "price": 100}
C2: dict[str, Any] = {"id": "c2", "title": "B", "develops": ["but@1/B1/C2"], "hours": {"onsite": 5}, "price": 50}
C3: dict[str, Any] = {"id": "c3", "title": "C", "develops": ["but@1/B2/C3"]}


def by_start(found: Audience) -> dict[str, Status]:
    return {one.start: one.status for one in found.publics}


def test_each_public_has_the_answer_that_the_planner_gives_it() -> None:
    known = rights(C1, C2)
    found = audience("but@1", known, ON, ("o",))
    assert [one.start for one in found.publics] == ["ancien@1", NOBODY]
    led, left = found.publics
    assert (led.by_right, led.rights, led.modules) == (("but@1/B2",), ("ancien-donne-b2",), ("o:c1", "o:c2"))
    assert (led.totals.hours, led.totals.cost) == (15, 150)
    assert left.lacks == ("no_module:but@1/B2/C3",)
    for one in found.publics:
        person = holder(one.start, known.library, ON) if one.start else Profile()
        again = plan(Question(person, "but@1", ON, offers=("o",), explain=False), known)
        assert (one.status, one.totals) == (again.status, again.totals)
    assert found.silent == 0


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_one_more_module_is_enough_when_an_offer_with_it_leads_there(count: int) -> None:
    every = {"but@1/B1/C1": C1, "but@1/B1/C2": C2, "but@1/B2/C3": C3}
    for some in combinations(every.values(), count):
        known = rights(*some)
        before = audience("but@1", known, ON, ("o",))
        found = one_more(before, known)
        told = {one.hole: set(one.publics) for one in found.openings}
        for hole, module in every.items():
            with_it = rights(*some, module) if module not in some else known
            after = by_start(audience("but@1", with_it, ON, ("o",)))
            opened = {
                start
                for start, status in after.items()
                if status is Status.OPTIMAL and by_start(before)[start] is Status.INFEASIBLE
            }
            assert told.get(hole, set()) == opened, (hole, [one["id"] for one in some])
        assert found.complete


def test_several_competencies_of_a_block_may_be_one_module() -> None:
    known = rights(C3)
    found = one_more(audience("but@1", known, ON, ("o",)), known)
    assert found.openings[0].hole == "but@1/B1"
    assert found.openings[0].publics == (NOBODY, "ancien@1")
    assert [(one.ref, one.count) for one in found.blocks] == [("but@1/B1", 1)]


def test_a_module_that_can_no_longer_be_followed_leaves_a_hole() -> None:
    gone = C3 | {"available": {"to": "2020-01-01"}}
    known = rights(C1, C2, gone)
    assert [one.hole for one in one_more(audience("but@1", known, ON, ("o",)), known).openings] == ["but@1/B2/C3"]
