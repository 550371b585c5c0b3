"""Plans in bulk (*parcours en grand nombre*): the distinct problems of a cohort, so many a chunk, each with its answer.

::

    setting   the question without anybody, and the shelf of the library
    chunk     [[target, profile], …]
    result    [answer, …], or in the place of an answer that of the defect which kept it from being given

A problem is a target and a profile that stands for all who have the same problem; it names nobody.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pydantic import Field, TypeAdapter

from api.bulk import labour
from api.bulk.shelf import OpenShelf, Shelf
from api.bulk.work import Do, Stop, Work
from api.services.knowledge import rights_near
from pathways.cohort_plans import Answer, Cohort, unnamed
from pathways.profile import Profile
from pathways.question import Question
from pathways.solution import Limits
from pathways.target import Target
from referentials.library import Library
from referentials.provenance import Value

TASK = "api.bulk.plans:answering"

MOST, PARTS = 250, 200
"""Problems in a chunk at most; chunks, as long as they are smaller than that."""

_NOBODY = Profile()
_ANSWERS = TypeAdapter[tuple[Answer | str, ...]](tuple[Answer | str, ...])


class Problem(NamedTuple):
    """A target, and somebody who stands for all who have this problem."""

    target: str
    profile: Profile


class Setting(Value):
    """What all problems have alike."""

    question: Question = Field(description="The question; its profile and its target are put aside.")
    shelf: Shelf


def size_of(problems: int) -> int:
    """How many problems go in a chunk: it follows from their number alone, so that the chunks are the same whoever does them.

    Examples
    --------
    >>> size_of(30), size_of(1000), size_of(1_000_000)
    (1, 5, 250)
    """
    return max(1, min(MOST, -(-problems // PARTS)))


def work_of(problems: Sequence[Problem], question: Question, shelf: Shelf) -> Work:
    """The work of answering problems, in their order."""
    size = size_of(len(problems))
    chunks = [_packed(problems[start : start + size]) for start in range(0, len(problems), size)]
    return Work(TASK, Setting(question=question, shelf=shelf).model_dump_json().encode(), chunks)


def _packed(problems: Sequence[Problem]) -> bytes:
    found = [[one.target, one.profile.model_dump(mode="json", exclude_defaults=True)] for one in problems]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def answers_in(result: bytes) -> tuple[Answer | str, ...]:
    """The answers of a chunk, in the order of its problems; where there is none, the place of the defect."""
    return _ANSWERS.validate_json(result)


# -- by whoever does it ---------------------------------------------------------------------------------------------------


def answering(setting: bytes) -> Do:
    """The task."""
    given = Setting.model_validate_json(setting)
    shelf = OpenShelf(given.shelf)
    found = Answering(shelf.library, given.question)
    found.shelf = shelf
    return found.do


def at_hand(work: Work, library: Library, question: Question) -> None:
    """Let this process answer from a library that it has open, rather than open it again."""
    labour.keep(work.task, work.setting, Answering(library, question).do)


class Answering:
    """A library and a question; the rights that bear on each target are worked out once."""

    shelf: OpenShelf | None = None

    def __init__(self, library: Library, question: Question) -> None:
        self._cohorts = Cohorts(library, question)

    def do(self, chunk: bytes, stop: Stop) -> bytes:
        """The answers to the problems of a chunk."""
        limits = Limits(self._cohorts.question.time_limit, stop)
        problems = (Problem(target, Profile.model_validate(values)) for target, values in json.loads(chunk))
        found = tuple(self._answer(one, limits) for one in problems)
        return _ANSWERS.dump_json(found, by_alias=True)

    def _answer(self, problem: Problem, limits: Limits) -> Answer | str:
        try:
            return self._cohorts.of(problem).answer(problem.profile, limits)
        except Exception as defect:
            return labour.place_of(defect)


class Cohorts:
    """The cohorts of a question, one for each target and the modules that somebody must follow."""

    def __init__(self, library: Library, question: Question) -> None:
        self.library, self.question = library, question
        self._known: dict[tuple[str, ...], Cohort] = {}

    def aimed(self, target: str) -> Target:
        """What a target is.

        Raises
        ------
        UnknownReference, NotInForce
            It can't be used.
        """
        return self.of(Problem(target, _NOBODY)).target

    def of(self, problem: Problem) -> Cohort:
        """The cohort of a target, for whoever has the imposed modules of a profile.

        Raises
        ------
        UnknownReference, NotInForce
            The target can't be used.
        """
        ends = (problem.target, *problem.profile.can_give.imposed)
        if ends not in self._known:
            self._known[ends] = self._cohort(ends)
        return self._known[ends]

    def _cohort(self, ends: tuple[str, ...]) -> Cohort:
        found = Cohort(rights_near(self.library, ends), replace(self.question, target=ends[0]))
        assert found.target  # it can be used
        return found


def standing_for(profile: Profile, target: str) -> Problem:
    """A problem, by the first who has it."""
    return Problem(target, unnamed(profile))
