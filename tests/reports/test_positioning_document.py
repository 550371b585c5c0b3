"""The trace of a positioning holds what indicator 8 asks for, names what is missing, and gives each consequence the state it comes from."""

from datetime import date

import pytest

from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from reports.document import Document
from reports.language import Language
from reports.paper import Items, Table
from reports.particulars import Particulars
from reports.plan_writing import plan_document
from reports.positioning_document import positioning_document
from tests.reports.charts.drawings import plain

ON = date(2026, 11, 22)
HOLDS = {
    "blocks": [{"ref": "tp-fpa@2023/CCP1", "on": "2024-06-01"}],
    "competencies": [
        {"ref": "tp-fpa@2023/CCP2/C4", "evidence": "assessed"},
        {"ref": "tp-fpa@2023/CCP2/C5", "evidence": "declared"},
    ],
}


@pytest.fixture(scope="module")
def trace() -> Document:
    return written(Particulars())


def written(added: Particulars, language: Language = Language.FRENCH) -> Document:
    library = Library.read()
    asked = Question(Profile.model_validate({"holds": HOLDS}), "tp-fpa@2023", ON)
    found = plan(asked, Rights(library))
    return positioning_document(plan_document(found, asked, library, added, reference="P-1", language=language))


def table(made: Document, name: str) -> Table:
    return next(one for one in made.paper.tables if one.name == name)


def mentions(made: Document) -> tuple[str, ...]:
    part = next(one for one in made.paper.sections if one.id == "mentions")
    return next(tuple(block.items) for block in part.blocks if isinstance(block, Items))


def test_each_block_has_its_result_and_what_follows(trace: Document) -> None:
    rows = {row[0].text.partition(" ")[0]: [plain(cell.text) for cell in row] for row in table(trace, "Résultats").rows}
    assert rows["CCP1"][-1] == "dispensé : déjà acquis"
    assert rows["CCP2"][-1] == "parcours raccourci : une partie est acquise"
    answers = {row[1].text.partition(" ")[0]: plain(row[4].text) for row in table(trace, "Réponses et preuves").rows}
    assert (answers["C4"], answers["C5"]) == ("évalué au positionnement", "déclaré, à confirmer")


def test_what_nobody_said_is_missing_until_somebody_says_it(trace: Document) -> None:
    assert [" manque" in plain(one) for one in mentions(trace)] == [True, True, False, True]
    assert "à écrire" in plain(trace.paper.subtitle)
    said = {"on": "2026-12-01", "by": "R", "method": "Entretien", "procedure": "P", "effects": "E"}
    full = written(Particulars.model_validate({"positioning": said}))
    assert not any(" manque" in plain(one) for one in mentions(full))
    assert full.paper.day == date(2026, 12, 1)
    assert "Trace of the positioning" in written(Particulars(), Language.ENGLISH).paper.kind
