"""What leads to what: cycles of rights, learning order, ancestors, the map of a passerelle."""

from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.graph import EdgeKind, NodeKind, build
from pathways.reach import Reach, ancestors, bridge_map, cycles, learning_order, needed
from pathways.recognition import Rights
from referentials.library import Library
from tests.pathways.made import drawn, framework, library, title


def right(name: str, given: Any, *grants: str, effect: str = "award") -> dict[str, Any]:
    return {"id": name, "given": given, "grants": list(grants), "effect": effect}


@pytest.fixture(scope="module")
def shipped() -> nx.DiGraph:
    return build(Library.read())


# -- cycles -----------------------------------------------------------------------------------------------------------


def test_a_whole_and_its_parts_are_no_cycle() -> None:
    assert cycles(build(library(title("a"), title("b")))) == ()


def test_two_rights_that_answer_each_other_are_one() -> None:
    rights = (right("there", "a@1/A", "b@1/A", "b@1/B"), right("back", {"all_of": ["b@1/A", "b@1/B"]}, "a@1/A"))
    (found,) = cycles(build(library(title("a"), title("b"), recognitions=rights)))
    assert found.items == ("a@1/A", "b@1/A", "b@1/B")
    assert found.rights == ("back", "there")
    assert found.around == ("a@1/A", "§there", "b@1/A", "§back", "a@1/A")


@pytest.mark.parametrize("effect", ["reduce", "exempt", "expected", "none", "prepare"])
def test_what_awards_nothing_makes_no_cycle(effect: str) -> None:
    rights = (right("there", "a@1/A", "b@1/A"), right("back", "b@1/A", "a@1/A", effect=effect))
    assert cycles(build(library(title("a"), title("b"), recognitions=rights))) == ()


def test_the_cycle_of_catic_and_bpjeps_tic_is_found_in_the_shipped_library(shipped: nx.DiGraph) -> None:
    names = [found.rights for found in cycles(shipped)]
    assert ("bpjeps-tic-uc7-uc8-uc9-vers-catic-ccp2", "catic-ccp2-vers-bpjeps-tic") in names


def test_every_step_of_the_way_round_a_cycle_is_a_way(shipped: nx.DiGraph) -> None:
    for found in cycles(shipped):
        assert found.around[0] == found.around[-1]
        for one, other in zip(found.around, found.around[1:], strict=False):
            assert nx.has_path(shipped, one, other)


# -- learning order ---------------------------------------------------------------------------------------------------


def ordered(*competencies: dict[str, Any], advised: bool = False) -> list[list[str]]:
    made = library(title("a", blocks=[{"code": "A", "competencies": list(competencies)}], award=None))
    found = learning_order(build(made), "a@1", advised=advised)
    return [[name.rpartition("/")[2] for name in generation] for generation in found]


def test_what_is_required_comes_in_an_earlier_generation() -> None:
    after = {"code": "C2", "requires": {"strict": ["C1"], "advised": ["C3"]}}
    assert ordered({"code": "C1"}, after, {"code": "C3"}) == [["C1", "C3"], ["C2"]]
    last = {"code": "C3", "requires": {"strict": ["C2"]}}
    assert ordered({"code": "C1"}, {"code": "C2", "requires": {"strict": ["C1"]}}, last) == [["C1"], ["C2"], ["C3"]]


def test_advised_prerequisites_count_when_asked() -> None:
    competencies = ({"code": "C1"}, {"code": "C2", "requires": {"advised": ["C1"]}})
    assert ordered(*competencies) == [["C1", "C2"]]
    assert ordered(*competencies, advised=True) == [["C1"], ["C2"]]


def test_competencies_that_advise_each_other_stand_together() -> None:
    one, other = {"code": "C1", "requires": {"advised": ["C2"]}}, {"code": "C2", "requires": {"advised": ["C1"]}}
    assert ordered(one, other, {"code": "C3", "requires": {"strict": ["C1"]}}, advised=True) == [["C1", "C2"], ["C3"]]


