"""What is not known is listed, and only that."""

from typing import Any

import pytest
from hypothesis import given

from referentials.holes import Hole, holes
from referentials.library import Library
from referentials.model import Referential
from tests.referentials import strategies

FULL: dict[str, Any] = {
    "id": "t",
    "version": "1",
    "title": "Titre",
    "kind": "titre-professionnel",
    "confidence": "to_confirm",
    "codes": {"rncp": ["RNCP1"]},
    "valid": {"from": "2020-01-01"},
    "award": "t@1/A",
    "entry": {},
    "blocks": [
        {
            "code": "A",
            "title": "Accueillir",
            "assessment": {"form": "oral"},
            "competencies": [{"code": "C1", "title": "Dire"}],
        }
    ],
}


def found(**changes: Any) -> list[Hole]:
    return list(holes(Referential.model_validate(FULL | changes)))


def in_block(**changes: Any) -> list[Hole]:
    return found(blocks=[FULL["blocks"][0] | changes])


def test_a_file_where_everything_is_known_has_no_hole() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "hole"),
    [
        ({"valid": {"seen": "2020-01-01"}}, "début de validité"),
        ({"codes": {}}, "numéro RNCP"),
        ({"blocks": None}, "blocs"),
        ({"complete": False}, "liste complète des blocs"),
        ({"award": None}, "règle d'obtention"),
        ({"entry": None}, "exigences à l'entrée"),
        ({"entry": {"known": False}}, "exigences à l'entrée"),
        ({"unread": ["L'annexe III."]}, "L'annexe III."),
    ],
)
def test_a_hole_of_the_whole(changes: dict[str, Any], hole: str) -> None:
    assert found(**changes) == [Hole("t@1", hole)]


@pytest.mark.parametrize(
    ("changes", "hole"),
    [
        ({"title": None}, "intitulé du bloc"),
        ({"competencies": None}, "compétences du bloc"),
        ({"complete": False}, "liste complète des compétences du bloc"),
        ({"assessment": {}}, "forme de l'évaluation"),
    ],
)
def test_a_hole_of_a_block(changes: dict[str, Any], hole: str) -> None:
    assert in_block(**changes) == [Hole("t@1/A", hole)]


def test_a_hole_of_a_competency() -> None:
    assert in_block(competencies=[{"code": "C1"}]) == [Hole("t@1/A/C1", "intitulé de la compétence")]


def test_a_framework_has_no_award_nor_entry_nor_assessment_to_know() -> None:
    assert (
        found(
            kind="cadre-de-competences",
            award=None,
            entry=None,
            codes={},
            blocks=[{"code": "1", "title": "x", "competencies": []}],
        )
        == []
    )


@given(strategies.referentials)
def test_a_hole_is_inside_its_referential(item: Referential) -> None:
    for hole in holes(item):
        assert hole.where == item.key or hole.where.startswith(f"{item.key}/")
        assert hole.what


def test_the_shipped_library_says_what_it_does_not_know() -> None:
    assert sum(len(holes(item)) for item in Library.read()) > 100
