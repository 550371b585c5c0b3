"""Rights (*passerelles de droit*): everything that follows from what is held, on a day, each fact with its proof.

The closure is the least fixpoint of monotone rules, computed in rounds from what is held; a round uses only what earlier
rounds proved, so no two rights ever justify each other:

- a qualification held gives its blocks, a block its competencies, a level the lower levels;
- all that an award asks for gives the qualification, when nothing is assessed on top and the title is still open;
- a recognition in force that day gives what it grants, once its requirement is met.

What needs no right is worked out first, so that a fact is said to rest on a right only when nothing else gives it; after
that the proof kept for a fact is the shortest one. A block of a title that ended, where the rules of its family do not keep
it, is set apart: it serves the text that revises the title, and nothing else, but what it certified was learnt all the same.

Exemptions give facts of their own (``!entry:…``); reductions are listed apart: they shorten a training, they acquire nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from pathways import facts
from pathways.policy import PRUDENT, Policy
from pathways.requirements import Premises, asks_nothing, support
from pathways.validity import State, state, successors
from referentials.library import Library
from referentials.model import Referential
from referentials.reference import ModuleRef, parse, parse_ref
from referentials.requirement import Condition, Experience, Leaf, Requirement, leaves, references
from referentials.rights import CorrespondenceState, Effect, Recognition, Relation

Why = Literal["held", "contained", "level", "right", "award", "likeness"]


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a fact is true.

    Parameters
    ----------
    why : str
        ``held`` (said by the profile), ``contained`` (part of something held), ``level`` (a higher level is reached),
        ``right`` (a recognition), ``award`` (everything the award asks for), ``likeness`` (a validated correspondence).
    by : str
        The recognition or correspondence; empty for the others.
    premises : tuple of str
        The facts it rests on.
    depth : int
        How many steps it took, 0 for what is held.
    chained : bool
        Whether a right rests on another right.
    """

    why: Why
    by: str
    premises: tuple[str, ...]
    depth: int
    chained: bool = False


@dataclass(frozen=True, slots=True)
class Closure:
    """Everything that is true on a day, with its proofs, and the reductions that apply.

    ``lapsed`` are blocks that count only for the text that revises their title; ``by_right`` the facts that nothing gives
    but a right.
    """

    on: date
    proofs: Mapping[str, Proof]
    reductions: tuple[str, ...] = ()
    lapsed: frozenset[str] = field(default_factory=frozenset)
    by_right: frozenset[str] = field(default_factory=frozenset)

    def __contains__(self, fact: object) -> bool:
        return fact in self.proofs

    def depth(self, fact: str) -> int | None:
        """How many steps a fact took; ``None`` when it is not true."""
        proof = self.proofs.get(fact)
        return None if proof is None else proof.depth

    def chain(self, fact: str) -> tuple[tuple[str, Proof], ...]:
        """The whole proof of a fact, from what is held up to it."""
        found: dict[str, Proof] = {}
        waiting = [fact]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found[current] = self.proofs[current]
                waiting += self.proofs[current].premises
        return tuple(sorted(found.items(), key=lambda item: (item[1].depth, item[0])))


class Rights:
    """The recognitions of a library, ready to be applied (built once, used for many people)."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._states: dict[tuple[str, date], State] = {}

    def state(self, version: Referential, on: date) -> State:
        """What a version is on a day, remembered."""
        key = version.key, on
        if key not in self._states:
            self._states[key] = state(self.library, version, on)
        return self._states[key]

    @cached_property
    def by_id(self) -> Mapping[str, Recognition]:
        """Every recognition by its identifier."""
        return {item.id: item for item in self.library.recognitions}

    @cached_property
    def granting(self) -> Mapping[str, tuple[Recognition, ...]]:
        """The recognitions that may grant something of a referential, by its identifier."""
        found: dict[str, dict[str, Recognition]] = defaultdict(dict)
        for item in self.library.recognitions:
            for name in (name for text in item.grants for name in self._names(text)):
                found[name][item.id] = item
        return {name: tuple(items.values()) for name, items in found.items()}

    def _names(self, text: str) -> tuple[str, ...]:
        """The name that a reference goes by; of a fiche of a national directory, also those of the certifications it describes."""
        name = _subject(text)
        return (name, *(parse_ref(key).referential for key in self.library.described_by(name)))

    @cached_property
    def _by_referential(self) -> Mapping[str, tuple[Recognition, ...]]:
        found: dict[str, list[Recognition]] = defaultdict(list)
        for recognition in self.library.recognitions:
            names = {name for text in references(recognition.given) for name in self._names(text)}
            names |= {
                facts.condition(leaf.condition) for leaf in leaves(recognition.given) if isinstance(leaf, Condition)
            }
            if any(isinstance(leaf, Experience) for leaf in leaves(recognition.given)):
                names.add("+")
            for name in names:
                found[name].append(recognition)
        return {name: tuple(items) for name, items in found.items()}

    @cached_property
    def experiences(self) -> tuple[Experience, ...]:
        """Every experience that a recognition or an entry asks for."""
        asked = [
            leaf for item in self.library.recognitions for leaf in leaves(item.given) if isinstance(leaf, Experience)
        ]
        return tuple(dict.fromkeys(asked))

    @cached_property
    def asked_by_modules(self) -> tuple[Leaf, ...]:
        """Everything that the modules of the offers ask for."""
        asked = (module.requires for module in self.library.modules.values())
        return tuple(leaf for one in asked if one is not None for leaf in leaves(one))

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """Every condition that a recognition leaves to the person's file, as facts."""
        found = [
            leaf for item in self.library.recognitions for leaf in leaves(item.given) if isinstance(leaf, Condition)
        ]
        return tuple(dict.fromkeys(facts.condition(leaf.condition) for leaf in found))

    def close(
        self,
        held: Iterable[str],
        on: date,
        policy: Policy = PRUDENT,
        *,
        hopeful: bool = False,
        aimed: str | None = None,
    ) -> Closure:
        """Everything that follows from facts on a day.

        Parameters
        ----------
        held : iterable of str
            Facts to start from.
        on : date
            The day on which each right would be exercised.
        policy : Policy
            Whether a right obtained by a right may open another one; whether validated likenesses count as training.
        hopeful : bool
            Also use what a body may grant but does not owe (*discrétionnaire*), and the optional blocks of what is held
            as a whole, which one may have or not: for what is to confirm, never for what is acquired.
        aimed : str or None
            The version aimed at (``id@version``): a closed one is computed as though it still ran, and its parts count.

        Notes
        -----
        Each recognition is looked at again only when something it names became true: linear in the size of what is
        reached, whatever the size of the library.
        """
        return _Closing(self, on, policy, hopeful, aimed).run(held)


