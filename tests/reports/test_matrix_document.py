"""The matrix says each pair once in its list and once on its map, with the same figures."""

from datetime import date

import pytest

from pathways.matrix import Cell, Matrix
from referentials.library import Library
from reports.matrix_document import ACROSS, matrix_document
from reports.paper import Table, Text, Tone
from tests.reports.charts.drawings import plain

ON = date(2026, 11, 21)
KNOWN = (
    "deme@2007",
    "bpjeps-tic@2002",
    "tp-remn@2019",
    "tp-mn@2025",
    "tp-fpa@2023",
    "dees@2007",
    "tp-catic@2006",
    "bafd@toutes",
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.read()


def matrix(*cells: Cell) -> Matrix:
    starts, targets = {one.start for one in cells}, {one.target for one in cells}
    return Matrix(on=ON, starts=tuple(sorted(starts)), targets=tuple(sorted(targets)), cells=cells)


SOME = matrix(
    Cell(start="deme@2007", target="bpjeps-tic@2002", by_right=4, blocks=10, rights=("deme-detisf-vers-bpjeps",)),
    Cell(start="tp-remn@2019", target="tp-mn@2025", blocks=2, expected=("remn-vers-mn",)),
)


def tables(found: Matrix, library: Library) -> list[Table]:
    return list(matrix_document(found, library).paper.tables)


def test_each_pair_is_in_the_list_with_its_figures_and_its_text(library: Library) -> None:
    listed = tables(SOME, library)[0]
    first, second = [[plain(cell.text) for cell in row] for row in listed.rows]
    assert first[:6] == ["DEME\ndeme@2007", "BPJEPS TIC\nbpjeps-tic@2002", "4 blocs sur 10 de droit", "4", "0", "10"]
    assert (first[6], second[6]) == ("1", "2")
    assert second[2] == "texte attendu, non lu"
    assert [cell.value for cell in listed.rows[0][3:6]] == [4, 0, 10]


def test_the_map_has_a_word_where_a_text_speaks_and_nothing_elsewhere(library: Library) -> None:
    _list, _texts, table = tables(SOME, library)
    assert [column.title.partition("\n")[2] for column in table.columns[1:]] == ["bpjeps-tic@2002", "tp-mn@2025"]
    cells = {row[0].text.partition("\n")[2]: [plain(cell.text) for cell in row[1:]] for row in table.rows}
    assert cells == {"deme@2007": ["§ 4 sur 10", ""], "tp-remn@2019": ["", "… attendu, non lu"]}
    assert table.rows[0][1].value == pytest.approx(0.4)


def test_a_text_that_many_pairs_rest_on_is_written_once(library: Library) -> None:
    again = Cell(start="deme@2007", target="tp-fpa@2023", by_right=1, blocks=4, rights=SOME.cells[0].rights)
    listed, texts, *_map = tables(matrix(*SOME.cells, again), library)
    assert [plain(row[6].text) for row in listed.rows] == ["1", "1", "2"]
    assert [plain(row[0].text) for row in texts.rows] == ["1", "2"]
    assert "DEME" in texts.rows[0][1].text
    assert "article 1" in plain(texts.rows[0][2].text)


@pytest.mark.parametrize(
    ("given", "said", "tone"),
    [
        ({"whole": True, "by_right": 2, "blocks": 2}, "§ tout", Tone.BY_RIGHT),
        ({"competencies": 3}, "§ des compétences", Tone.BY_RIGHT),
        ({"entry_waived": True}, "§ dispense d'entrée", Tone.BY_RIGHT),
        ({"exemptions": ("x",)}, "§ dispense", Tone.BY_RIGHT),
        ({"reductions": ("x",)}, "◐ allègement", Tone.PARTIAL),
        ({"possible": ("x",)}, "? à confirmer", Tone.TO_CONFIRM),
        ({"absences": ("x",)}, "○ « Néant »", Tone.MISSING),
        ({"preparations": ("x",)}, "préparation", Tone.NEUTRAL),
    ],
)
def test_each_kind_of_pair_has_its_word_and_its_tone(
    library: Library, given: dict[str, object], said: str, tone: Tone
) -> None:
    found = matrix(Cell.model_validate({"start": "deme@2007", "target": "tp-mn@2025", **given}))
    cell = tables(found, library)[1].rows[0][1]
    assert (plain(cell.text), cell.tone) == (said, tone)


def test_a_wide_map_is_cut_in_tables_that_lose_no_pair(library: Library) -> None:
    every = matrix(*(Cell(start=a, target=b, by_right=1, blocks=2) for a in KNOWN for b in KNOWN if a != b))
    maps = tables(every, library)[1:]
    assert len(maps) == 2
    assert all(len(table.columns) - 1 <= ACROSS for table in maps)
    assert sum(bool(cell.text) for table in maps for row in table.rows for cell in row[1:]) == len(every.cells)
    assert len({table.name for table in maps}) == 2


def test_no_pair_at_all_is_said(library: Library) -> None:
    document = matrix_document(matrix(), library)
    (opening,) = document.paper.opening
    assert isinstance(opening, Text)
    assert plain(opening.text) == "0 passerelle, de 0 point de départ vers 0 cible."
    assert document.paper.tables == ()
