"""``passerelles export``: referentials of the library in the format of an outside standard."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import DATABASE, existing, opened
from api.services.planning import NotPlannable
from api.terminal.problems import WrongRequest, tell
from api.terminal.screen import answer, notice

if TYPE_CHECKING:
    from referentials.formats.exchange import Standard, Written

HELP = """
Écrire des référentiels ou des offres de la bibliothèque dans un format que d'autres logiciels lisent : CASE, Moodle, LHEO…
Ce que ce format ne sait pas dire est annoncé, une ligne par sorte de perte. --list donne les formats qui s'écrivent.

« export yaml » seul écrit tout : ce que tient --library, sinon la bibliothèque entière.

Sans -o, le fichier va sur la sortie standard. --template donne un classeur vide à remplir, puis à importer : offre, referentiel,
passerelles ou personnes.
"""
WHOLE = "yaml"
"""The format that may be asked for without any reference."""
EXAMPLES = (
    "export --list",
    "export case tp-mn@2025 -o tp-mn.json",
    "export yaml --library mes-referentiels -o tout.zip",
    "export moodle pix digcomp -o cadres.zip",
    "export workbook --template offre -o modele.xlsx",
)


def command(
    words: list[str] = typer.Argument(None, metavar="FORMAT RÉFÉRENCE…", help="Le format, puis ce qu'il faut écrire."),
    output: Path | None = typer.Option(None, "--output", "-o", metavar="FICHIER", help="Le fichier à écrire."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Des dossiers ou des fichiers en plus."),
    database: bool = DATABASE,
    template: str = typer.Option("", "--template", metavar="MODÈLE", help="Un fichier vide à remplir, de cette sorte."),
    listed: bool = typer.Option(False, "--list", help="Donner les formats qui s'écrivent."),
    json: bool = typer.Option(False, "--json", help="Dire en JSON ce qui n'a pas pu être écrit ; demande -o."),
) -> None:
    """Write a file of an outside standard."""
    from api.services.import_formats import writers

    if listed:
        for one in writers():
            answer().row((one.id, ", ".join(one.suffixes), one.title), (12, 14, 60))
        return
    if not words or (len(words) == 1 and not template and words[0] != WHOLE):
        raise WrongRequest("Il faut le format puis une référence, comme « passerelles export case tp-mn@2025 ».")
    if json and output is None:
        raise WrongRequest("--json demande -o FICHIER : la sortie standard ne peut pas porter les deux.")
    if template and len(words) > 1:
        raise WrongRequest("--template donne un fichier vide : il ne se combine pas avec des références.")
    standard = _standard(words[0])
    written = _template(standard, template) if template else _write(standard, library, database, words[1:])
    if output is None:
        sys.stdout.buffer.write(written.content)
    else:
        output.write_bytes(written.content)
    for finding in written.left_out:
        tell(finding, notice())
    if json:
        left_out = [finding.model_dump(mode="json") for finding in written.left_out]
        answer().json({"file": str(output), "bytes": len(written.content), "left_out": left_out})


def _standard(name: str) -> Standard:
    from api.services.import_formats import standard_named, writers

    try:
        return standard_named(name, writers())
    except NotPlannable as problem:
        raise WrongRequest(str(problem), problem.near) from None


def _write(standard: Standard, places: list[Path], database: bool, refs: list[str]) -> Written:
    """What is named; nothing named: all that the given folders hold, or the whole library when there is none."""
    from referentials.library import Library

    assert standard.write is not None
    alone = places and not refs and not database
    library = Library.read(*existing(places), shipped=False) if alone else opened(places, database)
    if not (refs or len(library) or library.offers or library.recognitions):
        raise WrongRequest(
            "Il n'y a rien à écrire : --library attend un fichier, ou un dossier rangé comme les nôtres."
        )
    return standard.write(library, refs)


def _template(standard: Standard, name: str) -> Written:
    from api.services.import_formats import template_of

    try:
        return template_of(standard, name)
    except NotPlannable as problem:
        raise WrongRequest(str(problem), problem.near) from None
