"""Every benchmark, one after the other, each in a process of its own; what they print goes to ``docs/benchmarks.md``.

python -m benchmarks                every one
python -m benchmarks solver weeks   these; the page keeps what it says of the others
"""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench`. Times are of one run on the machine named under each title; what counts is the ratio to the reference
of the same run. The instances of public problems come from a folder of samples that is not shipped (`PASSERELLES_SAMPLES`).
"""


def main(names: list[str]) -> int:
    """Run the benchmarks and rewrite their sections of the page."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    wanted = [name for name in modules if not names or name.removeprefix("bench_") in names]
    sections, failed = _sections(), False
    for name in wanted:
        print(f"== {name}", file=sys.stderr)
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], stdout=subprocess.PIPE, text=True, check=False
        )
        print(done.stdout, flush=True)
        failed |= done.returncode != 0
        if done.returncode == 0 and done.stdout.strip():
            sections[name] = _section(name, done.stdout)
    PAGE.write_text(HEAD + "".join(f"\n{sections[name]}" for name in sorted(sections)), encoding="utf-8")
    return int(failed)


def _sections() -> dict[str, str]:
    """What the page says today, by benchmark."""
    text = PAGE.read_text("utf-8") if PAGE.is_file() else ""
    parts = re.split(r"(?m)^(?=## )", text)[1:]
    return {
        found.group(1): f"{part.rstrip()}\n"
        for part in parts
        if (found := re.search(r"`python -m benchmarks\.(\w+)`", part))
    }


def _section(name: str, output: str) -> str:
    doc = (import_module(f"benchmarks.{name}").__doc__ or "").strip().splitlines()[0]
    shown = output.strip() if "|" in output else f"```\n{output.strip()}\n```"
    return f"## {doc}\n\n`python -m benchmarks.{name}`, {date.today():%Y-%m-%d}, {_machine()}\n\n{shown}\n"


def _machine() -> str:
    cores = len({line for line in _cpu().splitlines() if line.startswith("processor")}) or "?"
    model = next(
        (line.partition(":")[2].strip() for line in _cpu().splitlines() if line.startswith("model name")),
        platform.machine(),
    )
    return f"{cores} × {model}, Python {platform.python_version()}, OR-Tools {version('ortools')}, SciPy {version('scipy')}"


def _cpu() -> str:
    path = Path("/proc/cpuinfo")
    return path.read_text("utf-8") if path.is_file() else ""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
