"""Profile → facts to start from: what is surely held, and what would be if everything to confirm were confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pathways import facts
from pathways.policy import PRUDENT, Policy
from pathways.profile import EvidenceKind, ExperienceDone, HeldItem, Profile
from referentials.library import Library, UnknownReference
from referentials.model import Block, Competency, Referential
from referentials.offer import Module
from referentials.requirement import Experience, ExperienceAsked


class Held(NamedTuple):
    """Facts to start from. ``hopeful`` contains ``sure``; ``evidence`` says what vouches for each fact; ``jobs`` what was done.

    ``followed`` gives the modules that vouch for a fact; ``ready`` the blocks that such modules prepared as a whole, where
    the policy takes that for certain.
    """

    sure: frozenset[str]
    hopeful: frozenset[str]
    evidence: dict[str, EvidenceKind]
    jobs: tuple[ExperienceDone, ...] = ()
    followed: Mapping[str, tuple[str, ...]] = {}
    ready: frozenset[str] = frozenset()

    @property
    def has_worked(self) -> bool:
        """Whether there is any experience."""
        return any(job.months for job in self.jobs)

    def shows(self, asked: ExperienceAsked) -> bool:
        """Whether the experience asked for is there for certain."""
        return _months(self.jobs, asked, certain=True) >= asked.months


class ProfileProblem(ValueError):
    """The profile names things that can't be used; ``messages`` says each, in French."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__(" ".join(self.messages))


def held(
    profile: Profile, library: Library, on: date, policy: Policy = PRUDENT, experiences: Iterable[Experience] = ()
) -> Held:
    """The facts of a profile on a day.

    Parameters
    ----------
    on : date
        What was obtained later is left out.
    experiences : iterable of Experience
        The experiences that requirements ask for; each that the profile shows becomes a fact.

    Raises
    ------
    ProfileProblem
        With every reference that nothing has, and every diploma whose version can't be told.
    """
    problems: list[str] = []
    evidence: dict[str, EvidenceKind] = {}
    followed = _followed(profile, library)
    for fact, kind in _items(profile, library, on, problems):
        if fact not in evidence or _rank(kind) < _rank(evidence[fact]):
            evidence[fact] = kind
    if problems:
        raise ProfileProblem(problems)
    shown, likely = _experience(profile, experiences)
    certain = {fact for fact, kind in evidence.items() if kind in policy.acquired} | shown
    certain |= {facts.condition(identifier) for identifier in profile.confirms}
    return Held(
        frozenset(certain),
        frozenset(certain | evidence.keys() | likely),
        evidence,
        profile.experience,
        {fact: modules for fact, modules in followed.items() if evidence.get(fact) is EvidenceKind.ATTESTED},
        _ready(profile, library) if EvidenceKind.ATTESTED in policy.acquired else frozenset(),
    )


def _rank(kind: EvidenceKind) -> int:
    return list(EvidenceKind).index(kind)


def _items(profile: Profile, library: Library, on: date, problems: list[str]) -> Iterator[tuple[str, EvidenceKind]]:
    expected = ((profile.holds.qualifications, Referential, "un diplôme"), (profile.holds.blocks, Block, "un bloc"))
    for items, kind, words in expected:
        for item in items:
            if item.on is None or item.on <= on:
                yield from ((full, item.evidence) for full in _one(item, library, kind, words, problems))
    for competency in profile.holds.competencies:
        if competency.on is None or competency.on <= on:
            wanted = HeldItem(ref=competency.ref, on=competency.on)
            for full in _one(wanted, library, Competency, "une compétence", problems):
                yield facts.at_level(full, competency.level), competency.evidence
    for module in (*profile.holds.modules, *profile.can_give.imposed, *profile.can_give.refused):
        if module not in library.modules:
            problems.append(_unknown_module(module, library))
    yield from ((module, EvidenceKind.CERTIFIED) for module in profile.holds.modules)
    yield from ((fact, EvidenceKind.ATTESTED) for fact in _followed(profile, library))


def _followed(profile: Profile, library: Library) -> dict[str, tuple[str, ...]]:
    """What the modules followed make one capable of, as their training body attests it, with the modules."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(set(profile.holds.modules)):
        for fact in _brought(library.modules[name], library) if name in library.modules else ():
            found[fact] = (*found.get(fact, ()), name)
    return found


def _brought(module: Module, library: Library) -> Iterator[str]:
    for item in module.develops:
        yield from (facts.at_level(full, item.level) for full in library.expand(item.competency))
    for text in module.prepares:
        for full in library.expand(text):
            block = library.find(full)
            if isinstance(block, Block):
                yield from (f"{full}/{one.code}" for one in block.known_competencies)


def _ready(profile: Profile, library: Library) -> frozenset[str]:
    texts = (text for name in profile.holds.modules for text in library.modules[name].prepares)
    return frozenset(full for text in texts for full in library.expand(text))


def _unknown_module(text: str, library: Library) -> str:
    try:
        library.find(text)
    except UnknownReference as problem:
        return str(problem)
    return f"« {text} » n'est pas un module."


def _one(item: HeldItem, library: Library, kind: type, words: str, problems: list[str]) -> tuple[str, ...]:
    """The one thing that a held reference names; nothing, and a problem, when it can't be told."""
    try:
        found = library.expand(item.ref)
        if not found:
            raise UnknownReference(item.ref, library.near(item.ref))
    except UnknownReference as problem:
        problems.append(str(problem))
        return ()
    if not isinstance(library.find(found[-1]), kind):
        problems.append(f"« {item.ref} » n'est pas {words}.")
        return ()
    if len(found) > 1 and item.on is not None:
        found = tuple(full for full in found if _in_force(library, full, item.on)) or found
    if len(found) > 1:
        problems.append(f"« {item.ref} » a plusieurs versions : précisez {' ou '.join(found)}, ou la date d'obtention.")
        return ()
    return found


def _in_force(library: Library, full: str, on: date) -> bool:
    whole = library.find(full.partition("/")[0])
    return isinstance(whole, Referential) and whole.valid.contains(on)


def _experience(profile: Profile, asked: Iterable[Experience]) -> tuple[set[str], set[str]]:
    """Experience facts shown by the profile, and those that are likely but whose field a person must confirm."""
    shown, likely = set(), set()
    for leaf in asked:
        fact = facts.asked(leaf)
        if _months(profile.experience, leaf.experience, certain=True) >= leaf.experience.months:
            shown.add(fact)
        elif _months(profile.experience, leaf.experience, certain=False) >= leaf.experience.months:
            likely.add(fact)
    return shown, likely


def _months(jobs: Iterable[ExperienceDone], asked: ExperienceAsked, *, certain: bool) -> float:
    """Months at full time that match: for certain, by ROME code or by the same words for the field."""
    total = 0.0
    for job in jobs:
        same_code = bool(asked.rome) and job.rome in asked.rome
        same_field = asked.field is not None and (job.field or "").casefold() == asked.field.casefold()
        anything = not asked.rome and asked.field is None
        if same_code or same_field or anything or (not certain and asked.field is not None and job.field is None):
            total += job.months * job.share
    return total
