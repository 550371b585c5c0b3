"""The document of a plan, asked from the command line: what people add to it, and what it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from api.terminal.problems import WrongRequest, near

if TYPE_CHECKING:
    from api.commands.output_options import Output
    from pathways.pathway import Pathway
    from pathways.question import Question
    from referentials.library import Library
    from reports.document import Document
    from reports.language import Language
    from reports.mentions import DocumentKind
    from reports.particulars import Particulars
    from reports.plan_document import PlanDocument


class Added(NamedTuple):
    """What was asked of the document beside its format."""

    particulars: Particulars | None
    kind: DocumentKind | None


def read(particulars: Path | None, kind: str) -> Added:
    """The particulars of a file, and the kind of document to check.

    Raises
    ------
    WrongRequest
        There is no such file, or no such kind.
    FileProblem
        The file doesn't hold particulars.
    """
    return Added(_particulars(particulars) if particulars else None, _kind(kind) if kind else None)


def need_a_document(wanted: Output, added: Added) -> None:
    """Refuse particulars that would be read for nothing: a plan on the screen or in JSON is the answer, without them.

    Raises
    ------
    WrongRequest
        Neither a document nor a check is asked for.
    """
    from api.commands.output_options import JSON, TABLE

    if added.particulars and added.kind is None and wanted.format in (TABLE, JSON):
        raise WrongRequest(
            "--particulars complète un document : donnez à -o un nom en .pdf, .docx, .html ou .xlsx, "
            "ou demandez --check-document."
        )


def _particulars(path: Path) -> Particulars:
    from api.commands.library_options import existing
    from referentials.loader import load_file
    from reports.particulars import PARTICULARS

    existing([path])
    found: Particulars = load_file(path, PARTICULARS).items[0]
    return found


def _kind(text: str) -> DocumentKind:
    from reports.mentions import DocumentKind

    known = [one.value for one in DocumentKind]
    if text not in known:
        raise WrongRequest(
            f"« {text} » n'est pas une nature de document. Natures : {', '.join(known)}.", near(text, known)
        )
    return DocumentKind(text)


def document(found: Pathway, question: Question, library: Library, language: Language, added: Added) -> Document:
    """The plan as a document."""
    from reports.plan_paper import document as paper

    return paper(_written(found, question, library, language, added))


def _written(found: Pathway, question: Question, library: Library, language: Language, added: Added) -> PlanDocument:
    from reports.plan_writing import plan_document

    reference = f"{question.profile.id}--{found.target.replace('/', '-')}"
    return plan_document(found, question, library, added.particulars, reference=reference, language=language)


def check(found: Pathway, question: Question, library: Library, wanted: Output, added: Added) -> None:
    """Tell what a document of this kind holds and lacks, and who asks for it."""
    from api.commands.output_options import JSON, TABLE, as_json, deliver, drawn
    from api.terminal.completeness_page import show_completeness
    from reports.completeness import completeness

    assert added.kind is not None
    if wanted.format not in (TABLE, JSON):
        raise WrongRequest(
            "--check-document répond en texte ou en JSON : retirez --format, ou donnez à -o un nom en .txt ou .json."
        )
    told = completeness(_written(found, question, library, wanted.language, added), added.kind, library)
    text = (
        as_json(told) if wanted.format == JSON else drawn(lambda screen: show_completeness(screen, told), wanted.file)
    )
    deliver(text, wanted.file)
