"""The steps of a plan in words: what they are, when, and what they take as far as it is known."""

from datetime import date

import pytest

from pathways.pathway import Step, StepKind
from referentials.offer import ModuleHours
from reports.language import NO_BREAK, Language, speaking
from reports.step_wording import step_dates, step_load, step_title


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def assessment(**values: object) -> Step:
    return Step.model_validate({"kind": StepKind.ASSESSMENT, "ref": "x@1/B1"} | values)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (assessment(hours=0, cost=0), ""),
        (assessment(hours=None, cost=None), "durée et prix non connus"),
        (assessment(hours=2, cost=None), "2 h, prix non connu"),
        (assessment(hours=None, cost=0), "durée non connue"),
        (assessment(hours=1.5, cost=90, form="Oral"), "Oral, 1 h 30, 90 €"),
        (assessment(hours=0, cost=0, included_in="o:m"), "comprise dans le module Le module"),
        (assessment(hours=0, cost=0, included_in="o:n"), "comprise dans le module o:n"),
        (Step(kind=StepKind.RIGHT, ref="d"), ""),
        (Step(kind=StepKind.AWARD, ref="x@1"), ""),
        (
            Step(kind=StepKind.AWARD, ref="x@1", form="Entretien", hours=None, cost=None),
            "Entretien, durée et prix non connus",
        ),
        (Step(kind=StepKind.VAE, ref="x@1/B1", hours=40, cost=0), "40 h, 0 €"),
        (Step(kind=StepKind.MODULE, ref="o:m", hours=None, cost=None), "durée non connue, prix non connu"),
        (
            Step(kind=StepKind.MODULE, ref="o:m", hours=21, cost=0, hours_by_modality=ModuleHours(onsite=14, remote=7)),
            "21 h (14 h en présence + 7 h à distance, en direct), 0 €",
        ),
    ],
)
def test_what_a_step_takes(step: Step, said: str) -> None:
    assert plain(step_load(step, {"o:m": "Le module"})) == said


def test_a_made_up_module_says_so_beside_its_title() -> None:
    step = Step(kind=StepKind.MODULE, ref="o:m", title="Accueillir", body="Un organisme", illustrative=True)
    assert step_title(step) == "Module : Accueillir (Un organisme) — illustratif"
    with speaking(Language.ENGLISH):
        assert step_title(step) == "Module: Accueillir (Un organisme) — illustrative"


def test_a_step_of_one_day_has_one_date() -> None:
    day = date(2027, 1, 12)
    assert step_dates(assessment(start=day, end=day)) == "le 12/01/2027"
    assert step_dates(assessment(start=day, end=date(2027, 2, 1))) == "du 12/01/2027 au 01/02/2027"
    assert step_dates(assessment()) == ""
