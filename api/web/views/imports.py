"""The account of an import in words (*compte rendu d'un import*): how many of what, and line by line what became of each record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from pydantic import Field

from api.services.import_runs import told
from api.services.imports import Outcome
from api.store.tables.imported import ImportNote, ImportRun, RunState
from api.store.tables.jobs import Job, JobState
from api.web.views.said import Said
from referentials.findings import Finding
from referentials.provenance import Value
from reports.exporters.csv import SEPARATOR, inert
from reports.language import Words, say, to_say
from reports.wording import number

COUNTED = Words(
    {
        Outcome.NEW: to_say("Nouveaux"),
        Outcome.CHANGED: to_say("Changés"),
        Outcome.CONFIRMED: to_say("Relus, sans changement de fond"),
        Outcome.UNCHANGED: to_say("Inchangés"),
        Outcome.GONE: to_say("Plus dans le fichier ; ils restent ici"),
        Outcome.REFUSED: to_say("Refusés"),
        Outcome.PROBLEM: to_say("Erreurs"),
        Outcome.REMARK: to_say("Remarques"),
    }
)

TOLD = (Outcome.PROBLEM, Outcome.REMARK, Outcome.CHANGED, Outcome.GONE, Outcome.NEW)
"""The outcomes that have lines, those that ask for something first."""

STATES = Words(
    {
        "waiting": to_say("en attente"),
        "running": to_say("en cours"),
        "stopping": to_say("arrêt demandé"),
        "done": to_say("fini"),
        "refused": to_say("refusé en entier"),
        "stopped": to_say("arrêté"),
    }
)


class Count(Value):
    """How many of something."""

    key: str = Field(description="Ce que c'est, par son nom.")
    label: Said = Field(description="Ce que c'est, en mots.")
    count: str = Field(description="Combien.")


class Line(Value):
    """One line of the account."""

    where: str = Field(description="De quoi il s'agit ; pour un constat, l'endroit du fichier.")
    href: str = Field(description="Sa fiche ; vide : il n'y en a pas.")
    title: Said = Field(description="L'intitulé ; vide : c'est un constat.")
    said: tuple[Said, ...] = Field(description="Ce qui a changé, ou ce qui ne va pas.")
    remedy: Said = Field(description="Ce qu'il faut faire ; vide : rien.")


def standing(run: ImportRun, state: RunState, job: Job | None) -> str:
    """Where an import stands, by its name in ``STATES``."""
    if state is not RunState.RUNNING or job is None:
        return state.value
    if job.cancel_asked:
        return "stopping"
    return "waiting" if job.state == JobState.WAITING else "running"


def counts(run: ImportRun) -> tuple[Count, ...]:
    """How many of what, those that are none left out."""
    found = told(run.counts)
    return tuple(
        Count(key=one.value, label=COUNTED[one], count=number(found[one.value])) for one in Outcome if found[one.value]
    )


def line(note: ImportNote, *, kept: bool) -> Line:
    """A line; when the document is in the library, it leads there."""
    if note.outcome in (Outcome.PROBLEM, Outcome.REMARK):
        found = Finding.model_validate(note.document)
        return Line(where=note.ref, href="", title="", said=(found.message,), remedy=found.remedy)
    href = f"/referentiels/{quote(note.ref, safe='@')}" if kept and "@" in note.ref else ""
    return Line(where=note.ref, href=href, title=note.title, said=tuple(note.document or ()), remedy="")


def as_table(notes: Iterable[ImportNote]) -> bytes:
    """The whole account, as French spreadsheets open it; no cell of it is a formula."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=SEPARATOR, lineterminator="\r\n")
    rows.writerow((say("Sorte"), say("Endroit ou référence"), say("Intitulé"), say("Constat"), say("Remède")))
    words: Mapping[str, str] = {one.value: COUNTED[one] for one in Outcome}
    for note in notes:
        one = line(note, kept=False)
        rows.writerow(map(inert, (words[note.outcome], one.where, one.title, " ; ".join(one.said), one.remedy)))
    return written.getvalue().encode("utf-8-sig")
