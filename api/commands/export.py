"""``passerelles export``: referentials of the library in the format of an outside standard."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from api.commands.library_options import opened
from api.services.planning import NotPlannable
from api.terminal.problems import WrongRequest, tell
from api.terminal.screen import answer, notice

HELP = """
Écrire des référentiels ou des offres de la bibliothèque dans un format que d'autres logiciels lisent : CASE, Moodle, LHEO…
Ce que ce format ne sait pas dire est annoncé, une ligne par sorte de perte. --list donne les formats qui s'écrivent.

Sans -o, le fichier va sur la sortie standard.
"""
EXAMPLES = ("export --list", "export case tp-mn@2025 -o tp-mn.json", "export moodle pix digcomp -o cadres.zip")


def command(
    words: list[str] = typer.Argument(None, metavar="FORMAT RÉFÉRENCE…", help="Le format, puis ce qu'il faut écrire."),
    output: Path | None = typer.Option(None, "--output", "-o", metavar="FICHIER", help="Le fichier à écrire."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Des dossiers ou des fichiers en plus."),
    listed: bool = typer.Option(False, "--list", help="Donner les formats qui s'écrivent."),
    json: bool = typer.Option(False, "--json", help="Dire en JSON ce qui n'a pas pu être écrit ; demande -o."),
) -> None:
    """Write a file of an outside standard."""
    from api.services.import_formats import standard_named, writers

    if listed:
        for one in writers():
            answer().row((one.id, ", ".join(one.suffixes), one.title), (12, 14, 60))
        return
    if len(words or []) < 2:
        raise WrongRequest("Il faut le format puis une référence, comme « passerelles export case tp-mn@2025 ».")
    if json and output is None:
        raise WrongRequest("--json demande -o FICHIER : la sortie standard ne peut pas porter les deux.")
    try:
        standard = standard_named(words[0], writers())
    except NotPlannable as problem:
        raise WrongRequest(str(problem), problem.near) from None
    assert standard.write is not None
    written = standard.write(opened(library), words[1:])
    if output is None:
        sys.stdout.buffer.write(written.content)
    else:
        output.write_bytes(written.content)
    for finding in written.left_out:
        tell(finding, notice())
    if json:
        left_out = [finding.model_dump(mode="json") for finding in written.left_out]
        answer().json({"file": str(output), "bytes": len(written.content), "left_out": left_out})
