"""The national directory, imported: a made-up file of many fiches into SQLite, twice, then plans for two of its titles.

Against a bare ``iterparse`` of the same file in the same run. Processor time of this process and of the one that reads beside it, and
the time on the clock, which means something on a machine that does nothing else.

    python -m benchmarks.bench_import [--count 3000]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from api.services.import_runs import perform
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
        print(f"| {count:,} fiches, {path.stat().st_size / 1e6:,.0f} MB | here | beside | clock | clock / bare |")
        print("|---|---:|---:|---:|---:|")
        clock, used = time.perf_counter(), time.process_time()
        _bare(path)
        bare = time.perf_counter() - clock
        print(f"| bare `iterparse` | {time.process_time() - used:.1f} s | | {bare:.1f} s | 1.00 |")
        store = Store(f"sqlite:///{folder}/store.sqlite3")
        schema.upgrade(store.engine)
        for turn in ("first import", "the same file again"):
            _imported(store, path, turn, bare)
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


def _imported(store: Store, path: Path, turn: str, bare: float) -> None:
    clock, here, beside = time.perf_counter(), time.process_time(), _beside()
    with path.open("rb") as stream:
        request = Request("rncp", path.name, *digest_of(stream))
        with store.write() as unit:
            run = unit.of(SHARED).imports.ask(request)
        report = perform(store, SHARED, run.id, standards()["rncp"], Upload(path.name, stream, request.size))
    clock = time.perf_counter() - clock
    told = ", ".join(f"{number:,} {outcome}" for outcome, number in report.counts.items() if number)
    figures = f"{time.process_time() - here:.1f} s | {_beside() - beside:.1f} s | {clock:.1f} s | {clock / bare:.2f}"
    print(f"| {turn}: {told} | {figures} |")


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
