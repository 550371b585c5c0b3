"""The national directory, imported: a made-up file of many fiches into SQLite, twice, then plans for two of its titles.

Against a bare ``iterparse`` of the same file, gone through just before and just after each import. Two ratios are told: that of processor time, of
this process and of the one that reads beside it together, and that of the clock, which means something on a machine that does nothing else.

    python -m benchmarks.bench_import [--count 3000]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from api.services.import_runs import perform
from api.services.imports import Report
from api.services.knowledge import rights_for
from api.store import schema
from api.store.library import Libraries
from api.store.repositories.imports import Request, digest_of
from api.store.scope import Scope
from api.store.unit_of_work import Store
from benchmarks.bench_rncp import _bare
from benchmarks.directory import generate
from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from referentials.formats import standards
from referentials.formats.exchange import Upload

COUNT = 3_000
SHARED = Scope(shared=True)
TARGETS = ("rncp10004", "rncp10404")


def main(count: int) -> None:
    """Write a file, import it twice, ask for plans."""
    with tempfile.TemporaryDirectory() as folder:
        path = generate(Path(folder) / "export_fiches_RNCP_V4_1.xml", count)
        size = f"{count:,} fiches, {path.stat().st_size / 1e6:,.0f} MB"
        print(f"| {size} | bare | here | beside | processors / bare | clock | clock / bare |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        store = Store(f"sqlite:///{folder}/store.sqlite3")
        schema.upgrade(store.engine)
        _bare(path)
        for turn in ("first import", "the same file again"):
            _told(store, path, turn)
        _planned(store)
        store.close()
    print(
        f"Peak memory: {_memory(resource.RUSAGE_SELF):.0f} MB here, {_memory(resource.RUSAGE_CHILDREN):.0f} MB beside."
    )


def _memory(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def _beside() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Spent(NamedTuple):
    """Seconds on the clock, of this process, and of those beside it."""

    clock: float
    here: float
    beside: float

    @classmethod
    def by(cls, work: Callable[[], object]) -> Spent:
        """What some work takes."""
        before = cls._now()
        work()
        return cls(*(after - start for start, after in zip(before, cls._now(), strict=True)))

    @classmethod
    def _now(cls) -> Spent:
        return cls(time.perf_counter(), time.process_time(), _beside())


def _told(store: Store, path: Path, turn: str) -> None:
    reports: list[Report] = []
    before = Spent.by(lambda: _bare(path))
    spent = Spent.by(lambda: reports.append(_imported(store, path)))
    after = Spent.by(lambda: _bare(path))
    clock, bare = (before.clock + after.clock) / 2, (before.here + after.here) / 2
    told = ", ".join(f"{number:,} {outcome}" for outcome, number in reports[0].counts.items() if number)
    seconds = f"{bare:.1f} s | {spent.here:.1f} s | {spent.beside:.1f} s | {(spent.here + spent.beside) / bare:.2f}"
    print(f"| {turn}: {told} | {seconds} | {spent.clock:.1f} s | {spent.clock / clock:.2f} |", flush=True)


def _imported(store: Store, path: Path) -> Report:
    with path.open("rb") as stream:
        request = Request("rncp", path.name, *digest_of(stream))
        with store.write() as unit:
            run = unit.of(SHARED).imports.ask(request)
        return perform(store, SHARED, run.id, standards()["rncp"], Upload(path.name, stream, request.size))


def _planned(store: Store) -> None:
    clock = time.perf_counter()
    library = Libraries(store).of(Scope())
    print(f"\nThe library is opened, {len(library):,} versions: {time.perf_counter() - clock:.2f} s.")
    for target in TARGETS:
        clock = time.perf_counter()
        asked = Question(Profile(), f"{target}@fiche", date(2026, 11, 22), explain=False)
        rights = rights_for(library, asked)
        found = plan(asked, rights)
        seconds = time.perf_counter() - clock
        print(f"A plan for {target}: {seconds:.2f} s, {len(rights.library.recognitions)} rights read, {found.status}.")


if __name__ == "__main__":
    main(int(sys.argv[sys.argv.index("--count") + 1]) if "--count" in sys.argv else COUNT)
