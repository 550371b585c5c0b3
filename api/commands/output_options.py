"""Where an answer goes and in which shape (*sortie*), asked alike by the commands that compute.

Text goes to the screen or to a file; a document takes any format of :mod:`reports.exporters`, which are listed and loaded by
their names, so that a new one is offered without a word here.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from api.terminal.problems import WrongRequest, beside, near
from api.terminal.screen import Page, Screen, answer, notice, page, to_json
from reports.exporters import exporter, formats
from reports.language import Language, speaking

if TYPE_CHECKING:
    from pydantic import BaseModel

    from reports.document import Document

WIDTH = 80
"""Columns of a table written to a file."""

TABLE, JSON = "table", "json"
"""The text for a screen, and the answer itself for a program."""

FORMATS = tuple(dict.fromkeys((TABLE, JSON, *formats())))
"""What an answer that has a document can become."""

FORMAT = typer.Option(
    "",
    "--format",
    metavar="FORMAT",
    help=f"{', '.join(FORMATS)} ; sans cela, d'après la fin du nom du fichier, ou {TABLE}.",
)
LANGUAGE = typer.Option("", "--lang", metavar="LANGUE", help="Langue du document : fr ou en ; sans cela, fr.")
AS_JSON = typer.Option(False, "--json", help="Répondre en JSON, pour un programme.")
OUTPUT = typer.Option(None, "-o", "--output", metavar="FICHIER", help="Écrire dans un fichier.")


class Output(NamedTuple):
    """What was asked of an answer: its format, its file if it goes to one, and the language of its document."""

    format: str
    file: Path | None
    language: Language


# -- what was asked -------------------------------------------------------------------------------------------------------


def output_asked(named: str, json: bool, file: Path | None, language: str = "") -> Output:
    """The output that someone asked for, refused before anything is computed.

    Raises
    ------
    WrongRequest
        No such format or language, options that contradict each other, or a file of bytes bound for a screen.
    """
    shape = format_named(named, json, file, FORMATS)
    if language and shape in (TABLE, JSON):
        raise WrongRequest(f"--lang choisit la langue d'un document : il n'a pas de sens pour le format {shape}.")
    asked = Output(shape, file, _language(language))
    if file is None and sys.stdout.isatty() and _is_bytes(shape):
        raise WrongRequest(f"Le format {shape} ne s'affiche pas à l'écran : ajoutez -o et un nom de fichier.")
    return asked


def format_named(named: str, json: bool, output: Path | None, known: Sequence[str]) -> str:
    """The format asked for: by its name, by ``--json``, or by the ending of the file; else the first one known."""
    ending = output.suffix.lower().lstrip(".") if output else ""
    wanted = named or (JSON if json else "") or {"txt": known[0]}.get(ending, ending) or known[0]
    if wanted not in known:
        raise WrongRequest(f"Le format « {wanted} » n'existe pas. Formats : {', '.join(known)}.", near(wanted, known))
    if json and named not in ("", JSON):
        raise WrongRequest(f"--json et --format {named} se contredisent : gardez l'un des deux.")
    return wanted


def _language(text: str) -> Language:
    known = [one.value for one in Language]
    if text and text not in known:
        raise WrongRequest(f"La langue « {text} » n'est pas proposée. Langues : {', '.join(known)}.")
    return Language(text or Language.FRENCH)


def _is_bytes(shape: str) -> bool:
    """Whether a format is no text."""
    return shape not in (TABLE, JSON) and not exporter(shape).media_type.startswith("text/")


# -- the answer -----------------------------------------------------------------------------------------------------------


def give(output: Output, value: BaseModel, show: Callable[[Screen], None], document: Callable[[], Document]) -> None:
    """Give an answer as it was asked for.

    Parameters
    ----------
    value : BaseModel
        The answer itself, for a program.
    show : callable
        Writes its page on a screen.
    document : callable
        Makes its document, in the language that is spoken when it is called.
    """
    if output.format == TABLE:
        deliver(drawn(show, output.file), output.file)
    elif output.format == JSON:
        deliver(as_json(value), output.file)
    else:
        deliver(exported(output, document), output.file)


def exported(output: Output, document: Callable[[], Document]) -> bytes:
    """The bytes of a document in a format.

    Raises
    ------
    WrongRequest
        The document has nothing to say in that format.
    """
    chosen = exporter(output.format)
    with speaking(output.language):
        made = document()
        if not chosen.holds(made):
            raise WrongRequest(f"Ce document n'a rien à mettre au format {output.format}.")
        return chosen.write(made)


def as_json(value: Any) -> str:
    """An answer for a program."""
    return to_json(value.model_dump(mode="json")) + "\n"


def drawn(show: Callable[[Screen], None], output: Path | None) -> str:
    """What a page shows, as wide as where it goes."""
    screen = page() if output is None else Page(io.StringIO(), width=WIDTH)
    show(screen)
    return screen.text() + "\n"


def deliver(content: str | bytes, output: Path | None) -> None:
    """Give what was made: on standard output, or in a file."""
    if output is not None:
        output.write_bytes(content.encode() if isinstance(content, str) else content)
        notice().line(f"Écrit dans {beside(output)}.")
    elif isinstance(content, str):
        answer().stream.write(content)
        sys.stdout.flush()
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
