"""The choice that is compiled from a positioning and an offer: what may be done, on which conditions, for how much."""

from pathways.pathway import Status
from tests.pathways.small import answer, certification, module, offer, right, steps


def test_a_part_of_a_requirement_is_never_taken_for_another_thing_of_a_near_name() -> None:
    """Identifiers may hold dots: the first part of « r » is not the right « r.0 »."""
    told = answer(
        certification("a@1", "B1 C1"),
        certification("b@1", "B1 C1", "B2 C1"),
        right("r", {"any_of": ["b@1/B1", "b@1/B2"]}, "a@1/B1"),
        right("r.0", {"any_of": ["o:m", "o:n"]}, "b@1/B1", effect="exempt", waives="training"),
        offer(module("m", "b@1/B2/C1"), module("n", "b@1/B2/C1")),
    )
    assert told.status is Status.OPTIMAL
    assert steps(told) == ["module o:m", "assessment b@1/B2", "right r", "award a@1"]
