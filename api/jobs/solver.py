"""Plans and surveys computed by the pool (*calculs*): a question crosses the border as JSON, and its answer or its refusal comes back.

::

    ["organisation", "plan"] ⏎ the question as JSON   →   + the answer   - a refusal   ~ ask again   # a defect

Each process keeps the libraries that it read last, one per organisation, each with its rights ready to be applied; a library is read
again when its mark has changed. The deadline of a plan is its own, within what the service allows.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from api.jobs.pool import Gone, Pool, State, nobody_leaves
from api.jobs.process import Stop, answer_all
from api.services.knowledge import rights_for
from api.services.surveys import SURVEYS, Survey
from api.store.conflict import Absent, Busy
from api.store.library import Libraries
from api.store.scope import Scope
from api.store.unit_of_work import Store
from pathways.holdings import ProfileProblem
from pathways.pathway import Pathway
from pathways.question import Question
from referentials.absence import NotInForce, OnlyNamed, UnknownReference
from referentials.findings import FileProblem, Finding
from referentials.library import Library

QUESTION = TypeAdapter(Question)
"""A question as JSON, and back: what crosses the border, and what is kept with a plan."""

log = logging.getLogger("passerelles.jobs")

_PLAN = "plan"
_FOUND, _REFUSED, _AGAIN, _DEFECT = b"+", b"-", b"~", b"#"


class Defect(Exception):
    """The engine is wrong: never an answer. The message is for the logs; it tells nothing of the person."""


class Place(NamedTuple):
    """Where a process finds the libraries."""

    url: str
    files: tuple[Path, ...] = ()
    shipped: bool = True


class Solver:
    """The pool of those who compute plans.

    Parameters
    ----------
    size, queue : int
        Processes, and questions that may wait for one.
    seconds : float
        The time for a plan, when its question says nothing; and at most.
    """

    def __init__(self, place: Place, *, size: int = 2, queue: int = 16, seconds: float = 20.0) -> None:
        self.seconds = seconds
        self._pool = Pool(_work, place, size=size, queue=queue, patience=seconds)

    @property
    def state(self) -> State:
        """What the pool is doing."""
        return self._pool.state

    def warm(self) -> None:
        """Start the processes now."""
        self._pool.warm()

    def close(self) -> None:
        """End the processes, even at work."""
        self._pool.close()

    def solve(
        self, question: Question, library: Library, organisation: str | None = None, gone: Gone = nobody_leaves
    ) -> Pathway:
        """The best pathway for a question.

        Parameters
        ----------
        library : Library
            The one that the asker reads, in which a refusal finds what it is about.
        organisation : str, optional
            Whose library it is: a process has its own copy.
        gone : callable
            Whether nobody waits any more: the search then stops.

        Raises
        ------
        UnknownReference, NotInForce, ProfileProblem
            As :func:`pathways.planner.plan`.
        FileProblem
            Something that the organisation keeps can't be used.
        Busy, Full, Abandoned, TooLong, Lost
            As :meth:`api.jobs.pool.Pool.ask`; the database was kept by others, or the library changed meanwhile.
        Defect
            The engine is wrong.
        """
        seconds = min(question.time_limit or self.seconds, self.seconds)
        asked = QUESTION.dump_json(replace(question, time_limit=seconds), by_alias=True)
        return Pathway.model_validate_json(self._answer(_PLAN, asked, seconds * 1.2, library, organisation, gone))

    def survey(
        self, asked: Survey, library: Library, organisation: str | None = None, gone: Gone = nobody_leaves
    ) -> Any:
        """The answer to a question about every target: an ``Orientation`` or a ``Matrix``.

        Raises
        ------
        Exception
            As :meth:`solve`; ``TooLong`` when it takes longer than a plan may.
        """
        values = asked.model_dump_json(by_alias=True).encode()
        return asked.read(self._answer(asked.kind, values, self.seconds, library, organisation, gone))

    def _answer(
        self, kind: str, asked: bytes, seconds: float, library: Library, organisation: str | None, gone: Gone
    ) -> bytes:
        answer = self._pool.ask(json.dumps([organisation, kind]).encode() + b"\n" + asked, seconds, gone)
        verdict, said = answer[:1], answer[1:]
        if verdict == _FOUND:
            return said
        if verdict == _AGAIN:
            raise Busy
        if verdict == _DEFECT:
            log.error(f"defect of the engine: {said.decode()}")
            raise Defect(said.decode())
        refusal = json.loads(said)
        raise _REFUSALS[refusal["kind"]](refusal, library)


# -- in a process -------------------------------------------------------------------------------------------------------


def _work(connection: Connection, place: Place) -> None:
    bench = _Bench(place)
    answer_all(connection, bench.answer)


class _Bench:
    """What one process keeps from one question to the next."""

    def __init__(self, place: Place) -> None:
        self._libraries = Libraries(Store(place.url), *place.files, shipped=place.shipped)

    def answer(self, request: bytes, stop: Stop) -> bytes:
        """The answer to a question, or why there is none."""
        head, _line, asked = request.partition(b"\n")
        try:
            organisation, kind = json.loads(head)
            library = self._libraries.of(Scope(organisation=organisation))
            found = _planned(asked, library, stop) if kind == _PLAN else _surveyed(kind, asked, library)
            return _FOUND + found.model_dump_json(by_alias=True).encode()
        except (UnknownReference, NotInForce, ProfileProblem, FileProblem) as refused:
            return _REFUSED + json.dumps(_told(refused)).encode()
        except (Busy, Absent):  # Absent: what the library had a moment ago was taken away by its owner
            return _AGAIN
        except Exception as defect:
            return _DEFECT + _place_of(defect).encode()


def _planned(asked: bytes, library: Library, stop: Stop) -> Pathway:
    from pathways.planner import plan
    from pathways.solution import Limits

    question = QUESTION.validate_json(asked)
    return plan(question, rights_for(library, question), Limits(question.time_limit, stop))


def _surveyed(kind: str, asked: bytes, library: Library) -> Any:
    return SURVEYS[kind].model_validate_json(asked).answer(library)


def _place_of(defect: Exception) -> str:
    """What went wrong and where, without the values: they may be a person's."""
    trace, where = defect.__traceback__, ""
    while trace is not None:
        where, trace = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}", trace.tb_next
    return f"{type(defect).__name__} at {where}"


