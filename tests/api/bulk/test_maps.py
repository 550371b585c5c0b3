"""The national map in chunks: the rows that one process gives, in their order, whoever draws them."""

from datetime import date

from api.bulk import maps
from api.bulk.run import run
from api.bulk.shelf import shelf_of
from api.bulk.work import in_order
from api.bulk.workforce import Here
from pathways.national_map import aimed_at, every_version, national_map
from pathways.recognition import Rights
from referentials.library import Library

ON = date(2014, 6, 1)


def test_the_rows_are_those_of_one_process() -> None:
    library = Library.read()
    rights = Rights(library)
    starts, targets = every_version(library)[:30], tuple(aimed_at(rights, ON))
    work = maps.work_of(starts, maps.Setting(on=ON, targets=targets, chains=True, shelf=shelf_of(())))
    found = [row for one in in_order(run(work, Here())) for row in maps.rows_in(one.content or b"")]
    assert found == list(national_map(rights, ON, starts=starts, targets=targets, chains=True))
    assert any(row.chains for row in found)


def test_chunks_follow_from_the_number_of_starts_alone() -> None:
    setting = maps.Setting(on=ON, targets=(), chains=False, shelf=shelf_of(()))
    assert [len(maps.work_of(("a@1",) * count, setting).chunks) for count in (0, 1, 60, 10_000)] == [0, 1, 30, 100]
