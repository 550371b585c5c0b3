"""The map as files: the same bytes each time, inert cells, and never more than a group of lines in memory."""

import io
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest
from pyarrow import parquet as reader

from pathways.national_map import Chain, Passage, Row
from reports.language import Language, speaking
from reports.map_exports import FORMATS, Subject, parquet, writer
from reports.map_exports.columns import Texts
from tests.pathways.small import certification, right

VERSIONS = (certification("a@1", "B1"), certification("b@1", "B1"))
TEXTS = Texts(lambda key: f"=Titre {key}", {"r": right("r", "a@1", "b@1/B1")})


def row(number: int) -> Row:
    passage = Passage(start="a@1", target="b@1", blocks=("b@1/B1", "b@1/B2"), rights=("r",), depth=number)
    chain = Chain(start="a@1", target="b@1", facts=("b@1/B1",), rights=("r", "s"), steps=())
    return Row("a@1", (passage,), (chain,))


def written(name: str, *rows: Row, chains: bool = False) -> bytes:
    file = io.BytesIO()
    assert writer(name)(iter(rows), Subject(VERSIONS, TEXTS, chains), file) == len(rows)
    return file.getvalue()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("chains", [False, True])
def test_an_empty_map_opens_and_the_same_map_gives_the_same_bytes(name: str, chains: bool) -> None:
    assert written(name, chains=chains)
    assert written(name, row(1), row(2), chains=chains) == written(name, row(1), row(2), chains=chains)


def test_a_spreadsheet_runs_no_cell_and_reads_the_language_of_its_reader() -> None:
    assert "a@1;'=Titre a@1;b@1;" in written("csv", row(1)).decode()
    assert "Arrêté pour l'essai" in written("csv", row(1), chains=True).decode()
    with speaking(Language.ENGLISH):
        assert written("csv", row(1)).decode().startswith("\ufeffStart;Title of the start;")


def test_tools_that_draw_open_it() -> None:
    graph = nx.parse_graphml(written("graphml", row(3)).decode())
    assert graph.nodes["a@1"]["title"] == "a@1"
    assert (graph.edges["a@1", "b@1"]["depth"], graph.edges["a@1", "b@1"]["whole"]) == (3, False)


def test_parquet_is_written_group_by_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP", 2)
    file, seen = io.BytesIO(), []

    def passing() -> Iterator[Row]:
        for number in range(5):
            seen.append(file.tell())
            yield row(number)

    assert parquet.write(passing(), Subject(VERSIONS, TEXTS), file) == 5
    assert sorted(set(seen)) == seen[::2], "a group is written before the next one is asked for"
    found: Any = reader.ParquetFile(file)
    assert found.num_row_groups == 3
    assert found.read().column("depth").to_pylist() == [0, 1, 2, 3, 4]
