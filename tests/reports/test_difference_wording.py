"""What could change, told as far as it is known."""

import pytest

from pathways.pathway import IfConfirmed, Without
from pathways.profile import PeriodUnit
from reports.difference_wording import differences, exchange, if_confirmed, without
from reports.language import NO_BREAK


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def missing(**values: object) -> Without:
    return Without.model_validate({"module": "o:m", "irreplaceable": False, "hours": 0, "cost": 0} | values)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (missing(irreplaceable=True), "irremplaçable : aucun parcours sans lui"),
        (missing(), "sans changement : un autre parcours fait aussi bien"),
        (missing(hours=7, cost=-20, weeks=1), "7 h de plus, 1 semaine de plus, 20 € de moins"),
        (missing(hours=None), "différence de durée non connue"),
        (missing(cost=None), "différence de prix non connue"),
        (missing(hours_at_least=True), "une durée non connue de plus"),
        (missing(hours=7, hours_at_least=True), "au moins 7 h de plus"),
        (missing(cost=-20, cost_at_least=True), "au plus 20 € de moins"),
    ],
)
def test_doing_without_a_module(one: Without, said: str) -> None:
    assert plain(without(one)) == said


def saving(**values: object) -> IfConfirmed:
    return IfConfirmed.model_validate({"fact": "z@1", "what": "qualification"} | values)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (saving(), "rien ne change"),
        (saving(hours=35, cost=420), "35 h de moins, 420 € de moins"),
        (saving(hours=35, hours_at_least=True), "au moins 35 h de moins"),
        (saving(cost=-20, cost_at_least=True), "au plus 20 € de plus"),
        (saving(cost_at_least=True), "un prix non connu de moins"),
        (saving(hours=None), "différence de durée non connue"),
        (saving(hours=None, opens=True), "un parcours devient possible"),
    ],
)
def test_a_confirmation_promises_no_more_than_is_known(one: IfConfirmed, said: str) -> None:
    assert plain(if_confirmed(one)) == f"Si z@1 est confirmé : {said}."


def test_experience_is_confirmed_in_its_own_words() -> None:
    one = saving(fact="+36:G1239:", what="experience", opens=True)
    assert plain(if_confirmed(one)) == (
        "S'il est confirmé que vous avez 36 mois d'expérience (G1239) : un parcours devient possible."
    )


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (PeriodUnit.WEEK, "2 semaines de plus"),
        (PeriodUnit.MONTH, "2 mois de plus"),
        (PeriodUnit.QUARTER, "2 trimestres de plus"),
        (PeriodUnit.SEMESTER, "2 semestres de plus"),
    ],
)
def test_a_calendar_is_told_in_its_own_periods(unit: PeriodUnit, said: str) -> None:
    assert plain(differences(0, 0, 2, unit)) == said


def test_an_exchange_without_a_change_is_said_so() -> None:
    assert exchange([], []) == "les mêmes modules"
    assert exchange(["a", "b"], []) == "a ; b en plus"
