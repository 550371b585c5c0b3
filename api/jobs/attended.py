"""A computation that somebody waits for (*calcul attendu*): when the client leaves, it stops."""

from __future__ import annotations

from typing import Any, NamedTuple

from anyio import from_thread
from starlette.requests import Request

from api.jobs.pool import Gone
from api.services.surveys import Survey
from pathways.pathway import Pathway
from pathways.question import Question
from referentials.library import Library


class Attended(NamedTuple):
    """A solver that stops when whoever sent a request has left.

    Parameters
    ----------
    solver : Solver
        Its ``solve`` takes ``gone``.
    gone : callable
        See :func:`leaving`.
    """

    solver: Any
    gone: Gone

    def solve(self, question: Question, library: Library, organisation: str | None = None) -> Pathway:
        """See :meth:`api.jobs.solver.Solver.solve`."""
        found: Pathway = self.solver.solve(question, library, organisation, self.gone)
        return found

    def survey(self, asked: Survey, library: Library, organisation: str | None = None) -> Any:
        """See :meth:`api.jobs.solver.Solver.survey`."""
        return self.solver.survey(asked, library, organisation, self.gone)


def leaving(request: Request) -> Gone:
    """Whether whoever sent a request has left; to be asked in the thread of a route."""
    return lambda: from_thread.run(request.is_disconnected)
