"""The law of a day (*droit applicable*): what a library says on that day, whoever asks, read once and asked again and again.

A fact gives its parts; a recognition in force is found by the facts that it asks for; an award is known with the facts that
meet it. Nothing is opened before it is asked for, so that one question does not read a whole library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pathways import facts
from pathways.requirements import Demand, asks_nothing, demand
from pathways.validity import State, state, successors
from referentials.library import Library
from referentials.model import Referential
from referentials.reference import ModuleRef, parse, parse_ref
from referentials.rights import Effect, Recognition


class Contents(NamedTuple):
    """What a qualification, a block or a level of a version contains.

    ``parts`` are sure; ``every_part`` has the optional ones too; ``lower`` are the levels below, and the competency itself.
    """

    whole: str
    is_block: bool = False
    parts: tuple[str, ...] = ()
    every_part: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()


class Grant(NamedTuple):
    """A recognition with what it asks for, the facts that it makes true, and whether it shortens something instead."""

    recognition: Recognition
    demand: Demand
    granted: tuple[str, ...]
    reduces: bool


class Award(NamedTuple):
    """What obtaining a version asks for, when nothing is assessed on top; ``elsewhere``: some of it is no part of its own."""

    demand: Demand
    is_open: bool
    elsewhere: bool


class Parts:
    """What the facts of a library contain, remembered."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._known: dict[str, Contents] = {}

    def of(self, fact: str) -> Contents | None:
        """What a qualification, a block or a level contains; ``None`` for any other fact."""
        found = self._known.get(fact)
        if found is None and ("#" in fact or fact.count("/") < 2) and facts.is_item(fact):
            found = self._known[fact] = self._read(fact)
        return found

    def _read(self, fact: str) -> Contents:
        whole, _slash, rest = facts.reference_of(fact).partition("/")
        if "/" in rest:
            return Contents(whole, lower=tuple(facts.lower_levels(self.library, fact)))
        ref = parse_ref(whole)
        version = self.library.get(ref.referential, ref.version or "")
        if not rest:
            return Contents(whole, parts=facts.blocks_of(version), every_part=facts.every_block_of(version))
        block = version.block(rest)
        inside = tuple(f"{fact}/{one.code}" for one in block.known_competencies) if block else ()
        return Contents(whole, is_block=True, parts=inside, every_part=inside)


class Law:
    """What applies on a day.

    Parameters
    ----------
    by_subject : mapping
        The recognitions by the names that what they ask for goes by (see :func:`subject_of`).
    """

    def __init__(self, library: Library, by_subject: Mapping[str, tuple[Recognition, ...]], on: date) -> None:
        self.library, self.on = library, on
        self._by_subject = by_subject
        self._grants: dict[str, Grant] = {}
        self._watching: dict[str, Mapping[str, tuple[Grant, ...]]] = {}
        self._states: dict[str, State] = {}
        self._awards: dict[str, Award | None] = {}
        self._heirs: dict[str, frozenset[str]] = {}

    def version(self, key: str) -> Referential:
        """A version by its key."""
        ref = parse_ref(key)
        return self.library.get(ref.referential, ref.version or "")

    def state(self, key: str) -> State:
        """Whether a version can be obtained, whether its parts stopped counting, whether all of them are not enough."""
        if (known := self._states.get(key)) is None:
            known = self._states[key] = state(self.library, self.version(key), self.on)
        return known

    def watching(self, fact: str) -> tuple[Grant, ...]:
        """The recognitions in force that ask for a fact, among other things perhaps."""
        subject = subject_of(fact)
        if (watching := self._watching.get(subject)) is None:
            watching = self._watching[subject] = self._by_fact(subject)
        return watching.get(fact, ())

    def _by_fact(self, subject: str) -> Mapping[str, tuple[Grant, ...]]:
        found: dict[str, list[Grant]] = defaultdict(list)
        for recognition in self._by_subject.get(subject, ()):
            applies = recognition.effect.is_right and recognition.in_force.contains(self.on)
            if applies and not asks_nothing(recognition.given):
                grant = self._grant(recognition)
                for fact in grant.demand.every_fact:
                    found[fact].append(grant)
        return {fact: tuple(grants) for fact, grants in found.items()}

    def _grant(self, recognition: Recognition) -> Grant:
        if (known := self._grants.get(recognition.id)) is None:
            asked, granted = demand(self.library, recognition.given), tuple(granted_by(recognition, self.library))
            reduces = recognition.effect is Effect.REDUCE and any(map(self.library.expand, recognition.grants))
            known = self._grants[recognition.id] = Grant(recognition, asked, granted, reduces)
        return known

    def award(self, key: str) -> Award | None:
        """How a version is obtained from what is held alone; ``None`` when it is not, or no one read how."""
        if key not in self._awards:
            self._awards[key] = self._read_award(self.version(key))
        return self._awards[key]

    def _read_award(self, version: Referential) -> Award | None:
        known = self.state(version.key)
        if version.award is None or known.needs_final_assessment or asks_nothing(version.award):
            return None
        asked = demand(self.library, version.award)
        elsewhere = any(not fact.startswith(f"{version.key}/") for fact in asked.every_fact)
        return Award(asked, known.is_open, elsewhere)

    def revises(self, recognition: Recognition, fact: str) -> bool:
        """Whether a recognition belongs to the text that revises the title whose part has lapsed."""
        key = fact.partition("/")[0]
        if key not in self._heirs:
            self._heirs[key] = successors(self.library, self.version(key))
        return all(str(parse_ref(text).whole) in self._heirs[key] for text in recognition.grants)


def subject(text: str) -> str:
    """The name that a reference goes by: its referential, or the module itself."""
    ref = parse(text)
    return str(ref) if isinstance(ref, ModuleRef) else ref.referential


def subject_of(fact: str) -> str:
    """The name under which recognitions that may use a fact are found.

    Examples
    --------
    >>> [subject_of(fact) for fact in ("deme@2007/DC1", "fabrique:accueil", "?deux-secteurs", "+6::animation")]
    ['deme', 'fabrique:accueil', '?deux-secteurs', '+']
    """
    if fact[0] in "+?!":
        return "+" if fact[0] == "+" else fact
    return fact.partition("@")[0]


def granted_by(recognition: Recognition, library: Library) -> Iterator[str]:
    """The facts that a recognition makes true; none for a reduction."""
    if recognition.effect is not Effect.REDUCE:
        yield from (_granted_fact(recognition, full) for text in recognition.grants for full in library.expand(text))


def _granted_fact(recognition: Recognition, full: str) -> str:
    if recognition.effect is Effect.EXEMPT and recognition.waives is not None:
        part = f" ({recognition.part})" if recognition.part else ""
        return facts.waived(recognition.waives, full) + part
    return full
