"""A → B (*passerelle*): what holding exactly A gives of B, what remains, and on demand the plan of what remains.

A is a qualification or a block, held for certain and alone: no experience, no other diploma. So a bridge is what anyone
who holds A may count on, and what depends on the person is told apart as to confirm.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pathways.clauses import Clause, Role, clause, holder, nothing_held, spoken
from pathways.gap import ACQUIRED, Gap, Positioning, State, gap, position
from pathways.pathway import Pathway
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.recognition import Closure, Rights
from referentials.provenance import Value

if TYPE_CHECKING:
    from pathways.question import Question
    from pathways.solution import Limits


class Bridge(Value):
    """What holding exactly ``start`` gives of ``target``.

    ``by_right``, ``to_confirm`` and ``remaining`` are blocks of the target; ``remaining`` counts what is to confirm.
    ``clauses`` play; ``possible`` would if what is to confirm were; ``expected`` are texts not read, ``absences`` written
    « Néant », ``preparations`` give no right.
    """

    start: str
    target: str
    on: date
    versions: tuple[str, ...]
    acquired: bool
    by_right: tuple[str, ...]
    to_confirm: tuple[str, ...]
    remaining: tuple[str, ...]
    clauses: tuple[Clause, ...] = ()
    possible: tuple[Clause, ...] = ()
    expected: tuple[Clause, ...] = ()
    absences: tuple[Clause, ...] = ()
    preparations: tuple[Clause, ...] = ()
    gap: Gap
    pathway: Pathway | None = None
    notices: tuple[str, ...] = ()


def bridge(
    start: str,
    target: str,
    rights: Rights,
    on: date,
    *,
    policy: Policy = PRUDENT,
    question: Question | None = None,
    limits: Limits | None = None,
) -> Bridge:
    """The passerelle from a qualification or a block to a target.

    Parameters
    ----------
    question : Question, optional
        When given, the best plan for such a person is worked out, with this question's offers, limits and objectives; its
        profile's holdings, its target, its day and its policy are left aside.

    Raises
    ------
    UnknownReference, NotInForce, ProfileProblem
        The start or the target names something that can't be used.
    """
    profile = holder(start, rights.library, on)
    positioning = position(profile, target, rights, on, policy)
    measured = gap(positioning)
    told = _clauses(positioning, nothing_held(rights, on, policy))
    names = {one.id for clauses in told.values() for one in clauses}
    return Bridge(
        start=min(positioning.held.evidence),
        target=positioning.target.ref,
        on=on,
        versions=(*_wholes(positioning), *(f"right:{name}" for name in sorted(names))),
        acquired=measured.acquired,
        by_right=tuple(block.ref for block in measured.blocks if block.state is State.BY_RIGHT),
        to_confirm=tuple(block.ref for block in measured.blocks if block.state is State.TO_CONFIRM),
        remaining=tuple(block.ref for block in measured.blocks if block.state not in ACQUIRED),
        gap=measured,
        pathway=_pathway(profile, positioning, question, limits) if question else None,
        notices=measured.notices,
        **told,
    )


def _wholes(positioning: Positioning) -> tuple[str, ...]:
    return tuple(sorted({positioning.target.version.key, min(positioning.held.evidence).partition("/")[0]}))


def _pathway(profile: Profile, positioning: Positioning, question: Question, limits: Limits | None) -> Pathway:
    from pathways.planner import plan

    person = profile.model_copy(update={"can_give": question.profile.can_give})
    asked = replace(
        question,
        profile=person,
        target=positioning.target.ref,
        on=positioning.sure.on,
        policy=positioning.policy,
    )
    return plan(asked, positioning.rights, limits)


def _clauses(positioning: Positioning, nothing: Closure) -> dict[Role, tuple[Clause, ...]]:
    """The recognitions that speak of the target or of a part of it, by what they do."""
    target = positioning.target.ref
    told: dict[Role, dict[str, Clause]] = defaultdict(dict)
    for role, recognition, about in spoken(positioning.rights, positioning.sure, positioning.hopeful, nothing):
        if any(_concerns(full, target) for full in about):
            told[role][recognition.id] = clause(recognition)
    return {role: tuple(clauses.values()) for role, clauses in told.items()}


def _concerns(full: str, target: str) -> bool:
    """Whether one contains the other."""
    return f"{full}/".startswith(f"{target}/") or f"{target}/".startswith(f"{full}/")
