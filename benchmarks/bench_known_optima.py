"""Public instances of the two classical problems inside ours, solved through the public interface to their known optimum.

Each instance becomes files (a library, an offer in parts, a profile) and one call of ``passerelles plan``:

- *set covering* (OR-Library): a target that asks for one competency a row, one module a column, its cost as its price;
- *balanced academic curriculum* (CSPLib 30): a target that asks for every course as a module, its credits as hours, its
  prerequisites as modules, a calendar of periods, the heaviest period to be as light as it can.

Run ``python -m benchmarks.bench_known_optima [name…]``; without a name, every instance.
"""

from __future__ import annotations

import csv
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.bench_bacp import Curriculum, curricula, folder

PART = 1000
"""Modules in one offer file: a file may hold 60,000 values."""


def main(names: list[str]) -> int:
    """Solve, print a table, and say whether every optimum was found and proved."""
    samples = folder()
    if not samples.is_dir():
        print("sample data not found", file=sys.stderr)
        return 0
    known = _known(samples)
    print("| instance | known optimum | found | proved | processor s | on the clock s |\n|---|---:|---:|---|---:|---:|")
    right = True
    for name, files, arguments in _instances(samples):
        if names and name not in names:
            continue
        began, before = time.perf_counter(), _processor_seconds()
        answer = _plan(files, arguments)
        seconds, spent = time.perf_counter() - began, _processor_seconds() - before
        objective = answer["objective"][0] if answer.get("objective") else {"value": None, "proved": False}
        right &= bool(objective["value"] == known[name] and objective["proved"] and answer["verified"])
        found, proved = objective["value"], "yes" if objective["proved"] else "no"
        print(f"| {name} | {known[name]:.0f} | {found} | {proved} | {spent:.1f} | {seconds:.1f} |")
        sys.stdout.flush()
    return 0 if right else 1


def _processor_seconds() -> float:
    """Of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _known(samples: Path) -> dict[str, float]:
    with (samples / "known_optima.csv").open(encoding="utf-8") as file:
        return {row["instance"]: float(row["optimum"]) for row in csv.DictReader(file)}


def _instances(samples: Path) -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    for path in sorted((samples / "scp").glob("*.txt.gz")):
        yield path.name.removesuffix(".txt.gz"), covering(path), ["--minimise", "cost"]
    for curriculum in curricula(samples):
        yield curriculum.name, balanced(curriculum), ["--minimise", "peak_load"]


def covering(path: Path) -> dict[str, Any]:
    """The files of a set covering instance."""
    with gzip.open(path, "rt", encoding="ascii") as file:
        numbers = iter([int(word) for word in file.read().split()])
    rows, columns = next(numbers), next(numbers)
    prices = [next(numbers) for _ in range(columns)]
    develops: list[list[str]] = [[] for _ in range(columns)]
    for row in range(rows):
        for _ in range(next(numbers)):
            develops[next(numbers) - 1].append(f"couverture@1/L/r{row + 1}")
    framework = _referential("couverture", "cadre-de-competences")
    framework["blocks"] = [
        {
            "code": "L",
            "title": "Lignes",
            "competencies": [{"code": f"r{i + 1}", "title": f"Ligne {i + 1}"} for i in range(rows)],
        }
    ]
    modules = [
        {"id": f"c{i + 1}", "title": f"Colonne {i + 1}", "price": price, "develops": lines, "note": "Colonne."}
        for i, (price, lines) in enumerate(zip(prices, develops, strict=True))
    ]
    offers = [_offer(modules[start : start + PART], start // PART) for start in range(0, columns, PART)]
    return {"library": framework, "offers": offers, "profile": {"id": "personne"}, "target": "couverture@1"}


def balanced(curriculum: Curriculum) -> dict[str, Any]:
    """The files of a balanced curriculum instance."""
    needs: dict[int, list[str]] = {}
    for course, before in curriculum.needs:
        needs.setdefault(course, []).append(f"cours:c{before + 1}")
    modules = [
        {"id": f"c{i + 1}", "title": f"Cours {i + 1}", "hours": {"onsite": credit}, "price": 0, "note": "Cours."}
        | ({"requires": {"all_of": needs[i]}} if i in needs else {})
        for i, credit in enumerate(curriculum.credits)
    ]
    target = _referential("cursus", "parcours-de-formation")
    target |= {"blocks": [], "award": {"all_of": [f"cours:{module['id']}" for module in modules]}}
    calendar = {
        "period": "semester",
        "count": curriculum.periods,
        "min_hours": curriculum.credits_bounds[0],
        "max_hours": curriculum.credits_bounds[1],
        "min_modules": curriculum.courses_bounds[0],
        "max_modules": curriculum.courses_bounds[1],
    }
    profile = {"id": "personne", "can_give": {"start": "2027-01-04", "calendar": calendar}}
    return {"library": target, "offers": [_offer(modules)], "profile": profile, "target": "cursus@1"}


def _referential(identifier: str, kind: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "version": "1",
        "title": identifier.capitalize(),
        "kind": kind,
        "confidence": "to_confirm",
    }


def _offer(modules: list[dict[str, Any]], part: int = 0) -> dict[str, Any]:
    return {
        "id": f"cours-{part}" if part else "cours",
        "title": "Cours",
        "body": {"name": "Instance publique"},
        "confidence": "to_confirm",
        "modules": modules,
    }


def _plan(files: dict[str, Any], arguments: list[str]) -> dict[str, Any]:
    """Write the files and ask the command line."""
    with tempfile.TemporaryDirectory() as temporary:
        written = {"library": files["library"], "profile": files["profile"]}
        written |= {f"offer-{number}": offer for number, offer in enumerate(files["offers"])}
        for name, content in written.items():
            Path(temporary, f"{name}.json").write_text(json.dumps(content), "utf-8")
        command = [sys.executable, "-c", "from api.cli import main; main()", "plan", f"{temporary}/profile.json"]
        command += ["--target", files["target"], "--library", f"{temporary}/library.json"]
        for number in range(len(files["offers"])):
            command += ["--offer", f"{temporary}/offer-{number}.json"]
        command += ["--on", "2026-11-21", "--no-explain", "--json", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
