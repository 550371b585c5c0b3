"""What remains (*positionnement et écart*): for each block and competency of the target, its state and why.

States: ``by_right``, ``by_proof``, ``to_confirm``, ``missing``, and for a block ``partial`` when some of its competencies
are there. What is to confirm is never counted as acquired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import Field

from pathways import facts
from pathways.holdings import Held, held
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.reasons import Reason, because
from pathways.recognition import Closure, Rights
from pathways.requirements import support
from pathways.target import Target, aim
from referentials.model import Block, Referential
from referentials.provenance import Value
from referentials.reference import parse_ref
from referentials.requirement import Condition, Experience, Leaf, Requirement, leaves, parts
from referentials.rights import Waived


class State(StrEnum):
    """Where a person stands on a block or a competency."""

    BY_RIGHT = "by_right"
    BY_PROOF = "by_proof"
    TO_CONFIRM = "to_confirm"
    PARTIAL = "partial"
    MISSING = "missing"


ACQUIRED = (State.BY_RIGHT, State.BY_PROOF)


class CompetencyGap(Value):
    """Where a person stands on a competency."""

    ref: str
    title: str | None
    level: int | None = None
    held: int | None = None
    state: State
    because: tuple[Reason, ...] = ()


class BlockGap(Value):
    """Where a person stands on a block. ``known`` is false when its competencies were not read."""

    ref: str
    title: str | None
    state: State
    because: tuple[Reason, ...] = ()
    competencies: tuple[CompetencyGap, ...] = ()
    known: bool = True


class EntryGap(Value):
    """Where a person stands on what is asked at the door. ``state`` is empty when nothing was read."""

    state: State | None = None
    because: tuple[Reason, ...] = ()
    description: str | None = None
    tests: tuple[str, ...] = ()


class Remaining(Value):
    """How much is left, counting as missing what is to confirm."""

    blocks: int = Field(description="Blocs qui restent.")
    competencies: int = Field(description="Compétences connues qui restent.")


class Gap(Value):
    """The whole answer."""

    target: str
    on: date
    versions: tuple[str, ...] = Field(description="Référentiels, passerelles et offres dont la réponse dépend.")
    acquired: bool
    blocks: tuple[BlockGap, ...]
    entry: EntryGap
    remaining: Remaining
    reductions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


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
        if fact in self.sure and fact not in self.sure.lapsed:
            by_right = any(proof.why == "right" for _fact, proof in self.sure.chain(fact))
            return State.BY_RIGHT if by_right else State.BY_PROOF
        if fact in self.hopeful and fact not in self.hopeful.lapsed:
            return State.TO_CONFIRM
        return State.MISSING

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


def gap(positioning: Positioning) -> Gap:
    """What remains for the target of a positioning."""
    target = positioning.target
    blocks = tuple(_block(positioning, block) for block in target.blocks)
    open_blocks = [block for block in blocks if block.state not in ACQUIRED]
    missing = sum(item.state not in ACQUIRED for block in open_blocks for item in block.competencies)
    return Gap(
        target=target.ref,
        on=positioning.sure.on,
        versions=(target.version.key,),
        acquired=all(positioning.state(fact) in ACQUIRED for fact in target.goals),
        blocks=blocks,
        entry=entry(positioning),
        remaining=Remaining(blocks=len(open_blocks), competencies=missing),
        reductions=_reductions(positioning),
        notices=target.notices,
    )


def _block(positioning: Positioning, block: Block) -> BlockGap:
    ref = f"{positioning.target.version.key}/{block.code}"
    wanted = positioning.target.local.competency
    competencies = tuple(
        CompetencyGap(
            ref=fact,
            title=competency.title,
            held=_highest(positioning, fact),
            state=positioning.state(fact),
            because=positioning.because(fact),
        )
        for competency in block.known_competencies
        if wanted in (None, competency.code)
        for fact in (f"{ref}/{competency.code}",)
    )
    state = positioning.state(ref)
    if state is State.MISSING and any(item.state is not State.MISSING for item in competencies):
        state = State.PARTIAL
    return BlockGap(
        ref=ref,
        title=block.title,
        state=state,
        because=positioning.because(ref),
        competencies=competencies,
        known=block.competencies is not None and block.complete,
    )


def _highest(positioning: Positioning, fact: str) -> int | None:
    levels = [int(other.rpartition("#")[2]) for other in positioning.sure.proofs if other.startswith(fact + "#")]
    return max(levels, default=None)


def _reductions(positioning: Positioning) -> tuple[str, ...]:
    """The reductions that apply to the target."""
    by_id, expand = positioning.rights.by_id, positioning.rights.library.expand

    def is_about_it(text: str) -> bool:
        return any(str(parse_ref(full).whole) == positioning.target.version.key for full in expand(text))

    return tuple(one for one in positioning.sure.reductions if any(map(is_about_it, by_id[one].grants)))


def entry(positioning: Positioning, version: Referential | None = None) -> EntryGap:
    """Where a person stands on what the target, or another certification, asks at the door."""
    version = version or positioning.target.version
    if version.entry is None or not version.entry.known:
        return EntryGap()
    waiver = facts.waived(Waived.ENTRY, version.key)
    described = {"description": version.entry.description, "tests": version.entry.tests}
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
            return EntryGap(state=state, because=reasons, **described)
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
