"""The competency graph: what is in it, and that it leaves and comes back as it was."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.graph import EdgeKind, NodeKind, build, in_order, to_json
from pathways.graphml import to_graphml
from referentials.library import Library
from tests.pathways.made import drawn, framework, library, title

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shipped() -> nx.DiGraph:
    return build(Library.read())


def edges(graph: nx.DiGraph, kind: EdgeKind) -> set[tuple[str, str]]:
    return {(start, end) for start, end, data in graph.edges(data=True) if data["kind"] == kind}


def content(graph: nx.DiGraph) -> tuple[dict[str, Any], dict[tuple[str, str], Any], dict[str, Any]]:
    return dict(graph.nodes(data=True)), {(a, b): data for a, b, data in graph.edges(data=True)}, dict(graph.graph)


# -- what is in it ----------------------------------------------------------------------------------------------------


def test_an_empty_library_is_an_empty_graph() -> None:
    assert len(build(library())) == 0


def test_a_whole_contains_its_blocks_and_is_awarded_by_what_it_asks() -> None:
    graph = build(library(title("a")))
    assert ("a@1", "a@1/A") in edges(graph, EdgeKind.CONTAINS)
    assert ("a@1/A", "a@1/A/A2") in edges(graph, EdgeKind.CONTAINS)
    assert edges(graph, EdgeKind.AWARDS) == {("a@1|award", "a@1")}
    assert edges(graph, EdgeKind.PART) == {("a@1/A", "a@1|award"), ("a@1/B", "a@1|award")}
    assert graph.nodes["a@1|award"]["operator"] == "all_of"


def test_a_level_implies_the_one_below_and_in_the_end_the_competency() -> None:
    graph = build(library(framework("f")))
    chain = {("f@1/1/1.1#3", "f@1/1/1.1#2"), ("f@1/1/1.1#2", "f@1/1/1.1#1"), ("f@1/1/1.1#1", "f@1/1/1.1")}
    assert chain <= edges(graph, EdgeKind.IMPLIES)


def test_a_right_keeps_its_algebra() -> None:
    given = {"all_of": ["a@1/A", {"at_least": 1, "of": ["b@1/A", {"condition": "oui", "text": "Oui."}]}]}
    right = {"id": "r", "given": given, "grants": ["c@1/A", "c@1/B"], "effect": "award"}
    graph = build(library(title("a"), title("b"), title("c"), recognitions=(right,)))
    assert edges(graph, EdgeKind.GRANTS) == {("§r", "c@1/A"), ("§r", "c@1/B")}
    assert edges(graph, EdgeKind.GIVEN) == {("§r|given", "§r")}
    assert set(graph.predecessors("§r|given")) == {"a@1/A", "§r|given.1"}
    assert set(graph.predecessors("§r|given.1")) == {"b@1/A", "?oui"}
    assert graph.nodes["§r|given.1"] == {"kind": "requirement", "operator": "at_least", "least": 1}


def test_a_reference_without_a_version_is_met_by_any() -> None:
    right = {"id": "r", "given": "a/A", "grants": ["b@1"], "effect": "award"}
    graph = build(library(title("a", "1"), title("a", "2"), title("b"), recognitions=(right,)))
    assert set(graph.predecessors("*a/A")) == {"a@1/A", "a@2/A"}
    assert graph.nodes["*a/A"]["operator"] == "any_of"


def test_only_the_rights_in_force_that_day_are_kept() -> None:
    right = {"id": "r", "given": "a@1", "grants": ["b@1"], "effect": "award", "in_force": {"from": "2010-01-01"}}
    made = library(title("a", valid={"to": "2005-01-01"}), title("b"), recognitions=(right,))
    assert "§r" in build(made)
    assert "§r" in build(made, date(2010, 1, 1))
    before = build(made, date(2009, 12, 31))
    assert "§r" not in before
    assert [before.nodes[key]["in_force"] for key in ("a@1", "b@1")] == [False, True]


def test_modules_and_their_sessions() -> None:
    sessions = [{"id": "s1", "start": "2020-01-01", "end": "2020-02-01"}]
    module = {"id": "m", "title": "M", "hours": {"onsite": 7}, "price": 100, "sessions": sessions}
    module |= {"develops": ["a@1/A/A1", {"competency": "f@1/1.1", "level": 2}], "requires": "a@1/B"}
    module |= {"prepares": ["a@1/A"], "includes_assessment": ["a@1/A", "a@1/B"]}
    made = library(title("a"), framework("f"), offers=({"id": "o", "modules": [module]},))
    graph = build(made)
    assert edges(graph, EdgeKind.DEVELOPS) == {("o:m", "a@1/A/A1"), ("o:m", "f@1/1/1.1#2")}
    assert graph.edges["o:m", "a@1/A"] == {"kind": "prepares", "assessed": True}
    assert edges(graph, EdgeKind.ASSESSES) == {("o:m", "a@1/B")}
    assert ("o:m", "o:m@s1") in edges(graph, EdgeKind.CONTAINS)
    assert set(graph.predecessors("o:m|requires")) == {"a@1/B"}
    assert "o:m@s1" not in build(made, date(2020, 2, 2))
    assert "o:m" not in build(made, offers=())
    assert "o:m" in build(made, offers=["o"])


def test_a_likeness_leads_nowhere_by_itself() -> None:
    alike = {
        "id": "l",
        "from": "a@1/A/A1",
        "to": "b@1/A/A1",
        "relation": "exact",
        "author": "essai",
        "state": "suggested",
    }
    graph = build(library(title("a"), title("b"), correspondences=(alike,)))
    assert edges(graph, EdgeKind.ALIKE) == {("a@1/A/A1", "≈l"), ("≈l", "b@1/A/A1")}


def test_prerequisites_and_successions() -> None:
    blocks = [
        {
            "code": "A",
            "competencies": [
                {"code": "A1"},
                {"code": "A2", "requires": {"strict": ["A1"]}},
                {"code": "A3", "requires": {"advised": ["A2"]}},
            ],
        }
    ]
    graph = build(library(title("a", blocks=blocks, award=None), title("b", replaces=["a"])))
    assert graph.edges["a@1/A/A1", "a@1/A/A2"] == {"kind": "prerequisite", "strict": True}
    assert graph.edges["a@1/A/A2", "a@1/A/A3"] == {"kind": "prerequisite", "strict": False}
    assert edges(graph, EdgeKind.SUCCESSION) == {("a@1", "b@1")}


def test_every_node_and_edge_of_the_shipped_library_has_a_kind(shipped: nx.DiGraph) -> None:
    assert {data["kind"] for _name, data in shipped.nodes(data=True)} <= set(NodeKind)
    assert {data["kind"] for *_ends, data in shipped.edges(data=True)} <= set(EdgeKind)


def test_every_attribute_has_one_type_and_none_is_empty(shipped: nx.DiGraph) -> None:
    for items in (shipped.nodes(data=True), ((start, data) for start, _end, data in shipped.edges(data=True))):
        types = defaultdict(set)
        for _name, data in items:
            for attribute, value in data.items():
                types[attribute].add(type(value))
        assert {
            name: kinds for name, kinds in types.items() if len(kinds) > 1 or not kinds <= {str, int, float, bool}
        } == {}


# -- there and back ---------------------------------------------------------------------------------------------------


def test_graphml_comes_back_as_it_left(shipped: nx.DiGraph) -> None:
    nodes, found_edges, _whole = content(nx.read_graphml(BytesIO(to_graphml(shipped))))
    assert (nodes, found_edges) == content(shipped)[:2]


def test_json_comes_back_as_it_left() -> None:
    graph = build(Library.read(), date(2026, 1, 1))
    assert content(nx.node_link_graph(json.loads(to_json(graph)), edges="edges")) == content(graph)


@given(st.integers(0, 10**9))
def test_drawn_graphs_come_back_too(seed: int) -> None:
    made, _profile = drawn(seed)
    graph = build(made)
    assert content(nx.read_graphml(BytesIO(to_graphml(graph))))[:2] == content(graph)[:2]
    assert content(nx.node_link_graph(json.loads(to_json(graph)), edges="edges")) == content(graph)


def test_markup_survives_and_what_xml_cannot_hold_is_left_out() -> None:
    graph = build(library(title("a", title='« A » & <b>"c"</b>\x01\n\ud7ff')))
    back = nx.read_graphml(BytesIO(to_graphml(graph)))
    assert back.nodes["a@1"]["title"] == '« A » & <b>"c"</b>\n\ud7ff'


def test_an_attribute_of_two_types_is_refused() -> None:
    graph = nx.DiGraph()
    graph.add_node("a", rank=1)
    graph.add_node("b", rank="deux")
    with pytest.raises(TypeError, match="rank"):
        to_graphml(graph)


def test_the_order_in_which_it_was_built_does_not_matter(shipped: nx.DiGraph) -> None:
    other = nx.DiGraph()
    other.add_nodes_from(reversed(list(shipped.nodes(data=True))))
    other.add_edges_from(reversed(list(shipped.edges(data=True))))
    assert to_json(other) == to_json(shipped)
    assert to_graphml(other) == to_graphml(shipped)
    assert list(in_order(other)) == sorted(other)


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from hashlib import sha256\n"
        "from pathways.graph import build, to_json\nfrom pathways.graphml import to_graphml\nfrom pathways.reach import cycles\n"
        "from referentials.library import Library\ngraph = build(Library.read())\n"
        "print(sha256(to_graphml(graph) + to_json(graph).encode() + repr(cycles(graph)).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
