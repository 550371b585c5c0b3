"""Plans computed by the pool (*calcul des parcours*): a question crosses the border as JSON, and its pathway or its refusal comes back.

Each process keeps the libraries that it read last, one per organisation, each with its rights ready to be applied; a library is read
again when its mark has changed. The deadline of a question is its own, within what the service allows.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter

from api.jobs.pool import Gone, Pool, State, nobody_leaves
from api.jobs.process import Stop, answer_all
from api.store.library import Libraries
from api.store.scope import Scope
from api.store.unit_of_work import Store
from pathways.holdings import ProfileProblem
from pathways.pathway import Pathway
from pathways.question import Question
from referentials.absence import NotInForce, UnknownReference
from referentials.library import Library

if TYPE_CHECKING:
    from pathways.recognition import Rights

QUESTION = TypeAdapter(Question)
"""A question as JSON, and back: what crosses the border, and what is kept with a plan."""

log = logging.getLogger("passerelles.jobs")

_KEPT = 8
_FOUND, _REFUSED, _DEFECT = b"+", b"-", b"#"


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
        Full, Abandoned, TooLong, Lost
            As :meth:`api.jobs.pool.Pool.ask`.
        Defect
            The engine is wrong.
        """
        seconds = min(question.time_limit or self.seconds, self.seconds)
        timed = replace(question, time_limit=seconds)
        request = json.dumps(organisation).encode() + b"\n" + QUESTION.dump_json(timed, by_alias=True)
        answer = self._pool.ask(request, seconds * 1.2, gone)
        if answer[:1] == _FOUND:
            return Pathway.model_validate_json(answer[1:])
        if answer[:1] == _DEFECT:
            log.error(f"defect of the engine: {answer[1:].decode()}")
            raise Defect(answer[1:].decode())
        refusal = json.loads(answer[1:])
        raise _REFUSALS[refusal["kind"]](refusal, library)


# -- in a process -------------------------------------------------------------------------------------------------------


def _work(connection: Connection, place: Place) -> None:
    bench = _Bench(place)
    answer_all(connection, bench.answer)


class _Bench:
    """What one process keeps from one question to the next."""

    def __init__(self, place: Place) -> None:
        self._libraries = Libraries(Store(place.url), *place.files, shipped=place.shipped)
        self._rights: OrderedDict[str | None, Rights] = OrderedDict()

    def answer(self, request: bytes, stop: Stop) -> bytes:
        """The pathway of a question, or why there is none."""
        from pathways.planner import plan
        from pathways.solution import Limits

        whose, _line, question = request.partition(b"\n")
        try:
            rights = self._rights_of(json.loads(whose))
            asked = QUESTION.validate_json(question)
            found = plan(asked, rights, Limits(asked.time_limit, stop))
        except (UnknownReference, NotInForce, ProfileProblem) as refused:
            return _REFUSED + json.dumps(_told(refused)).encode()
        except Exception as defect:
            return _DEFECT + _place_of(defect).encode()
        return _FOUND + found.model_dump_json(by_alias=True).encode()

    def _rights_of(self, organisation: str | None) -> Rights:
        """The rights of an organisation's library as it is now."""
        from pathways.recognition import Rights

        library = self._libraries.of(Scope(organisation=organisation))
        kept = self._rights.get(organisation)
        if kept is None or kept.library is not library:
            kept = self._rights[organisation] = Rights(library)
        self._rights.move_to_end(organisation)
        if len(self._rights) > _KEPT:
            self._rights.popitem(last=False)
        return kept


def _place_of(defect: Exception) -> str:
    """What went wrong and where, without the values: they may be a person's."""
    trace, where = defect.__traceback__, ""
    while trace is not None:
        where, trace = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}", trace.tb_next
    return f"{type(defect).__name__} at {where}"


# -- refusals across the border -------------------------------------------------------------------------------------------


def _told(refused: UnknownReference | NotInForce | ProfileProblem) -> dict[str, Any]:
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
    "profile": lambda told, _library: ProfileProblem(told["messages"]),
    "not in force": _not_in_force,
}
