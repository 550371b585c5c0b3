"""What one can say of oneself in front of a target (*auto-évaluation*): its competencies block by block, and the conditions of its texts.

Whatever is said here is to confirm: a positioning interview, or a paper, settles it. Competencies that something held already gives are
not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from api.services.knowledge import rights_of
from pathways.gap import ACQUIRED, Positioning, State, position
from pathways.profile import Profile
from pathways.requirements import support
from referentials.library import Library
from referentials.model import Block, Referential
from referentials.provenance import Value
from referentials.requirement import Condition, leaves
from referentials.rights import Effect, Recognition

_GIVING = (Effect.AWARD, Effect.EXEMPT, Effect.REDUCE)


class Question(Value):
    """One competency to say something of."""

    ref: str = Field(description="La compétence.")
    code: str = Field(description="Son code.")
    title: str = Field(description="Son intitulé ; vide : non lu.")
    elements: tuple[str, ...] = Field(description="Ce qu'elle comprend.")
    acquired: bool = Field(
        description="Vrai quand un diplôme, un bloc ou une épreuve la donne déjà : rien n'est demandé."
    )
    state: State = Field(description="Où en est la personne.")


class BlockQuestions(Value):
    """A block, and what is asked about it."""

    ref: str = Field(description="Le bloc.")
    code: str = Field(description="Son code.")
    title: str = Field(description="Son intitulé ; vide : non lu.")
    state: State = Field(description="Où en est la personne.")
    questions: tuple[Question, ...] = Field(description="Ses compétences ; aucune : personne ne les a lues.")


class ConditionAsked(Value):
    """A condition that only the person can confirm."""

    id: str = Field(description="Son identifiant.")
    text: str = Field(description="La condition, telle que le texte la pose.")
    why: str = Field(description="Le texte ou l'exigence qui la pose.")


def questions(profile: Profile, target: str, library: Library, on: date) -> tuple[BlockQuestions, ...]:
    """The blocks of a target, each with its competencies.

    Raises
    ------
    UnknownReference, NotInForce, ProfileProblem
        The target or the profile names something that can't be used.
    """
    place = position(profile, target, rights_of(library), on)
    return tuple(_block(place, block) for block in place.target.blocks)


def _block(place: Positioning, block: Block) -> BlockQuestions:
    ref = f"{place.target.version.key}/{block.code}"
    found = []
    for one in block.known_competencies:
        fact = f"{ref}/{one.code}"
        state = place.state(fact)
        found.append(
            Question(
                ref=fact,
                code=one.code,
                title=one.title or "",
                elements=one.elements,
                acquired=state in ACQUIRED and not _is_said(place, fact),
                state=state,
            )
        )
    state = place.state(ref)
    if state is State.MISSING and any(one.state is not State.MISSING for one in found):
        state = State.PARTIAL
    return BlockQuestions(ref=ref, code=block.code, title=block.title or "", state=state, questions=tuple(found))


def _is_said(place: Positioning, fact: str) -> bool:
    """Whether the profile itself names the competency, at whatever level: then it may be said again."""
    return any(name.partition("#")[0] == fact for name in place.held.evidence)


# -- conditions -----------------------------------------------------------------------------------------------------------


def conditions(profile: Profile, target: str, library: Library, on: date) -> tuple[ConditionAsked, ...]:
    """The conditions that matter for a target: those of its door, its award and its blocks, and of the rights that one could then use.

    Raises
    ------
    UnknownReference, NotInForce, ProfileProblem
        As for :func:`questions`.
    """
    place = position(profile, target, rights_of(library), on)
    found: dict[str, ConditionAsked] = {}
    for leaf, why in (*_of_the_target(place.target.version), *_of_rights(place)):
        found.setdefault(leaf.condition, ConditionAsked(id=leaf.condition, text=leaf.text, why=why))
    return tuple(found.values())


def _of_the_target(version: Referential) -> Iterator[tuple[Condition, str]]:
    door = version.entry.requirement if version.entry else None
    for requirement in (door, version.award, *(block.requires for block in version.known_blocks)):
        if requirement is not None:
            yield from ((leaf, version.name) for leaf in leaves(requirement) if isinstance(leaf, Condition))


def _of_rights(place: Positioning) -> Iterator[tuple[Condition, str]]:
    for right in place.rights.granting.get(place.target.version.id, ()):
        asked = [leaf for leaf in leaves(right.given) if isinstance(leaf, Condition)]
        if asked and right.effect in _GIVING and _is_near(place, right):
            yield from ((leaf, right.source.title) for leaf in asked)


def _is_near(place: Positioning, right: Recognition) -> bool:
    """Whether the conditions are all that could be missing of a right."""
    if not right.in_force.contains(place.sure.on):
        return False
    return support(place.rights.library, right.given, place.hopeful.depth) is not None
