"""The sheet of a passerelle says what the passerelle says: every right with its article, what remains, and nothing more."""

from datetime import date
from functools import cache

import pytest

from pathways.bridges import Bridge, bridge
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from reports.bridge_document import bridge_document
from reports.bridge_texts import numbered
from reports.document import Document
from reports.language import Language, speaking
from reports.paper import Facts, Figure, Section, Table, Text
from tests.reports.charts.drawings import plain, read, rows

DEME = ("deme@2007", "bpjeps-tic@2002", date(2014, 6, 1))
PAIRS = (
    DEME,
    ("bpjeps-tic@2002", "tp-catic@2006", date(2010, 1, 1)),
    ("tp-catic@2006/CCP2", "bpjeps-tic@2002", date(2010, 1, 1)),
    ("tp-remn@2019", "tp-mn@2025", date(2026, 11, 21)),
    ("deme@2007", "dees@2007", date(2012, 10, 1)),
    ("bacpro-spvl@toutes", "deme@2007", date(2012, 10, 1)),
    ("tp-tms@intermediaire", "bpjeps-as@2005", date(2018, 1, 1)),
)


@cache
def library() -> Library:
    return Library.read()


@cache
def made(start: str, target: str, on: date) -> tuple[Bridge, Document]:
    found = bridge(start, target, Rights(library()), on)
    return found, bridge_document(found, library())


def section(document: Document, name: str) -> Section:
    return next(one for one in document.paper.sections if one.id == name)


def written(section: Section) -> str:
    """Every word of a section and its parts."""
    told = [
        section.title,
        *(str(block.model_dump()) for block in section.blocks),
        *(written(one) for one in section.sections),
    ]
    return plain("\n".join(told)).replace("\\'", "'").replace("\\xa0", " ")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_every_text_stands_with_its_article_and_its_source(pair: tuple[str, str, date]) -> None:
    found, document = made(*pair)
    everything = "\n".join(written(one) for one in document.paper.sections)
    assert [one.number for one in numbered(found)] == list(range(1, len(numbered(found)) + 1))
    for one in numbered(found):
        assert plain(f"{one.number}. {one.title}") in everything
        assert plain(one.clause.source.title) in everything
        if one.clause.source.article:
            assert plain(one.clause.source.article) in everything


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_every_block_by_right_names_the_text_that_gives_it(pair: tuple[str, str, date]) -> None:
    found, document = made(*pair)
    if not found.gap.blocks:
        return
    (table, *_rest) = section(document, "reste").blocks
    assert isinstance(table, Table)
    told = {plain(row[0].text).partition(" — ")[0]: [plain(cell.text) for cell in row[1:]] for row in table.rows}
    for block in found.gap.blocks:
        state, texts = told[block.ref.rpartition("/")[2]]
        if block.ref in found.by_right:
            assert state == "§ Acquis de droit"
            assert texts
    assert [
        code for code, (state, _texts) in told.items() if state == "§ Acquis de droit" and "\u2003" not in code
    ] == [ref.rpartition("/")[2] for ref in found.by_right]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def test_the_map_shows_both_sides_and_every_text(pair: tuple[str, str, date]) -> None:
    found, document = made(*pair)
    (figure,) = section(document, "carte").blocks
    assert isinstance(figure, Figure)
    read(figure)
    numbers = {row[3].partition(".")[0] for row in rows(figure) if row[3]}
    assert numbers == {str(one.number) for one in numbered(found) if one.link is not None}


def test_the_sheet_of_a_right_article_by_article() -> None:
    _found, document = made(*DEME)
    paper = document.paper
    assert (paper.kind, paper.title) == ("Fiche passerelle", "De DEME à BPJEPS TIC")
    assert isinstance(paper.opening[0], Text)
    assert plain(paper.opening[0].text) == "Acquis de droit : UC1, UC2, UC3 et UC4 ; restent 6 blocs sur 10."
    (text,) = section(document, "droits").sections
    (facts,) = text.blocks
    assert isinstance(facts, Facts)
    told = {plain(one.name): plain(one.cell.text) for one in facts.facts}
    assert told["Texte"].startswith("Arrêté du 8 décembre 2008 portant équivalence")
    assert "article 1" in told["Texte"]
    assert told["Dates"] == "depuis le 24/12/2008, sans fin connue"
    assert told["Formule"] == "« obtient de droit »"
    assert told["Donne"].startswith("BPJEPS TIC (2002) : UC1, UC2, UC3, UC4 ; et de même pour BPJEPS")
    assert plain(told["Il faut"]) == "l'un de ces éléments :\n\u2003DEME\n\u2003DETISF"


def test_no_text_read_is_not_said_to_be_no_right() -> None:
    _found, document = made("bpjeps-tic@2002", "tp-catic@2006", date(2010, 1, 1))
    assert "Cela ne prouve pas qu'il n'en existe pas" in written(section(document, "droits"))


def test_a_text_that_nobody_read_is_expected_and_gives_nothing() -> None:
    found, document = made("tp-remn@2019", "tp-mn@2025", date(2026, 11, 21))
    assert found.expected
    assert "personne ne les a lus, et rien n'en découle" in written(section(document, "attendus"))
    assert not section(document, "droits").sections


def test_modules_and_hours_are_those_of_the_plan() -> None:
    question = Question(Profile(), "tp-fpa@2023", date(2026, 11, 21), explain=False)
    found = bridge("tp-fpa@2017", "tp-fpa@2023", Rights(library()), date(2026, 11, 21), question=question)
    document = bridge_document(found, library())
    (_facts, table) = section(document, "modules").blocks
    assert isinstance(table, Table)
    assert found.pathway is not None
    assert len(table.rows) == len(found.pathway.steps)
    assert table.total[1].value == pytest.approx(found.pathway.totals.hours)
    assert table.total[2].value == pytest.approx(found.pathway.totals.cost)
    assert document.paper.illustrative == any(step.illustrative for step in found.pathway.steps)


def test_names_of_tables_and_of_parts_are_unique_and_the_main_table_is_there() -> None:
    _found, document = made(*DEME)
    names = [table.name for table in document.paper.tables]
    assert len(names) == len(set(names))
    assert document.main in names
    identifiers = [one.id for part in document.paper.sections for one in (part, *part.sections)]
    assert len(identifiers) == len(set(identifiers))


def test_the_same_passerelle_makes_the_same_document_and_speaks_english() -> None:
    found, document = made(*DEME)
    assert bridge_document(found, library()) == document
    with speaking(Language.ENGLISH):
        english = bridge_document(found, library())
    assert (english.paper.kind, english.paper.language) == ("Bridge sheet", Language.ENGLISH)
    assert english.data == document.data


def test_what_the_sheet_rests_on_is_named_by_its_title() -> None:
    _found, document = made(*DEME)
    told = written(section(document, "appui"))
    assert "Diplôme d'État de moniteur-éducateur (deme@2007)" in told
    assert "right:" not in told
