"""Documents, measured in processor time: each format of one plan, once warm, and many plans in one archive.

The plan is that of an example that ships, towards a title that ships, with made-up modules. Warm: the process has written two other plans
before, with other texts. The reference is the data of the same plan as JSON.

    python -m benchmarks.bench_documents [--small]
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from pypdf import PdfReader

from api.services.planning import read_person
from pathways.planner import plan
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from reports.bundle import bundle
from reports.document import Document
from reports.exporters import exporter, formats
from reports.paper import Block, Notice, Section, Table, Text
from reports.plan_paper import document
from reports.plan_writing import plan_document

ROOT = Path(__file__).resolve().parent.parent
ON = date(2026, 11, 21)
ROUNDS = 7
MANY, FEW = 500, 20
TARGET = "tp-mn"


def main(many: int) -> None:
    """Print the table."""
    plan = example()
    print("| what | processor time | size | reference | ratio |")
    print("|---|---:|---:|---:|---:|")
    reference = measured("json", plan)
    for name in formats():
        data = exporter(name).write(plan)
        pages = f", {pages_of(data)} pages" if name == "pdf" else ""
        row(f"one plan as {name}{pages}", measured(name, plan), len(data), reference)
    for what, last in (("… up to the signatures", "engagements"), ("… up to the funding", "financement")):
        part = up_to(last, plan)
        data = exporter("pdf").write(part)
        row(f"{what}, {pages_of(data)} pages", measured("pdf", part), len(data), reference)
    for name in ("pdf", "docx"):
        in_one_archive(name, plan, many, reference)


def example() -> Document:
    """A plan with its modules, its calendar, its drawings and its annexes."""
    library = Library.read()
    profile = read_person(ROOT / "examples" / "animatrice.yaml").profile
    question = Question(profile, TARGET, ON)
    found = plan(question, Rights(library))
    return document(plan_document(found, question, library, reference="plan-1"))


def up_to(last: str, made: Document) -> Document:
    """The plan up to a section; without its annexes, up to its signatures."""
    kept = [index for index, section in enumerate(made.paper.sections) if section.id == last]
    sections = made.paper.sections[: kept[0] + 1]
    return made.model_copy(update={"paper": made.paper.model_copy(update={"sections": sections})})


def other(made: Document, turn: int) -> Document:
    """The same plan for someone else: what was laid out before does not serve again as it is."""
    title = f"{made.paper.title} ({turn})"
    cells = made.paper.model_copy(
        update={"title": title, "sections": tuple(renamed(one, turn) for one in made.paper.sections)}
    )
    return made.model_copy(update={"paper": cells})


def renamed(section: Section, turn: int) -> Section:
    """A part with each title, paragraph and cell of its own; what is left blank to be written in stays blank."""
    blocks = tuple(retold(block, turn) for block in section.blocks)
    inside = tuple(renamed(one, turn) for one in section.sections)
    return section.model_copy(update={"title": f"{section.title} {turn}", "blocks": blocks, "sections": inside})


def retold(block: Block, turn: int) -> Block:
    if isinstance(block, Table):
        rows = tuple(
            tuple(cell.model_copy(update={"text": f"{cell.text} {turn}"}) if cell.text else cell for cell in row)
            for row in block.rows
        )
        return block.model_copy(update={"rows": rows})
    return block.model_copy(update={"text": f"{block.text} {turn}"}) if isinstance(block, Text | Notice) else block


def measured(name: str, made: Document) -> float:
    """Seconds of processor for one more plan; the median of some, after two that count for nothing."""
    write, times = exporter(name).write, []
    for turn in range(ROUNDS + 2):
        fresh = other(made, turn)
        started = time.process_time()
        write(fresh)
        times.append(time.process_time() - started)
    return statistics.median(times[2:])


def in_one_archive(name: str, made: Document, many: int, reference: float) -> None:
    """Many plans in one file; the words of progress that it gives are counted, and shown by tenths."""
    archive, first, done = io.BytesIO(), 0.0, 0
    started = time.process_time()
    for done, _name in enumerate(bundle((other(made, turn) for turn in range(many)), exporter(name), archive), start=1):
        first = first or time.process_time() - started
        if done % (many // 10) == 0:
            print(f"{done} of {many} plans as {name}", file=sys.stderr, flush=True)
    spent = time.process_time() - started
    row(
        f"{done} plans as {name} in one archive, the first told after {first:.1f} s",
        spent,
        archive.tell(),
        reference * done,
    )


def pages_of(data: bytes) -> int:
    return len(PdfReader(io.BytesIO(data)).pages)


def row(what: str, seconds: float, size: int, reference: float) -> None:
    shown = f"{1000 * seconds:,.0f} ms" if seconds < 10 else f"{seconds:,.1f} s"
    print(
        f"| {what} | {shown} | {size / 1000:,.0f} kB | {1000 * reference:,.1f} ms | {seconds / reference:,.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main(FEW if "--small" in sys.argv else MANY)
