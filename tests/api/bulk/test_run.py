"""Bulk work: the same bytes whoever does it, once each whatever dies, and nothing done twice that is kept."""

from pathlib import Path

import pytest

from api.bulk.engine import engine
from api.bulk.labour import done_by
from api.bulk.ledger import StoredLedger
from api.bulk.processes import Processes
from api.bulk.run import run
from api.bulk.work import Refused, Result, Work, hash_of, in_order, never
from api.bulk.workforce import LOST, Here, Workforce
from api.store.retention import forget_old
from api.store.unit_of_work import Store
from tests.api.bulk.tasks import counted
from tests.api.conftest import Clock


def contents(work: Work, workforce: Workforce, **options: object) -> list[bytes | None]:
    return [one.content for one in in_order(run(work, workforce, **options))]  # type: ignore[arg-type]


def test_the_bytes_are_the_same_whoever_does_it() -> None:
    work = counted(20)
    here = contents(work, Here())
    assert contents(work, Processes(1)) == contents(work, Processes(2)) == here
    assert len(here) == len(set(here)) == 20
    assert hash_of(one or b"" for one in here) != hash_of(one or b"" for one in reversed(here))


def test_a_process_that_is_killed_costs_a_chunk_which_is_done_again(tmp_path: Path) -> None:
    work = Work("tests.api.bulk.tasks:dying", str(tmp_path / "mark").encode(), (b"a", b"once", b"b", b"always", b"c"))
    found = list(in_order(run(work, Processes(2))))
    assert [one.content for one in found] == [b"A", b"ONCE", b"B", None, b"C"]
    assert found[3].problem == LOST


@pytest.mark.parametrize("workforce", [Here(), Processes(1)], ids=["here", "processes"])
def test_a_defect_is_told_by_its_place_and_stops_nothing(workforce: Workforce) -> None:
    found = list(in_order(run(Work("tests.api.bulk.tasks:failing", b"", (b"a", b"wrong", b"b")), workforce)))
    assert [one.content for one in found] == [b"a", None, b"b"]
    assert found[1].problem.startswith("ValueError (tasks.py:")
    with pytest.raises(Refused, match="Rien à faire"):
        list(run(Work("tests.api.bulk.tasks:failing", b"no", (b"a",)), workforce))


def test_another_engine_does_not_work_for_this_one() -> None:
    with pytest.raises(Refused, match="autre version"):
        done_by(f"{engine()}0", "tests.api.bulk.tasks:counting", b"", b"", never)


def test_what_is_kept_is_not_done_again(store: Store) -> None:
    work, ledger, told = counted(6), StoredLedger(store), []
    stopped = run(work, Here(), ledger, lambda done, of: told.append((done, of)), lambda: len(told) == 2)
    assert [one.rank for one in stopped] == [0, 1]
    with store.write() as unit:
        unit.directory.bulk.keep(work.key, 4, b"kept by another")
    found = list(run(work, _Only({2, 3, 5}), ledger, lambda done, of: told.append((done, of))))
    assert told == [*((done, 6) for done in (1, 2)), *((done, 6) for done in range(1, 7))]
    assert {one.rank: one.content for one in found}[4] == b"kept by another"
    again = list(run(work, _Only(set()), ledger))
    assert again == sorted(found), "a third run has nothing to do, and gives the same"


class _Only:
    """Whoever may be asked for some ranks alone."""

    hands = 1

    def __init__(self, ranks: set[int]) -> None:
        self._ranks = ranks

    def do(self, work: Work, ranks: object, should_stop: object) -> object:
        assert set(ranks) == self._ranks  # type: ignore[call-overload]
        return Here().do(work, ranks, never)  # type: ignore[arg-type]


def test_a_chunk_is_kept_once_and_only_while_it_is_whole(store: Store, clock: Clock) -> None:
    work, ledger = counted(2), StoredLedger(store)
    ledger.begin(work)
    ledger.keep(work, 0, b"first")
    ledger.keep(work, 0, b"second")
    assert list(ledger.kept(work)) == [(0, b"first")]
    with store.write() as unit:
        found = unit.directory.bulk.chunk(work.key, 0)
        assert found is not None
        found.content = b"damaged"
    assert list(ledger.kept(work)) == []
    assert [one.rank for one in run(work, Here(), ledger)] == [0, 1]
    assert list(ledger.kept(work)) == [(one.rank, one.content) for one in run(work, Here())], "it was mended"


def test_a_run_that_nobody_uses_is_forgotten(store: Store, clock: Clock) -> None:
    work, ledger = counted(1), StoredLedger(store)
    list(run(work, Here(), ledger))
    for days, left in ((20, 1), (20, 1), (31, 0)):
        clock.go(days=days)
        with store.write() as unit:
            forget_old(unit, people_days=0, jobs_days=0, bulk_days=30)
        with store.read() as unit:
            assert len(unit.directory.bulk.ranks(work.key)) == left
        if left:
            ledger.begin(work)
    ledger.keep(work, 0, b"late")
    assert list(ledger.kept(work)) == [(0, b"late")], "whoever was at work meanwhile goes on"


def test_results_come_in_order_as_soon_as_they_can() -> None:
    seen: list[int] = []

    def coming() -> object:
        for rank in (2, 0, 1, 3):
            seen.append(rank)
            yield Result(rank, b"")

    ordered = in_order(coming())  # type: ignore[arg-type]
    assert next(ordered).rank == 0
    assert seen == [2, 0]
    assert [one.rank for one in ordered] == [1, 2, 3]
