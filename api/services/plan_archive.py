"""The plans of several people in one archive (*documents de plusieurs personnes*): one document each, written while it is sent.

What can't be written is said in a file of the archive, and keeps nothing else out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from api.services.asking import kept_request
from api.services.documents import written
from api.services.people import name_of
from api.services.planning import NotPlannable
from api.services.plans import pathway_of, plan_paper
from api.store.conflict import Absent
from api.store.scope import Scope
from api.store.unit_of_work import Store
from pathways.holdings import ProfileProblem
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from reports.bundle import safe_name
from reports.language import Language, say, speaking
from reports.particulars import Particulars, Party

MOST = 200
"""Documents of one archive."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_NOT_WRITTEN = (Absent, NotPlannable, UnknownReference, NotInForce, FileProblem, ProfileProblem, ValueError)


class Shelf(NamedTuple):
    """Where plans are, and how they are written."""

    store: Store
    scope: Scope
    library: Library
    format_name: str
    language: Language


def archived(shelf: Shelf, plans: Iterable[str]) -> Iterator[bytes]:
    """The bytes of an archive with the document of each plan."""
    return _zipped(_documents(shelf, plans))


def _documents(shelf: Shelf, plans: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    left_out: list[str] = []
    for number, plan_id in enumerate(plans, 1):
        try:
            name, content, suffix = _document(shelf, plan_id)
        except _NOT_WRITTEN as problem:
            left_out.append(f"{number} ({plan_id}) : {problem}")
            continue
        yield f"{number:03} {safe_name(name)}{suffix}", content
    if left_out:
        with speaking(shelf.language):
            head = say("Ces plans n'ont pas pu être écrits :")
        yield "A LIRE.txt", "\n".join([head, *left_out, ""]).encode("utf-8")


def _document(shelf: Shelf, plan_id: str) -> tuple[str, bytes, str]:
    """The name of the person, the document, and how its name ends."""
    with shelf.store.read() as unit:
        room = unit.of(shelf.scope)
        plan = room.plans.get(plan_id)
        name = name_of(room.people.identity(plan.person_id)) or ""
        pathway, request, revision = pathway_of(plan), kept_request(plan.question), plan.revision
    paper = plan_paper(
        pathway,
        request,
        shelf.library,
        reference=plan_id,
        revision=revision,
        particulars=Particulars(person=Party(name=name)),
        language=shelf.language,
    )
    file = written(paper, shelf.format_name, shelf.language)
    return name or plan_id, file.content, "." + file.name.rpartition(".")[2]


class _Sink:
    """Where an archive is written; what was written is taken away at once."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, some: bytes) -> int:
        self._written.append(bytes(some))
        return len(some)

    def flush(self) -> None:
        """Nothing to do: whoever reads takes what is there."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        some, self._written = b"".join(self._written), []
        return some


def _zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    sink = _Sink()
    with ZipFile(cast(IO[bytes], sink), "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(ZipInfo(name, _EARLIEST), content, ZIP_DEFLATED)
            yield sink.taken()
    yield sink.taken()
