"""The choice being written (*brouillon du problème*): actions under their names, requirements as facts, then numbers.

What an action asks for becomes wanted, until everything wanted has its actions. A requirement becomes facts: all of them
together for ``all_of``; one of its own, given by each alternative at no cost, for ``any_of`` and ``at_least``.

Marks before a fact: ``~X`` is a block that has lapsed, good only for the text that revises its title; ``°X`` is X obtained
without any right, where a policy forbids a right to rest on another one; ``≡X`` is X itself, where a likeness counts for X as
training already done but for no right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pathways import facts
from pathways.gap import Positioning
from pathways.objectives import Objective, cents, minutes
from pathways.offering import Candidate
from pathways.optimise.problem import Action, Group, Limit, Problem
from pathways.profile import CanGive
from pathways.requirements import leaf_facts
from pathways.validity import has_lapsed, successors
from referentials.library import Library
from referentials.offer import Session
from referentials.provenance import Window
from referentials.reference import parse_ref
from referentials.requirement import AllOf, AnyOf, AtLeast, Experience, Held, Leaf, Requirement, parts
from referentials.rights import Recognition

StepKind = Literal["right", "module", "assessment", "vae", "award", "algebra"]


@dataclass(frozen=True, slots=True)
class Doing:
    """What an action stands for: its kind, what it is about, its hours and price (``None``: not known), its dates.

    ``includes`` are the blocks whose assessment comes with it. A module of unknown length or price comes after all that is known. An assessment is taken whatever its length, which is
    told and not compared.
    """

    kind: StepKind
    ref: str
    minutes: int | None = 0
    cents: int | None = 0
    session: Session | None = None
    candidate: Candidate | None = None
    window: Window | None = None
    reduced_by: str | None = None
    includes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The choice to be made, and what each action stands for."""

    problem: Problem
    doings: dict[str, Doing]


