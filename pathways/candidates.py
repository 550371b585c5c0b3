"""Positioning + offering → the choice to be made (*problème*), as facts and actions.

Compiled backwards from the goals, so that only what can help is there. Every action is something of the trade:

- ``module:…`` a module followed (one action per session when dates count): gives what it develops, at its level and below,
  once the strict prerequisites of that are there, and makes the blocks that it prepares ready to be assessed;
- ``assessment:…`` a block assessed, once ready: all its competencies are there, or it was prepared as a whole;
- ``vae:…`` a block validated by experience, where the person wants that route and has worked;
- ``right:…`` a recognition exercised; ``award:…`` a certification obtained from its parts;
- actions that begin with ``=`` only carry the algebra of requirements, at no cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pathways import facts
from pathways.draft import Candidates, Doing, Draft
from pathways.gap import Positioning, State, entry
from pathways.objectives import Objective, cents, components, minutes
from pathways.offering import Candidate, Offering
from pathways.requirements import asks_nothing
from pathways.validity import combination, final_assessment, is_open, last_day
from referentials.library import Library
from referentials.model import Assessment, Block, Competency, Referential
from referentials.offer import Module
from referentials.provenance import Window
from referentials.reference import Ref, parse_ref
from referentials.requirement import AllOf, Held
from referentials.rights import Effect, Recognition, Waived


def candidates(
    positioning: Positioning, offering: Offering, minimise: Sequence[Objective], *, dated: bool = False
) -> Candidates:
    """Compile the choice.

    Parameters
    ----------
    minimise : sequence of Objective
        In order; those of the calendar are left to it.
    dated : bool
        One action per session, with its dates; otherwise one action per module.
    """
    return _Compiler(positioning, offering, dated).compiled(components(minimise))


class _Compiler:
    def __init__(self, positioning: Positioning, offering: Offering, dated: bool) -> None:
        self.positioning, self.offering, self.dated = positioning, offering, dated
        self.library: Library = positioning.rights.library
        self.on: date = positioning.sure.on
        self.draft = Draft(positioning)
        self.granted: set[str] = set()
        self.reached: dict[tuple[str, int | None], frozenset[str]] = {}
        self.strict: dict[str, tuple[str, ...]] = {}

    # -- from goals backwards -------------------------------------------------------------------------------------

    def compiled(self, parts_of_cost: Sequence[tuple[Objective, bool]]) -> Candidates:
        asked = (*self.positioning.target.goals, *self.offering.can_give.imposed)
        goals = frozenset(self.draft.want(fact) for fact in asked)
        while self.draft.waiting:
            self._achieve(self.draft.waiting.pop())
        return self.draft.numbered(goals, parts_of_cost, self.offering.can_give)

    def _achieve(self, fact: str) -> None:
        if fact[0] in "=?+":
            return
        if fact[0] == "~":
            self._rights_to(parse_ref(fact[1:]))
            return
        if fact[0] == "°":
            self._achieve_without_rights(fact)
            return
        if fact[0] == "≡":
            self._achieve_item(fact[1:])
        elif fact[0] == "!":
            self._rights_to(facts_subject(fact))
        elif ":" in fact:
            if fact in self.offering.candidates:
                self._module(self.offering.candidates[fact])
        else:
            self._achieve_item(fact)

    def _achieve_item(self, fact: str) -> None:
        ref = parse_ref(facts.reference_of(fact))
        version = self.library.get(ref.referential, ref.version or "")
        self._rights_to(ref)
        if ref.block is None:
            self._award(version)
        elif ref.competency is None:
            block = version.block(ref.block)
            assert block is not None
            self._contain(str(ref.whole), block, fact)
            self._obtain(version, block)
        else:
            self._competency(ref, fact)

    def _achieve_without_rights(self, fact: str) -> None:
        """``°X`` is X obtained without any right: where a policy forbids a right to rest on another one."""
        if fact[1] == "~":
            return
        ref = parse_ref(facts.reference_of(fact[1:]))
        version = self.library.get(ref.referential, ref.version or "")
        if ref.block is None:
            self._award(version, own=True)
        elif ref.competency is None:
            block = version.block(ref.block)
            assert block is not None
            self._contain(f"°{ref.whole}", block, fact)
            self._obtain(version, block)
        else:
            self._competency(ref, fact, "°")

    def _competency(self, ref: Ref, fact: str, mark: str = "") -> None:
        """A competency comes with its block, even one that counts no more, or by training."""
        block = f"{ref.whole}/{ref.block}"
        if "#" not in fact:
            self.draft.algebra(f"contained:{fact}", (f"{mark}{block}",), fact)
            if self.draft.lapses(block):
                self.draft.algebra(f"contained:{fact}~", (f"{mark}~{block}",), fact)
        for candidate in self._developing(str(ref), block):
            self._module(candidate)

    def _developing(self, competency: str, block: str) -> tuple[Candidate, ...]:
        found = self.offering.developing
        return (*found.get(competency, ()), *(one for one in found.get(block, ()) if self._prepares(one, block)))

    def _prepares(self, candidate: Candidate, block: str) -> bool:
        return any(block in self.library.expand(text) for text in candidate.module.prepares)

    # -- routes ---------------------------------------------------------------------------------------------------

    def _rights_to(self, ref: Ref) -> None:
        if ref.referential in self.granted:
            return
        self.granted.add(ref.referential)
        for recognition in self.positioning.rights.granting.get(ref.referential, ()):
            usable = (
                recognition.effect in (Effect.AWARD, Effect.EXEMPT)
                and not recognition.discretionary
                and not recognition.part
            )
            if usable and not asks_nothing(recognition.given) and self._is_in_force(recognition):
                self._exercise(recognition)

    def _is_in_force(self, recognition: Recognition) -> bool:
        """Whether it may be exercised: it is in force today, and still on the first day of the plan."""
        return all(recognition.in_force.contains(day) for day in (self.on, self.offering.start))

    def _exercise(self, recognition: Recognition) -> None:
        granted = [full for text in recognition.grants for full in self.library.expand(text)]
        if recognition.effect is Effect.EXEMPT:
            assert recognition.waives is not None
            granted = [facts.waived(recognition.waives, full) for full in granted]
        granted = [f"~{fact}" if self.draft.lapses(fact) else fact for fact in granted]
        name = f"right:{recognition.id}"
        doing = Doing("right", recognition.id, window=recognition.in_force)
        if name not in self.draft.doings:
            self.draft.act(name, doing, self.draft.requirement(recognition.given, name, recognition), granted)

    def _contain(self, whole: str, block: Block, fact: str) -> None:
        if not block.optional:
            self.draft.algebra(f"contained:{fact}", (whole,), fact)

    def _award(self, version: Referential, *, own: bool = False) -> None:
        if version.award is None or asks_nothing(version.award) or not self._may_be_obtained(version):
            return
        mark = "°" if own else ""
        name = f"award:{mark}{version.key}"
        spent, price = _taken(final_assessment(self.library, version, self.on))
        doing = Doing("award", version.key, spent, price, window=self._window(version))
        pre = self.draft.requirement(version.award, name, own=own)
        self.draft.act(name, doing, pre, {version.key, f"{mark}{version.key}"})

    def _window(self, version: Referential) -> Window | None:
        """When something on the way can be obtained. The target's own end binds nothing: it may be extended, and is told."""
        if version.key == self.positioning.target.version.key:
            return None
        return Window(start=version.valid.start, end=last_day(self.library, version, self.on))

    def _may_be_obtained(self, version: Referential) -> bool:
        if version.key == self.positioning.target.version.key:
            return True
        return all(is_open(self.library, version, day) for day in (self.on, self.offering.start))

    def _obtain(self, version: Referential, block: Block) -> None:
        ref = f"{version.key}/{block.code}"
        if not self._may_be_obtained(version):
            return
        window = self._window(version)
        first = {*self._entry(version), *self.draft.requirement(block.requires, f"before:{ref}")}
        needs = {self._ready(version, block), *first}
        spent, price = _taken(block.assessment)
        assessed = Doing("assessment", ref, spent, price, window=window)
        self.draft.act(f"assessment:{ref}", assessed, needs, (ref, f"°{ref}"))
        for candidate in self.offering.developing.get(ref, ()):
            if any(ref in self.library.expand(text) for text in candidate.module.includes_assessment):
                self._module(candidate)
                included = Doing("assessment", ref, window=window)
                self.draft.act(f"assessment:{ref}@", included, {*needs, f"=included:{ref}"}, (ref, f"°{ref}"))
        if self._want_waiver(Waived.ASSESSMENT, ref):
            waiver = facts.waived(Waived.ASSESSMENT, ref)
            self.draft.act(f"award:{ref}", Doing("award", ref, window=window), {*needs, waiver}, (ref,))
        self._vae(version, ref, window, first)

    def _vae(self, version: Referential, ref: str, window: Window | None, first: set[str]) -> None:
        """By experience, where it is not ruled out: no training is asked for, but what comes before the block and at the door is."""
        route = self.offering.can_give.vae
        if route is not None and self.positioning.held.has_worked and version.vae is not False:
            self.draft.act(
                f"vae:{ref}",
                Doing("vae", ref, minutes(route.hours), cents(route.cost), window=window),
                first,
                (ref, f"°{ref}"),
            )

    def _want_waiver(self, what: Waived, ref: str) -> bool:
        """Whether some recognition waives that part of that very thing."""
        waiving = self.positioning.rights.granting.get(parse_ref(ref).referential, ())
        return facts.waived(what, ref) in self.draft.held or any(
            item.waives is what and any(ref in self.library.expand(text) for text in item.grants) for item in waiving
        )

    def _entry(self, version: Referential) -> frozenset[str]:
        """What must be true at the door; what is only to confirm there does not stop a plan, which says so."""
        requirement = version.entry.requirement if version.entry else None
        if requirement is None or entry(self.positioning, version).state is not State.MISSING:
            return frozenset()
        fact = f"=entry:{version.key}"
        self.draft.algebra(f"enter:{version.key}", self.draft.requirement(requirement, f"entry:{version.key}"), fact)
        if self._want_waiver(Waived.ENTRY, version.key):
            self.draft.algebra(f"waived:{version.key}", {facts.waived(Waived.ENTRY, version.key)}, fact)
        return frozenset({fact})

    def _ready(self, version: Referential, block: Block) -> str:
        ref = f"{version.key}/{block.code}"
        fact = f"=ready:{ref}"
        if fact in self.draft.seen:
            return fact
        self.draft.seen.add(fact)
        if block.known_competencies and block.complete:
            self.draft.algebra(f"competent:{ref}", (f"{ref}/{one.code}" for one in block.known_competencies), fact)
        if self._want_waiver(Waived.TRAINING, ref):
            self.draft.algebra(f"untrained:{ref}", (facts.waived(Waived.TRAINING, ref),), fact)
        for candidate in self.offering.developing.get(ref, ()):
            if self._prepares(candidate, ref):
                self._module(candidate)
        return fact

    # -- modules --------------------------------------------------------------------------------------------------

    def _module(self, candidate: Candidate) -> None:
        if f"module:{candidate.ref}" in self.draft.seen:
            return
        self.draft.seen.add(f"module:{candidate.ref}")
        add = self._brought(candidate)
        pre = self.draft.requirement(candidate.module.requires, f"requires:{candidate.ref}") | self._learnt_first(add)
        spent, reduced_by = self._minutes(candidate)
        price = None if candidate.module.price is None else cents(candidate.module.price)
        includes = frozenset(_expanded(self.positioning, candidate.module.includes_assessment))
        alone = ((candidate.sessions if self.dated else ()) or (None,)) if candidate.alone else ()
        for session in (*alone, *candidate.seats):
            name = f"module:{candidate.ref}" + (f"@{session.id}" if session else "")
            self.draft.act(
                name,
                Doing(
                    "module",
                    candidate.ref,
                    spent,
                    0 if session in candidate.seats else price,
                    session,
                    candidate,
                    candidate.module.available,
                    reduced_by,
                    includes,
                ),
                pre,
                add,
            )

    def _brought(self, candidate: Candidate) -> frozenset[str]:
        brought = {candidate.ref}
        for item in candidate.module.develops:
            brought |= self._reached(item.competency, item.level)
        for text in candidate.module.prepares:
            for full in self.library.expand(text):
                brought.add(f"=ready:{full}")
                ref = parse_ref(full)
                block = self.library.get(ref.referential, ref.version or "").block(ref.block or "")
                brought.update(f"{full}/{one.code}" for one in (block.known_competencies if block else ()))
        included = _expanded(self.positioning, candidate.module.includes_assessment)
        brought.update(f"=included:{full}" for full in included)
        own = () if self.draft.may_chain else [f"°{fact}" for fact in brought if facts.is_item(fact)]
        return frozenset(brought.union(own))

    def _reached(self, competency: str, level: int | None) -> frozenset[str]:
        """What developing a competency gives: it, at its level, and the levels below."""
        if (competency, level) not in self.reached:
            at_level = [facts.at_level(full, level) for full in self.library.expand(competency)]
            lower = (fact for one in at_level for fact in facts.lower_levels(self.library, one))
            self.reached[competency, level] = frozenset((*at_level, *lower))
        return self.reached[competency, level]

    def _learnt_first(self, brought: frozenset[str]) -> frozenset[str]:
        """What must be there before a module: the strict prerequisites of what it develops, but for what it develops itself.

        Whoever has a competency already needs nothing before it.
        """
        needed: set[str] = set()
        for fact in sorted(brought):
            rest = [text for text in self._strict(fact) if not brought.intersection(self.library.expand(text))]
            if rest:
                name = "|".join((f"before:{fact}", *rest))
                asked = AllOf(all_of=tuple(map(Held, rest)))
                self.draft.algebra(name, self.draft.requirement(asked, name), f"={name}")
                self.draft.algebra(f"{name}!", (fact,), f"={name}")
                needed.add(f"={name}")
        return frozenset(needed)

    def _strict(self, fact: str) -> tuple[str, ...]:
        """The competencies without which one can't begin to learn that one; nothing for other facts."""
        if fact not in self.strict:
            is_competency = facts.is_item(fact) and "#" not in fact and fact.count("/") == 2
            item = self.library.find(fact) if is_competency else None
            self.strict[fact] = item.requires.strict if isinstance(item, Competency) else ()
        return self.strict[fact]

    def _minutes(self, candidate: Candidate) -> tuple[int | None, str | None]:
        """The hours of a module, less what the best reduction by right takes off, and that reduction."""
        if candidate.module.hours is None:
            return None, None
        spent = minutes(candidate.module.hours.total)
        saved, by = best_reduction(self.positioning, candidate.module)
        return max(0, spent - saved), by


