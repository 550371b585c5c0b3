"""Imports as jobs (*imports*): a file that was sent is read beside the requests; killed, it goes on after the last records that were kept."""

from __future__ import annotations

import time
from collections.abc import Iterable
from tempfile import NamedTemporaryFile
from typing import BinaryIO, NamedTuple, cast

from api.auth.actor import Actor
from api.auth.permissions import Action, authorize, scope_of
from api.jobs.pool import Abandoned, Gone
from api.jobs.work import Bench, Keep
from api.services.import_entries import KEPT
from api.services.import_formats import readers, standard_named, standard_of
from api.services.import_runs import Followed, perform, told
from api.services.planning import NotPlannable
from api.store.conflict import WrongState
from api.store.repositories.imports import Request, digest_of
from api.store.repositories.jobs import Step
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.tables import Role
from api.store.tables.imported import ImportRun, RunState
from api.store.tables.jobs import Job, JobStep
from api.store.unit_of_work import Store, UnitOfWork
from referentials.findings import FileProblem
from referentials.formats.exchange import Standard, Upload
from referentials.loader import OFFER

_HUNDREDTHS = 100
_PATIENCE = 1.0
"""Seconds before a look at an import that somebody else performs."""


class FileImport:
    """The import of one file."""

    kind = "import"
    at_once = 1

    def scope(self, bench: Bench, job: Job) -> Scope:
        """What the account that asked may import into."""
        return scope_of(_actor(bench, job), Action.IMPORTS_WRITE)

    def prepare(self, bench: Bench, job: Job, step: JobStep, gone: Gone) -> Keep:
        """Read the file, and keep what it holds a few hundred records at a time."""
        actor, run_id = _actor(bench, job), str(step.arguments["import"])
        scope = scope_of(actor, Action.IMPORTS_WRITE)
        run = _run(bench.store, scope, run_id)
        if run.state == RunState.RUNNING:
            try:
                _performed(bench.store, actor, run, job, gone)
            except FileProblem:
                pass  # the account of the import tells it
            except WrongState:
                time.sleep(_PATIENCE)
                raise Abandoned from None
        if gone():
            raise Abandoned
        ended = _run(bench.store, scope, run_id)
        result = {"import": run_id, "state": ended.state, "counts": told(ended.counts)}
        return lambda _room: result


def _performed(store: Store, actor: Actor, run: ImportRun, job: Job, gone: Gone) -> None:
    scope, kinds = scope_of(actor, Action.IMPORTS_WRITE), kinds_of(actor)

    def tell(done: int, size: int) -> None:
        with store.write() as unit:
            hundredths = min(_HUNDREDTHS, done * _HUNDREDTHS // max(size, 1))
            unit.directory.queue.progress(job.id, job.worker or "", hundredths, _HUNDREDTHS)

    with NamedTemporaryFile() as file:
        with store.read() as unit:
            for piece in unit.of(scope).imports.pieces(run.id):
                file.write(piece)
        file.flush()
        standard = standard_named(run.standard, readers())
        upload = Upload(run.file_name, cast(BinaryIO, file), run.size)
        followed = Followed(tell=tell, stop=gone)
        perform(store, scope, run.id, standard, upload, actor=job.account_id or "", kinds=kinds, followed=followed)


def _run(store: Store, scope: Scope, run_id: str) -> ImportRun:
    with store.read() as unit:
        return unit.of(scope).imports.get(run_id)


def _actor(bench: Bench, job: Job) -> Actor:
    with bench.store.read() as unit:
        actor = Actor.of_account(unit.directory.accounts.get(job.account_id or ""))
    authorize(actor, Action.IMPORTS_WRITE)
    return actor


def kinds_of(actor: Actor) -> frozenset[str]:
    """The kinds of record that an account may import: offers for a training body, all for whoever keeps referentials."""
    return frozenset(KEPT) if actor.has(Role.DESIGNER, Role.ADMINISTRATOR) else frozenset({OFFER.name})


def standards_of(actor: Actor) -> tuple[Standard, ...]:
    """The standards that bring something that an account may import."""
    return tuple(one for one in readers() if kinds_of(actor) & set(one.reads))


# -- asking for it --------------------------------------------------------------------------------------------------------


class Sent(NamedTuple):
    """A file that somebody sends, and what they want of it; without a format, the one that it surely has."""

    name: str
    stream: BinaryIO
    standard: str | None = None
    dry: bool = False
    strict: bool = False


def looked_at(sent: Sent, most: int, among: Iterable[Standard] | None = None) -> Request:
    """What is asked for, once it is sure that the file may be one of its format; nothing is parsed but its beginning.

    Parameters
    ----------
    most : int
        Bytes that a file may have.
    among : iterable of Standard, optional
        The formats that may be sent; without it, all that are read.

    Raises
    ------
    NotPlannable
        Its format is not known, or it is too large.
    """
    size, digest = digest_of(sent.stream)
    if size > most:
        raise NotPlannable(f"Le fichier dépasse {most // 1_000_000} Mo : importez-le avec « passerelles import ».")
    known = tuple(among or readers())
    if sent.standard is None:
        standard = standard_of(Upload(sent.name, sent.stream, size), known)
    else:
        standard = standard_named(sent.standard, known)
        if not sent.name.lower().endswith(standard.suffixes):
            raise NotPlannable(f"Un fichier « {standard.id} » se termine par {' ou '.join(standard.suffixes)}.")
    return Request(standard.id, sent.name[-300:], size, digest, sent.dry, sent.strict)


def ask_for_import(unit: UnitOfWork, actor: Actor, request: Request, stream: BinaryIO) -> tuple[ImportRun, Job]:
    """Keep a file, and ask that it be imported."""
    room: Room = unit.of(scope_of(actor, Action.IMPORTS_WRITE))
    run = room.imports.ask(request, actor.account)
    stream.seek(0)
    room.imports.keep_file(run.id, stream)
    return run, _job(unit, actor, run)


def go_on(unit: UnitOfWork, actor: Actor, run_id: str, *, strict: bool) -> tuple[ImportRun, Job]:
    """Import for good the very file of a dry run, or that of an import that was stopped.

    Raises
    ------
    Absent
        There is no such import here.
    WrongState
        It is not over, or its file waits no more.
    """
    room: Room = unit.of(scope_of(actor, Action.IMPORTS_WRITE))
    before = room.imports.get(run_id)
    request = Request(before.standard, before.file_name, before.size, before.digest, strict=strict)
    run = room.imports.ask(request, actor.account)
    room.imports.pass_on(run_id, run.id)
    return run, _job(unit, actor, run)


def _job(unit: UnitOfWork, actor: Actor, run: ImportRun) -> Job:
    jobs = unit.of(scope_of(actor, Action.JOBS_WRITE)).jobs
    job = jobs.add(FileImport.kind, {"import": run.id}, steps=[Step({"import": run.id})])
    run.job_id = job.id
    return job