# -- refusals across the border -------------------------------------------------------------------------------------------


def _told(refused: UnknownReference | NotInForce | ProfileProblem | FileProblem) -> dict[str, Any]:
    if isinstance(refused, FileProblem):
        return {"kind": "file", "findings": [one.model_dump(mode="json") for one in refused.findings]}
    if isinstance(refused, OnlyNamed):
        return {"kind": "only named", "text": refused.text}
    if isinstance(refused, UnknownReference):
        return {"kind": "unknown", "text": refused.text, "near": refused.near}
    if isinstance(refused, ProfileProblem):
        return {"kind": "profile", "messages": refused.messages}
    return {
        "kind": "not in force",
        "identifier": refused.identifier,
        "on": refused.on.isoformat(),
        "versions": [(one.id, one.version) for one in refused.versions],
        "successors": [(one.id, one.version) for one in refused.successors],
    }


def _not_in_force(told: dict[str, Any], library: Library) -> NotInForce:
    versions, successors = (_versions(told[name], library) for name in ("versions", "successors"))
    return NotInForce(told["identifier"], date.fromisoformat(told["on"]), versions, successors)


def _versions(keys: Sequence[tuple[str, str]], library: Library) -> list[Any]:
    return [library.get(*key) for key in keys]


_REFUSALS: dict[str, Callable[[dict[str, Any], Library], Exception]] = {
    "unknown": lambda told, _library: UnknownReference(told["text"], told["near"]),
    "only named": lambda told, _library: OnlyNamed(told["text"]),
    "profile": lambda told, _library: ProfileProblem(told["messages"]),
    "not in force": _not_in_force,
    "file": lambda told, _library: FileProblem(Finding.model_validate(one) for one in told["findings"]),
}
