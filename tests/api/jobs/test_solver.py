"""Plans by the pool: the same answers and the same refusals as the engine, in the library as it is now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest

from api.jobs.pool import Abandoned
from api.jobs.solver import QUESTION, Place, Solver, _Bench
from api.services.surveys import Map, Ranking
from api.store.conflict import Absent, Busy
from api.store.library import Libraries
from api.store.scope import Scope
from api.store.unit_of_work import Store
from pathways.holdings import ProfileProblem
from pathways.objectives import Objective
from pathways.planner import plan
from pathways.policy import Policy
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem
from tests.api import small_world
from tests.api.store.world import a_referential, two_organisations

ON = date(2027, 1, 4)
ASKED = Question(Profile(id="essai"), "mini", ON, time_limit=10)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    small_world.version(tmp_path / "data")
    small_world.offer(tmp_path / "data" / "offers" / "atelier.yaml")
    return tmp_path / "data"


@pytest.fixture
def solver(url: str, files: Path) -> Iterator[Solver]:
    found = Solver(Place(url, (files,), shipped=False), size=1)
    yield found
    found.close()


@pytest.fixture
def libraries(store: Store, files: Path) -> Libraries:
    return Libraries(store, files, shipped=False)


def test_a_question_crosses_the_border_unchanged() -> None:
    asked = replace(
        ASKED, minimise=(Objective.COST, Objective.WEEKS), offers=("atelier",), policy=Policy(count_likeness=True)
    ).giving(weekly_hours=7, start=date(2027, 2, 1), refused=("atelier:long",))
    assert QUESTION.validate_json(QUESTION.dump_json(asked, by_alias=True)) == asked


def test_the_pool_gives_what_the_engine_gives(solver: Solver, libraries: Libraries) -> None:
    library = libraries.of(Scope())
    found = solver.solve(ASKED, library)
    assert found == plan(ASKED, Rights(library))
    assert found.status == "optimal"


def test_refusals_are_those_of_the_engine(solver: Solver, libraries: Libraries) -> None:
    library = libraries.of(Scope())
    held = Profile.model_validate({"id": "x", "holds": {"blocks": [{"ref": "mini@2024/B9"}]}})
    for asked in (
        replace(ASKED, target="mimi"),
        replace(ASKED, on=date(2001, 1, 1)),
        replace(ASKED, profile=held),
    ):
        with pytest.raises((UnknownReference, NotInForce, ProfileProblem)) as here:
            plan(asked, Rights(library))
        with pytest.raises(here.type) as there:
            solver.solve(asked, library)
        assert str(there.value) == str(here.value)


def test_surveys_by_the_pool_are_those_of_the_engine(solver: Solver, libraries: Libraries) -> None:
    library = libraries.of(Scope())
    for asked in (Ranking(profile=ASKED.profile, on=ON), Map(on=ON, blocks=True, everything=True)):
        assert solver.survey(asked, library) == asked.answer(library)
    with pytest.raises(UnknownReference):
        solver.survey(Map(on=ON, starts=("mimi",)), library)


def test_what_an_organisation_keeps_wrong_is_told_and_is_no_defect(
    solver: Solver, libraries: Libraries, store: Store
) -> None:
    here, _there, _own = two_organisations(store)
    with store.write() as unit:
        unit.of(here).offers.write_plain("fabrique", {"id": "fabrique"}, "Sans organisme")
    with pytest.raises(FileProblem) as told:
        solver.solve(ASKED, libraries.of(here), here.organisation)
    assert "body" in {finding.where.path for finding in told.value.findings}


def test_a_library_that_is_kept_by_others_is_asked_again_and_is_no_defect() -> None:
    bench = _Bench(Place("sqlite:///never-opened.sqlite3"))
    request = b'[null, "plan"]\n' + QUESTION.dump_json(ASKED, by_alias=True)
    for problem, verdict in ((Busy(), b"~"), (Absent("version", ""), b"~"), (RuntimeError("secret"), b"#")):
        bench._libraries = Mock(of=Mock(side_effect=problem))
        answer = bench.answer(request, lambda: False)
        assert answer[:1] == verdict
        assert b"secret" not in answer


def test_what_an_organisation_publishes_is_known_at_the_next_question(
    solver: Solver, libraries: Libraries, store: Store
) -> None:
    here, there, _own = two_organisations(store)
    asked = replace(ASKED, target="atelier")
    with pytest.raises(UnknownReference):
        solver.solve(asked, libraries.of(here), here.organisation)
    with store.write() as unit:
        unit.of(here).published.publish(a_referential(), on=ON, reason="première version")
    assert solver.solve(asked, libraries.of(here), here.organisation).target == "atelier@2027"
    with pytest.raises(UnknownReference):
        solver.solve(asked, libraries.of(there), there.organisation)


def test_who_leaves_gets_nothing_and_the_process_stays(solver: Solver, libraries: Libraries) -> None:
    library = libraries.of(Scope())
    solver.warm()
    with pytest.raises(Abandoned):
        solver.solve(ASKED, library, gone=lambda: True)
    assert solver.solve(ASKED, library).status == "optimal"
    assert solver.state.busy == 0
