"""Where plans are computed (*calcul*): one seam, so that the work can be done here or in other processes.

Here: in the thread that asks, a few at a time, each within the time that the server allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from time import monotonic
from typing import Any, Protocol

from api.services.asking import within
from api.services.knowledge import rights_for
from api.services.surveys import Survey
from api.store.conflict import Busy
from pathways.pathway import Pathway
from pathways.question import Question
from referentials.library import Library

Gone = Callable[[], bool]
"""Whether nobody waits for the answer any more."""


class Solver(Protocol):
    """What answers questions."""

    def solve(self, question: Question, library: Library, organisation: str | None = None) -> Pathway:
        """The best pathway for a question.

        Parameters
        ----------
        library : Library
            The one that the asker reads.
        organisation : str, optional
            Whose library it is; a process that has its own copy finds it by that.

        Raises
        ------
        Busy
            Too many others ask at the same time.
        """

    def survey(self, asked: Survey, library: Library, organisation: str | None = None) -> Any:
        """The answer to a question about every target: an ``Orientation`` or a ``Matrix``.

        Raises
        ------
        Busy
            As for :meth:`solve`.
        """


class ThreadSolver:
    """Answers in the thread that asks.

    Parameters
    ----------
    at_once : int
        How many questions are answered at the same time.
    seconds : float
        The time for each answer.
    patience : float
        How many seconds a question waits for its turn before it is refused.
    """

    def __init__(self, at_once: int = 2, seconds: float = 20, patience: float = 10) -> None:
        self._turns, self._seconds, self._patience = BoundedSemaphore(at_once), seconds, patience

    def solve(
        self, question: Question, library: Library, organisation: str | None = None, gone: Gone | None = None
    ) -> Pathway:
        """See :class:`Solver`; ``gone`` says whether nobody waits any more."""
        from pathways.planner import plan
        from pathways.solution import Limits

        asked = within(question, self._seconds)
        with self._turn():
            return plan(asked, rights_for(library, asked), Limits(asked.time_limit, gone and seldom(gone)))

    def survey(self, asked: Survey, library: Library, organisation: str | None = None, gone: Gone | None = None) -> Any:
        """See :class:`Solver`; it goes on to its end."""
        with self._turn():
            return asked.answer(library)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._patience):
            raise Busy
        try:
            yield
        finally:
            self._turns.release()


def seldom(gone: Gone, every: float = 0.1) -> Gone:
    """The same, asked no more often than every so many seconds: to look at a connection takes longer than a look of the search."""
    found, last = False, monotonic()

    def asked() -> bool:
        nonlocal found, last
        if not found and monotonic() - last > every:
            found, last = gone(), monotonic()
        return found

    return asked
