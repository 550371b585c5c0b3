"""Files and formats: told by their folder, or by their content, and all problems at once."""

from pathlib import Path

import pytest

from referentials.findings import FileProblem
from referentials.loader import (
    CORRESPONDENCES,
    OFFER,
    RECOGNITIONS,
    REFERENTIAL,
    RULES,
    Format,
    files_of,
    load_document,
    load_file,
)
from referentials.yaml_source import read_bytes

BASE = Path(__file__).resolve().parents[1] / "broken" / "socle"


def test_a_folder_tells_what_its_files_hold() -> None:
    found = [(path.relative_to(BASE).as_posix(), kind) for path, kind in files_of(BASE)]
    assert found == [
        ("certifications/tp-a/2020.yaml", REFERENTIAL),
        ("certifications/tp-a/2025.yaml", REFERENTIAL),
        ("certifications/tp-b/2021.yaml", REFERENTIAL),
        ("frameworks/cadre/1.yaml", REFERENTIAL),
        ("recognitions/a--b.yaml", RECOGNITIONS),
        ("correspondences/a--cadre.yaml", CORRESPONDENCES),
        ("rules/generales.yaml", RULES),
        ("offers/corps/offre.yaml", OFFER),
    ]


@pytest.mark.parametrize(
    ("path", "kind"), list(files_of(BASE)), ids=lambda part: part.stem if isinstance(part, Path) else ""
)
def test_a_file_alone_is_known_by_its_content(path: Path, kind: Format) -> None:
    assert load_file(path).format is kind
    assert load_file(path) == load_file(path, kind)


def test_a_folder_that_is_not_there_has_no_file(tmp_path: Path) -> None:
    assert list(files_of(tmp_path / "absent")) == []


def test_a_list_without_items_is_one() -> None:
    assert load_document(read_bytes(b"[]"), RECOGNITIONS).items == ()


def test_every_item_of_a_list_keeps_its_line() -> None:
    text = (BASE / "recognitions/a--b.yaml").read_text("utf-8")
    loaded = load_document(read_bytes((text + "\n" + text).encode()), RECOGNITIONS)
    assert [loaded.line((index, "effect")) for index in (0, 1)] == [4, 12]


def problems(text: str, kind: Format) -> list[tuple[str, int | None, str]]:
    with pytest.raises(FileProblem) as problem:
        load_document(read_bytes(text.encode(), file="x.yaml"), kind)
    return [(finding.rule, finding.where.line, finding.where.path) for finding in problem.value.findings]


def test_all_problems_are_told_at_once() -> None:
    text = """\
id: T
title: ""
kind: attestation
level: neuf
valid:
  from: hier
  jusqu'au: demain
blocks:
  - title: Sans code
    competencies: C1
  - 3
"""
    assert problems(text, REFERENTIAL) == [
        ("ecriture", 1, "id"),
        ("champ-manquant", 1, "version"),
        ("valeur-vide", 2, "title"),
        ("nombre-illisible", 4, "level"),
        ("date-illisible", 6, "valid.from"),
        ("champ-inconnu", 7, "valid.jusqu'au"),
        ("champ-manquant", 1, "confidence"),
        ("champ-manquant", 9, "blocks[1].code"),
        ("liste-attendue", 10, "blocks[1].competencies"),
        ("groupe-attendu", 11, "blocks[2]"),
    ]


def test_paths_of_requirements_are_those_of_the_file() -> None:
    text = """\
- id: x
  given:
    all_of:
      - any_of: [a, B!]
      - at_least: deux
        of: [c]
      - {at_least: 1}
      - {experience: {months: -1}}
      - {condition: Deux, text: x}
      - {competency: c:d}
      - {all_of: [a], any_of: [b]}
      - [a]
      -
  grants: [t@1]
  effect: award
  in_force: {}
  source: {title: x}
  confidence: official
"""
    assert problems(text, RECOGNITIONS) == [
        ("reference-illisible", 4, "[1].given.all_of[1].any_of[2]"),
        ("nombre-illisible", 5, "[1].given.all_of[2].at_least"),
        ("champ-manquant", 7, "[1].given.all_of[3].of"),
        ("nombre-hors-bornes", 8, "[1].given.all_of[4].experience.months"),
        ("ecriture", 9, "[1].given.all_of[5].condition"),
        ("reference-illisible", 10, "[1].given.all_of[6].competency"),
        ("champ-inconnu", 11, "[1].given.all_of[7].any_of"),
        ("exigence-illisible", 12, "[1].given.all_of[8]"),
        ("exigence-illisible", 13, "[1].given.all_of[9]"),
    ]


def test_problems_of_several_items_come_in_order() -> None:
    assert next(path for _rule, _line, path in problems("- {id: A}\n- null\n- x\n", RULES)) == "[1].id"
    assert [path for _rule, _line, path in problems("- null\n- x\n", RULES)] == ["[1]", "[2]"]
