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

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from pathways import facts
from pathways.law import Grant, Law, Parts, granted_by, subject
from pathways.policy import PRUDENT, Policy
from pathways.requirements import Depth, Premises
from referentials.library import Library
from referentials.reference import parse_ref
from referentials.requirement import Condition, Experience, Leaf, leaves, references
from referentials.rights import CorrespondenceState, Recognition, Relation

__all__ = ["Closure", "Proof", "Rights", "granted_by"]

_DAYS = 64
"""How many days a library is remembered on."""

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
        self.parts = Parts(library)
        self._laws: OrderedDict[date, Law] = OrderedDict()

    def law(self, on: date) -> Law:
        """What applies on a day; the days asked about last are remembered."""
        if (known := self._laws.get(on)) is None:
            known = self._laws[on] = Law(self.library, self._by_referential, on)
            while len(self._laws) > _DAYS:
                self._laws.popitem(last=False)
        return known

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
        name = subject(text)
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


class _Closing:
    """One computation of a closure.

    ``depths`` are those of what counts: all that is true, but for blocks that lapsed; ``reached`` the versions of which
    something is, and of them those whose award asks for other things too are ``waiting``.
    """

    def __init__(self, rights: Rights, on: date, policy: Policy, hopeful: bool, aimed: str | None) -> None:
        self.law, self.parts, self.library = rights.law(on), rights.parts, rights.library
        self.policy, self.hopeful, self.aimed = policy, hopeful, aimed
        self.proofs: dict[str, Proof] = {}
        self.depths: dict[str, int] = {}
        self.lapsed: dict[str, Proof] = {}
        self.own: frozenset[str] = frozenset()
        self.waiting: set[str] = set()
        self.applied: set[str] = set()
        self.reductions: set[str] = set()

    def run(self, held: Iterable[str]) -> Closure:
        fresh = {fact: Proof("held", "", (), 0) for fact in sorted(set(held))}
        while fresh:
            self._keep(fresh)
            fresh = self._new(self._contained(fresh), self._awarded(fresh))
        self.own = frozenset(self._every())
        fresh = self._new(self._granted(self.own))
        while fresh:
            self._keep(fresh)
            fresh = self._new(self._contained(fresh), self._granted(fresh), self._awarded(fresh))
        by_right, lapsed = self._every().keys() - self.own, self.lapsed.keys() - self.proofs.keys()
        if self.policy.count_likeness:
            self._add_likenesses()
        reductions = tuple(sorted(self.reductions))
        return Closure(self.law.on, self._every(), reductions, frozenset(lapsed), frozenset(by_right))

    def _every(self) -> dict[str, Proof]:
        return {**self.lapsed, **self.proofs}

    def _keep(self, fresh: Mapping[str, Proof]) -> None:
        """Everything that a round found is true."""
        for fact, proof in fresh.items():
            if proof.why != "contained" and self._is_lapsed(fact):
                self.lapsed[fact] = proof
            else:
                self.proofs[fact] = proof
                self.depths[fact] = proof.depth

    def _is_lapsed(self, fact: str) -> bool:
        """Whether a block, held or granted, belongs to a title that ended; what the whole contains counts with the whole."""
        found = self.parts.of(fact)
        if found is None or not found.is_block or found.whole == self.aimed:
            return False
        return self.law.state(found.whole).has_lapsed

    def _new(self, *given: Iterable[tuple[str, Proof]]) -> dict[str, Proof]:
        """Of what rules give, what is not known yet, each with its first proof."""
        found: dict[str, Proof] = {}
        for fact, proof in (pair for pairs in given for pair in pairs):
            if fact not in found and not self._is_known(fact, proof):
                found[fact] = proof
        return found

    def _is_known(self, fact: str, proof: Proof) -> bool:
        """Whether a proof adds nothing; one from the whole revives a block that had lapsed."""
        return fact in self.proofs or (fact in self.lapsed and proof.why != "contained")

    def _proof(self, why: Why, by: str, premises: Premises, *, chained: bool = False) -> Proof:
        depth = 1 + max((self._known(fact).depth for fact in premises), default=0)
        return Proof(why, by, tuple(sorted(premises)), depth, chained)

    def _known(self, fact: str) -> Proof:
        return self.proofs.get(fact) or self.lapsed[fact]

    # -- parts and levels -----------------------------------------------------------------------------------------

    def _contained(self, last: Mapping[str, Proof]) -> Iterator[tuple[str, Proof]]:
        for fact, proof in last.items():
            if (found := self.parts.of(fact)) is None:
                continue
            if parts := found.every_part if self.hopeful else found.parts:
                contained = Proof("contained", "", (fact,), proof.depth + 1)
                yield from ((part, contained) for part in parts)
            if found.lower:
                level = Proof("level", "", (fact,), proof.depth + 1)
                yield from ((lower, level) for lower in found.lower)

    # -- rights ---------------------------------------------------------------------------------------------------

    def _granted(self, last: Iterable[str]) -> Iterator[tuple[str, Proof]]:
        touched = {grant.recognition.id: grant for fact in last for grant in self.law.watching(fact)}
        for identifier in sorted(touched.keys() - self.applied):
            yield from self._apply(touched[identifier])

    def _apply(self, grant: Grant) -> Iterator[tuple[str, Proof]]:
        """What a recognition gives once what it asks for is met; once applied, it has nothing more to give."""
        recognition = grant.recognition
        if recognition.discretionary and not self.hopeful:
            return
        premises = grant.demand.support(self._depth_for(recognition))
        if premises is None:
            return
        self.applied.add(recognition.id)
        if grant.reduces:
            self.reductions.add(recognition.id)
        if grant.granted:
            proof = self._proof("right", recognition.id, premises, chained=not premises <= self.own)
            yield from ((fact, proof) for fact in grant.granted)

    def _depth_for(self, recognition: Recognition) -> Depth:
        """The depths of what a recognition may rest on."""
        if self.policy.chain_rights and not self.lapsed:
            return self.depths.get

        def depth(fact: str) -> int | None:
            if not self.policy.chain_rights and fact not in self.own:
                return None
            if fact not in self.depths and fact in self.lapsed and self.law.revises(recognition, fact):
                return self.lapsed[fact].depth
            return self.depths.get(fact)

        return depth

    # -- awards ---------------------------------------------------------------------------------------------------

    def _awarded(self, last: Iterable[str]) -> Iterator[tuple[str, Proof]]:
        """The certifications of which some part was reached: an award may ask for other things than its own parts."""
        for key in sorted(self._touched(last) | self.waiting):
            award = self.law.award(key)
            if award is None or key in self.proofs or not (award.is_open or key == self.aimed):
                self.waiting.discard(key)
                continue
            if award.elsewhere:
                self.waiting.add(key)
            if (premises := award.demand.support(self.depths.get)) is not None:
                yield key, self._proof("award", "", premises)

    def _touched(self, last: Iterable[str]) -> set[str]:
        return {fact.partition("/")[0] for fact in last if "/" in fact and facts.is_item(fact)}

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
