"""The national directory, read: a made-up XML file of many fiches, streamed into records, against a bare ``iterparse`` of the same file.

The bare pass parses the file and empties every fiche, and does nothing else. Both are measured in processor time, each in a process of its own, for its
peak memory. ``--count`` fiches are written first, of the weight of real ones.

    python -m benchmarks.bench_rncp [--count 30000]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.directory import generate

COUNT = 30_000


def main(count: int) -> None:
    """Write a file, then measure both ways to go through it."""
    with tempfile.TemporaryDirectory() as folder:
        path = generate(Path(folder) / "export_fiches_RNCP_V4_1.xml", count)
        print(f"| {count:,} fiches, {path.stat().st_size / 1e6:,.0f} MB | time | ratio | peak memory |")
        print("|---|---:|---:|---:|")
        bare, memory, _count = _measured("bare", path)
        print(f"| bare `iterparse` | {bare:.1f} s | 1.00 | {memory:.0f} MB |")
        for way, what in (("links", "links between fiches alone"), ("read", "every record, nothing kept")):
            seconds, memory, found = _measured(way, path)
            print(f"| {what} ({found:,.0f}) | {seconds:.1f} s | {seconds / bare:.2f} | {memory:.0f} MB |")


def _measured(way: str, path: Path) -> tuple[float, float, float]:
    """Processor seconds, peak memory in MB, how many things were found."""
    command = [sys.executable, "-m", "benchmarks.bench_rncp", "--pass", way, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory, found = map(float, done.stdout.split())
    return seconds, memory, found


def _pass(way: str, path: Path) -> None:
    """One way through a file; prints what :func:`_measured` reads."""
    go_through = {"bare": _bare, "links": _links, "read": _read}[way]
    started = time.process_time()
    found = go_through(path)
    print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found)


def _bare(path: Path) -> int:
    from lxml import etree

    count = 0
    for _event, element in etree.iterparse(path, tag="FICHE"):
        count += 1
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    return count


def _links(path: Path) -> int:
    from referentials.formats.rncp_succession import links_in

    with path.open("rb") as stream:
        return sum(1 for _link in links_in(stream))


def _read(path: Path) -> int:
    from referentials.formats.exchange import Upload
    from referentials.formats.rncp import read

    with path.open("rb") as stream:
        return sum(1 for _record in read(Upload(path.name, stream, path.stat().st_size)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--pass"]:
        _pass(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[sys.argv.index("--count") + 1]) if "--count" in sys.argv else COUNT)
