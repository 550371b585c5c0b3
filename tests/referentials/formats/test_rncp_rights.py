"""Every real CORRESPONDANCE through the engine: who holds all that it asks for has what it gives by right; nobody else has, and nothing goes back."""

import csv
from datetime import date
from pathlib import Path

import pytest

from pathways.gap import gap, position
from pathways.recognition import Rights
from referentials.formats.rncp import STANDARD
from referentials.library import Library
from referentials.requirement import references
from tests.pathways.small import person
from tests.referentials.formats.round_trip import of_file, read

ON = date(2026, 1, 5)
EXPORTS = ("export_fiches_RNCP_V4_1_dev.xml", "export_fiches_RS_V4_1_dev.xml")


@pytest.fixture(scope="module")
def directory(samples: Path) -> Library:
    """The sample fiches and their rights; the other fiches that these name are not in the sample."""
    return Library.of(
        *(model for name in EXPORTS for model in read(STANDARD, of_file(samples / "data" / "rncp" / name))[0])
    )


def test_every_row_of_the_sample_is_there_as_a_right(directory: Library, samples: Path) -> None:
    with (samples / "data" / "rncp" / "correspondances_dev.csv").open(encoding="utf-8") as file:
        rows = {
            (row["fiche_destination"], row["blocs_destination"], row["fiche_source"], row["blocs_source"])
            for row in csv.DictReader(file)
        }
    found = set()
    for item in directory.recognitions:
        given, grants = list(references(item.given)), list(item.grants)
        found.add((*_row(given), *_row(grants)))
    assert (found, len(directory.recognitions)) == (rows, 13)


def _row(texts: list[str]) -> tuple[str, str]:
    (number,) = {text.partition("/")[0].removesuffix("@fiche").upper() for text in texts}
    return number, "+".join(text.partition("/")[2] for text in texts if "/" in text)


def test_whoever_holds_all_has_all_by_right_and_nobody_else(directory: Library) -> None:
    rights = Rights(directory)
    assert directory.recognitions
    for item in directory.recognitions:
        held = [full for text in references(item.given) for full in directory.expand(text)]
        granted = {full for text in item.grants for full in directory.expand(text)}
        assert held
        assert granted
        found = rights.close(held, ON)
        assert granted <= set(found.proofs)
        assert {found.proofs[fact].by for fact in granted} == {item.id}
        for missing in held if len(held) > 1 else ():
            assert granted.isdisjoint(rights.close([one for one in held if one != missing], ON).proofs)
        assert granted.isdisjoint(rights.close([], ON).proofs)
        assert set(held).isdisjoint(rights.close(sorted(granted), ON).proofs)
        before = rights.close(held, date(2020, 1, 6))
        assert granted.isdisjoint(before.proofs)


def test_two_old_blocks_together_give_one_new_one_in_a_gap(directory: Library) -> None:
    old = ["rncp31678/RNCP31678BC02", "rncp31678/RNCP31678BC03"]
    assert _second_block(directory, *old) == "by_right"
    assert [_second_block(directory, one) for one in old] == ["missing", "missing"]


def _second_block(library: Library, *held: str) -> str:
    """Where a person who holds some blocks stands on the second block of RNCP37873."""
    found = gap(position(person(*held), "rncp37873", Rights(library), ON))
    return next(block.state for block in found.blocks if block.ref.endswith("BC02"))
