"""A module followed already: what it taught is attested, and it is never proposed again."""

from pathways.gap import State, gap
from pathways.pathway import Pathway, Status
from pathways.policy import PRUDENT, Policy
from pathways.profile import EvidenceKind
from tests.pathways.small import answer, certification, module, offer, person, placed, steps

A = certification("a@1", "B1 C1", "B2")
SHORT, LONG = module("short", "a@1/B1/C1", hours=5), module("long", "a@1/B1/C1", hours=50)
WHOLE = module("whole", prepares=["a@1/B2"], hours=20)
TRUSTING = Policy(acquired=frozenset({EvidenceKind.CERTIFIED, EvidenceKind.ATTESTED}))


def planned(*followed: str, policy: Policy = PRUDENT, explain: bool = False) -> Pathway:
    items = A, offer(SHORT, LONG, WHOLE)
    return answer(*items, profile=person(modules=followed), policy=policy, explain=explain)


def test_what_a_module_taught_is_to_confirm_and_says_which_module() -> None:
    found = gap(placed(A, offer(SHORT), profile=person(modules=["o:short"]))).blocks[0]
    assert (found.state, found.competencies[0].state) == (State.PARTIAL, State.TO_CONFIRM)
    reason = found.competencies[0].because[0]
    assert (reason.how, reason.by, reason.premises) == ("held", "attested", ("o:short",))


def test_a_module_followed_is_not_proposed_again() -> None:
    told = planned("o:short")
    assert [step for step in steps(told) if step.startswith("module")] == ["module o:long", "module o:whole"]
    assert told.set_aside == {"already_followed": 1}


def test_where_attestations_count_nothing_is_left_to_learn() -> None:
    told = planned("o:short", "o:whole", policy=TRUSTING)
    assert sorted(steps(told)) == ["assessment a@1/B1", "assessment a@1/B2", "award a@1"]
    assert told.verified


def test_the_confirmation_of_what_a_module_taught_has_its_worth() -> None:
    told = planned("o:short", explain=True)
    assert [(one.fact, one.hours) for one in told.if_confirmed] == [("a@1/B1/C1", 50)]


def test_what_is_confirmed_together_is_told_where_that_saves_more_than_one_by_one() -> None:
    pair = certification("p@1", "B1 C1 C2")
    done, again = (module(name, prepares=["p@1/B1"], hours=hours) for name, hours in (("done", 5), ("again", 40)))
    told = answer(pair, offer(done, again), target="p@1", profile=person(modules=["o:done"]), explain=True)
    assert [(one.what, one.fact, one.hours) for one in told.if_confirmed] == [("module", "o:done", 40)]
    said = [{"ref": f"p@1/B1/{code}", "evidence": "declared"} for code in ("C1", "C2")]
    told = answer(pair, offer(again), target="p@1", profile=person(competencies=said), explain=True)
    assert [(one.what, one.fact, one.hours) for one in told.if_confirmed] == [("competencies", "p@1/B1", 40)]
    one_by_one = offer(module("c1", "p@1/B1/C1"), module("c2", "p@1/B1/C2"))
    told = answer(pair, one_by_one, target="p@1", profile=person(competencies=said), explain=True)
    assert [one.what for one in told.if_confirmed] == ["competency", "competency"]
    told = answer(pair, offer(), target="p@1", profile=person(competencies=said), explain=True)
    assert [(one.what, one.opens) for one in told.if_confirmed] == [("competencies", True)]


def test_where_nothing_else_teaches_it_the_answer_says_what_is_missing() -> None:
    told = planned("o:whole", explain=True)
    assert told.status is Status.INFEASIBLE
    assert told.conflict is not None
    assert told.conflict.core == ("hole:a@1/B2",)


def test_the_order_in_which_modules_are_listed_changes_nothing() -> None:
    items = A, offer(SHORT, LONG)
    one, other = (
        gap(placed(*items, profile=person(modules=names)))
        for names in (("o:short", "o:long"), ("o:long", "o:short", "o:short"))
    )
    assert one == other
    assert one.blocks[0].competencies[0].because[0].premises == ("o:long", "o:short")
