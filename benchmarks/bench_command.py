"""A plan from the command line, on the library that ships: where its time goes, from the shell to the answer.

Each question is asked several times in fresh processes; the medians of processor seconds are given, part by part, and beside
them the whole time on the clock. ``python -c pass`` is the reference.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TIMES = 5
LEAST = 0.01
"""Imports that take less are added up."""

QUESTIONS = {
    "plan": ("plan", "examples/animatrice.yaml", "--target", "tp-fpa", "--on", "2026-11-22"),
    "plan with dates": (
        *("plan", "examples/animatrice.yaml", "--target", "tp-fpa", "--on", "2026-11-22"),
        *("--weekly-hours", "8"),
    ),
    "gap": ("gap", "examples/animatrice.yaml", "--target", "tp-fpa", "--on", "2026-11-22"),
}

ORDER = (
    "interpreter",
    "imports",
    "library and files",
    "rights and gap",
    "choice and dates",
    "explanations",
    "verifier",
    "printing",
    "the rest",
)


def spent(command: list[str]) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def parts(question: tuple[str, ...]) -> dict[str, float]:
    """Processor seconds of each part, once."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "parts.json"))
        command = [sys.executable, "-m", "benchmarks.spans", file, *question]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        return dict(json.loads(Path(file).read_text("utf-8")))


def medians(some: list[dict[str, float]]) -> dict[str, float]:
    """The median of each part over the runs."""
    names = {name for one in some for name in one}
    return {name: statistics.median(one.get(name, 0.0) for one in some) for name in names}


def grouped(found: dict[str, float]) -> dict[str, float]:
    """The parts in order, small imports together."""
    told = {name: found[name] for name in found if not name.startswith("import ")}
    imports = {name: seconds for name, seconds in found.items() if name.startswith("import ")}
    large = {name: seconds for name, seconds in imports.items() if seconds >= LEAST}
    told["imports"] = sum(imports.values())
    order: dict[str, float] = {}
    for name in ORDER:
        if name in told:
            order[name] = told[name]
        if name == "imports":
            order |= {f"… {key}": value for key, value in sorted(large.items(), key=lambda item: -item[1])}
    return order


def main() -> None:
    """Print the table of each question."""
    passing = [spent([sys.executable, "-c", "pass"]) for _ in range(TIMES)]
    clock, processor = (statistics.median(column) for column in zip(*passing, strict=True))
    print("| question | part | processor ms | share |\n|---|---|---:|---:|")
    print(f"| `python -c pass` | everything | {1000 * processor:.0f} (on the clock {1000 * clock:.0f}) | |")
    for name, question in QUESTIONS.items():
        whole = [spent([sys.executable, "-c", "from api.cli import main; main()", *question]) for _ in range(TIMES)]
        clock, processor = (statistics.median(column) for column in zip(*whole, strict=True))
        print(f"| {name} | everything | {1000 * processor:.0f} (on the clock {1000 * clock:.0f}) | |")
        found = grouped(medians([parts(question) for _ in range(TIMES)]))
        total = sum(seconds for part, seconds in found.items() if not part.startswith("…"))
        for part, seconds in found.items():
            print(f"| | {part} | {1000 * seconds:.0f} | {100 * seconds / total:.0f} % |")


if __name__ == "__main__":
    main()
