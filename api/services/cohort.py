"""A cohort asked and summed up (*cohorte*): everybody is called, each distinct problem is answered once, and everybody has a line.

::

    people → roll → problems, so many a chunk → a workforce, a ledger → figures of each → lines, and what all of them come to
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from api.bulk.ledger import Ledger
from api.bulk.plans import Cohorts, answers_in, at_hand, size_of, work_of
from api.bulk.run import run
from api.bulk.shelf import Shelf
from api.bulk.work import Work, hash_of_digests
from api.bulk.workforce import Here, Workforce
from api.services.cohort_figures import Figures
from api.services.cohort_people import Asking
from api.services.cohort_roll import NO_TARGET, Aside, Entry, Roll
from api.services.cohort_sums import Summary, aside_of, summed
from pathways.cohort_plans import Line
from pathways.profile import Profile
from pathways.question import Question
from referentials.findings import Finding
from referentials.library import Library

__all__ = ["NO_TARGET", "Everybody", "Means", "PersonLine", "Stage", "asked_for_all"]


class Stage(StrEnum):
    """What is being done."""

    CALLING = "calling"
    ANSWERING = "answering"


Tell = Callable[[Stage, int, int | None], None]
"""Told how far a stage is, and of how many where that is known: people called, problems answered."""


class PersonLine(Line):
    """A person's line, with the target that was asked for."""

    target: str | None
    aside: Aside | None = None


def _here(_problems: int) -> Workforce:
    return Here()


@dataclass(frozen=True)
class Means:
    """With what a cohort is worked out (*moyens*).

    Parameters
    ----------
    choose : callable
        Who does the work, given how many problems there are.
    shelf : Shelf
        The library, for whoever is not in this process.
    """

    choose: Callable[[int], Workforce] = _here
    ledger: Ledger | None = None
    shelf: Shelf = field(default_factory=Shelf)


class Everybody:
    """The answers of everybody, and what they come to."""

    def __init__(self, roll: Roll, figures: Sequence[Figures | str | None], summary: Summary) -> None:
        self._roll, self._figures, self.summary = roll, figures, summary

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self._roll)

    def entries(self) -> Iterator[tuple[Entry, Figures | None]]:
        """Everybody in their order, with what is counted of their answer."""
        for entry in self._roll.entries():
            found = None if entry.problem is None else self._figures[entry.problem]
            if isinstance(found, str):
                yield entry._replace(aside=Aside.FAILED, said=(f"Le calcul a échoué : {found}.",)), None
            else:
                yield entry._replace(aside=aside_of(entry, self._figures)), found

    def lines(self) -> Iterator[PersonLine]:
        """Everybody in their order, each with the whole answer."""
        for entry, found in self.entries():
            yield PersonLine(
                person=entry.person,
                target=entry.target,
                answer=None if found is None else found.answer,
                problems=entry.said,
                aside=entry.aside,
            )


def _nothing_to_tell(_stage: Stage, _done: int, _of: int | None) -> None:
    pass


def _never() -> bool:
    return False


def asked_for_all(
    people: Iterable[Asking | Finding],
    question: Question,
    library: Library,
    targets: Sequence[str] = (),
    means: Means | None = None,
    *,
    tell: Tell = _nothing_to_tell,
    should_stop: Callable[[], bool] = _never,
) -> Everybody:
    """Ask for every person, each towards the same targets, or towards their own when there are none.

    Parameters
    ----------
    question : Question
        What is asked for each; its profile and its target are put aside.
    means : Means, optional
        This process alone, with the library that it has open, when they are not said.
    should_stop : callable
        Once true, what is done is summed up.

    Raises
    ------
    api.bulk.work.Refused, api.bulk.cluster.OutOfReach
        The workforce can't do it.
    """
    means = means or Means()
    asked = replace(question, profile=Profile(), target="", explain=False, alternatives=0, front=None)
    roll = Roll(Cohorts(library, asked), targets)
    roll.call(people, lambda count: tell(Stage.CALLING, count, None), should_stop)
    figures: list[Figures | str | None] = [None] * len(roll.problems)
    work = work_of(roll.problems, asked, means.shelf)
    digest = _answer(work, _set_up(work, library, asked, means, len(figures)), means, figures, tell, should_stop)
    stopped = roll.stopped or None in figures
    return Everybody(roll, figures, summed(asked.on, roll, figures, digest, stopped=stopped))


def _set_up(work: Work, library: Library, asked: Question, means: Means, problems: int) -> Workforce:
    workforce = means.choose(problems)
    if isinstance(workforce, Here):
        at_hand(work, library, asked)
    return workforce


def _answer(
    work: Work,
    workforce: Workforce,
    means: Means,
    figures: list[Figures | str | None],
    tell: Tell,
    should_stop: Callable[[], bool],
) -> str:
    """Write what is counted of each answer at its rank, and give the digest of all answers that there are."""
    size, digests = size_of(len(figures)), {}

    def told(done: int, _of: int) -> None:
        tell(Stage.ANSWERING, min(done * size, len(figures)), len(figures))

    for found in run(work, workforce, means.ledger, told, should_stop):
        first = found.rank * size
        if found.content is None:
            last = min(first + size, len(figures))
            figures[first:last] = [found.problem] * (last - first)
        else:
            digests[found.rank] = hashlib.sha256(found.content).digest()
            counted = [one if isinstance(one, str) else Figures.of(one) for one in answers_in(found.content)]
            figures[first : first + len(counted)] = counted
    return hash_of_digests(digests[rank] for rank in sorted(digests))
