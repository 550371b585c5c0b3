"""Parts of a problem that have nothing to do with each other are solved apart.

Takes an instance, gives instances whose best plans together are its best plan: rules are joined by the facts they need
or give and by the side conditions they share.
"""

from __future__ import annotations

from dataclasses import replace

from pathways.optimise.budget import Stop, heed, never
from pathways.optimise.instance import Instance, Row, bits
from pathways.optimise.preprocessing import compact, keep


def components(instance: Instance) -> list[Instance]:
    """Split by union-find; parts come in the order of their first rule."""
    parent = list(range(instance.size + len(instance.rows)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    rows_of: dict[int, list[int]] = {}
    for number, row in enumerate(instance.rows):
        for index in row.coefficients:
            rows_of.setdefault(index, []).append(instance.size + number)
    nodes = {rule.index: [*bits(rule.among), *bits(rule.add), *rows_of.get(rule.index, [])] for rule in instance.rules}
    for some in nodes.values():
        for node in some[1:]:
            parent[root(node)] = root(some[0])
    parts: dict[int, list[int]] = {}
    for rule in instance.rules:
        parts.setdefault(root(nodes[rule.index][0]) if nodes[rule.index] else -1, []).append(rule.index)
    if len(parts) <= 1:
        return [instance] if instance.rules else []
    return [_part(instance, set(some)) for some in parts.values()]


def _part(instance: Instance, indices: set[int]) -> Instance:
    rules = tuple(rule for rule in instance.rules if rule.index in indices)
    facts = 0
    for rule in rules:
        facts |= rule.among | rule.add
    rows = tuple(row for row in instance.rows if indices & row.coefficients.keys())
    part = replace(instance, goals=instance.goals & facts, forced=instance.forced & indices, rows=rows)
    return compact(keep(part, rules))


def empty_rows(instance: Instance) -> tuple[Row, ...]:
    """Side conditions that concern no rule left: they hold or fail by themselves."""
    return tuple(row for row in instance.rows if not row.coefficients)


def support_components(instance: Instance, stop: Stop = never) -> list[int]:
    """Component of each fact in the graph "q is among what a rule for f needs"; mostly each is its own."""
    after: list[set[int]] = [set() for _ in range(instance.size)]
    for rule in instance.rules:
        heed(stop)
        for fact in bits(rule.among):
            after[fact].update(bits(rule.add & ~(1 << fact)))
    return _strongly_connected(after) if _has_circle(after) else list(range(instance.size))


def _has_circle(after: list[set[int]]) -> bool:
    """Whether something remains when facts that nothing is left before are taken away, one after the other."""
    before = [0] * len(after)
    for some in after:
        for fact in some:
            before[fact] += 1
    free = [fact for fact, count in enumerate(before) if not count]
    for fact in free:
        for later in after[fact]:
            before[later] -= 1
            if not before[later]:
                free.append(later)
    return len(free) < len(after)


def _strongly_connected(after: list[set[int]]) -> list[int]:
    import networkx as nx

    graph = nx.DiGraph([(fact, later) for fact, some in enumerate(after) for later in some])
    graph.add_nodes_from(range(len(after)))
    label = [0] * len(after)
    for number, component in enumerate(nx.strongly_connected_components(graph)):
        for fact in component:
            label[fact] = number
    return label
