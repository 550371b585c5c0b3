"""The exact choice, on generated catalogues and set covers, against the same problems written plainly, in the same run.

python -m benchmarks.bench_solver                 everything
python -m benchmarks.bench_solver dense 500 3     one kind, one size, three seeds

Each method runs on the same problems, one after the other, each time in a fork of this process, whose libraries are loaded:
no import is measured. What counts is processor time, the solver's own processes included, so that a busy machine changes
little; memory is the most that such a process held, libraries included. A run that reaches its time limit counts with what
it took and is not proved. Optima that two methods prove must be equal. The references run on the first seeds only where
they take long; ratios are of the medians over the seeds that both ran.
"""

from __future__ import annotations

import csv
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection

from benchmarks.bench_bacp import folder as samples
from benchmarks.catalogues import dense, sparse
from benchmarks.references import plain_cbc, plain_cp_sat
from benchmarks.set_cover import read_set_cover
from pathways.optimise.alternatives import alternatives
from pathways.optimise.dispatch import solve
from pathways.optimise.problem import Problem

Result = tuple[int | None, bool]
Method = Callable[[Problem, float], Result]


def own(problem: Problem, seconds: float) -> Result:
    """The engine."""
    answer = solve(problem, time_limit=seconds)
    return (answer.value[0] if answer.selection else None), answer.status in ("optimal", "held")


def five_best(problem: Problem, seconds: float) -> Result:
    """The five best plans; the value is the sum of theirs."""
    plans = alternatives(problem, 5, time_limit=seconds)
    return sum(plan.value[0] for plan in plans), all(plan.status == "optimal" for plan in plans)


def cp_sat(problem: Problem, seconds: float) -> Result:
    """Plain CP-SAT, defaults, one worker."""
    answer = plain_cp_sat(problem, seconds)
    return answer.value, answer.proved


def cp_sat_2(problem: Problem, seconds: float) -> Result:
    """Plain CP-SAT, linearisation level 2, one worker."""
    answer = plain_cp_sat(problem, seconds, 2)
    return answer.value, answer.proved


def cbc(problem: Problem, seconds: float) -> Result:
    """Plain PuLP + CBC."""
    answer = plain_cbc(problem, seconds)
    return answer.value, answer.proved


@dataclass(frozen=True)
class Case:
    """One row: a name, how a problem is drawn from a seed, how many, the limit in seconds, and the references."""

    name: str
    kind: str
    size: int
    draw: Callable[[int], Problem]
    seeds: int
    limit: float
    reference_seeds: int
    references: tuple[Method, ...] = (cp_sat, cp_sat_2)
    method: Method = own


@dataclass(frozen=True)
class Run:
    """What one method said of one problem, in how many processor seconds and megabytes."""

    value: int | None
    proved: bool
    seconds: float
    memory: int


@dataclass
class Runs:
    """Those of one method over the seeds."""

    all: list[Run] = field(default_factory=list)

    def quantile(self, share: float, first: int | None = None) -> float:
        """The nearest-rank quantile of the seconds, over all or the first seeds."""
        ordered = sorted(run.seconds for run in self.all[:first])
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def cases() -> list[Case]:
    """What is measured."""
    every = (cp_sat, cp_sat_2, cbc)
    rows = [
        Case(f"sparse {n:,}", "sparse", n, partial(sparse, n), seeds, limit, compared, every)
        for n, seeds, limit, compared in ((50, 100, 5.0, 100), (500, 40, 10.0, 8), (5000, 12, 20.0, 2))
    ]
    for n, goals, seeds, limit, compared in ((500, 20, 16, 10.0, 3), (1000, 30, 8, 20.0, 2), (3000, 80, 3, 60.0, 1)):
        for noisy in (False, True):
            name = f"dense {n:,}/{goals}{', ±60 %' if noisy else ''}"
            kind = "noisy" if noisy else "dense"
            rows.append(Case(name, kind, n, partial(dense, n, goals, noisy=noisy), seeds, limit, compared))
    rows.append(Case("tangled 500/20", "tangled", 500, partial(dense, 500, 20, basic=0.9), 10, 20.0, 2))
    rows.append(Case("tangled 1,000/30", "tangled", 1000, partial(dense, 1000, 30, basic=0.97), 4, 60.0, 0))
    rows.append(Case("five best of dense 500/20", "best", 500, partial(dense, 500, 20), 20, 20.0, 0, (), five_best))
    return rows


