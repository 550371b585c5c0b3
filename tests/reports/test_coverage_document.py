"""The sheet of a coverage says its holes, overlaps and dead modules, and crosses modules and blocks as the coverage does."""

from datetime import date

import pytest

from pathways.coverage import BlockCoverage, CompetencyCoverage, Contribution, Coverage, Covered, coverage
from referentials.library import Library
from reports.coverage_document import ACROSS, coverage_document
from reports.document import Document
from reports.paper import Facts, Items, Section, Table, Text, Tone
from tests.reports.charts.drawings import plain

ON = date(2026, 11, 21)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.read()


def develops(module: str, level: int | None = None) -> Contribution:
    return Contribution(module=module, how="develops", level=level)


def competency(name: str, *modules: Contribution, overlap: bool = False) -> CompetencyCoverage:
    return CompetencyCoverage(ref=f"tp-mn@2025/{name}", title=f"Faire {name}", modules=modules, overlap=overlap)


WHOLE = (Contribution(module="o:entier", how="prepares"), Contribution(module="o:entier", how="assesses"))
SMALL = Coverage(
    referential="tp-mn@2025",
    offers=("o",),
    on=ON,
    covered=Covered.PARTIAL,
    blocks=(
        BlockCoverage(
            ref="tp-mn@2025/B1",
            title="Premier",
            covered=Covered.PARTIAL,
            known=True,
            competencies=(
                competency("B1/C1", develops("o:a", 2), develops("o:b", 2), overlap=True),
                competency("B1/C2"),
            ),
        ),
        BlockCoverage(ref="tp-mn@2025/B2", title=None, covered=Covered.WHOLE, known=False, modules=WHOLE),
    ),
    holes=("tp-mn@2025/B1/C2",),
    overlaps=("tp-mn@2025/B1/C1",),
    not_assessed=("tp-mn@2025/B1",),
    useless=("o:z",),
    illustrative=("o:a", "o:z"),
)


def section(document: Document, name: str) -> Section:
    return next(one for one in document.paper.sections if one.id == name)


def lines(document: Document, name: str) -> list[str]:
    (block,) = section(document, name).blocks
    assert isinstance(block, Items)
    return [plain(line) for line in block.items]


def words(table: Table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row] for row in table.rows]


def test_the_map_crosses_modules_and_blocks(library: Library) -> None:
    (table,) = section(coverage_document(SMALL, library), "carte").blocks
    assert isinstance(table, Table)
    assert words(table) == [
        ["o:a — illustratif\no:a", "◐ 1 sur 2", ""],
        ["o:b\no:b", "◐ 1 sur 2", ""],
        ["o:entier\no:entier", "", "● bloc entier\névaluation comprise"],
    ]
    assert [plain(cell.text) for cell in table.total[1:]] == ["◐ couvert en partie", "● couvert en entier"]
    assert table.rows[2][2].tone is Tone.BY_PROOF


def test_each_competency_has_its_modules_with_their_levels(library: Library) -> None:
    (table,) = section(coverage_document(SMALL, library), "competences").blocks
    assert isinstance(table, Table)
    told = words(table)
    assert told[1] == [
        "B1",
        "C1 — Faire B1/C1",
        "● couverte, plusieurs fois",
        "o:a — illustratif (niveau 2)\no:b (niveau 2)",
    ]
    assert told[2] == ["B1", "C2 — Faire B1/C2", "○ trou", ""]
    assert told[3][1:3] == ["intitulé non connu", "● couvert en entier, compétences non connues en entier"]


def test_what_to_look_at_is_listed(library: Library) -> None:
    document = coverage_document(SMALL, library)
    assert lines(document, "trous") == ["C2 — Faire B1/C2"]
    assert lines(document, "recouvrements") == ["C1 — Faire B1/C1"]
    assert lines(document, "sans-evaluation") == ["B1 — Premier"]
    assert lines(document, "sans-lien") == ["o:z — illustratif"]
    assert lines(document, "illustratifs") == ["o:a — illustratif", "o:z — illustratif"]
    assert document.paper.illustrative


def test_no_hole_is_said_so(library: Library) -> None:
    document = coverage_document(SMALL.model_copy(update={"holes": ()}), library)
    (block,) = section(document, "trous").blocks
    assert isinstance(block, Text)
    assert "Aucun" in block.text


def test_only_what_brings_something_here_makes_a_document_illustrative(library: Library) -> None:
    assert not coverage_document(SMALL.model_copy(update={"illustrative": ("o:z",)}), library).paper.illustrative


def test_many_blocks_are_cut_in_tables(library: Library) -> None:
    block = SMALL.blocks[0]
    many = tuple(block.model_copy(update={"ref": f"tp-mn@2025/B{number}"}) for number in range(20))
    tables = section(coverage_document(SMALL.model_copy(update={"blocks": many}), library), "carte").blocks
    assert len(tables) == 3
    assert all(isinstance(one, Table) and len(one.columns) - 1 <= ACROSS for one in tables)


def test_real_data_says_what_the_coverage_says(library: Library) -> None:
    found = coverage(library, ["atelier-demo"], "tp-mn", ON)
    document = coverage_document(found, library)
    facts = document.paper.opening[1]
    assert isinstance(facts, Facts)
    every = [one for block in found.blocks for one in block.competencies]
    assert [one.cell.value for one in facts.facts] == [
        sum(bool(one.modules) for one in every),
        len(found.holes),
        len(found.overlaps),
    ]
    (table,) = section(document, "competences").blocks
    assert isinstance(table, Table)
    assert len(table.rows) == len(found.blocks) + len(every)
    assert document.main in [one.name for one in document.paper.tables]
    assert document.paper.illustrative


def test_an_offer_that_brings_nothing_is_said_to(library: Library) -> None:
    found = coverage(library, ["cipfaro"], "bpjeps-tic@2002", ON)
    (block,) = section(coverage_document(found, library), "carte").blocks
    assert isinstance(block, Text)
    assert plain(block.text) == "Aucun module n'apporte rien à ce référentiel."
