"""A cohort as a service: stopped and told so, a defect that stops nobody, a table read, a library that goes with the work."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.bulk.plans import size_of
from api.bulk.shelf import OpenShelf, shelf_of
from api.services.cohort import Everybody, Stage, asked_for_all
from api.services.cohort_people import Asking, people_in
from api.services.cohort_roll import Aside
from pathways.cohort_plans import Cohort
from pathways.profile import Profile
from pathways.question import Question
from referentials.findings import Finding
from referentials.library import Library
from tests.api.small_world import world
from tests.pathways.small import certification, module, offer, person

LIBRARY = Library.of(
    certification("a@1", "B1 C1", "B2 C1", "B3 C1"),
    offer(*(module(f"m{number}", f"a@1/B{number}/C1") for number in (1, 2, 3))),
)
PEOPLE = [person(), person("a@1/B1"), person("a@1/B2"), person("a@1/B1"), person("nowhere@1/B1")]


def everybody(**options: Any) -> Everybody:
    people = [Asking(profile.model_copy(update={"id": f"p{number}"})) for number, profile in enumerate(PEOPLE)]
    question = Question(Profile(), "", date(2026, 11, 21), explain=False)
    return asked_for_all(people, question, LIBRARY, ("a@1",), **options)


def test_what_is_done_when_it_stops_is_summed_up_and_the_others_are_told() -> None:
    told: list[tuple[Stage, int, int | None]] = []
    found = everybody(tell=lambda *one: told.append(one), should_stop=lambda: len(told) == len(PEOPLE) + 1)
    assert told[-1] == (Stage.ANSWERING, 1, 3)
    assert [line.aside for line in found.lines()] == [None, *[Aside.NOT_DONE] * 3, Aside.REFERENCE]
    assert found.summary.stopped
    assert {one.kind: one.people for one in found.summary.apart} == {Aside.REFERENCE: 1, Aside.NOT_DONE: 3}
    whole = everybody()
    assert (whole.summary.problems, whole.summary.proved, whole.summary.refused) == (3, 4, 1)
    assert whole.summary.digest == everybody().summary.digest != found.summary.digest


def test_a_defect_stops_nobody_and_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Cohort.answer

    def wrong(self: Cohort, profile: Profile, *rest: Any) -> Any:
        if profile.holds.blocks:
            raise AssertionError(f"somebody who holds {profile.holds.blocks}")
        return answer(self, profile, *rest)

    monkeypatch.setattr(Cohort, "answer", wrong)
    found = list(everybody().lines())
    assert [line.aside for line in found] == [None, *[Aside.FAILED] * 3, Aside.REFERENCE]
    assert found[1].problems[0].startswith("Le calcul a échoué : AssertionError (test_cohort.py:")


def test_chunks_follow_from_the_number_of_problems_alone() -> None:
    assert [size_of(count) for count in (0, 1, 200, 201, 50_000, 10**6)] == [1, 1, 1, 2, 250, 250]


TABLE = """Code;Nom;Cible;Heures par semaine;Échéance;Diplômes;Blocs;Compétences
p-1;Nom;mini;7,5;31/12/2027;b@1;mini@2024/B1 mini@2024/B2;mini@2024/B1/C1
p-2;;;;;;;
p-1;;;;;;;
p-3;;;beaucoup;;;;
"""


def test_a_table_has_a_person_on_each_row(tmp_path: Path) -> None:
    path = tmp_path / "gens.csv"
    path.write_text(TABLE, "utf-8")
    found = list(people_in(path))
    first, second = (one for one in found if isinstance(one, Asking))
    assert (first.profile.id, first.target, second.profile.id, second.target) == ("p-1", "mini", "p-2", None)
    holds, give = first.profile.holds, first.profile.can_give
    assert [one.ref for one in holds.qualifications] == ["b@1"]
    assert [one.ref for one in holds.blocks] == ["mini@2024/B1", "mini@2024/B2"]
    assert [one.ref for one in holds.competencies] == ["mini@2024/B1/C1"]
    assert (give.weekly_hours, give.deadline) == (7.5, date(2027, 12, 31))
    assert "Nom" not in first.profile.model_dump_json()
    assert [one.where.line for one in found if isinstance(one, Finding)] == [4, 5]


def test_a_library_goes_with_the_work(tmp_path: Path) -> None:
    world(tmp_path)
    places = [tmp_path / "data", tmp_path / "offre.yaml"]
    shelf = shelf_of(places)
    there = OpenShelf(type(shelf).model_validate_json(shelf.model_dump_json()))
    here = Library.read(*places)
    assert there.library.get("mini", "2024") == here.get("mini", "2024")
    assert (there.library.recognitions, there.library.offers) == (here.recognitions, here.offers)
