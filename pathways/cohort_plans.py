"""Many people towards one target (*parcours d'une cohorte*): the same exact engine, where people with one problem share one answer.

::

    problem of a person = what they surely have and what they could confirm, of all that can bear on the target
                          + the modules they have followed, the experience that something asks for
                          + what they can give, and their first day

Two people with the same problem have the same best plans: one is computed, proved and verified, and stands for both. What holds on the
way to it, a title of their own or another proof of the same thing, is told by the plan of each, on demand (:meth:`Cohort.plan`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from pydantic import Field

from pathways import cohort, facts
from pathways.cohort import Standing
from pathways.gap import position
from pathways.holdings import ProfileProblem, held
from pathways.pathway import Attained, Pathway, Status, Step, Totals
from pathways.planner import plan
from pathways.profile import CanGive, Profile
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import Limits
from pathways.target import Target, aim
from referentials.neighbourhood import behind, name_of, rights_with
from referentials.provenance import Value
from referentials.requirement import Experience, Requirement, leaves
from referentials.source import Side


class Answer(Value):
    """The answer to a problem, for whoever has it."""

    status: Status = Field(description="La réponse : déjà obtenu, prouvé, trouvé, impossible, non connu.")
    objective: tuple[Attained, ...] = Field((), description="Ce qui est atteint, et la borne prouvée.")
    totals: Totals = Field(Totals(), description="Heures, coût, semaines et modules.")
    steps: tuple[Step, ...] = Field((), description="Les étapes, dans l'ordre.")
    verified: bool = Field(False, description="Vrai quand le parcours a été rejoué sans le solveur.")
    standing: Standing = Field(description="Où en est la personne sur chaque bloc et chaque compétence.")


def unnamed(profile: Profile) -> Profile:
    """What the engine reads of a profile, and nothing that only tells whose it is."""
    jobs = tuple(job.model_copy(update={"title": None}) for job in profile.experience)
    return profile.model_copy(update={"id": "p", "note": None, "mentions": (), "experience": jobs})


_REMEMBERED = 50_000
"""How many ways of saying what one holds are remembered: most people say it as somebody did before."""

Said = TypeVar("Said")
Worked = TypeVar("Worked")


def _keep(known: dict[Said, Worked], said: Said, worked: Worked) -> None:
    """Remember what was worked out; the one remembered first gives way."""
    if len(known) >= _REMEMBERED:
        known.pop(next(iter(known)))
    known[said] = worked


class Line(Value):
    """What a cohort says of one person: an answer, or what is wrong with the profile."""

    person: str = Field(description="L'identifiant du profil.")
    answer: Answer | None = Field(None, description="La réponse ; vide : le profil ne convient pas.")
    problems: tuple[str, ...] = Field((), description="Ce qui ne convient pas dans le profil.")


@dataclass
class Cohort:
    """A target asked for many people, one after the other; what was computed once is kept.

    Parameters
    ----------
    rights : Rights
    asked : Question
        What is asked for each; its profile is put aside.

    Raises
    ------
    UnknownReference, NotInForce
        The target can't be used.
    """

    rights: Rights
    asked: Question
    answers: dict[Hashable, Answer] = field(default_factory=dict)
    _places: dict[Hashable, tuple[Hashable, ...]] = field(default_factory=dict)
    _gifts: dict[CanGive, str] = field(default_factory=dict)

    def line(self, profile: Profile, limits: Limits | None = None) -> Line:
        """The answer for a person, new or known already.

        Raises
        ------
        NotVerified
            The engine is wrong.
        """
        try:
            problem = self.problem(profile)
        except ProfileProblem as error:
            return Line(person=profile.id, problems=error.messages)
        if problem not in self.answers:
            self.answers[problem] = self.answer(profile, limits)
        return Line(person=profile.id, answer=self.answers[problem])

    def answer(self, profile: Profile, limits: Limits | None = None) -> Answer:
        """The answer to the problem of a person, computed again.

        Raises
        ------
        ProfileProblem
            The profile names something that can't be used.
        NotVerified
            The engine is wrong.
        """
        question = replace(self.asked, profile=profile, explain=False, alternatives=0, front=None)
        found = plan(question, self.rights, limits)
        return Answer(
            status=found.status,
            objective=found.objective,
            totals=found.totals,
            steps=found.steps,
            verified=found.verified,
            standing=self.standing(profile),
        )

    def standing(self, profile: Profile) -> Standing:
        """Where a person stands, without any plan.

        Raises
        ------
        ProfileProblem
            The profile names something that can't be used.
        """
        asked = self.asked
        return cohort.standing(position(profile, asked.target, self.rights, asked.on, asked.policy))

    def plan(self, profile: Profile, limits: Limits | None = None) -> Pathway:
        """The whole plan of one person, explained."""
        return plan(replace(self.asked, profile=profile), self.rights, limits)

    def problem(self, profile: Profile) -> Hashable:
        """What two people have alike when the same plans are best for both.

        Raises
        ------
        ProfileProblem
            The profile names something that can't be used.
        """
        return (*self.place(profile), frozenset(profile.holds.modules), self._given(profile.can_give))

    def _given(self, give: CanGive) -> str:
        """What somebody can give, from their first day on."""
        if give not in self._gifts:
            first = self.asked.on if give.start is None else max(give.start, self.asked.on)
            _keep(self._gifts, give, give.model_copy(update={"start": first}).model_dump_json())
        return self._gifts[give]

    def place(self, profile: Profile) -> tuple[Hashable, ...]:
        """What two people have alike when they stand at the same place before the target.

        Raises
        ------
        ProfileProblem
            The profile names something that can't be used.
        """
        give = profile.can_give
        said = profile.holds, profile.experience, profile.confirms, give.imposed, give.refused, give.vae is not None
        if said not in self._places:
            _keep(self._places, said, self._placed(profile))
        return self._places[said]

    def _placed(self, profile: Profile) -> tuple[Hashable, ...]:
        asked = self.asked
        start = held(profile, self.rights.library, asked.on, asked.policy, self._experiences)
        worked = profile.can_give.vae is not None and start.has_worked
        return self._bearing(start.sure, profile), self._bearing(start.hopeful, profile), start.ready, worked

    def _bearing(self, found: frozenset[str], profile: Profile) -> frozenset[str]:
        """The facts that can bear on the target; all of them for who must follow a module, whatever it brings."""
        if profile.can_give.imposed:
            return found
        return frozenset(
            fact for fact in found if not facts.is_item(fact) or name_of(facts.reference_of(fact)) in self._behind
        )

    @cached_property
    def target(self) -> Target:
        """What is aimed at."""
        return aim(self.rights.library, self.asked.target, self.asked.on)

    @cached_property
    def _behind(self) -> frozenset[str]:
        """The names of all that can bear on the target, by texts, rights, modules or likenesses."""
        library = self.rights.library
        likened = (ref for one in library.correspondences for ref in (one.start, one.end))
        return behind(library, (self.target.version.key, *likened))

    @cached_property
    def _experiences(self) -> tuple[Experience, ...]:
        """The experiences that something which can bear on the target asks for."""
        found = dict.fromkeys(
            leaf for one in self._requirements() for leaf in leaves(one) if isinstance(leaf, Experience)
        )
        return tuple(found)

    def _requirements(self) -> Iterator[Requirement]:
        library = self.rights.library
        for item in rights_with(library, Side.GRANTS, self._behind):
            yield item.given
        for name in sorted(self._behind & {*library.ids}):
            for version in library.versions(name):
                whole = (version.award, version.entry.requirement if version.entry else None)
                parts = (*whole, *(block.requires for block in version.known_blocks))
                yield from (one for one in parts if one is not None)
        yield from (module.requires for module in library.modules.values() if module.requires is not None)
