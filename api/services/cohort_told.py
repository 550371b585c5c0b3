"""A cohort as a document (*point sur une cohorte*): its steps → lines with names, sums and the titles of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from api.store.tables.jobs import Job, JobStep, StepState
from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.model import Block
from reports.cohort_document import CohortLine, cohort_document
from reports.cohort_rows import Row, Sums, summed
from reports.document import Document
from reports.language import say


def cohort_lines(steps: Iterable[JobStep], names: Mapping[str, str]) -> tuple[CohortLine, ...]:
    """What came of each person whom whoever asks may see.

    Parameters
    ----------
    names : mapping
        The names of people, by their files; who came with the request goes by the identifier of the profile.
    """
    return tuple(_line(step, names) for step in steps)


def row_of(step: JobStep) -> Row | None:
    """The figures of a person; None as long as there are none."""
    return Row.model_validate(step.result) if step.state == StepState.DONE and step.result else None


def _line(step: JobStep, names: Mapping[str, str]) -> CohortLine:
    if step.person_id is None:
        name = str((step.arguments or {}).get("profile", {}).get("id", "")) or say("Profil")
    else:
        name = names.get(step.person_id) or say("Dossier sans nom")
    row = row_of(step)
    return CohortLine(name=name, row=row, problem=_problem(step) if row is None else "")


def _problem(step: JobStep) -> str:
    return step.error or say("pas encore calculé") if step.state == StepState.FAILED else say("pas encore calculé")


def told(job: Job, steps: Iterable[JobStep], names: Mapping[str, str], target: str, library: Library) -> Document:
    """A cohort, in the language that is spoken."""
    lines = cohort_lines(steps, names)
    demand: dict[str, Any] = job.arguments["demand"]
    titles = titles_of(summed([line.row for line in lines if line.row is not None]), library)
    on = date.fromisoformat(demand["on"])
    return cohort_document(lines, target, on, titles, illustrative=bool(demand.get("illustrative")))


def titles_of(sums: Sums, library: Library) -> dict[str, str]:
    """The titles of the blocks that somebody lacks; empty where the library has none."""
    return {one.ref: _title(one.ref, library) for one in sums.by_block}


def _title(ref: str, library: Library) -> str:
    try:
        found = library.find(ref)
    except (UnknownReference, FileProblem, ValueError):
        return ""
    return (found.title or "") if isinstance(found, Block) else ""