def _taken(assessment: Assessment | None) -> tuple[int | None, int | None]:
    """The minutes and the cents that an assessment takes; what was not read is not known, and no assessment takes nothing."""
    if assessment is None:
        return 0, 0
    hours, cost = assessment.hours, assessment.cost
    return None if hours is None else minutes(hours), None if cost is None else cents(cost)


def best_reduction(positioning: Positioning, module: Module) -> tuple[int, str | None]:
    """The minutes that reductions by right take off a module that prepares blocks, and by which; they are not added up.

    A fraction shortens any training towards the very blocks it names. So many hours are taken off once: off a module that
    prepares all of these blocks and no other. Where a rule caps all the reductions to a share of the theory, none takes off a
    module more than that share of what is not done in a workplace: so all of them together do not either.
    """
    if not module.prepares or not positioning.sure.reductions:
        return 0, None
    prepared = _expanded(positioning, module.prepares)
    found: list[tuple[int, str]] = []
    for identifier in positioning.sure.reductions if prepared and module.hours else ():
        recognition = positioning.rights.by_id[identifier]
        by, granted = recognition.by, _expanded(positioning, recognition.grants)
        if by is None or by.at_most or recognition.discretionary or not prepared <= granted:
            continue
        if by.hours is not None and prepared == granted:
            found.append((minutes(by.hours), identifier))
        elif by.hours is None and module.hours is not None:
            found.append((round(minutes(module.hours.total) * (by.fraction or 0)), identifier))
    if not found:
        return 0, None
    most = _most_reduced(positioning, module, prepared)
    capped = [(min(saved, most), identifier) for saved, identifier in found]
    return max((pair for pair in capped if pair[0]), key=lambda pair: pair[0], default=(0, None))


def _most_reduced(positioning: Positioning, module: Module, prepared: set[str]) -> int:
    """The minutes that the rules let reductions take off a module: all of them where no rule says anything."""
    if module.hours is None:
        return 0
    library, on = positioning.rights.library, positioning.sure.on
    refs = {parse_ref(full) for full in prepared}
    versions = {(ref.referential, ref.version or "") for ref in refs}
    caps = [combination(library, library.get(*key), on).reduction_cap for key in sorted(versions)]
    known = [cap for cap in caps if cap is not None]
    theory = module.hours.total - module.hours.workplace - module.hours.placement
    return int(minutes(theory) * min(known)) if known else minutes(module.hours.total)


def _expanded(positioning: Positioning, texts: Sequence[str]) -> set[str]:
    return {full for text in texts for full in positioning.rights.library.expand(text)}


def facts_subject(fact: str) -> Ref:
    """The reference that a waiver is about."""
    return parse_ref(fact.partition(":")[2].partition(" (")[0])
