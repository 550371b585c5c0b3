"""What is asked at the door (*exigences à l'entrée*): where a person stands on it, what waives it, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import Field

from pathways import facts
from pathways.positioning import Positioning, State
from pathways.reasons import Reason
from pathways.requirements import residual, support
from pathways.waivers import Waiver, waivers
from referentials.model import Referential
from referentials.provenance import Value
from referentials.requirement import Experience, Requirement, leaves, parts
from referentials.rights import Waived


class EntryGap(Value):
    """Where a person stands on what is asked at the door. ``state`` is empty when nothing was read."""

    state: State | None = None
    because: tuple[Reason, ...] = ()
    description: str | None = None
    tests: tuple[str, ...] = ()
    missing: Requirement | None = Field(None, description="Ce qui manque, ou reste à confirmer, de ce qui est demandé.")
    waivers: tuple[Waiver, ...] = Field((), description="Dispenses de tout ou partie de l'entrée.")


def entry(positioning: Positioning, version: Referential | None = None) -> EntryGap:
    """Where a person stands on what the target, or another certification, asks at the door."""
    version = version or positioning.target.version
    if version.entry is None or not version.entry.known:
        return EntryGap()
    waiver = facts.waived(Waived.ENTRY, version.key)
    described: dict[str, Any] = {"description": version.entry.description, "tests": version.entry.tests}
    described["waivers"] = tuple(waivers(positioning, version.key).get(version.key, ()))
    if waiver in positioning.sure:
        return EntryGap(state=State.BY_RIGHT, because=positioning.because(waiver), **described)
    requirement = version.entry.requirement
    if requirement is None:
        return EntryGap(state=State.BY_PROOF, **described)
    if not parts(requirement) and (spared := _spared(positioning, waiver, version.entry.tests)):
        return EntryGap(state=State.BY_RIGHT, because=positioning.because(spared), **described)
    for counts, state in (
        (_counting(positioning, requirement), State.BY_PROOF),
        (_hoped(positioning), State.TO_CONFIRM),
    ):
        premises = support(positioning.rights.library, requirement, counts)
        if premises is not None:
            reasons = tuple(reason for fact in sorted(premises) for reason in positioning.because(fact))
            return EntryGap(state=state, because=reasons, missing=left_of(positioning, requirement), **described)
    described["missing"] = left_of(positioning, requirement)
    if waiver in positioning.hopeful:
        return EntryGap(state=State.TO_CONFIRM, because=positioning.because(waiver), **described)
    return EntryGap(state=State.MISSING, **described)


Depth = Callable[[str], int | None]


def _counting(positioning: Positioning, requirement: Requirement) -> Depth:
    """What counts for certain at a door: what is sure, but for blocks that count no more, and experience that is there."""
    shows, sure = positioning.held.shows, positioning.sure
    asked = (leaf for leaf in leaves(requirement) if isinstance(leaf, Experience))
    shown = {facts.asked(leaf) for leaf in asked if shows(leaf.experience)}
    return lambda fact: 0 if fact in shown else None if fact in sure.lapsed else sure.depth(fact)


def _hoped(positioning: Positioning) -> Depth:
    """What would count if all were confirmed, conditions that only a file can tell among them."""
    hopeful = positioning.hopeful
    return lambda fact: 0 if fact[0] == "?" else None if fact in hopeful.lapsed else hopeful.depth(fact)


def _spared(positioning: Positioning, waiver: str, tests: tuple[str, ...]) -> str | None:
    """The waiver of a part that is none of the tests: where one thing alone is asked before them, that thing."""
    named = {f"{waiver} ({test})".casefold() for test in tests}
    found = (fact for fact in sorted(positioning.sure.proofs) if fact.startswith(f"{waiver} ("))
    return next((fact for fact in found if fact.casefold() not in named), None)


def left_of(positioning: Positioning, requirement: Requirement) -> Requirement | None:
    """What is not sure of a requirement."""
    counts = _counting(positioning, requirement)
    return residual(positioning.rights.library, requirement, lambda fact: counts(fact) is not None)
