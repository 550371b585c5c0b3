"""The national map of 5,000 made-up referentials: what each gives of every other, written as it is computed, against plain loops.

python -m benchmarks.bench_national_map           everything
python -m benchmarks.bench_national_map 1000      so many referentials

The library is the one of ``bench_orientation``: five blocks of five competencies a target, rights between blocks, some in circles.
The second table does a sample of starts in two other ways, which must find the same blocks: by walking a NetworkX graph of the rights,
which says nothing else than blocks, and by placing whoever holds the start in front of every target, one after the other. The third
is one person, with three diplomas, four blocks and ten competencies, in front of all these targets. Times are processor times; the
memory is the most that the process ever held beyond the library itself.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from time import process_time
from typing import Any

import networkx as nx

from benchmarks.bench_orientation import BLOCKS, COMPETENCIES, ON, TARGETS, made_up
from pathways.clauses import holder
from pathways.gap import State, position, what_remains
from pathways.holdings import held
from pathways.national_map import Row, every_version, national_map
from pathways.nearest import Targets
from pathways.profile import Profile
from pathways.recognition import Rights
from pathways.standing import Standing
from pathways.target_index import TargetIndex
from referentials.library import Library
from reports.map_exports import subject, writer

SAMPLE, PAIRS, PEOPLE = 200, 1_000, 60
MANY, NEAREST = 500, 5
A_RIGHT_EACH = 2
"""Rights per referential."""


# -- the plain loop -------------------------------------------------------------------------------------------------------


def given_by_loop(library: Library, starts: Iterable[str]) -> dict[str, dict[str, set[str]]]:
    """The blocks of every other version that each start leads to, by walking the graph until nothing new is reached."""
    graph, parts = nx.DiGraph(), {}
    for version in library:
        parts[version.key] = {f"{version.key}/{block.code}" for block in version.known_blocks}
        graph.add_edges_from((version.key, part) for part in parts[version.key])
    for right in library.recognitions:
        graph.add_edges_from((right.given.root, full) for full in right.grants)  # type: ignore[union-attr]
    return {start: _reached(graph, parts, start) for start in starts}


def _reached(graph: nx.DiGraph, parts: dict[str, set[str]], start: str) -> dict[str, set[str]]:
    true, frontier = {start}, {start}
    while frontier:
        true |= {found for one in frontier for found in nx.descendants(graph, one)}
        frontier = {key for key, blocks in parts.items() if key not in true and blocks <= true}
        true |= frontier
    found: dict[str, set[str]] = defaultdict(set)
    for fact in true:
        key, _slash, block = fact.partition("/")
        if block and key != start:
            found[key].add(fact)
    return dict(found)


# -- measures -------------------------------------------------------------------------------------------------------------


def memory() -> float:
    """The most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def written(library: Library, starts: tuple[str, ...], shape: str) -> tuple[float, int]:
    """How long a map takes to compute and to write, and how many pairs it has; the law is read afresh."""
    began = process_time()
    with tempfile.TemporaryFile() as file:
        rows = national_map(Rights(library), ON, starts=starts)
        count = writer(shape)(rows, subject(library), file)
    return process_time() - began, count


