"""An import into the database, from its request to its account (*déroulement d'un import*).

It may be interrupted at any moment: what was committed stays, and whoever performs it again goes on after it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from api.services.import_entries import KEPT
from api.services.import_places import IntoStore
from api.services.imports import MOST_OF_A_SORT, Hear, Import, Outcome, Report, Tell
from api.store.library import Libraries
from api.store.repositories.imports import Note
from api.store.scope import Scope
from api.store.tables.imported import ImportRun, RunState
from api.store.unit_of_work import SYSTEM, Store
from referentials.findings import FileProblem
from referentials.formats.exchange import Standard, Upload
from referentials.library import Library


class Followed(NamedTuple):
    """How somebody follows an import: told how far it is and what it meets; asked whether it must stop."""

    tell: Tell = lambda _done, _size: None
    hear: Hear = lambda _note: None
    stop: Callable[[], bool] = lambda: False


def perform(
    store: Store,
    scope: Scope,
    run_id: str,
    standard: Standard,
    upload: Upload,
    *,
    actor: str = SYSTEM,
    kinds: Collection[str] = tuple(KEPT),
    followed: Followed | None = None,
) -> Report:
    """Import a file, or go on where an import stopped; one that must stop stays open.

    Raises
    ------
    FileProblem
        Nothing of it can be used or, in the strict way, something is wrong: nothing was changed.
    WrongState
        Somebody else performs it.
    """
    by = followed or Followed()
    with store.read() as unit:
        run = unit.of(scope).imports.get(run_id)
    where = IntoStore(store, scope, run_id, standard.id, actor)

    def library() -> Library:
        return Libraries(store).of(Scope(organisation=scope.organisation))

    asked = Import(standard, upload, where, run.dry, kinds, by.tell, by.hear, by.stop, library)
    try:
        if run.strict and run.position == 0:
            asked.check()
        report = asked.run(run.position, run.counts)
    except FileProblem as problem:
        end(store, scope, run_id, RunState.REFUSED, actor=actor, problem=problem)
        raise
    if not by.stop():
        end(store, scope, run_id, RunState.DONE, actor=actor, report=report)
    return report


def end(
    store: Store,
    scope: Scope,
    run_id: str,
    state: RunState,
    *,
    actor: str = SYSTEM,
    report: Report | None = None,
    problem: FileProblem | None = None,
) -> ImportRun:
    """Close an import; readers of the library are told, unless nothing was kept."""
    notes = () if problem is None else _notes_of(problem)
    with store.write(actor) as unit:
        room = unit.of(scope)
        counts: Mapping[str, int] = report.counts if report else {}
        if problem is not None:
            counts = {Outcome.PROBLEM.value: len(problem.findings)}
        if counts:
            room.imports.count(run_id, counts)
        run = room.imports.finish(run_id, state, complete=bool(report and report.complete), notes=notes)
        if not run.dry and problem is None:
            room.imported.tell_readers()
        return run


def _notes_of(problem: FileProblem) -> tuple[Note, ...]:
    return tuple(
        Note(Outcome.PROBLEM.value, str(one.where), one.rule, one.model_dump(mode="json"))
        for one in problem.findings[:MOST_OF_A_SORT]
    )


def told(counts: Mapping[Any, int]) -> dict[str, int]:
    """Every outcome with its number, in their order."""
    return {outcome.value: counts.get(outcome.value, 0) for outcome in Outcome}
