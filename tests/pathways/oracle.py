"""The oracle: the best plan by trying everything, written from the specification and not from the engine.

It knows the files (``referentials``) and the person, nothing of how the engine compiles or solves. States are sets of what
was done; the cheapest is opened first, so that the first one that reaches the target is the best.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from heapq import heappop, heappush
from itertools import count
from typing import Any, NamedTuple

from pathways.profile import EvidenceKind
from referentials.model import Block, Kind, Referential
from referentials.offer import Module
from referentials.reference import ModuleRef, parse, parse_ref
from referentials.requirement import Condition, Experience, Held, Requirement, holds, leaves, parts
from referentials.rights import Effect, Recognition, Waived
from tests.pathways.strategies import World

Fact = Any


class Deed(NamedTuple):
    """Something to do: its hours and price (None: not known), whether it is a module."""

    name: str
    hours: float | None
    cost: float | None
    is_module: bool = False


class State:
    """What is true: ``own`` without any right, ``true`` with rights, ``like`` by likeness alone, ``lapsed`` for heirs alone."""

    def __init__(self) -> None:
        self.true: set[Fact] = set()
        self.own: set[Fact] = set()
        self.like: set[Fact] = set()
        self.lapsed: set[Fact] = set()

    def copy(self) -> State:
        other = State()
        other.true, other.own, other.like, other.lapsed = set(self.true), set(self.own), self.like, set(self.lapsed)
        return other


class Oracle:
    def __init__(self, world: World) -> None:
        self.world, self.library = world, world.library
        self.give, self.on = world.profile.can_give, world.on
        self.start = max(self.give.start or self.on, self.on)
        self.versions = tuple(self.library)
        self.known_contents: dict[Fact, tuple[Fact, ...]] = {}
        whole = self.library.target(world.target.partition("/")[0], self.on)
        self.target = whole
        self.learnt = {ref for version in self.versions for ref, _one in version.competencies()}
        local = world.target.partition("/")[2]
        self.goals = self._goals(whole, local)
        self.held = self._held()
        self.entry_to_confirm = self._entry_to_confirm()

    # -- reading --------------------------------------------------------------------------------------------------

    def _goals(self, whole: Referential, local: str) -> frozenset[Fact]:
        if local:
            goals = {self.library.expand(f"{whole.key}/{local}")[0]}
        elif whole.kind is Kind.CADRE_DE_COMPETENCES:
            goals = {ref for ref, _one in whole.competencies()}
        else:
            goals = {whole.key}
        return frozenset(goals | set(self.give.imposed))

    def names(self, leaf: Any) -> tuple[Fact, ...]:
        if isinstance(leaf, Condition):
            return (("?", leaf.condition),)
        if isinstance(leaf, Experience):
            return (("+", leaf.experience),)
        if isinstance(leaf, Held):
            return (leaf.root,) if isinstance(parse(leaf.root), ModuleRef) else self.library.expand(leaf.root)
        mark = "" if leaf.level is None else f"#{leaf.level}"
        return tuple(full + mark for full in self.library.expand(leaf.competency))

    def met(self, requirement: Requirement | None, facts: set[Fact]) -> bool:
        return requirement is None or holds(requirement, lambda leaf: any(name in facts for name in self.names(leaf)))

    def open(self, version: Referential, day: date) -> bool:
        start, end = version.valid.start or version.valid.seen, self.last_day(version)
        return (start is None or start <= day) and (end is None or day <= end)

    def rule(self, version: Referential, name: str) -> Any:
        values = [
            getattr(rule.combination, name)
            for rule in self.library.rules
            if rule.combination is not None
            and rule.in_force.contains(self.on)
            and (not rule.applies_to or {version.kind, version.id, version.key} & set(rule.applies_to))
        ]
        return next((value for value in reversed(values) if value is not None), None)

    def last_day(self, version: Referential) -> date | None:
        end = version.valid.end
        if end is None or version.valid.award_until is not None:
            return end and max(end, version.valid.award_until or end)
        months = self.rule(version, "grace_months")
        if not months or version.replaced_by:
            return end
        assert months == 12
        return end.replace(year=end.year + 1)

    def lapsed(self, version: Referential) -> bool:
        end = self.last_day(version)
        ended = end is not None and end < self.on
        return ended and version.key != self.target.key and self.rule(version, "keeps_blocks") is False

    def heirs(self, version: Referential) -> set[str]:
        return {after.key for after in self.library.successors(version.key)}

    # -- the person -----------------------------------------------------------------------------------------------

    def _held(self, every_kind: bool = False) -> set[Fact]:
        profile, found = self.world.profile, set()
        for item in (*profile.holds.qualifications, *profile.holds.blocks, *profile.holds.competencies):
            counts = every_kind or item.evidence in self.world.policy.acquired
            if counts and (item.on is None or item.on <= self.on):
                level = getattr(item, "level", None)
                found.add(self.library.expand(item.ref)[0] + ("" if level is None else f"#{level}"))
        found |= set(profile.holds.modules) | {("?", name) for name in profile.confirms}
        if every_kind or EvidenceKind.ATTESTED in self.world.policy.acquired:
            for ref in profile.holds.modules:
                found |= set(self.brought(ref, self.library.modules[ref]))
        for asked in self._every_experience():
            months = sum(job.months * job.share for job in profile.experience if job.rome in asked.rome)
            if months >= asked.months:
                found.add(("+", asked))
        return found

    def _requirements(self) -> Iterator[Requirement | None]:
        yield from (item.given for item in self.library.recognitions)
        yield from (module.requires for module in self.library.modules.values())
        for version in self.versions:
            yield version.award
            yield version.entry.requirement if version.entry else None
            yield from (block.requires for block in version.known_blocks)

    def _every_experience(self) -> set[Any]:
        every = (leaf for one in self._requirements() if one is not None for leaf in leaves(one))
        return {leaf.experience for leaf in every if isinstance(leaf, Experience)}

    def _every_condition(self) -> set[Fact]:
        every = (leaf for one in self._requirements() if one is not None for leaf in leaves(one))
        return {("?", leaf.condition) for leaf in every if isinstance(leaf, Condition)}

    def start_state(self, held: set[Fact], hopeful: bool = False) -> State:
        state = State()
        wholes = {fact for fact in held if isinstance(fact, str) and "/" not in fact}
        for fact in held:
            if self._is_lapsed_block(fact):
                state.lapsed.add(fact)
                state.own |= set(self.contents(fact))
            else:
                state.own.add(fact)
        assert wholes is not None
        state.true |= state.own
        self.close(state, hopeful)
        state.lapsed -= state.true
        if self.world.policy.count_likeness:
            state.like = self.likenesses(state)
        return state

    def _is_lapsed_block(self, fact: Fact) -> bool:
        if not isinstance(fact, str) or ":" in fact or "#" in fact or fact.count("/") != 1:
            return False
        ref = parse_ref(fact)
        return self.lapsed(self.library.get(ref.referential, ref.version or ""))

    def likenesses(self, state: State) -> set[Fact]:
        found = set()
        for item in self.library.correspondences:
            if item.relation == "exact" and item.state == "validated":
                for one, other in ((item.start, item.end), (item.end, item.start)):
                    if self.library.expand(one)[0] in state.true:
                        found.add(self.library.expand(other)[0])
        return found - state.true

    def _entry_to_confirm(self) -> set[str]:
        """The certifications whose door is not surely closed: what is to confirm there does not stop a plan."""
        every = self._held(every_kind=True) | self._every_condition()
        hopeful = self.start_state(every, hopeful=True)
        facts = hopeful.true | hopeful.like
        return {
            version.key
            for version in self.versions
            if version.entry is not None
            and version.entry.requirement is not None
            and version.entry.known
            and (self.met(version.entry.requirement, facts) or ("waived", Waived.ENTRY, version.key) in facts)
        }

    # -- what follows ---------------------------------------------------------------------------------------------

    def contents(self, fact: Fact) -> tuple[Fact, ...]:
        if fact not in self.known_contents:
            self.known_contents[fact] = tuple(self._contents(fact))
        return self.known_contents[fact]

    def _contents(self, fact: Fact) -> Iterator[Fact]:
        if not isinstance(fact, str) or ":" in fact:
            return
        reference, _mark, level = fact.partition("#")
        ref = parse_ref(reference)
        version = self.library.get(ref.referential, ref.version or "")
        if level:
            yield reference
            yield from (f"{reference}#{one.rank}" for one in version.scale.levels if one.rank < int(level))  # type: ignore[union-attr]
        elif ref.block is None:
            yield from (f"{version.key}/{one.code}" for one in version.known_blocks if not one.optional)
        elif ref.competency is None:
            block = version.block(ref.block)
            yield from (f"{reference}/{one.code}" for one in block.known_competencies)  # type: ignore[union-attr]

    def close(self, state: State, hopeful: bool = False) -> None:
        size = -1
        while size != len(state.true) + len(state.own) + len(state.lapsed):
            size = len(state.true) + len(state.own) + len(state.lapsed)
            for facts in (state.own, state.true):
                for fact in tuple(facts):
                    facts.update(self.contents(fact))
                for version in self.versions:
                    if self._awarded_freely(version) and self._award_met(version, facts):
                        facts.add(version.key)
            state.true |= state.own
            for recognition in self.library.recognitions:
                if self.usable(recognition, hopeful) and self._given(recognition, state):
                    for fact in self.granted(recognition):
                        lapsed = self._is_lapsed_block(fact) and fact not in state.true
                        (state.lapsed if lapsed else state.true).add(fact)
                        state.true.update(self.contents(fact))

    def usable(self, recognition: Recognition, hopeful: bool = False) -> bool:
        in_force = recognition.in_force.contains(self.on)
        of_effect = recognition.effect in (Effect.AWARD, Effect.EXEMPT)
        return in_force and of_effect and (hopeful or not recognition.discretionary)

    def _given(self, recognition: Recognition, state: State) -> bool:
        facts = set(state.true if self.world.policy.chain_rights else state.own)
        for fact in state.lapsed if self.world.policy.chain_rights else state.lapsed & self.held:
            ref = parse_ref(fact)
            heirs = self.heirs(self.library.get(ref.referential, ref.version or ""))
            if all(grant.partition("/")[0] in heirs for grant in recognition.grants):
                facts.add(fact)
        return self.met(recognition.given, facts)

    def granted(self, recognition: Recognition) -> Iterator[Fact]:
        for text in recognition.grants:
            for full in self.library.expand(text):
                if recognition.effect is Effect.AWARD:
                    yield full
                elif recognition.part is None:
                    yield "waived", recognition.waives, full

    def _obtainable(self, version: Referential) -> bool:
        return self.open(version, self.on) or version.key == self.target.key

    def _awarded_freely(self, version: Referential) -> bool:
        return version.award is not None and self._obtainable(version) and not self._interviewed(version)

    def _interviewed(self, version: Referential) -> bool:
        return version.final_assessment is not None or bool(self.rule(version, "final_assessment"))

    def _award_met(self, version: Referential, facts: set[Fact]) -> bool:
        asks_something = bool(parts(version.award)) if version.award is not None else False
        return asks_something and self.met(version.award, facts)

    # -- what can be done -----------------------------------------------------------------------------------------

    def may_follow(self, ref: str, module: Module) -> bool:
        give = self.give
        accepted = give.modalities is None or (
            module.hours is not None and all(one in give.modalities for one in module.hours.modalities)
        )
        known = (give.budget is None or module.price is not None) and (give.hours is None or module.hours is not None)
        followed = ref in self.world.profile.holds.modules
        return accepted and known and ref not in give.refused and not followed

    def reduced(self, module: Module, reductions: list[Recognition]) -> float | None:
        if module.hours is None:
            return None
        total, prepared = module.hours.total, {full for text in module.prepares for full in self.library.expand(text)}
        best = 0.0
        for item in reductions:
            granted = {full for text in item.grants for full in self.library.expand(text)}
            if item.by is None or item.by.at_most or not prepared:
                continue
            if item.by.hours is not None and prepared == granted:
                best = max(best, item.by.hours)
            if item.by.hours is None and prepared <= granted:
                best = max(best, total * (item.by.fraction or 0))
        caps = [self.rule(self.library.find(full.partition("/")[0]), "reduction_cap") for full in prepared]  # type: ignore[arg-type]
        theory = total - module.hours.workplace - module.hours.placement
        for cap in (cap for cap in caps if cap is not None):
            best = min(best, int(theory * 60 * cap) / 60)
        return max(0.0, total - best)

    def deeds(self, state: State, done: frozenset[str]) -> Iterator[tuple[Deed, set[Fact], set[Fact]]]:
        """What can be done now, with what it makes true by oneself and by right."""
        facts = state.true | state.like
        for ref, module in self.modules.items():
            if ref not in done and self.met(module.requires, facts) and self.can_be_learnt(ref, module, facts):
                yield Deed(ref, self.hours[ref], module.price, True), set(self.brought(ref, module)), set()
        for version in self.versions:
            if not self._obtainable(version):
                continue
            for block in version.known_blocks:
                yield from self._certified(version, block, state, facts, done)
            if (
                version.award is not None
                and version.key not in state.true
                and not self._awarded_freely(version)
                and self._award_met(version, state.true)
            ):
                final = version.final_assessment
                hours, cost = (final.hours, final.cost) if final else (None, None)
                hours, cost = (hours, cost) if self._interviewed(version) else (0, 0)
                own = {version.key} if self._award_met(version, state.own) else set()
                yield Deed(f"award {version.key}", hours, cost), own, {version.key}

    def can_be_learnt(self, ref: str, module: Module, facts: set[Fact]) -> bool:
        """Whether what each competency strictly needs is there, or comes with the module; what one has needs nothing."""
        own = set(self.brought(ref, module))
        own |= {part for fact in own for part in self.contents(fact)}
        new = [self.library.find(one) for one in sorted(map(str, own - facts)) if one in self.learnt]
        return all(set(self.library.expand(text)) & (own | facts) for one in new for text in one.requires.strict)  # type: ignore[union-attr]

    def _certified(
        self, version: Referential, block: Block, state: State, facts: set[Fact], done: frozenset[str]
    ) -> Iterator[tuple[Deed, set[Fact], set[Fact]]]:
        ref = f"{version.key}/{block.code}"
        worked = any(job.months for job in self.world.profile.experience)
        if not (self.met(block.requires, facts) and self._entered(version, facts)):
            return
        if self.give.vae is not None and worked and ref not in state.own:
            yield Deed(f"vae {ref}", self.give.vae.hours, self.give.vae.cost), {ref}, set()
        if not self._ready(version, block, facts):
            return
        included = any(
            module in done and ref in self._expanded(one.includes_assessment) for module, one in self.modules.items()
        )
        if ("waived", Waived.ASSESSMENT, ref) in facts and ref not in state.true:
            yield Deed(f"waived {ref}", 0, 0), set(), {ref}
        if ref not in state.own:
            hours, cost = (0, 0) if included else (block.assessment.hours, block.assessment.cost)
            yield Deed(f"assessment {ref}", hours, cost), {ref}, set()

    def _ready(self, version: Referential, block: Block, facts: set[Fact]) -> bool:
        ref = f"{version.key}/{block.code}"
        known = bool(block.known_competencies) and block.complete
        competent = known and all(f"{ref}/{one.code}" in facts for one in block.known_competencies)
        return competent or ("ready", ref) in facts or ("waived", Waived.TRAINING, ref) in facts

    def _entered(self, version: Referential, facts: set[Fact]) -> bool:
        asked = version.entry.requirement if version.entry and version.entry.known else None
        open_door = ("waived", Waived.ENTRY, version.key) in facts or version.key in self.entry_to_confirm
        return asked is None or open_door or self.met(asked, facts)

    def _expanded(self, texts: tuple[str, ...]) -> set[str]:
        return {full for text in texts for full in self.library.expand(text)}

    def brought(self, ref: str, module: Module) -> Iterator[Fact]:
        yield ref
        for item in module.develops:
            yield from self.names(item)
        for full in self._expanded(module.prepares):
            yield "ready", full
            yield from self.contents(full)

    # -- the search -----------------------------------------------------------------------------------------------

    def best(self) -> tuple[dict[str, float], State] | None:
        """The sums of the best plan, and what is true after it; None when there is none."""
        state = self.start_state(self.held)
        reductions = [
            item
            for item in self.library.recognitions
            if item.effect is Effect.REDUCE
            and item.in_force.contains(self.on)
            and not item.discretionary
            and self._given(item, state)
        ]
        self.modules = {ref: one for ref, one in self.library.modules.items() if self.may_follow(ref, one)}
        self.hours = {ref: self.reduced(module, reductions) for ref, module in self.library.modules.items()}
        turn = count()
        heap: list[Any] = [((0,) * 9, next(turn), frozenset(), (), state)]
        seen: set[frozenset[str]] = set()
        while heap:
            _value, _turn, done, deeds, state = heappop(heap)
            if done in seen:
                continue
            seen.add(done)
            state = state.copy()
            done, deeds = self._free(state, done, deeds)
            if self.goals <= (state.true | state.like):
                return self.sums(deeds), state
            for deed, own, by_right in list(self.deeds(state, done)):
                again = deed.is_module and self.modules[deed.name].includes_assessment
                useless = own <= state.own and by_right <= state.true and not again
                if useless or deed.name in done:
                    continue
                more = (*deeds, deed)
                if self.within_limits(more):
                    after = state.copy()
                    after.own |= own
                    after.true |= own | by_right
                    heappush(heap, (self.value(more), next(turn), done | {deed.name}, more, after))
        return None

    def _free(
        self, state: State, done: frozenset[str], deeds: tuple[Deed, ...]
    ) -> tuple[frozenset[str], tuple[Deed, ...]]:
        """Everything that follows, and everything that costs nothing at all."""
        moved = True
        while moved:
            moved = False
            self.close(state)
            for deed, own, by_right in list(self.deeds(state, done)):
                free = deed.hours == 0 and deed.cost == 0 and not deed.is_module
                if free and not (own <= state.own and by_right <= state.true):
                    state.own |= own
                    state.true |= own | by_right
                    moved = True
        return done, deeds

    def within_limits(self, deeds: tuple[Deed, ...]) -> bool:
        sums = self.sums(deeds)
        within_budget = self.give.budget is None or sums["cost"] <= self.give.budget
        return within_budget and (self.give.hours is None or sums["hours"] <= self.give.hours)

    def sums(self, deeds: tuple[Deed, ...]) -> dict[str, float]:
        return {
            "hours": sum(deed.hours or 0 for deed in deeds),
            "cost": sum(deed.cost or 0 for deed in deeds),
            "modules": sum(deed.is_module for deed in deeds),
            "unknown_hours": sum(deed.hours is None for deed in deeds if deed.is_module),
            "unknown_cost": sum(deed.cost is None for deed in deeds if deed.is_module),
        }

    def value(self, deeds: tuple[Deed, ...]) -> tuple[float, ...]:
        """What plans are compared on: the objectives asked for, then the others in the order hours, cost, modules."""
        return value(self.sums(deeds), [one.value for one in self.world.minimise])


def value(sums: dict[str, float], asked: list[str]) -> tuple[float, ...]:
    order = [*asked, *(name for name in ("hours", "cost", "modules") if name not in asked)]
    found: list[float] = []
    for name in order:
        found += [sums[name]] if name == "modules" else [sums[f"unknown_{name}"], sums[name]]
    return tuple(found)


def best(world: World) -> dict[str, float] | None:
    """The sums of the best plan of a world; None when there is none."""
    found = Oracle(world).best()
    return None if found is None else found[0]