def maps(library: Library) -> Iterator[str]:
    """The lines of the first table."""
    starts, before = every_version(library), memory()
    half_seconds, half = written(library, starts[: len(starts) // 2], "csv")
    held_by_half = memory() - before
    yield f"| the map of half of them as CSV | {half_seconds:.2f} s | {half:,} pairs | {held_by_half:.0f} MB |"
    for shape in ("csv", "graphml"):
        seconds, count = written(library, starts, shape)
        yield f"| the whole map as {shape} | {seconds:.2f} s | {count:,} pairs | {memory() - before:.0f} MB |"
    import pyarrow.parquet

    loaded = memory() - before
    seconds, count = written(library, starts, "parquet")
    yield f"| the whole map as parquet (pyarrow {pyarrow.__version__} alone: {loaded - held_by_half:.0f} MB) | {seconds:.2f} s | {count:,} pairs | {memory() - before:.0f} MB |"
    began, chained = process_time(), 0
    for row in national_map(Rights(library), ON, chains=True):
        chained += len(row.chains)
    yield f"| with every chain that nobody wrote | {process_time() - began:.2f} s | {chained:,} chains | |"


def against_loops(library: Library) -> Iterator[str]:
    """The lines of the second table: the same starts row by row, walked over a graph, and pair by pair."""
    some = sorted(random.Random(2).sample(every_version(library), min(SAMPLE, len(library))))
    began = process_time()
    by_loop = given_by_loop(library, some)
    loop = (process_time() - began) / len(some)
    rights = Rights(library)
    began = process_time()
    rows: list[Row] = list(national_map(rights, ON, starts=some))
    ours = (process_time() - began) / len(some)
    found = {row.start: {one.target: set(one.blocks) for one in row.passages} for row in rows}
    assert found == by_loop, "the two sides disagree"
    one_by_one = _pair_by_pair(rights, some[0], found[some[0]]) * len(library)
    yield f"| this map: blocks, competencies, rights, what remains | {1000 * ours:.2f} |"
    yield f"| graph walked until nothing new is reached: blocks alone | {1000 * loop:.2f} |"
    yield f"| a positioning per pair, of {PAIRS:,} pairs | {1000 * one_by_one:,.0f} |"


def _pair_by_pair(rights: Rights, start: str, expected: dict[str, set[str]]) -> float:
    """Seconds of one pair, positioned alone; the pairs that give something must give the same."""
    targets = sorted(expected.keys() | set(every_version(rights.library)[:PAIRS]))
    began = process_time()
    for target in targets:
        place = position(holder(start, rights.library, ON), target, rights, ON)
        what_remains(place)
        refs = (f"{target}/{block.code}" for block in place.target.version.known_blocks)
        given = {ref for ref in refs if place.state(ref) is State.BY_RIGHT}
        assert target == start or given == expected.get(target, set()), "the two sides disagree"
    return (process_time() - began) / len(targets)


# -- one person -----------------------------------------------------------------------------------------------------------


def typical(seed: int, keys: tuple[str, ...]) -> Profile:
    """Someone with three diplomas, four blocks and ten competencies."""
    draw = random.Random(f"typical {seed}")
    parts = [f"{key}/B{draw.randrange(BLOCKS)}" for key in draw.sample(keys, 4)]
    kinds = ("certified", "declared")
    competencies = [
        {"ref": f"{key}/B{draw.randrange(BLOCKS)}/C{draw.randrange(COMPETENCIES)}", "evidence": draw.choice(kinds)}
        for key in draw.sample(keys, 10)
    ]
    qualifications = [{"ref": key} for key in draw.sample(keys, 3)]
    blocks = [{"ref": ref} for ref in parts]
    return Profile.model_validate(
        {"holds": {"qualifications": qualifications, "blocks": blocks, "competencies": competencies}}
    )


STEPS = (
    "what the profile says, as facts",
    "its rights, sure and hoped",
    "a state per fact",
    "numbers",
    "what remains of every target",
)


def in_steps(profile: Profile, rights: Rights, index: TargetIndex) -> tuple[float, ...]:
    """Milliseconds of each step from a profile to what remains of every target."""
    moments = [process_time()]

    def then(value: Any) -> Any:
        moments.append(process_time())
        return value

    asked = (*rights.experiences, *index.experiences)
    known = then(held(profile, rights.library, ON, experiences=asked))
    closures = then(Standing(known, rights, ON, conditions=index.conditions).everywhere)
    states = then(closures.states())
    then(index.tally(then(index.person(states))))
    return tuple(1000 * (after - before) for before, after in pairwise(moments))


def people(library: Library) -> Iterator[str]:
    """The lines of the second table."""
    rights, index = Rights(library), TargetIndex(library)
    everybody = [typical(seed, index.keys) for seed in range(PEOPLE)]
    first = [in_steps(one, rights, index) for one in everybody]
    again = [in_steps(one, rights, index) for one in everybody]
    for number, name in enumerate(STEPS):
        yield f"| {name} | {median(one[number] for one in first):.2f} | {median(one[number] for one in again):.2f} |"
    yield f"| **profile → gaps of {len(index.keys):,} targets** | {median(map(sum, first)):.2f} | **{median(map(sum, again)):.2f}** |"


def many(library: Library) -> str:
    """How many people a second have their five nearest targets told."""
    targets = Targets(Rights(library), ON)
    everybody = [typical(seed, targets.index.keys) for seed in range(MANY)]
    began = process_time()
    first = [targets.nearest(one, NEAREST) for one in everybody]
    alone = process_time() - began
    began = process_time()
    assert [targets.nearest(one, NEAREST) for one in everybody] == first
    again = process_time() - began
    return (
        f"The {NEAREST} nearest targets of such people: {MANY / alone:,.0f} people/s when no two hold the same things, "
        f"{MANY / again:,.0f} people/s where somebody held the same before."
    )


def main(count: int = TARGETS) -> None:
    """Print the tables."""
    library = made_up(1, count, A_RIGHT_EACH * count)
    print(f"{count:,} referentials of {BLOCKS * COMPETENCIES} competencies, {A_RIGHT_EACH * count:,} rights; ", end="")
    print(f"the library alone: {memory():.0f} MB.\n")
    print("| | processor | found | memory beyond the library |\n|---|---:|---:|---:|")
    for line in maps(library):
        print(line)
    print(f"\n| one start, of {min(SAMPLE, count)}, against everything | ms |\n|---|---:|")
    for line in against_loops(library):
        print(line)
    print()
    print("| one person, ms, median of 60 | first time | once the law was read |\n|---|---:|---:|")
    for line in people(library):
        print(line)
    print(f"\n{many(library)}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
