"""Library → the competency graph (*graphe des compétences*): sole owner of its node kinds, edge kinds and attributes.

Every edge reads "leads to": from the whole to the part that it contains, from what is given to the right to what it grants,
from the module to what it develops, from what is asked to what asks for it. A recognition is a hyperedge, hence a node: all
that enters it is needed, all that leaves it is granted. Requirements keep their algebra as nodes of their own.

==============  ================================================  =====================================
node            means                                             written
==============  ================================================  =====================================
referential     a version of a certification or framework         ``deme@2007``
block           a block                                           ``deme@2007/DC1``
competency      a competency                                      ``…/CCP1/C1``
level           a competency reached at a level                   ``…/1/1.1#4``
module          a module of an offer                              ``offer:module``
session         one dated run of a module                         ``offer:module@session``
recognition     a right, a preparation, or a text not read        ``§identifier``
correspondence  a likeness, which leads to nothing                ``≈identifier``
requirement     ``all_of``, ``any_of`` or ``at_least`` *k*        ``owner|award``, ``owner|entry.1``, …
requirement     any version of something                          ``*bpjeps-tic/UC1``
condition       what only the person's file can say               ``?deux-secteurs``
experience      an experience asked for                           ``+6:…``
==============  ================================================  =====================================

Attributes are text, whole numbers, decimal numbers or booleans; an attribute that is not known is absent.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any

import networkx as nx

from pathways import facts
from pathways.requirements import leaf_facts
from referentials.library import Library
from referentials.model import Block, Referential
from referentials.offer import Module, Offer
from referentials.reference import parse_ref
from referentials.requirement import AnyOf, AtLeast, Condition, Experience, Held, Leaf, Requirement, parts
from referentials.rights import Correspondence, Recognition


class NodeKind(StrEnum):
    """What a node stands for."""

    REFERENTIAL = "referential"
    BLOCK = "block"
    COMPETENCY = "competency"
    LEVEL = "level"
    MODULE = "module"
    SESSION = "session"
    RECOGNITION = "recognition"
    CORRESPONDENCE = "correspondence"
    REQUIREMENT = "requirement"
    CONDITION = "condition"
    EXPERIENCE = "experience"


class EdgeKind(StrEnum):
    """How the start of an edge leads to its end."""

    CONTAINS = "contains"
    IMPLIES = "implies"
    GIVEN = "given"
    GRANTS = "grants"
    PART = "part"
    AWARDS = "awards"
    ENTRY = "entry"
    REQUIRES = "requires"
    PREREQUISITE = "prerequisite"
    DEVELOPS = "develops"
    PREPARES = "prepares"
    ASSESSES = "assesses"
    ALIKE = "alike"
    SUCCESSION = "succession"


def build(library: Library, on: date | None = None, offers: Collection[str] | None = None) -> nx.DiGraph:
    """The graph of a library.

    Parameters
    ----------
    on : date, optional
        Keep the recognitions in force and the modules and sessions offered that day, and say of each referential whether
        it is in force. Every version stays: one may hold an old title. Without a day, everything is kept.
    offers : collection of str, optional
        Identifiers of the offers whose modules are wanted; ``None`` for all, empty for none.

    Returns
    -------
    networkx.DiGraph
        At most one edge from one node to another. The same library always gives the same nodes and edges in the same order.

    Notes
    -----
    Linear in the size of the library; opens every referential.
    """
    return _Building(library, on).run(offers)


class _Building:
    """One construction of a graph."""

    def __init__(self, library: Library, on: date | None) -> None:
        self.library, self.on = library, on
        self.graph = nx.DiGraph(**({"on": on.isoformat()} if on else {}))

    def run(self, offers: Collection[str] | None) -> nx.DiGraph:
        versions = tuple(self.library)
        for version in versions:
            self._referential(version)
        for version in versions:
            self._demands(version)
        for recognition in self.library.recognitions:
            if self.on is None or recognition.in_force.contains(self.on):
                self._recognition(recognition)
        for correspondence in self.library.correspondences:
            self._correspondence(correspondence)
        for offer in self.library.offers:
            if offers is None or offer.id in offers:
                self._offer(offer)
        return self.graph

    def _node(self, name: str, kind: NodeKind, **attributes: Any) -> str:
        self.graph.add_node(name, kind=kind.value, **_known(attributes))
        return name

    def _edge(self, start: str, end: str, kind: EdgeKind, **attributes: Any) -> None:
        if not self.graph.has_edge(start, end):
            self.graph.add_edge(start, end, kind=kind.value, **_known(attributes))

    # -- what certifications are made of --------------------------------------------------------------------------

    def _referential(self, version: Referential) -> None:
        self._node(
            version.key,
            NodeKind.REFERENTIAL,
            title=version.title,
            family=version.kind,
            issuer=version.issuer,
            framework_level=version.level,
            state=version.state,
            start=version.valid.start,
            end=version.valid.end,
            confidence=version.confidence,
            in_force=self.library.is_in_force(version, self.on) if self.on else None,
            complete=version.complete and version.blocks is not None,
        )
        ranks = tuple(level.rank for level in version.scale.levels) if version.scale else ()
        for block in version.known_blocks:
            self._block(version, block, ranks)

    def _block(self, version: Referential, block: Block, ranks: tuple[int, ...]) -> None:
        name = self._node(
            f"{version.key}/{block.code}",
            NodeKind.BLOCK,
            title=block.title,
            optional=block.optional,
            complete=block.complete and block.competencies is not None,
        )
        self._edge(version.key, name, EdgeKind.CONTAINS)
        for competency in block.known_competencies:
            part = self._node(f"{name}/{competency.code}", NodeKind.COMPETENCY, title=competency.title)
            self._edge(name, part, EdgeKind.CONTAINS)
            self._levels(part, ranks)

    def _levels(self, competency: str, ranks: tuple[int, ...]) -> None:
        """Reaching a level means having reached the one below, and in the end the competency."""
        below = competency
        for rank in ranks:
            level = self._node(facts.at_level(competency, rank), NodeKind.LEVEL, rank=rank)
            self._edge(level, below, EdgeKind.IMPLIES)
            below = level

    def _demands(self, version: Referential) -> None:
        """What a version asks for: award, entry, before its blocks, before its competencies; and what it replaces."""
        self._asked(version.key, "award", version.award, EdgeKind.AWARDS)
        self._asked(version.key, "entry", version.entry.requirement if version.entry else None, EdgeKind.ENTRY)
        for block in version.known_blocks:
            self._asked(f"{version.key}/{block.code}", "requires", block.requires, EdgeKind.REQUIRES)
        for name, competency in version.competencies():
            for strict, texts in ((True, competency.requires.strict), (False, competency.requires.advised)):
                for full in (full for text in texts for full in self.library.expand(text)):
                    self._edge(full, name, EdgeKind.PREREQUISITE, strict=strict)
        for text in version.replaced_by:
            for full in self.library.expand(text):
                self._edge(version.key, full, EdgeKind.SUCCESSION)
        for text in version.replaces:
            for full in self.library.expand(text):
                self._edge(full, version.key, EdgeKind.SUCCESSION)

    # -- requirements ---------------------------------------------------------------------------------------------

    def _asked(self, owner: str, what: str, requirement: Requirement | None, kind: EdgeKind) -> None:
        if requirement is not None:
            self._edge(self._tree(f"{owner}|{what}", requirement), owner, kind)

    def _tree(self, name: str, requirement: Requirement) -> str:
        """The node of a requirement, below it the nodes of its parts; a leaf alone has a node too."""
        least = requirement.at_least if isinstance(requirement, AtLeast) else None
        self._node(name, NodeKind.REQUIREMENT, operator=_operator(requirement), least=least)
        for index, part in enumerate((requirement,) if isinstance(requirement, Leaf) else parts(requirement)):
            child = self._leaf(part) if isinstance(part, Leaf) else self._tree(f"{name}.{index}", part)
            self._edge(child, name, EdgeKind.PART)
        return name

    def _leaf(self, leaf: Leaf) -> str:
        """The node of a leaf; of a reference that several versions meet, a node that any of them leads to."""
        meeting = leaf_facts(self.library, leaf)
        if isinstance(leaf, Condition):
            return self._node(meeting[0], NodeKind.CONDITION, title=leaf.text)
        if isinstance(leaf, Experience):
            return self._node(meeting[0], NodeKind.EXPERIENCE, months=float(leaf.experience.months))
        for fact in meeting:
            self._level_if_any(fact)
        if len(meeting) == 1:
            return meeting[0]
        named = leaf.root if isinstance(leaf, Held) else facts.at_level(leaf.competency, leaf.level)
        name = self._node(f"*{named}", NodeKind.REQUIREMENT, operator="any_of")
        for fact in meeting:
            self._edge(fact, name, EdgeKind.PART)
        return name

    def _level_if_any(self, fact: str) -> str:
        """A level asked for or developed that its scale does not have leads to nothing but is still shown."""
        if "#" in fact and fact not in self.graph:
            self._node(fact, NodeKind.LEVEL, rank=int(fact.partition("#")[2]))
        if ":" in fact and fact not in self.graph:
            self._node(fact, NodeKind.MODULE)
        return fact

    # -- rights and likenesses ------------------------------------------------------------------------------------

    def _recognition(self, recognition: Recognition) -> None:
        name = self._node(
            f"§{recognition.id}",
            NodeKind.RECOGNITION,
            title=recognition.title,
            effect=recognition.effect,
            right=recognition.effect.is_right,
            waives=recognition.waives,
            wording=recognition.wording,
            discretionary=recognition.discretionary,
            start=recognition.in_force.start,
            end=recognition.in_force.end,
            source=recognition.source.title,
            confidence=recognition.confidence,
        )
        self._edge(self._tree(f"{name}|given", recognition.given), name, EdgeKind.GIVEN)
        for full in (full for text in recognition.grants for full in self.library.expand(text)):
            self._edge(name, full, EdgeKind.GRANTS, effect=recognition.effect)

    def _correspondence(self, item: Correspondence) -> None:
        name = self._node(
            f"≈{item.id}", NodeKind.CORRESPONDENCE, relation=item.relation, author=item.author, state=item.state
        )
        for full in self.library.expand(item.start):
            self._edge(full, name, EdgeKind.ALIKE)
        for full in self.library.expand(item.end):
            self._edge(name, full, EdgeKind.ALIKE)

    # -- offers ---------------------------------------------------------------------------------------------------

    def _offer(self, offer: Offer) -> None:
        for module in offer.modules:
            if self.on is None or module.available is None or module.available.contains(self.on):
                self._module(offer, module)

    def _module(self, offer: Offer, module: Module) -> None:
        name = self._node(
            f"{offer.id}:{module.id}",
            NodeKind.MODULE,
            title=module.title,
            body=offer.body.name,
            hours=float(module.hours.total) if module.hours else None,
            price=float(module.price) if module.price is not None else None,
            illustrative=offer.is_illustrative(module),
        )
        self._asked(name, "requires", module.requires, EdgeKind.REQUIRES)
        for item in module.develops:
            for full in self.library.expand(item.competency):
                fact = facts.at_level(full, item.level)
                self._edge(name, self._level_if_any(fact), EdgeKind.DEVELOPS)
        self._blocks_of_module(name, module)
        for session in module.sessions:
            if self.on is None or session.end >= self.on:
                run = self._node(f"{name}@{session.id}", NodeKind.SESSION, start=session.start, end=session.end)
                self._edge(name, run, EdgeKind.CONTAINS)

    def _blocks_of_module(self, name: str, module: Module) -> None:
        assessed = {full for text in module.includes_assessment for full in self.library.expand(text)}
        prepared = dict.fromkeys(full for text in module.prepares for full in self.library.expand(text))
        for full in prepared:
            self._edge(name, full, EdgeKind.PREPARES, assessed=full in assessed)
        for full in sorted(assessed - prepared.keys()):
            self._edge(name, full, EdgeKind.ASSESSES)


def _operator(requirement: Requirement) -> str:
    """The name of a node of the algebra; a leaf alone is an ``all_of`` of one part."""
    return {AnyOf: "any_of", AtLeast: "at_least"}.get(type(requirement), "all_of")


def _known(attributes: dict[str, Any]) -> dict[str, str | int | float | bool]:
    """Attributes as plain values, without those that are not known."""
    return {name: _plain(value) for name, value in attributes.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def whole_of(name: str) -> str | None:
    """The version that a node belongs to; ``None`` for what belongs to none (rights, modules, conditions…).

    Examples
    --------
    >>> whole_of("pix@2023/1/1.1#4"), whole_of("deme@2007|award"), whole_of("offre:module")
    ('pix@2023', 'deme@2007', None)
    """
    start = name.partition("|")[0]
    if start[0] in "§≈*?+" or ":" in start:
        return None
    return str(parse_ref(facts.reference_of(start)).whole)


def to_json(graph: nx.DiGraph) -> str:
    """The graph as node-link JSON: ``nodes`` with ``id``, ``edges`` with ``source`` and ``target``, sorted."""
    nodes = [{"id": name, **graph.nodes[name]} for name in sorted(graph)]
    edges = [{"source": start, "target": end, **data} for start, end, data in _sorted_edges(graph)]
    data = {"directed": True, "multigraph": False, "graph": graph.graph, "nodes": nodes, "edges": edges}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def in_order(graph: nx.DiGraph) -> nx.DiGraph:
    """The same graph with its nodes and edges in alphabetical order."""
    ordered = nx.DiGraph(**graph.graph)
    ordered.add_nodes_from((name, graph.nodes[name]) for name in sorted(graph))
    ordered.add_edges_from(_sorted_edges(graph))
    return ordered


def _sorted_edges(graph: nx.DiGraph) -> list[tuple[str, str, dict[str, Any]]]:
    return sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1]))
