"""The competencies of a text: every form met, and a table made by hand over the real blocks."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from referentials.formats.rncp_split import split
from referentials.formats.text import plain, spaced
from referentials.provenance import Confidence
from tests.referentials.formats.round_trip import SAMPLES

CODED, MARKED, GUESSED = Confidence.OFFICIAL, Confidence.SECONDARY, Confidence.TO_CONFIRM


def titles(text: str) -> list[str]:
    return [item.title for item in split(text).items]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A1C1. Concevoir    A1C2.Animer", ["A1C1", "A1C2"]),
        ("A5.C1. Concevoir  A5.C2. Animer", ["A5.C1", "A5.C2"]),
        ("C.1. Concevoir\nC.2. Animer", ["C.1", "C.2"]),
        ("C1 - Concevoir  C2 : Animer", ["C1", "C2"]),
        ("* C1. Concevoir  * C 2. Animer", ["C1", "C2"]),
        ("Compétence 1 : Concevoir\nCompétence n° 2 : Animer", ["1", "2"]),
        ("1. Concevoir  2) Animer", ["1", "2"]),
        ("1.1 Concevoir  1.2 Animer", ["1.1", "1.2"]),
        ("<ul><li>C1. Concevoir</li><li>C2. Animer</li></ul>", ["C1", "C2"]),
        ("&lt;p&gt;C1. Concevoir&lt;br&gt;C2. Animer&lt;/p&gt;", ["C1", "C2"]),
    ],
)
def test_codes_separate_and_are_kept(text: str, codes: list[str]) -> None:
    found = split(text)
    assert [(item.code, item.title) for item in found.items] == list(zip(codes, ["Concevoir", "Animer"], strict=True))
    assert found.confidence is CODED


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "– ", "-", "•\xa0"])
def test_bullets_separate(mark: str) -> None:
    found = split(f"{mark}Valider une solution   technique  {mark}Lever   les réserves, au besoin - à part")
    assert [item.title for item in found.items] == [
        "Valider une solution technique",
        "Lever les réserves, au besoin - à part",
    ]
    assert found.confidence is MARKED


@pytest.mark.parametrize("gap", ["    ", "\r\n", "\n\n", "<br/>", "\xa0\xa0\xa0\xa0\xa0", "</p><p>"])
def test_lines_or_long_runs_of_spaces_separate(gap: str) -> None:
    found = split(f"Accueillir  un public{gap}Informer{gap}et orienter{gap}Rendre compte")
    assert [item.title for item in found.items] == ["Accueillir un public", "Informer et orienter", "Rendre compte"]
    assert found.confidence is GUESSED


def test_short_runs_separate_where_there_is_nothing_longer() -> None:
    assert titles("Accueillir un public  Informer  Rendre compte") == [
        "Accueillir un public",
        "Informer",
        "Rendre compte",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Accueillir ; informer ; Orienter",
        "Accueillir Informer Orienter",
        "Accueillir. Informer. Orienter",
        "B2 en anglais",
    ],
)
def test_nothing_is_cut_at_a_semicolon_a_stop_or_a_capital(text: str) -> None:
    assert titles(text) == [text]


def test_two_levels_leave_the_lower_ones_under_their_headings() -> None:
    items = split("1.1 Concevoir    1.1.1 Choisir    1.1.2 Poser    1.2 Animer    1.2.1 Accueillir    2. Finir").items
    assert [(item.code, item.heading) for item in items] == [
        ("1.1.1", "Concevoir"),
        ("1.1.2", "Concevoir"),
        ("1.2.1", "Animer"),
        ("2", None),
    ]


def test_a_line_may_head_bullets_and_a_lettered_code_has_them_as_elements() -> None:
    headed = split("Préparer :    - un but    - un public    Animer un groupe    - accueillir").items
    assert [(item.title, item.heading) for item in headed] == [
        ("un but", "Préparer"),
        ("un public", "Préparer"),
        ("accueillir", "Animer un groupe"),
    ]
    coded = split("C1. Préparer :\n- un but\n- un public\nC2. Animer").items
    assert [(item.title, item.elements) for item in coded] == [("Préparer", ("un but", "un public")), ("Animer", ())]


def test_what_announces_the_list_is_no_item() -> None:
    assert titles("Les compétences attestées :    C1. Concevoir    C2. Animer") == ["Concevoir", "Animer"]
    assert titles("Les compétences attestées :    Concevoir    Animer") == ["Concevoir", "Animer"]


@given(st.text(alphabet="AC1.-* \n;:éàz<>&", max_size=120))
def test_any_text_is_split_without_losing_a_word(text: str) -> None:
    """Marks, headings and what announces the list aside, every word is in an item, in its order."""
    found = " ".join(" ".join((item.title, *item.elements)) for item in split(text).items)
    assert Counter(re.findall("[éàz]", found)) <= Counter(re.findall("[éàz]", plain(text)))
    assert split(spaced(text)) == split(text)


def test_a_huge_text_is_split_at_once() -> None:
    assert len(split("- mot " * 200_000).items) == 1
    assert len(split("  - mot" * 20_000).items) == 20_000


# ------------------------------------------------------------------------------------------------------- the table by hand


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for name in ("RNCP", "RS"):
        for fiche in etree.parse(folder / f"export_fiches_{name}_V4_1_dev.xml").iterfind("FICHE"):
            yield str(fiche.findtext("NUMERO_FICHE")), str(fiche.findtext("CAPACITES_ATTESTEES"))
            for block in fiche.iterfind("BLOCS_COMPETENCES/BLOC_COMPETENCES"):
                yield str(block.findtext("CODE")), str(block.findtext("LISTE_COMPETENCES"))


def _first_words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text)[:4])


def _measured(folder: Path, *uses: str) -> tuple[float, float, int]:
    """Precision, recall and the number of competencies, over the texts of some uses."""
    texts = dict(_texts(folder))
    right = found = wanted = 0
    with (SAMPLES / "rncp_decoupage.csv").open(encoding="utf-8") as file:
        for text, use, number, words in csv.reader(file, delimiter=";"):
            if use not in uses:
                continue
            expected = Counter(words.split(" | "))
            assert expected.total() == int(number), text
            got = Counter(_first_words(title) for title in titles(texts[text]))
            right, found, wanted = right + (got & expected).total(), found + got.total(), wanted + expected.total()
    return right / found, right / wanted, wanted


def test_precision_and_recall_on_the_table_made_by_hand(samples: Path) -> None:
    """What docs/formats/rncp.md says; the last figures count texts that an import never splits, one of which uses semicolons alone."""
    folder = samples / "data" / "rncp"
    assert _measured(folder, "bloc", "capacités") == (1.0, 1.0, 175)
    precision, recall, wanted = _measured(folder, "bloc", "capacités", "résumé")
    assert (round(precision, 3), round(recall, 3), wanted) == (0.994, 0.972, 316)
