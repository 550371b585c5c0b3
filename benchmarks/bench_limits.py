"""How well a time limit is kept: seconds taken for the seconds asked, on dense catalogues, undated and with dated sessions.

python -m benchmarks.bench_limits             every size and limit
python -m benchmarks.bench_limits 500 1       one size, one limit

The question goes through the whole pipeline (`pathways.planner.plan`), in this process, after its libraries are loaded;
the last row is one whole process, from the shell to the answer. Dated: a person gives 28 h a week; half of the courses
have three to five sessions of 7 h a week within two years, the others start freely. The gap is how far the plan may be
from the best, by what is proved.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.catalogues import dense
from pathways.optimise.problem import Action
from pathways.pathway import Pathway
from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer

TODAY = date(2026, 11, 23)
SIZES = {500: (20, 20), 3000: (80, 30)}
"""For each number of courses, how many competencies are aimed at without dates, and with."""

LIMITS = (0.5, 1.0, 2.0, 5.0)


def files(courses: int, targets: int, *, dated: bool, seed: int = 0) -> dict[str, Any]:
    """A dense catalogue as the files of a library, an offer and a profile."""
    draw = random.Random(f"limits {courses} {seed}")
    problem = dense(courses, targets, seed)
    refs = [f"cadre@1/L/{name}" for name in problem.facts]
    framework = _referential("cadre", "cadre-de-competences") | {
        "blocks": [{"code": "L", "title": "Liste", "competencies": [{"code": c, "title": c} for c in problem.facts]}]
    }
    target = _referential("cible", "parcours-de-formation")
    target |= {"blocks": [], "award": {"all_of": [refs[goal] for goal in sorted(problem.goals)]}}
    modules = [_module(draw, action, refs, dated) for action in problem.actions]
    offer = {"id": "cours", "title": "Cours", "body": {"name": "Catalogue tiré au sort"}, "confidence": "to_confirm"}
    held = [{"ref": refs[fact], "evidence": "certified"} for fact in sorted(problem.held)]
    give = {"weekly_hours": 28} if dated else {}
    profile = {"id": "personne", "holds": {"competencies": held}, "can_give": give}
    return {"library": [framework, target], "offer": offer | {"modules": modules}, "profile": profile}


def _referential(identifier: str, kind: str) -> dict[str, Any]:
    return {"id": identifier, "version": "1", "title": identifier, "kind": kind, "confidence": "to_confirm"}


def _module(draw: random.Random, action: Action, refs: list[str], dated: bool) -> dict[str, Any]:
    hours = action.cost[0]
    module: dict[str, Any] = {"id": action.id, "title": action.id, "hours": {"onsite": hours}, "price": 10 * hours}
    module |= {"develops": [refs[fact] for fact in sorted(action.add)], "note": "Tiré au sort."}
    if action.pre:
        module["requires"] = {"all_of": [refs[fact] for fact in sorted(action.pre)]}
    if dated and draw.random() < 0.5:
        starts = (TODAY + timedelta(weeks=draw.randrange(90)) for _ in range(draw.choice((3, 4, 5))))
        module["sessions"] = [
            {"id": f"s{i}", "start": str(start), "end": str(start + timedelta(weeks=hours // 7 - 1, days=4)),
             "weekly_hours": 7}
            for i, start in enumerate(starts)
        ]  # fmt: skip
    return module


def question(files: dict[str, Any], seconds: float) -> tuple[Question, Rights]:
    """The question, with its library in memory."""
    versions = (Referential.model_validate(one) for one in files["library"])
    library = Library.of(*versions, Offer.model_validate(files["offer"]))
    profile = Profile.model_validate(files["profile"])
    return Question(profile, "cible@1", TODAY, explain=False, time_limit=seconds), Rights(library)


def gap_of(found: Pathway) -> str:
    """How far the plan may be from the best, in the first objective."""
    if found.status not in ("optimal", "feasible") or not found.objective:
        return "—"
    first = found.objective[0]
    return "0 %" if first.proved else f"{100 * (first.value - (first.bound or 0)) / first.value:.0f} %"


def rows(sizes: list[int], limits: tuple[float, ...]) -> Iterator[str]:
    """One row for each catalogue and limit."""
    for dated in (False, True):
        for courses in sizes:
            made = files(courses, SIZES[courses][dated], dated=dated)
            name = f"{courses:,} courses, {'with sessions' if dated else 'undated'}"
            for seconds in limits:
                asked, rights = question(made, seconds)
                start, worked = time.monotonic(), time.process_time()
                found = plan(asked, rights)
                yield _row(name, seconds, time.monotonic() - start, time.process_time() - worked, found)


def _row(name: str, asked: float, taken: float, worked: float, found: Pathway) -> str:
    times = f"{taken:.2f} | {taken / asked:.2f} | {worked:.2f}"
    return f"| {name} | {asked} | {times} | {found.status} | {gap_of(found)} |"


def whole_process(seconds: float) -> str:
    """One row: the command line on files, reading them included."""
    made = files(500, 20, dated=True)
    with tempfile.TemporaryDirectory() as temporary:
        for number, one in enumerate([*made["library"], made["offer"], made["profile"]]):
            Path(temporary, f"{number}.json").write_text(json.dumps(one), "utf-8")
        command = [sys.executable, "-c", "from api.cli import main; main()", "plan", f"{temporary}/3.json"]
        command += ["--target", "cible@1", "--library", f"{temporary}/0.json", "--library", f"{temporary}/1.json"]
        command += ["--offer", f"{temporary}/2.json", "--on", str(TODAY), "--json", "--time-limit", str(seconds)]
        start, worked = time.monotonic(), sum(os.times()[2:4])
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        taken, worked = time.monotonic() - start, sum(os.times()[2:4]) - worked
    if not done.stdout:
        raise RuntimeError(done.stderr)
    found = Pathway.model_validate_json(done.stdout)
    return _row("500 courses, with sessions, a whole process", seconds, taken, worked, found)


def main(arguments: list[str]) -> int:
    """Print the table."""
    import networkx  # noqa: F401  loaded before anything is timed
    import ortools.sat.python.cp_model  # noqa: F401
    import scipy.optimize  # noqa: F401

    sizes = [courses for courses in SIZES if not arguments or courses == int(arguments[0])]
    limits = tuple(float(text) for text in arguments[1:]) or LIMITS
    print("| catalogue | seconds asked | taken | ratio | processor seconds | status | gap |")
    print("|---|---:|---:|---:|---:|---|---:|")
    for row in rows(sizes, limits):
        print(row, flush=True)
    if not arguments:
        print(whole_process(2.0), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