def run(case: Case) -> list[str]:
    """The rows of one case, one method a row."""
    runs = {method: Runs() for method in (case.method, *case.references)}
    for seed in range(case.seeds):
        problem = case.draw(seed)
        methods = runs if seed < case.reference_seeds else [case.method]
        for method in methods:
            runs[method].all.append(measured(method, problem, case.limit))
        proved = {runs[method].all[seed].value for method in methods if runs[method].all[seed].proved}
        assert len(proved) <= 1, f"{case.name}, seed {seed}: proved optima differ, {proved}"
    return [_row(case, method, some, runs[case.method]) for method, some in runs.items() if some.all]


def measured(method: Method, problem: Problem, limit: float) -> Run:
    """One run, in a process of its own that has everything loaded."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(method, problem, limit, sending))
    process.start()
    sending.close()
    answer: Run = receiving.recv()
    process.join()
    return answer


def _child(method: Method, problem: Problem, limit: float, sending: Connection) -> None:
    method(WARMING, limit)
    before = _processor_seconds()
    value, proved = method(problem, limit)
    seconds = _processor_seconds() - before
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sending.send(Run(value, proved, seconds, memory // 1024))


def _processor_seconds() -> float:
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def _row(case: Case, method: Method, runs: Runs, first: Runs) -> str:
    times = (f"{runs.quantile(share):.3f}" for share in (0.01, 0.5, 0.99, 1.0))
    count = len(runs.all)
    ratio = runs.quantile(0.5) / max(first.quantile(0.5, count), 1e-3)
    label = (method.__doc__ or "").split(".")[0].split(";")[0]
    proved = f"{sum(one.proved for one in runs.all)} of {count}"
    memory = max(one.memory for one in runs.all)
    return f"| {' | '.join((case.name, label, *times, proved))} | {ratio:.1f} | {memory} MB |"


def set_covers() -> Iterator[str]:
    """The OR-Library files, each to its known optimum, if the samples are there."""
    folder = samples()
    if not (folder / "known_optima.csv").exists():
        yield "\nSet covers: sample data not found."
        return
    yield "\n| set cover | known | found | proved | processor s |\n|---|---:|---:|---|---:|"
    with open(folder / "known_optima.csv", encoding="utf-8") as known:
        for row in csv.DictReader(known):
            if row["set"] == "scp":
                one = measured(own, read_set_cover(folder / "scp" / f"{row['instance']}.txt.gz"), 60.0)
                sure = "yes" if one.proved else "no"
                yield f"| {row['instance']} | {row['optimum']} | {one.value} | {sure} | {one.seconds:.2f} |"


WARMING = sparse(20, 1)
"""Solved first in each process: what a library does at its first use is not measured."""

NOTE = """\
Processor seconds of one run, in a process that has its libraries loaded. *Sparse*, *dense*, *±60 %* (noisy costs) and *tangled* are
described in `benchmarks/catalogues.py`; dense ones are drawn with `basic=0.99`. Tangled ones have more courses that need each
other's results (0.90 at 500, 0.97 at 1,000), which makes them harder for every method. The references run on the first seeds only
where they take long, with 5 to 60 s for each run; what reaches its limit is not proved and counts with what it took.
"""

LOADED = ("networkx", "scipy.optimize", "scipy.sparse", "ortools.sat.python.cp_model", "pulp")
"""Before anything is timed."""


def main(arguments: list[str]) -> int:
    """Print the table."""
    for name in LOADED:
        import_module(name)
    kind, size, seeds = (*arguments, "", "", "")[:3]
    print(NOTE)
    print("| catalogue | method | p1 s | p50 s | p99 s | worst s | proved | p50 to ours | peak memory |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for case in cases():
        if (not kind or case.kind == kind) and (not size or case.size == int(size)):
            for line in run(replace(case, seeds=int(seeds)) if seeds else case):
                print(line, flush=True)
    if not kind or kind == "covers":
        for line in set_covers():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
