"""The library, measured: what ships, 5,000 referentials of 25 competencies, and the first line of ``passerelles list``.

Times are given beside a reference of the same run and machine: reading the same files with ``yaml.load`` and its C loader,
which knows no lines and checks nothing, and starting Python to do nothing. The generated libraries are measured in processor
time, so that a busy machine does not bend the line.

    python -m benchmarks.bench_library [--small]
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import yaml

from benchmarks import library_files

ROUNDS = 5
SIZES = (1_000, 2_500, 5_000)
SMALL = (100, 250, 500)


def main(sizes: tuple[int, ...]) -> None:
    print("| what | time | reference | ratio | peak memory |")
    print("|---|---:|---:|---:|---:|")
    _shipped()
    with tempfile.TemporaryDirectory() as folder:
        library_files.write(Path(folder), sizes[-1])
        for size in sizes:
            _generated(Path(folder), size)
    _shell()


def _shipped() -> None:
    from referentials.library import SHIPPED, Library

    files = sorted(path for path in SHIPPED.rglob("*.yaml") if path.parts[-2] != "cases")
    reference = _median(lambda: _bare(files))
    _row(f"shipped library, {len(files)} files: naming them", _median(Library.read), reference)
    _row("… opening every one", _median(_open_all), reference)
    _row("… opening and checking", _median(_check), reference)


def _open_all() -> None:
    from referentials.library import Library

    Library.read().open_all()


def _check() -> None:
    from referentials.checks import check
    from referentials.library import Library

    check(Library.read())


def _bare(files: list[Path]) -> None:
    for path in files:
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def _generated(folder: Path, size: int) -> None:
    """Measured in a process of its own, for its peak memory."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_library", "--load", str(folder), str(size)],
        capture_output=True,
        text=True,
        check=True,
    )
    bare, loaded, checked, memory = map(float, done.stdout.split())
    competencies = size * library_files.BLOCKS * library_files.COMPETENCIES
    _row(f"{size:,} generated referentials, {competencies:,} competencies: opening", loaded, bare, memory)
    _row("… checking", checked, bare)


def _load(folder: Path, size: int) -> None:
    from referentials.checks import check
    from referentials.library import Library
    from referentials.loader import files_of

    files = list(files_of(folder))[:size]
    started = time.process_time()
    _bare([path for path, _kind in files])
    bare = time.process_time() - started
    library = Library(files)
    started = time.process_time()
    assert library.open_all() == ()
    loaded = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.process_time()
    check(library)
    print(bare, loaded, time.process_time() - started, memory)


def _shell() -> None:
    """With compiled modules in a cache that a first round fills, as on any machine that has run the program once."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        python = [sys.executable, "-c", "pass"]
        reference = _median(partial(_first_line, python, environment))
        for words in ("--help", "list", "show tp-mn@2025"):
            command = [str(Path(sys.executable).parent / "passerelles"), *words.split()]
            _first_line(command, environment)
            _row(f"first line of `passerelles {words}`", _median(partial(_first_line, command, environment)), reference)


def _first_line(command: list[str], environment: dict[str, str]) -> None:
    """Start a command and stop it at its first line."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()


def _median(work: Callable[[], object]) -> float:
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _row(what: str, seconds: float, reference: float, memory: float | None = None) -> None:
    peak = "" if memory is None else f"{memory:,.0f} MB"
    print(
        f"| {what} | {1000 * seconds:,.0f} ms | {1000 * reference:,.0f} ms | {seconds / reference:.2f} | {peak} |",
        flush=True,
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        _load(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(SMALL if "--small" in sys.argv else SIZES)
