"""A person in front of a target (*positionnement*): what surely follows from the profile, and what would if all were confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathways import facts
from pathways.holdings import Held, held
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.reasons import Reason, because
from pathways.recognition import Closure, Rights
from pathways.target import Target, aim
from referentials.requirement import Condition, Experience, Leaf, leaves


class State(StrEnum):
    """Where a person stands on a block or a competency."""

    BY_RIGHT = "by_right"
    BY_PROOF = "by_proof"
    TO_CONFIRM = "to_confirm"
    PARTIAL = "partial"
    MISSING = "missing"


ACQUIRED = (State.BY_RIGHT, State.BY_PROOF)


@dataclass(frozen=True, slots=True)
class Positioning:
    """A person on a day, in front of a target: what surely follows from the profile, and what would if all were confirmed."""

    target: Target
    held: Held
    sure: Closure
    hopeful: Closure
    rights: Rights
    policy: Policy

    def state(self, fact: str) -> State:
        """Where the person stands on a fact; a block that counts no more is missing."""
        if self.has(fact):
            by_right = any(proof.why == "right" for _fact, proof in self.sure.chain(fact))
            return State.BY_RIGHT if by_right else State.BY_PROOF
        if fact in self.hopeful and fact not in self.hopeful.lapsed:
            return State.TO_CONFIRM
        return State.MISSING

    def has(self, fact: str) -> bool:
        """Whether a fact is there for certain, and still counts."""
        return fact in self.sure and fact not in self.sure.lapsed

    @property
    def is_acquired(self) -> bool:
        """Whether what is aimed at is there for certain."""
        return all(map(self.has, self.target.goals))

    @property
    def asked(self) -> tuple[Leaf, ...]:
        """Everything that the target and the modules on offer ask for."""
        return tuple(_asked(self.target, self.rights))

    def because(self, fact: str) -> tuple[Reason, ...]:
        """The proof of a fact, or what its confirmation would rest on."""
        return because(fact, self.sure if fact in self.sure else self.hopeful, self.held, self.rights)


def position(profile: Profile, target: str, rights: Rights, on: date, policy: Policy = PRUDENT) -> Positioning:
    """Place a person in front of a target.

    Raises
    ------
    UnknownReference, NotInForce, ProfileProblem
        The target or the profile names something that can't be used.
    """
    aimed = aim(rights.library, target, on)
    asked = tuple(_asked(aimed, rights))
    experiences = [leaf for leaf in asked if isinstance(leaf, Experience)]
    conditions = [facts.condition(leaf.condition) for leaf in asked if isinstance(leaf, Condition)]
    start = held(profile, rights.library, on, policy, (*rights.experiences, *experiences))
    key = aimed.version.key
    sure = rights.close(start.sure, on, policy, aimed=key)
    hopeful = rights.close(start.hopeful.union(rights.conditions, conditions), on, policy, hopeful=True, aimed=key)
    return Positioning(aimed, start, sure, hopeful, rights, policy)


def _asked(target: Target, rights: Rights) -> Iterator[Leaf]:
    """Everything that the door, the award and the blocks of a target, and the modules on offer, ask for."""
    version = target.version
    door = version.entry.requirement if version.entry else None
    for requirement in (door, version.award, *(block.requires for block in version.known_blocks)):
        if requirement is not None:
            yield from leaves(requirement)
    yield from rights.asked_by_modules