def test_levels_go_up_one_by_one() -> None:
    order = learning_order(build(library(framework("f"))), "f@1")
    place = {name: rank for rank, generation in enumerate(order) for name in generation}
    assert [place[f"f@1/1/1.1#{level}"] for level in (1, 2, 3)] == [0, 1, 2]


# -- ancestors --------------------------------------------------------------------------------------------------------


def test_what_a_target_needs_is_itself_and_what_may_lead_to_it() -> None:
    rights = (right("r", "b@1/A", "a@1/A"), right("reading", "d@1", "a@1", effect="expected"))
    module = {"id": "m", "title": "M", "develops": ["a@1/B/B1"], "requires": {"competency": "f@1/1.1", "level": 2}}
    made = library(
        *(title(name) for name in "abcd"),
        framework("f"),
        recognitions=rights,
        offers=({"id": "o", "modules": [module]},),
    )
    graph = build(made)
    assert needed(graph, "a@1") == ("a@1", "b@1", "f@1")
    assert needed(graph, "b@1") == ("b@1",)
    assert "o:m" in ancestors(graph, "a@1")
    assert "§reading" not in ancestors(graph, "a@1")


def test_a_title_whose_award_is_not_known_still_leads_back_to_its_parts() -> None:
    made = library(title("a", award=None), title("b"), recognitions=(right("r", "b@1", "a@1/A"),))
    assert needed(build(made), "a@1") == ("a@1", "b@1")


@given(st.integers(0, 10**9))
def test_what_is_proved_never_rests_on_something_that_does_not_lead_to_it(seed: int) -> None:
    made, _profile = drawn(seed)
    graph = build(made)
    everything = [version.key for version in made]
    closure = Rights(made).close([*everything[:2], "?permis"], max(_days(made)), hopeful=True)
    for fact, proof in closure.proofs.items():
        if fact in graph and proof.premises:
            assert set(proof.premises) <= ancestors(graph, fact)


def _days(made: Library) -> list[Any]:
    from datetime import date

    return [date(2020, 1, 1), *(one.in_force.start for one in made.recognitions if one.in_force.start)]


@given(st.integers(0, 10**9))
def test_bitsets_say_what_networkx_says(seed: int) -> None:
    made, _profile = drawn(seed)
    graph = build(made)
    reach = Reach(graph)
    for target in graph:
        walked = {target, *ancestors(graph, target)}
        wanted = sorted(name for name in walked if graph.nodes[name]["kind"] == NodeKind.REFERENTIAL)
        assert list(reach.versions(target)) == wanted
        assert [key for key in reach.keys if reach.leads(key, target)] == wanted


# -- the map of a passerelle ------------------------------------------------------------------------------------------


def test_a_map_shows_the_ways_the_texts_and_every_block_of_the_target() -> None:
    rights = (
        right("direct", "a@1/A", "b@1/A"),
        right("text", "a@1", "b@1", effect="expected"),
        right("first", "a@1", "c@1/A"),
        right("second", "c@1/A", "b@1/B"),
        right("backwards", "b@1", "a@1"),
    )
    graph = build(library(title("a"), title("b"), title("c"), recognitions=rights))
    near = bridge_map(graph, "a@1", "b@1")
    assert {name for name in near if name[0] == "§" and "|" not in name} == {"§direct", "§text"}
    assert {"a@1", "a@1/A", "b@1", "b@1/A", "b@1/B"} <= set(near)
    assert "a@1/B" not in near or nx.has_path(graph, "a@1/B", "b@1")
    far = bridge_map(graph, "a@1", "b@1", rights=2)
    assert {"§first", "§second", "c@1/A"} <= set(far)
    assert "§backwards" not in far


def test_a_map_between_strangers_has_no_way() -> None:
    found = bridge_map(build(library(title("a"), title("b"))), "a@1", "b@1")
    assert set(found) == {"a@1", "b@1", "b@1/A", "b@1/B"}
    assert {data["kind"] for *_ends, data in found.edges(data=True)} == {EdgeKind.CONTAINS}
