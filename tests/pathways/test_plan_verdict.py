"""The plans of the domain cases: each is the one worked out by hand, and a false one is found out."""

import pytest

from pathways.cases import Case, ExpectedPlan, ExpectedTotals, read_cases
from pathways.plan_verdict import plan_failures
from pathways.recognition import Rights
from referentials.library import SHIPPED, Library

RIGHTS = Rights(Library.read())
CASES = tuple(case for case in read_cases(SHIPPED / "cases") if case.plan is not None)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.sentence) for case in CASES])
def test_plan_of_case(case: Case) -> None:
    assert plan_failures(case, RIGHTS) == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (ExpectedPlan(status="held"), "le parcours devrait être « held », non « optimal »"),
        (ExpectedPlan(status="optimal", totals=ExpectedTotals(hours=1)), "hours : attendu 1, obtenu 91"),
        (ExpectedPlan(status="optimal", totals=ExpectedTotals(modules=1)), "modules : attendu 1, obtenu 3"),
        (
            ExpectedPlan(status="optimal", totals=ExpectedTotals(unknown_assessment_hours=0)),
            "unknown_assessment_hours : attendu 0, obtenu 1",
        ),
        (ExpectedPlan(status="optimal", notices=("holes",)), "l'avertissement holes devrait y être"),
        (ExpectedPlan(status="optimal", workplace=70), "heures en entreprise : attendu 70, obtenu 0"),
        (ExpectedPlan(status="optimal", includes=("a:b",)), "a:b devrait être dans le parcours"),
        (
            ExpectedPlan(status="optimal", excludes=("atelier-demo:accueil-diagnostic",)),
            "atelier-demo:accueil-diagnostic ne devrait pas être dans le parcours",
        ),
    ],
)
def test_what_is_false_is_said(wrong: ExpectedPlan, said: str) -> None:
    case = next(case for case in CASES if case.id == "parcours-mn-ccp1-heures")
    assert plan_failures(case.model_copy(update={"plan": wrong}), RIGHTS) == (said,)