def _subject(text: str) -> str:
    ref = parse(text)
    return str(ref) if isinstance(ref, ModuleRef) else ref.referential


def subject_of(fact: str) -> str:
    """The name under which recognitions that may use a fact are found."""
    if fact[0] == "+":
        return "+"
    return fact if fact[0] in "?!" else _subject(facts.reference_of(fact))


Rule = Callable[[tuple[str, ...]], Iterable[tuple[str, Proof]]]
"""What follows from facts that have just become true."""


class _Closing:
    """One computation of a closure."""

    def __init__(self, rights: Rights, on: date, policy: Policy, hopeful: bool, aimed: str | None) -> None:
        self.rights, self.library = rights, rights.library
        self.on, self.policy, self.hopeful, self.aimed = on, policy, hopeful, aimed
        self.proofs: dict[str, Proof] = {}
        self.own: frozenset[str] = frozenset()
        self.reductions: set[str] = set()
        self.lapsed: dict[str, Proof] = {}
        self.reached: set[str] = set()

    def run(self, held: Iterable[str]) -> Closure:
        self._spread({fact: Proof("held", "", (), 0) for fact in sorted(set(held))}, self._contained, self._awarded)
        self.own = frozenset(self._every())
        self._spread(self._every(), self._contained, self._granted, self._awarded)
        by_right, lapsed = self._every().keys() - self.own, self.lapsed.keys() - self.proofs.keys()
        if self.policy.count_likeness:
            self._add_likenesses()
        reductions = tuple(sorted(self.reductions))
        return Closure(self.on, self._every(), reductions, frozenset(lapsed), frozenset(by_right))

    def _every(self) -> dict[str, Proof]:
        return {**self.lapsed, **self.proofs}

    def _spread(self, fresh: dict[str, Proof], *rules: Rule) -> None:
        """Everything that some rules give, round after round."""
        while fresh:
            lapsed = {fact: proof for fact, proof in fresh.items() if self._is_lapsed(fact, proof)}
            self.lapsed.update(lapsed)
            self.proofs.update((fact, proof) for fact, proof in fresh.items() if fact not in lapsed)
            fresh = self._next_round(tuple(fresh), rules)

    def _is_lapsed(self, fact: str, proof: Proof) -> bool:
        """Whether a block, held or granted, belongs to a title that ended, but for what the whole contains."""
        if proof.why == "contained" or not facts.is_item(fact):
            return False
        ref = parse_ref(facts.reference_of(fact))
        if ref.block is None or ref.competency is not None:
            return False
        version = self.library.get(ref.referential, ref.version or "")
        return version.key != self.aimed and self.rights.state(version, self.on).has_lapsed

    def _next_round(self, last: tuple[str, ...], rules: Sequence[Rule]) -> dict[str, Proof]:
        found: dict[str, Proof] = {}
        for fact, proof in (pair for rule in rules for pair in rule(last)):
            if not self._is_known(fact, proof) and fact not in found:
                found[fact] = proof
        return found

    def _is_known(self, fact: str, proof: Proof) -> bool:
        """Whether a proof adds nothing; one from the whole revives a block that had lapsed."""
        return fact in self.proofs or (fact in self.lapsed and proof.why != "contained")

    # -- parts and levels -----------------------------------------------------------------------------------------

    def _contained(self, last: tuple[str, ...]) -> Iterator[tuple[str, Proof]]:
        for fact in last:
            if not facts.is_item(fact):
                continue
            for part in self._parts(fact):
                yield part, self._proof("contained", "", frozenset({fact}))
            for lower in facts.lower_levels(self.library, fact):
                yield lower, self._proof("level", "", frozenset({fact}))

    def _parts(self, fact: str) -> tuple[str, ...]:
        ref = parse_ref(facts.reference_of(fact))
        version = self.library.get(ref.referential, ref.version or "")
        if ref.block is None:
            return facts.every_block_of(version) if self.hopeful else facts.blocks_of(version)
        block = version.block(ref.block)
        if block is None or ref.competency is not None:
            return ()
        return tuple(f"{fact}/{competency.code}" for competency in block.known_competencies)

    def _proof(self, why: Why, by: str, premises: Premises, *, chained: bool = False) -> Proof:
        depth = 1 + max((self._known(fact).depth for fact in premises), default=0)
        return Proof(why, by, tuple(sorted(premises)), depth, chained)

    def _known(self, fact: str) -> Proof:
        return self.proofs.get(fact) or self.lapsed[fact]

    # -- rights ---------------------------------------------------------------------------------------------------

    def _granted(self, last: tuple[str, ...]) -> Iterator[tuple[str, Proof]]:
        touched = {item.id: item for fact in last for item in self.rights._by_referential.get(subject_of(fact), ())}
        for identifier in sorted(touched):
            recognition = touched[identifier]
            if recognition.effect.is_right and recognition.in_force.contains(self.on):
                yield from self._apply(recognition)

    def _apply(self, recognition: Recognition) -> Iterator[tuple[str, Proof]]:
        if recognition.discretionary and not self.hopeful:
            return
        premises = self._support(recognition.given, recognition)
        if premises is None or asks_nothing(recognition.given):
            return
        chained = not premises <= self.own
        for text in recognition.grants:
            for full in self.library.expand(text):
                if recognition.effect is Effect.REDUCE:
                    self.reductions.add(recognition.id)
                else:
                    yield (
                        _granted_fact(recognition, full),
                        self._proof("right", recognition.id, premises, chained=chained),
                    )

    def _support(self, requirement: Requirement, recognition: Recognition | None) -> Premises | None:
        def depth(fact: str) -> int | None:
            proof = self.proofs.get(fact)
            if proof is None and recognition and fact in self.lapsed and self._revises(recognition, fact):
                proof = self.lapsed[fact]
            if proof is None or (recognition and not self.policy.chain_rights and fact not in self.own):
                return None
            return proof.depth

        return support(self.library, requirement, depth)

    def _revises(self, recognition: Recognition, fact: str) -> bool:
        """Whether a recognition belongs to the text that revises the title whose part has lapsed."""
        ref = parse_ref(facts.reference_of(fact))
        heirs = successors(self.library, self.library.get(ref.referential, ref.version or ""))
        return all(str(parse_ref(text).whole) in heirs for text in recognition.grants)

    # -- awards ---------------------------------------------------------------------------------------------------

    def _awarded(self, last: tuple[str, ...]) -> Iterator[tuple[str, Proof]]:
        """The certifications of which some part was ever reached: an award may ask for other things than its own parts."""
        items = (facts.reference_of(fact) for fact in last if facts.is_item(fact) and "/" in fact)
        self.reached.update(str(parse_ref(reference).whole) for reference in items)
        for key in sorted(self.reached - self.proofs.keys()):
            ref = parse_ref(key)
            version = self.library.get(ref.referential, ref.version or "")
            if (premises := self._award(version)) is not None:
                yield key, self._proof("award", "", premises)

    def _award(self, version: Referential) -> Premises | None:
        state = self.rights.state(version, self.on)
        closed = version.key != self.aimed and not state.is_open
        if version.award is None or closed or state.needs_final_assessment:
            return None
        return None if asks_nothing(version.award) else self._support(version.award, None)

    # -- likenesses -----------------------------------------------------------------------------------------------

    def _add_likenesses(self) -> None:
        """A validated exact likeness counts as training done. It comes last: no right ever rests on it."""
        for item in self.library.correspondences:
            if item.relation is Relation.EXACT and item.state is CorrespondenceState.VALIDATED:
                for one, other in ((item.start, item.end), (item.end, item.start)):
                    self._liken(item.id, one, other)

    def _liken(self, identifier: str, one: str, other: str) -> None:
        for known in self.library.expand(one):
            for like in self.library.expand(other):
                of_competencies = parse_ref(known).competency and parse_ref(like).competency
                new = known in self.proofs and self.proofs[known].why != "likeness" and like not in self.proofs
                if of_competencies and new:
                    self.proofs[like] = self._proof("likeness", identifier, frozenset({known}))


def granted_by(recognition: Recognition, library: Library) -> Iterator[str]:
    """The facts that a recognition makes true; none for a reduction."""
    if recognition.effect is not Effect.REDUCE:
        yield from (_granted_fact(recognition, full) for text in recognition.grants for full in library.expand(text))


def _granted_fact(recognition: Recognition, full: str) -> str:
    if recognition.effect is Effect.EXEMPT and recognition.waives is not None:
        part = f" ({recognition.part})" if recognition.part else ""
        return facts.waived(recognition.waives, full) + part
    return full
