"""The national map (*carte nationale des passerelles*): what holding each whole qualification gives of every other by right.

Row by row, in the order of the references: one closure for a start, from which everything it gives is read. Nothing is kept
from one row to the next but what the law says, so that a map of thousands of versions is written as it is computed. Sparse:
only pairs where something is given for certain, to anyone who holds the start and nothing else.

*Chains that nobody has written* are told apart: what a target receives only because a right rests on another right. Texts
are silent about them, hence their caution (see ``chain_rights`` in :mod:`pathways.policy`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pydantic import Field

from pathways.clauses import holder
from pathways.gap import Positioning, what_remains
from pathways.holdings import Held, held
from pathways.policy import PRUDENT, Policy
from pathways.reasons import Reason, because
from pathways.recognition import Closure, Rights
from pathways.target import aim
from referentials.library import Library
from referentials.provenance import Value
from referentials.requirement import references
from referentials.rights import Effect


class Passage(Value):
    """What holding a whole qualification gives of another one for certain, and what remains. Rights are named by identifier."""

    start: str
    target: str
    blocks: tuple[str, ...] = Field((), description="Blocs obtenus de droit.")
    chained: tuple[str, ...] = Field((), description="Parmi ces blocs, ceux que seul un droit sur un droit donne.")
    competencies: int = Field(0, description="Compétences obtenues de droit, celles des blocs comprises.")
    whole: bool = Field(False, description="Vrai quand toute la cible est acquise.")
    entry_waived: bool = Field(False, description="Vrai quand l'entrée est dispensée.")
    depth: int = Field(0, description="Combien de droits s'enchaînent, au plus ; 1 : aucun ne repose sur un autre.")
    rights: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    reductions: tuple[str, ...] = ()
    remaining_blocks: int = Field(0, description="Blocs qu'il faut encore, au moins.")
    remaining_competencies: int = Field(0, description="Compétences connues qui restent dans ces blocs.")


class Chain(Value):
    """What a target receives from a start only through rights that rest on other rights, which no text says in one go."""

    start: str
    target: str
    facts: tuple[str, ...] = Field(description="Ce qui n'est donné que par l'enchaînement.")
    direct: tuple[str, ...] = Field((), description="Blocs de la même cible que les droits donnent sans enchaînement.")
    through: tuple[str, ...] = Field((), description="Les titres par lesquels on passe.")
    rights: tuple[str, ...] = Field(description="Les droits, dans l'ordre où ils s'enchaînent.")
    steps: tuple[Reason, ...] = Field(description="Toute la preuve, du titre détenu à ce qui est donné.")


class NationalMap(Value):
    """The map of a day, whole: every pair where something is given, then every chain, by start and target."""

    on: date
    starts: int = Field(description="Combien de titres détenus ont été considérés.")
    targets: int = Field(description="Combien de cibles.")
    passages: tuple[Passage, ...]
    chains: tuple[Chain, ...]


class Row(NamedTuple):
    """All that one start gives: its passages and its chains, by target."""

    start: str
    passages: tuple[Passage, ...]
    chains: tuple[Chain, ...] = ()


@dataclass(frozen=True)
class Survey:
    """What a map is drawn of: the rights of a library on a day, the versions aimed at, and whether chains are told."""

    rights: Rights
    on: date
    targets: frozenset[str]
    policy: Policy = PRUDENT
    chains: bool = False

    def row(self, start: str) -> Row:
        """What one start gives."""
        known = held(holder(start, self.rights.library, self.on), self.rights.library, self.on, self.policy)
        return _Reading(self, start, known).row()


def national_map(
    rights: Rights,
    on: date,
    *,
    starts: Iterable[str] | None = None,
    targets: Iterable[str] | None = None,
    everything: bool = False,
    policy: Policy = PRUDENT,
    chains: bool = False,
) -> Iterator[Row]:
    """The map, start by start, in the order of their references.

    Parameters
    ----------
    starts : iterable of str, optional
        Keys of the versions held; by default every one, for one may hold an old title.
    targets : iterable of str, optional
        Keys of the versions aimed at; by default those in force that day, and with ``everything`` all of them.
    chains : bool
        Tell the chains that nobody has written, each with its whole proof.

    Notes
    -----
    One closure per start, another one where a right rests on a right, and one for each closed target of which something is
    held. A row is forgotten once it is given.
    """
    chosen = targets if targets is not None else aimed_at(rights, on, everything=everything)
    survey = Survey(rights, on, frozenset(chosen), policy, chains)
    yield from map(survey.row, sorted(set(starts)) if starts is not None else every_version(rights.library))


def whole_map(rights: Rights, on: date, *, everything: bool = False, policy: Policy = PRUDENT) -> NationalMap:
    """The map of a library on a day, with its chains, in one value."""
    starts, targets = every_version(rights.library), tuple(aimed_at(rights, on, everything=everything))
    rows = tuple(national_map(rights, on, starts=starts, targets=targets, policy=policy, chains=True))
    return NationalMap(
        on=on,
        starts=len(starts),
        targets=len(targets),
        passages=tuple(one for row in rows for one in row.passages),
        chains=tuple(one for row in rows for one in row.chains),
    )


def every_version(library: Library) -> tuple[str, ...]:
    """The keys of the versions of a library, sorted: those at hand, and those that rights name in a directory of thousands."""
    found = {version.key for version in library}
    if library.is_wide:
        named = (text for right in library.recognitions for text in (*references(right.given), *right.grants))
        found.update(full.partition("/")[0] for text in named if ":" not in text for full in library.expand(text))
    return tuple(sorted(found))


def aimed_at(rights: Rights, on: date, *, everything: bool = False) -> Iterator[str]:
    """The versions that one may aim at on a day."""
    library = rights.library
    for key in every_version(library):
        if everything or library.is_in_force(library.get(*key.split("@", 1)), on):
            yield key


def whole_of(fact: str) -> str:
    """The version that a fact is about, whether it says that something is obtained or waived.

    Examples
    --------
    >>> whole_of("deme@2007/DC1"), whole_of("!entry:bpjeps-as@2005 (une épreuve)")
    ('deme@2007', 'bpjeps-as@2005')
    """
    about = fact.partition(":")[2] if fact[0] == "!" else fact
    return about.partition(" ")[0].partition("/")[0].partition("#")[0]


class _Reading:
    """What the closures of one start say, target by target."""

    def __init__(self, survey: Survey, start: str, known: Held) -> None:
        self.survey, self.rights, self.start, self.known = survey, survey.rights, start, known
        self.own = start.partition("/")[0]
        self.sure = self._close(None)
        self._direct: dict[str | None, Closure] = {}

    def _close(self, aimed: str | None, *, chained: bool = True) -> Closure:
        policy = self.survey.policy
        if not chained:
            policy = policy.model_copy(update={"chain_rights": False})
        return self.rights.close(self.known.sure, self.survey.on, policy, aimed=aimed)

    def row(self) -> Row:
        shared = _Sums(self.sure, self.rights)
        passages, chains = [], []
        for key in sorted((shared.about - {self.own}) & self.survey.targets):
            is_open = self.rights.law(self.survey.on).state(key).is_open
            sums = shared if is_open else _Sums(self._close(key), self.rights)
            if not sums.gives(key):
                continue
            beyond = self._beyond(sums, key)
            passages.append(self._passage(sums, key, beyond))
            if beyond and self.survey.chains:
                chains.append(self._chain(sums, key, beyond))
        return Row(self.start, tuple(passages), tuple(chains))

    def _beyond(self, sums: _Sums, key: str) -> frozenset[str]:
        """What a target receives only through rights that rest on rights."""
        facts = sums.given.get(key, ())
        if all(sums.depths[fact] < 2 for fact in facts):
            return frozenset()
        aimed = None if self.rights.law(self.survey.on).state(key).is_open else key
        if aimed not in self._direct:
            self._direct[aimed] = self._close(aimed, chained=False)
        return frozenset(facts) - self._direct[aimed].proofs.keys()

    def _passage(self, sums: _Sums, key: str, beyond: frozenset[str]) -> Passage:
        place = Positioning(
            aim(self.rights.library, key, self.survey.on),
            self.known,
            sums.closure,
            sums.closure,
            self.rights,
            self.survey.policy,
        )
        left, facts = what_remains(place), sums.given.get(key, ())
        blocks = tuple(sorted(fact for fact in facts if _is_block(fact)))
        return Passage(
            start=self.start,
            target=key,
            blocks=blocks,
            chained=tuple(block for block in blocks if block in beyond),
            competencies=sum(fact.count("/") == 2 and "#" not in fact and fact[0] != "!" for fact in facts),
            whole=place.is_acquired,
            entry_waived=any(fact.startswith("!entry:") for fact in facts),
            depth=max((sums.depths[fact] for fact in facts), default=0),
            rights=sums.named(key, Effect.AWARD),
            exemptions=sums.named(key, Effect.EXEMPT),
            reductions=sums.named(key, Effect.REDUCE),
            remaining_blocks=left.blocks,
            remaining_competencies=left.competencies,
        )

    def _chain(self, sums: _Sums, key: str, beyond: frozenset[str]) -> Chain:
        """The chain of a target: what it comes to, apart from what that contains."""
        proofs = sums.closure.proofs
        facts = tuple(sorted(fact for fact in beyond if proofs[fact].why not in ("contained", "level")))
        steps: dict[str, Reason] = {}
        for fact in facts:
            steps |= {one.fact: one for one in because(fact, sums.closure, self.known, self.rights)}
        ordered = sorted(steps.values(), key=lambda one: (proofs[one.fact].depth, one.fact))
        direct = (fact for fact in sums.given[key] if _is_block(fact) and fact not in beyond)
        through = {whole_of(one.fact) for one in ordered} - {self.own, key}
        return Chain(
            start=self.start,
            target=key,
            facts=facts,
            direct=tuple(sorted(direct)),
            through=tuple(sorted(through)),
            rights=tuple(dict.fromkeys(one.by for one in ordered if one.how == "right")),
            steps=tuple(ordered),
        )


def _is_block(fact: str) -> bool:
    return fact.count("/") == 1 and fact[0] != "!"


class _Sums:
    """A closure by target: the facts that rest on a right, with how many rights follow one another, and the rights at work.

    ``about`` has every version of which something is said, whether it rests on a right or not.
    """

    def __init__(self, closure: Closure, rights: Rights) -> None:
        self.closure, self.rights = closure, rights
        self.depths = _depths(closure)
        self.given: Mapping[str, list[str]] = _by_whole(self.depths)
        self.at_work = self._at_work()
        wholes = {fact for fact in closure.proofs if "/" not in fact and "@" in fact}
        self.about = self.given.keys() | self.at_work.keys() | {whole_of(fact) for fact in wholes}

    def _at_work(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for fact in self.depths:
            proof = self.closure.proofs[fact]
            if proof.why == "right":
                found[whole_of(fact)].add(proof.by)
        for name in (*self.closure.reductions, *self._exemptions()):
            for text in self.rights.by_id[name].grants:
                for full in self.rights.library.expand(text):
                    found[full.partition("/")[0]].add(name)
        return found

    def _exemptions(self) -> set[str]:
        return {self.closure.proofs[fact].by for fact in self.depths if fact[0] == "!"}

    def gives(self, key: str) -> bool:
        return bool(self.given.get(key) or self.at_work.get(key) or key in self.closure)

    def named(self, key: str, effect: Effect) -> tuple[str, ...]:
        """The rights at work for a target, of one effect."""
        names = self.at_work.get(key, ())
        return tuple(sorted(name for name in names if self.rights.by_id[name].effect is effect))


def _depths(closure: Closure) -> dict[str, int]:
    """Of the facts that rest on a right, how many rights follow one another at most; premises are shallower than what they prove."""
    found: dict[str, int] = {}
    if not any(proof.why == "right" for proof in closure.proofs.values()):
        return found
    for fact, proof in sorted(closure.proofs.items(), key=lambda pair: (pair[1].depth, pair[0])):
        before = max((found.get(premise, 0) for premise in proof.premises), default=0)
        if before or proof.why == "right":
            found[fact] = before + (proof.why == "right")
    return found


def _by_whole(depths: Mapping[str, int]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for fact in depths:
        found[whole_of(fact)].append(fact)
    return dict(found)
