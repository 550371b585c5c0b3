"""The exact choice, on generated catalogues and set covers, against the same problems written plainly, in the same run.

python -m benchmarks.bench_solver                 everything
python -m benchmarks.bench_solver dense 500 3     one kind, one size, three seeds

Each method runs in this process after its libraries are loaded, on the same problem, one after the other. A run that
reaches its time limit counts with that limit and is not proved. Optima that two methods prove must be equal.
"""

from __future__ import annotations

import csv
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

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
    references: tuple[Method, ...] = (cp_sat, cp_sat_2)
    method: Method = own


@dataclass
class Times:
    """Seconds and proofs of one method over the seeds."""

    seconds: list[float] = field(default_factory=list)
    proved: int = 0

    def quantile(self, share: float) -> float:
        """The nearest-rank quantile."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def cases() -> list[Case]:
    """What is measured."""
    rows = [
        Case(f"sparse {n:,}", "sparse", n, lambda s, n=n: sparse(n, s), 12, 20.0, (cp_sat, cp_sat_2, cbc))
        for n in (50, 500, 5000)
    ]
    for n, goals, seeds, limit in ((500, 20, 6, 10.0), (1000, 30, 4, 30.0), (3000, 80, 3, 60.0)):
        rows.append(Case(f"dense {n:,}/{goals}", "dense", n, lambda s, n=n, g=goals: dense(n, g, s), seeds, limit))
        rows.append(
            Case(
                f"dense {n:,}/{goals}, ±60 %",
                "noisy",
                n,
                lambda s, n=n, g=goals: dense(n, g, s, noisy=True),
                seeds,
                limit,
            )
        )
    rows.append(Case("tangled 500/20", "tangled", 500, lambda s: dense(500, 20, s, basic=0.9), 6, 20.0))
    rows.append(Case("five best of dense 500/20", "best", 500, lambda s: dense(500, 20, s), 6, 20.0, (), five_best))
    return rows


def run(case: Case) -> list[str]:
    """The rows of one case, one method a row."""
    methods = (case.method, *case.references)
    times = {method: Times() for method in methods}
    for seed in range(case.seeds):
        problem = case.draw(seed)
        proved = set()
        for method in methods:
            start = time.perf_counter()
            value, sure = method(problem, case.limit)
            times[method].seconds.append(time.perf_counter() - start)
            times[method].proved += sure
            if sure:
                proved.add(value)
        assert len(proved) <= 1, f"{case.name}, seed {seed}: proved optima differ, {proved}"
    first = times[case.method].quantile(0.5)
    return [_row(case, method, times[method], first) for method in methods]


def _row(case: Case, method: Method, times: Times, first: float) -> str:
    p1, p50, p99 = (times.quantile(share) for share in (0.01, 0.5, 0.99))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    label = (method.__doc__ or "").split(".")[0].split(";")[0]
    cells = (case.name, label, f"{p1:.3f}", f"{p50:.3f}", f"{p99:.3f}", f"{times.proved} of {case.seeds}")
    return f"| {' | '.join(cells)} | {p50 / first:.1f} | {memory} MB |"


def set_covers() -> Iterator[str]:
    """The OR-Library files, each to its known optimum, if the samples are there."""
    folder = samples()
    if not (folder / "known_optima.csv").exists():
        yield "\nSet covers: sample data not found."
        return
    yield "\n| set cover | known | found | proved | seconds |\n|---|---:|---:|---|---:|"
    with open(folder / "known_optima.csv", encoding="utf-8") as known:
        for row in csv.DictReader(known):
            if row["set"] == "scp":
                problem = read_set_cover(folder / "scp" / f"{row['instance']}.txt.gz")
                start = time.perf_counter()
                value, sure = own(problem, 60.0)
                seconds = time.perf_counter() - start
                yield f"| {row['instance']} | {row['optimum']} | {value} | {'yes' if sure else 'no'} | {seconds:.2f} |"


def main(arguments: list[str]) -> int:
    """Print the table."""
    import networkx  # noqa: F401  loaded before anything is timed
    import scipy.optimize  # noqa: F401

    kind, size, seeds = (*arguments, "", "", "")[:3]
    print("| catalogue | method | p1 s | p50 s | p99 s | proved | p50 to ours | peak memory so far |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    for case in cases():
        if (not kind or case.kind == kind) and (not size or case.size == int(size)):
            chosen = Case(**{**vars(case), "seeds": int(seeds)}) if seeds else case
            for line in run(chosen):
                print(line, flush=True)
    if not kind or kind == "covers":
        for line in set_covers():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