class Draft:
    """Actions and groups under their names, and the facts still waiting for the actions that give them."""

    def __init__(self, positioning: Positioning) -> None:
        self.library: Library = positioning.rights.library
        self.may_chain = positioning.policy.chain_rights
        self.shows = positioning.held.shows
        self.pre_of: dict[str, frozenset[str]] = {}
        self.add_of: dict[str, frozenset[str]] = {}
        self.doings: dict[str, Doing] = {}
        self.groups: dict[str, tuple[int, frozenset[str]]] = {}
        self.waiting: list[str] = []
        self.seen: set[str] = set()
        self.on = positioning.sure.on
        self.aimed = positioning.target.version.key
        closure = positioning.sure
        self.liked = {fact for fact, proof in closure.proofs.items() if proof.why == "likeness"}
        forms = {fact: f"~{fact}" if fact in closure.lapsed else fact for fact in closure.proofs}
        own = closure.proofs.keys() - closure.by_right - self.liked
        self.held = {*forms.values(), *(f"°{forms[fact]}" for fact in own)}
        self.held |= {f"=ready:{ref}" for ref in positioning.held.ready}
        self._ended: dict[str, bool] = {}
        self._asked: dict[str, frozenset[str]] = {}

    def want(self, fact: str) -> str:
        """Ask for a fact; the same fact."""
        if fact not in self.seen and fact not in self.held:
            self.waiting.append(fact)
        self.seen.add(fact)
        return fact

    def act(self, name: str, doing: Doing, pre: Iterable[str], add: Iterable[str]) -> None:
        """Write an action, once."""
        if name not in self.doings:
            self.doings[name] = doing
            self.pre_of[name] = needs = frozenset(pre)
            for fact in needs:
                self.want(fact)
            adds = frozenset(add)
            liked = adds & self.liked
            self.add_of[name] = adds.union(f"≡{fact}" for fact in liked) if liked else adds

    def algebra(self, name: str, pre: Iterable[str], fact: str) -> None:
        """Write an action that costs nothing and that nobody does: part of how a requirement is met."""
        self.act(f"={name}", Doing("algebra", fact), pre, (fact,))

    def requirement(
        self, requirement: Requirement | None, name: str, recognition: Recognition | None = None, *, own: bool = False
    ) -> frozenset[str]:
        """Facts that together mean that a requirement is met; alternatives get a fact of their own.

        Parameters
        ----------
        recognition : Recognition or None
            The right that asks for it.
        own : bool
            Only what is obtained without any right.
        """
        if requirement is None:
            return frozenset()
        if isinstance(requirement, Held) and recognition is None and not own:
            return self._held(requirement, name)
        own = own or (recognition is not None and not self.may_chain)
        if isinstance(requirement, AllOf):
            subs = (
                self.requirement(part, f"{name}|{i}", recognition, own=own) for i, part in enumerate(requirement.all_of)
            )
            return frozenset().union(*subs)
        if isinstance(requirement, AnyOf | AtLeast):
            return frozenset({self._choice(requirement, name, recognition, own)})
        self._show(requirement)
        leaf = leaf_facts(self.library, requirement)
        met_by = [form for fact in leaf for form in self._forms(fact, recognition, own)]
        if len(met_by) == 1:
            return frozenset({self.want(met_by[0])})
        return self._either(met_by, name)

    def _held(self, leaf: Held, name: str) -> frozenset[str]:
        """What means that something is held; the same wherever it is asked for, when one fact alone says so."""
        if leaf.root not in self._asked:
            met_by = leaf_facts(self.library, leaf)
            if len(met_by) != 1:
                return self._either(met_by, name)
            self._asked[leaf.root] = frozenset({self.want(met_by[0])})
        return self._asked[leaf.root]

    def _either(self, met_by: Iterable[str], name: str) -> frozenset[str]:
        either = f"={name}"
        for fact in met_by:
            self.algebra(f"{name}|{fact}", (fact,), either)
        return frozenset({either})

    def _show(self, leaf: Leaf) -> None:
        """Experience that the person has is there, wherever it is asked for."""
        if isinstance(leaf, Experience) and self.shows(leaf.experience):
            self.held.add(facts.asked(leaf))

    def lapses(self, fact: str) -> bool:
        """Whether a fact is a block of a title that ended, other than the one aimed at."""
        if not facts.is_item(fact):
            return False
        ref = parse_ref(facts.reference_of(fact))
        if ref.block is None or ref.competency is not None:
            return False
        version = self.library.get(ref.referential, ref.version or "")
        if version.key not in self._ended:
            self._ended[version.key] = version.key != self.aimed and has_lapsed(self.library, version, self.on)
        return self._ended[version.key]

    def _forms(self, fact: str, recognition: Recognition | None, own: bool) -> Iterator[str]:
        """The names under which a fact may be used."""
        forms = [fact]
        if recognition is not None and self.lapses(fact) and self._revises(recognition, fact):
            forms.append(f"~{fact}")
        for form in forms:
            if own and facts.is_item(fact):
                yield f"°{form}"
            elif recognition is not None and form in self.liked:
                yield f"≡{form}"
            else:
                yield form

    def _revises(self, recognition: Recognition, fact: str) -> bool:
        """Whether a recognition belongs to the text that revises the title of a block."""
        ref = parse_ref(fact)
        heirs = successors(self.library, self.library.get(ref.referential, ref.version or ""))
        return all(str(parse_ref(text).whole) in heirs for text in recognition.grants)

    def _choice(self, requirement: AnyOf | AtLeast, name: str, recognition: Recognition | None, own: bool) -> str:
        whole = f"={name}"
        needed = 1 if isinstance(requirement, AnyOf) else requirement.at_least
        members = []
        for index, part in enumerate(parts(requirement)):
            member = f"={name}|{index}"
            inside = self.requirement(part, f"{name}|{index}.", recognition, own=own)
            self.algebra(f"{name}|{index}!", inside, member)
            members.append(member)
        self.groups[whole] = (needed, frozenset(members))
        return whole

    def numbered(
        self, goals: frozenset[str], parts_of_cost: Sequence[tuple[Objective, bool]], give: CanGive
    ) -> Candidates:
        """The choice with its facts numbered, in the order of their names."""
        used = set(goals).union(*self.pre_of.values(), *self.add_of.values())
        for whole, (_needed, members) in self.groups.items():
            used |= {whole, *members}
        names = tuple(sorted(used))
        number = {name: index for index, name in enumerate(names)}

        @cache
        def numbers(texts: frozenset[str]) -> frozenset[int]:
            return frozenset(map(number.__getitem__, texts))

        @cache
        def cost(kind: StepKind, spent: int | None, price: int | None) -> tuple[int, ...]:
            return tuple(_part(kind, spent, price, *part) for part in parts_of_cost)

        actions = tuple(
            Action(
                name,
                numbers(self.pre_of[name]),
                numbers(self.add_of[name]),
                cost(doing.kind, doing.minutes, doing.cents),
                doing.kind in ("module", "assessment", "vae"),
            )
            for name, doing in sorted(self.doings.items())
        )
        groups = tuple(
            Group(needed, numbers(members), number[whole]) for whole, (needed, members) in sorted(self.groups.items())
        )
        problem = Problem(
            names,
            numbers(frozenset(self.held & used)),
            actions,
            numbers(goals),
            groups,
            self._limits(give),
            exclusive=self._exclusive(),
        )
        return Candidates(problem, dict(self.doings))

    def _limits(self, give: CanGive) -> tuple[Limit, ...]:
        limits = []
        if give.budget is not None:
            prices = tuple((name, doing.cents) for name, doing in sorted(self.doings.items()) if doing.cents)
            limits.append(Limit("budget", prices, cents(give.budget)))
        if give.hours is not None:
            spent = tuple((name, doing.minutes) for name, doing in sorted(self.doings.items()) if doing.minutes)
            limits.append(Limit("hours", spent, minutes(give.hours)))
        return tuple(limits)

    def _exclusive(self) -> tuple[frozenset[str], ...]:
        runs: dict[str, set[str]] = {}
        for name, doing in self.doings.items():
            if doing.kind == "module":
                runs.setdefault(doing.ref, set()).add(name)
        return tuple(frozenset(names) for _ref, names in sorted(runs.items()) if len(names) > 1)


def _part(kind: StepKind, spent: int | None, price: int | None, objective: Objective, unknown: bool) -> int:
    if objective is Objective.MODULES:
        return int(kind == "module")
    value = spent if objective is Objective.HOURS else price
    if unknown:
        return int(value is None and kind == "module")
    return value or 0
