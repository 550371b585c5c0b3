"""What leads to what on the competency graph (*ce qui mène à quoi*): cycles of rights, learning order, ancestors, the map of
a passerelle.

These read the shape of the graph: an edge says that something *may* lead to something else. Whether it does for a person
on a day is for :mod:`pathways.recognition` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from pathways.graph import EdgeKind, NodeKind, in_order, whole_of
from referentials.rights import Effect

_OF_RIGHTS = frozenset({EdgeKind.CONTAINS, EdgeKind.IMPLIES, EdgeKind.PART, EdgeKind.GIVEN, EdgeKind.GRANTS})
_ANY_RIGHT = frozenset(effect for effect in Effect if effect.is_right)
_LEADING = frozenset(EdgeKind) - {EdgeKind.ALIKE, EdgeKind.SUCCESSION}


@dataclass(frozen=True, slots=True)
class Cycle:
    """Rights that answer each other (*droits qui se répondent*).

    Parameters
    ----------
    items : tuple of str
        The qualifications, blocks and competencies of the cycle, sorted.
    rights : tuple of str
        The identifiers of its recognitions, sorted.
    around : tuple of str
        One shortest way round, from a node back to it: items, and recognitions written ``§identifier``.
    """

    items: tuple[str, ...]
    rights: tuple[str, ...]
    around: tuple[str, ...]


def cycles(graph: nx.DiGraph) -> tuple[Cycle, ...]:
    """The strongly connected parts of the rights that award, each explained by one way round.

    Notes
    -----
    Holding a whole counts as leading to its parts, not its parts to the whole: every award would be a cycle of its own.
    A cycle is no mistake, for no right ever justifies itself in a closure.
    """
    rights = _view(graph, _OF_RIGHTS, {Effect.AWARD})
    found = (part for part in nx.strongly_connected_components(rights) if len(part) > 1)
    return tuple(sorted((_cycle(rights.subgraph(part)) for part in found), key=lambda one: one.items))


def _cycle(part: nx.DiGraph) -> Cycle:
    items = tuple(sorted(name for name in part if whole_of(name)))
    rights = tuple(sorted(name.removeprefix("§") for name in part if name[0] == "§" and "|" not in name))
    around = min((_around(part, item) for item in items), key=lambda way: (len(way), way))
    return Cycle(items, rights, tuple(name for name in around if "|" not in name and name[0] != "*"))


def _around(part: nx.DiGraph, start: str) -> tuple[str, ...]:
    """A shortest way from a node back to itself; of several, the first one by name."""
    ways = (nx.shortest_path(part, after, start) for after in sorted(part.successors(start)))
    return (start, *min(ways, key=lambda way: (len(way), way)))


# -- learning order ---------------------------------------------------------------------------------------------------


def learning_order(graph: nx.DiGraph, whole: str, *, advised: bool = False) -> tuple[tuple[str, ...], ...]:
    """The competencies of a version, and their levels, in generations: each can be learnt once the earlier ones are.

    Parameters
    ----------
    whole : str
        The key of a version.
    advised : bool
        Follow advised prerequisites too, and not only strict ones.

    Notes
    -----
    Competencies that require each other stand in one generation. Levels go up one by one.
    """
    kinds = (NodeKind.COMPETENCY, NodeKind.LEVEL)
    names = {name for name, data in graph.nodes(data=True) if data["kind"] in kinds and whole_of(name) == whole}
    order = nx.DiGraph()
    order.add_nodes_from(sorted(names))
    for start, end, data in graph.subgraph(names).edges(data=True):
        if data["kind"] == EdgeKind.IMPLIES and graph.nodes[end]["kind"] == NodeKind.LEVEL:
            order.add_edge(end, start)
        elif data["kind"] == EdgeKind.PREREQUISITE and (data["strict"] or advised):
            order.add_edge(start, end)
    together = nx.condensation(order)
    return tuple(
        tuple(sorted(name for group in generation for name in together.nodes[group]["members"]))
        for generation in nx.topological_generations(together)
    )


# -- ancestors --------------------------------------------------------------------------------------------------------


def leading(graph: nx.DiGraph) -> nx.DiGraph:
    """The graph of what may lead to something: all but likenesses and successions, rights that award or waive.

    Competencies lead to their block, which is assessed on them, and blocks to a whole whose award is not known.
    """
    view = _view(graph, _LEADING, _ANY_RIGHT)
    for start, end, data in graph.edges(data=True):
        if data["kind"] == EdgeKind.CONTAINS and _is_made_of_its_parts(graph, start):
            view.add_edge(end, start)
    return view


def _is_made_of_its_parts(graph: nx.DiGraph, whole: str) -> bool:
    kind = graph.nodes[whole]["kind"]
    return bool(kind == NodeKind.BLOCK or (kind == NodeKind.REFERENTIAL and f"{whole}|award" not in graph))


def ancestors(graph: nx.DiGraph, target: str) -> frozenset[str]:
    """Everything that may lead to a target: nothing else can matter for a plan towards it."""
    return frozenset(nx.ancestors(leading(graph), target))


def needed(graph: nx.DiGraph, target: str) -> tuple[str, ...]:
    """The keys of the versions that may lead to a target, its own among them, sorted."""
    return _wholes((target, *ancestors(graph, target)))


def _wholes(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({whole for name in names if (whole := whole_of(name))}))


class Reach:
    """Which versions may lead to which nodes: one integer bitset per node, ready for many questions.

    Notes
    -----
    Along the condensation of :func:`leading`, in topological order: bits(part) = own versions ∪ bits of what precedes.
    A question costs one bit test; :func:`ancestors` on the same graph walks it.
    """

    def __init__(self, graph: nx.DiGraph) -> None:
        self.keys = tuple(sorted(name for name, data in graph.nodes(data=True) if data["kind"] == NodeKind.REFERENTIAL))
        self._graph = graph

    @cached_property
    def _number(self) -> dict[str, int]:
        return {key: index for index, key in enumerate(self.keys)}

    @cached_property
    def _bits(self) -> dict[str, int]:
        parts = nx.condensation(leading(self._graph))
        found: dict[int, int] = {}
        for part in nx.topological_sort(parts):
            bits = 0
            for before in parts.predecessors(part):
                bits |= found[before]
            for name in parts.nodes[part]["members"]:
                if name in self._number:
                    bits |= 1 << self._number[name]
            found[part] = bits
        return {name: found[part] for name, part in parts.graph["mapping"].items()}

    def leads(self, start: str, target: str) -> bool:
        """Whether a version may lead to a node; it leads to itself.

        Raises
        ------
        KeyError
            There is no such version, or no such node.
        """
        return bool(self._bits[target] >> self._number[start] & 1)

    def versions(self, target: str) -> tuple[str, ...]:
        """The versions that may lead to a node, whole, sorted."""
        bits = self._bits[target]
        return tuple(key for index, key in enumerate(self.keys) if bits >> index & 1)


# -- the map of a passerelle ------------------------------------------------------------------------------------------


def bridge_map(graph: nx.DiGraph, start: str, target: str, *, rights: int = 1) -> nx.DiGraph:
    """The part of the graph that a passerelle is made of: the ways by right from a start to a target or its parts.

    Parameters
    ----------
    start, target : str
        A version, a block or a competency.
    rights : int
        How many recognitions may follow one another on a way.

    Returns
    -------
    networkx.DiGraph
        The start, the target and its parts, the ways between them, and the texts of that passerelle which give no right
        (expected, « Néant », preparation): tell them by the ``effect`` of the edges.
    """
    view = _view(graph, _OF_RIGHTS | {EdgeKind.AWARDS}, _ANY_RIGHT)
    for _before, name, data in view.edges(data=True):
        data["rights"] = int(graph.nodes[name]["kind"] == NodeKind.RECOGNITION)
    after = nx.single_source_dijkstra_path_length(view, start, rights, "rights")
    goals = {target} | {
        end for end in graph.successors(target) if graph.edges[target, end]["kind"] == EdgeKind.CONTAINS
    }
    texts = {name for goal in goals for name in graph.predecessors(goal) if name in after and _is_text(graph, name)}
    before = nx.multi_source_dijkstra_path_length(view.reverse(copy=False), goals | texts, rights, "rights")
    ways = {name for name, count in after.items() if count + before.get(name, rights + 1) <= rights}
    return in_order(graph.subgraph({start} | goals | ways))


def _is_text(graph: nx.DiGraph, name: str) -> bool:
    """Whether a node is a recognition that gives no right."""
    return graph.nodes[name]["kind"] == NodeKind.RECOGNITION and not graph.nodes[name]["right"]


def _view(graph: nx.DiGraph, kinds: Collection[EdgeKind], effects: Collection[Effect]) -> nx.DiGraph:
    """The same nodes with the edges of some kinds, and the grants of some effects."""
    view = nx.DiGraph()
    view.add_nodes_from(graph)
    view.add_edges_from(
        (start, end)
        for start, end, data in graph.edges(data=True)
        if data["kind"] in kinds and (data["kind"] != EdgeKind.GRANTS or data["effect"] in effects)
    )
    return view
