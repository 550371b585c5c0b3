"""One person against 5,000 targets of 25 competencies: what remains of each, against a NetworkX loop over the same data.

The library is made up from a seed: five blocks of five competencies a target, rights between blocks, some of them in
cycles. Both sides start from the same states and must find the same numbers of remaining blocks and competencies.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import networkx as nx

from pathways.gap import ACQUIRED, State
from pathways.graph import build, to_json
from pathways.graphml import to_graphml
from pathways.holdings import held
from pathways.orientation import orient
from pathways.profile import Profile
from pathways.reach import Reach
from pathways.recognition import Rights
from pathways.standing import Standing
from pathways.target_index import TargetIndex
from referentials.library import Library
from referentials.loader import REFERENTIAL
from referentials.model import Referential
from referentials.rights import Recognition

ON = date(2026, 1, 1)
TARGETS, BLOCKS, COMPETENCIES, RIGHTS = 5_000, 5, 5, 2_000


def made_up(seed: int, targets: int = TARGETS, rights: int = RIGHTS) -> Library:
    """A library of so many targets and rights between their blocks."""
    draw = random.Random(seed)
    names = [f"t{number:05}" for number in range(targets)]
    library = Library((Path(name) / "2026.yaml", REFERENTIAL) for name in names)
    for name in names:
        library.put(_target(name))
    library.recognitions = tuple(_right(draw, number, names) for number in range(rights))
    return library


def _target(name: str) -> Referential:
    blocks = [
        {"code": f"B{b}", "title": f"Bloc {b}", "competencies": [{"code": f"C{c}"} for c in range(COMPETENCIES)]}
        for b in range(BLOCKS)
    ]
    return Referential(
        id=name,
        version="2026",
        title=f"Titre {name}",
        kind="titre-professionnel",
        confidence="to_confirm",
        award={"all_of": [block["code"] for block in blocks]},
        blocks=blocks,
    )


def _right(draw: random.Random, number: int, names: list[str]) -> Recognition:
    given, granted = draw.sample(names, 2)
    return Recognition(
        id=f"r{number:05}",
        given=f"{given}@2026/B{draw.randrange(BLOCKS)}",
        grants=(f"{granted}@2026/B{draw.randrange(BLOCKS)}",),
        effect="award",
        in_force={"from": "2020-01-01"},
        source={"title": "Texte inventé pour la mesure"},
        confidence="to_confirm",
    )


def person(seed: int, library: Library) -> Profile:
    """Someone with 3 qualifications, 20 blocks and 200 competencies of the library."""
    draw = random.Random(f"person {seed}")
    keys = [version.key for version in library]
    blocks = [f"{key}/B{draw.randrange(BLOCKS)}" for key in draw.sample(keys, 20)]
    kinds = ("certified", "declared")
    competencies = [
        {"ref": f"{key}/B{draw.randrange(BLOCKS)}/C{draw.randrange(COMPETENCIES)}", "evidence": draw.choice(kinds)}
        for key in draw.sample(keys, 200)
    ]
    return Profile(
        holds={
            "qualifications": [{"ref": key} for key in draw.sample(keys, 3)],
            "blocks": [{"ref": ref} for ref in blocks],
            "competencies": competencies,
        }
    )


# -- the NetworkX side ------------------------------------------------------------------------------------------------


def by_descendants(graph: nx.DiGraph, states: dict[str, State], keys: tuple[str, ...]) -> list[tuple[int, int]]:
    """What remains of each target: its descendants by ``contains``, each judged by the states."""
    found = []
    for key in keys:
        parts = nx.descendants(graph, key)
        blocks = {part for part in parts if part.count("/") == 1 and states.get(part) not in ACQUIRED}
        left = [part for part in parts if part.rpartition("/")[0] in blocks and states.get(part) not in ACQUIRED]
        found.append((len(blocks), len(left)))
    return found


def by_successors(graph: nx.DiGraph, states: dict[str, State], keys: tuple[str, ...]) -> list[tuple[int, int]]:
    """The same, as tight as a loop over NetworkX adjacency gets."""
    found, adjacent, state = [], graph.adj, states.get
    for key in keys:
        blocks = [block for block in adjacent[key] if state(block) not in ACQUIRED]
        found.append((len(blocks), sum(state(part) not in ACQUIRED for block in blocks for part in adjacent[block])))
    return found


# -- measures ---------------------------------------------------------------------------------------------------------


def timed(work: Callable[[], Any], repeat: int = 1) -> tuple[float, Any]:
    """The median processor time of a piece of work, in milliseconds, and its result."""
    times, result = [], None
    for _ in range(repeat):
        began = process_time()
        result = work()
        times.append(1000 * (process_time() - began))
    return median(times), result


def main() -> None:
    """Print the table."""
    library = made_up(1)
    rights, profile = Rights(library), person(1, library)
    index_ms, index = timed(lambda: TargetIndex(library))
    known = held(profile, library, ON)
    close_ms, closures = timed(lambda: Standing(known, rights, ON).everywhere, 5)
    states = closures.states()
    states_ms, numbers = timed(lambda: index.person(states), 20)
    tally_ms, tally = timed(lambda: index.tally(numbers), 50)
    orient_ms, _orientation = timed(lambda: orient(profile, rights, ON, index=index, limit=50), 5)

    contained = nx.DiGraph()
    for version in library:
        for block in version.known_blocks:
            contained.add_edge(version.key, f"{version.key}/{block.code}")
        contained.add_edges_from((name.rpartition("/")[0], name) for name, _one in version.competencies())
    loop_ms, by_loop = timed(lambda: by_descendants(contained, states, index.keys), 5)
    tight_ms, by_tight = timed(lambda: by_successors(contained, states, index.keys), 5)
    counted = list(zip(tally.remaining_blocks.tolist(), tally.remaining_competencies.tolist(), strict=True))
    assert counted == by_loop == by_tight, "the two sides disagree"

    build_ms, graph = timed(lambda: build(library))
    graphml_ms, graphml = timed(lambda: to_graphml(graph))
    json_ms, text = timed(lambda: to_json(graph))
    reach = Reach(graph)
    reach_ms, _first = timed(lambda: reach.versions(index.keys[0]))
    ask_ms, _leads = timed(lambda: [reach.leads(index.keys[0], key) for key in index.keys], 5)

    print(
        f"{TARGETS:,} targets of {BLOCKS * COMPETENCIES} competencies, {RIGHTS:,} rights; medians of processor time, one core.\n"
    )
    print("| step | ms |\n|---|---:|")
    print(f"| number the library, once | {index_ms:.0f} |")
    print(f"| rights of one person (two closures, {len(states):,} facts) | {close_ms:.1f} |")
    print(f"| that person as numbers, among {len(index.number):,} parts | {states_ms:.2f} |")
    print(f"| what remains of every target | {tally_ms:.2f} |")
    print(f"| NetworkX loop (`descendants`) | {loop_ms:.0f} |")
    print(f"| NetworkX loop (`adj`, as tight as can be) | {tight_ms:.0f} |")
    print(f"| whole orientation, the 50 nearest told | {orient_ms:.0f} |")
    print(
        f"| build the graph ({graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges) | {build_ms:.0f} |"
    )
    print(f"| export to GraphML ({len(graphml) / 1e6:.0f} MB) | {graphml_ms:.0f} |")
    print(f"| export to JSON ({len(text) / 1e6:.0f} MB) | {json_ms:.0f} |")
    print(f"| bitsets of what leads to what, once | {reach_ms:.0f} |")
    print(f"| one question to them (mean, in ms) | {ask_ms / TARGETS:.5f} |")
    print(f"\nCounting is {loop_ms / tally_ms:.0f} times faster than `descendants`, ", end="")
    print(f"{tight_ms / tally_ms:.0f} times faster than the tightest loop; ", end="")
    print(f"with the numbering of the person, {loop_ms / (tally_ms + states_ms):.0f} and ", end="")
    print(f"{tight_ms / (tally_ms + states_ms):.0f} times.")


if __name__ == "__main__":
    main()
