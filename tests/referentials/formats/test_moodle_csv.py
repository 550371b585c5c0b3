"""Moodle frameworks in and out: both header generations, the same tree again, long names, formulas, hostile files."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from referentials.findings import FileProblem
from referentials.formats.moodle_csv import STANDARD
from referentials.formats.moodle_plan import learning_plans
from referentials.formats.moodle_rows import AT_MOST, COLUMNS, LONGEST
from referentials.library import Library
from referentials.model import Block, Competency, Level, Referential, Scale
from tests.referentials.formats.round_trip import SAMPLES, again, of_file, read, referentials, rules, upload, write

OLD = SAMPLES / "moodle_12_colonnes.csv"


def test_an_older_file_is_read_in_the_order_of_its_rows() -> None:
    (item,), findings = read(STANDARD, of_file(OLD))
    assert (item.key, item.title, item.facts) == ("accueil@1", "Accueil du public", ("Un cadre d'essai.",))
    assert [(level.rank, level.label) for level in item.scale.levels] == [
        (1, "Débutant"),
        (2, "Confirmé"),
        (3, "Expert"),
    ]
    assert [block.code for block in item.blocks] == ["B", "A", "X"]
    listen, contact = item.blocks[0].competencies
    assert listen.title == (
        "Écouter une personne qui n'ose pas dire ce qu'elle ne sait pas faire, sans la presser ni la juger"
    )
    assert (listen.note, listen.elements) == ("Un entretien", ("Reformuler",))
    assert contact.title == "=CONTACT"
    assert [finding.where.line for finding in findings[:2]] == [10, 11]
    assert {"moodle-ligne", "moodle-parent", "moodle-regles"} <= rules(findings)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_headers_of_another_language_are_told_by_their_number(separator: str) -> None:
    with OLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([[f"Colonne n° {rank}" for rank in range(12)], *rows[1:]])
    assert read(STANDARD, upload("x.csv", out.getvalue().encode("utf-16")))[0] == read(STANDARD, of_file(OLD))[0]


def shape(item: Referential) -> Any:
    """What Moodle can hold of a referential: a line for each title, notes as they are."""

    def line(text: str | None, code: str = "") -> str | None:
        short = " ".join((text or "").split())
        return None if short in ("", code) else short

    def texts(several: tuple[str, ...]) -> list[str | None]:
        return [line(text) for text in several if line(text)]

    return (
        item.key,
        item.note,
        [
            (
                block.code,
                line(block.title, block.code),
                block.note,
                [
                    (one.code, line(one.title, one.code), one.note, texts(one.elements), texts(one.criteria))
                    for one in block.known_competencies
                ],
            )
            for block in item.known_blocks
        ],
    )


def without_blank_texts(item: Referential) -> bool:
    several = [one.elements + one.criteria for _key, one in item.competencies()]
    return all(text.split() for texts in several for text in texts)


@given(referentials.filter(without_blank_texts))
@settings(max_examples=60)
def test_the_same_tree_comes_back_and_the_rest_is_told(item: Referential) -> None:
    written = write(STANDARD, Library.of(item), item.key)
    (found,), findings = again(STANDARD, written)
    assert shape(found) == shape(item)
    assert findings == []
    told = rules(written.left_out)
    for name in item.model_dump(exclude_defaults=True).keys() - {"id", "version", "title", "note", "blocks", "scale"}:
        assert f"moodle-{name.replace('_', '-')}" in told
    rows = list(csv.DictReader(io.StringIO(written.content.decode())))
    assert all(len(row[COLUMNS[name]]) <= LONGEST for row in rows for name in ("short", "id"))
    assert all(row[COLUMNS["short"]] and row[COLUMNS["id"]] for row in rows)


def test_every_shipped_version_comes_back_and_a_second_time_is_the_same() -> None:
    library = Library.read()
    written = write(STANDARD, library, *(item.key for item in library))
    models, findings = again(STANDARD, written)
    assert findings == []
    assert {item.key: shape(item) for item in models} == {item.key: shape(item) for item in library}


def test_a_long_name_is_cut_at_a_word_and_kept_whole() -> None:
    long = "Accompagner " + "chaque personne " * 130
    item = Referential(id="x", version="1", title=long, kind="attestation", confidence="official", blocks=[])
    written = write(STANDARD, Library.of(item), "x")
    row = next(csv.DictReader(io.StringIO(written.content.decode())))
    assert row["Shortname"].endswith(("chaque …", "personne …"))
    assert "moodle-nom-coupe" in rules(written.left_out)
    assert again(STANDARD, written)[0][0].title == long.strip()


def test_a_scale_comes_back_and_what_moodle_cannot_number_is_told() -> None:
    base = Referential(id="x", version="1", title="X", kind="attestation", confidence="official")
    for ranks, lost in (((1, 2, 3), False), ((0, 5), True)):
        levels = tuple(Level(rank=rank, label=f"Niveau n° {rank}") for rank in ranks)
        written = write(STANDARD, Library.of(base.model_copy(update={"scale": Scale(levels=levels)})), "x")
        (found,), _none = again(STANDARD, written)
        assert [level.label for level in found.scale.levels] == [level.label for level in levels]
        assert ("moodle-niveau" in rules(written.left_out)) is lost
        row = next(csv.DictReader(io.StringIO(written.content.decode())))
        head, *flags = json.loads(row["Scale configuration"])
        assert head == {"scaleid": "0"}
        assert sum(one["scaledefault"] for one in flags) == 1
        assert flags[-1] == {"id": len(ranks), "scaledefault": 0, "proficient": 1}


def test_a_spreadsheet_computes_nothing() -> None:
    titles = ("=1+1", "+33", "-1", "@a", "'=b")
    competencies = tuple(Competency(code=f"C{rank}", title=title) for rank, title in enumerate(titles))
    block = Block(code="B", title="B1", competencies=competencies)
    item = Referential(id="x", version="1", title="X", kind="attestation", confidence="official", blocks=(block,))
    written = write(STANDARD, Library.of(item), "x")
    rows = list(csv.reader(io.StringIO(written.content.decode())))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert again(STANDARD, written)[0][0].blocks == (block,)


def test_a_real_file_is_read_and_stays_the_same_once_ours(samples: Path) -> None:
    file = samples / "data/moodle/tool_lpimportcsv_example_core.csv"
    if not file.is_file():
        pytest.skip("sample data not found")
    (item,), findings = read(STANDARD, of_file(file))
    assert [(block.code, len(block.competencies)) for block in item.blocks] == [("levels", 5), ("competencies", 15)]
    assert sum(len(one.elements) for _key, one in item.competencies()) == 39
    assert not [finding for finding in findings if finding.severity == "error"]
    (same,), _none = again(STANDARD, write(STANDARD, Library.of(item), item.key))
    assert shape(same)[2] == shape(item)[2]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "moodle-colonnes"),
        (b"a,b,c\n1,2,3\n", "moodle-colonnes"),
        (OLD.read_bytes().split(b"\n")[0], "moodle-cadre"),
        (OLD.read_bytes().split(b"\n")[0] + b'\n,"' + b"x" * 200_000, "csv-illisible"),
        (b"," * (AT_MOST + 1), "fichier-trop-gros"),
        (b"\x00" * 50_000, "moodle-colonnes"),
        (b"PK\x03\x04", "zip-illisible"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(content: bytes, rule: str) -> None:
    with pytest.raises(FileProblem) as refusal:
        read(STANDARD, upload("x.csv", content))
    assert rules(refusal.value.findings) == {rule}


def test_a_loop_of_parents_is_cut() -> None:
    head = OLD.read_text("utf-8").split("\n")[0]
    rows = ["b,a,Un,,1,,,,,,,", "a,b,Deux,,1,,,,,,,", ",x,Cadre,,1,,,,,,1,"]
    (item,), findings = read(STANDARD, upload("x.csv", "\n".join([head, *rows])))
    assert [(block.code, len(block.known_competencies)) for block in item.blocks] == [("a", 1)]
    assert rules(findings) == {"moodle-boucle"}


# -- learning plan templates


def test_a_plan_makes_one_template_for_each_framework_with_the_numbers_of_its_export() -> None:
    library = Library.read()
    wanted = ["tp-remn@2019/CCP1/C1.2", "pix@2023/1/1.1", "tp-remn@2019/CCP1/C1.2", "tp-remn@2019/CCP3"]
    rows = list(csv.DictReader(io.StringIO(learning_plans("Parcours de test", "Trois étapes", wanted).decode())))
    assert [(row["Short name"], row["Competency Framework ID Number"]) for row in rows] == [
        ("1. Parcours de test", "tp-remn@2019"),
        ("2. Parcours de test", "pix@2023"),
    ]
    numbers = [row["Cross-referenced competency ID numbers"].split(",") for row in rows]
    assert numbers == [["CCP1/C1.2", "CCP3"], ["1/1.1"]]
    for row, named in zip(rows, numbers, strict=True):
        key = row["Competency Framework ID Number"]
        exported = csv.DictReader(io.StringIO(write(STANDARD, library, key).content.decode()))
        assert {key, *named} <= {one["Id number"] for one in exported}


def test_a_plan_with_nothing_left_makes_no_template() -> None:
    assert len(learning_plans("Titre", "", []).splitlines()) == 1
