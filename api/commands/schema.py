"""``passerelles schema``: the JSON Schemas that let a text editor complete and underline while someone types."""

from __future__ import annotations

from pathlib import Path

import typer

from api.terminal.problems import WRONG, WrongRequest, near
from api.terminal.screen import answer, notice, to_json
from reports.wording import plural

HELP = """
Écrire le schéma de chaque format de fichier. Un éditeur de texte qui le connaît propose les champs, explique chacun et
souligne les fautes pendant la frappe.

Avec un format seul, le schéma s'affiche. Avec -o, les schémas s'écrivent dans un dossier. Avec --check, on vérifie seulement
que ceux du dossier sont à jour.
"""
EXAMPLES = ("schema", "schema referential", "schema -o docs/schema", "schema -o docs/schema --check")


def command(
    name: str = typer.Argument("", metavar="FORMAT", help="Un seul format ; sans cela, tous."),
    folder: Path | None = typer.Option(None, "-o", metavar="DOSSIER", help="Où écrire les schémas."),
    check: bool = typer.Option(False, "--check", help="Ne rien écrire : dire si les schémas sont à jour."),
) -> None:
    """Write the schemas."""
    texts = _chosen(name)
    if check:
        _check(folder or Path("docs/schema"), texts)
    elif folder is not None:
        _write(folder, texts)
    elif name:
        typer.echo(texts[file_name(name)], nl=False)
    else:
        for file in texts:
            answer().line(file.partition(".")[0])
        notice().line("« passerelles schema FORMAT » en montre un ; « passerelles schema -o DOSSIER » les écrit tous.")


def schema_texts() -> dict[str, str]:
    """The text of every schema, by the name of its file."""
    from api.services.formats import schemas

    return {file_name(name): to_json(value) + "\n" for name, value in sorted(schemas().items())}


def file_name(name: str) -> str:
    """The file of the schema of a format."""
    return f"{name}.schema.json"


def _chosen(name: str) -> dict[str, str]:
    texts = schema_texts()
    if not name:
        return texts
    if file_name(name) not in texts:
        known = [file.partition(".")[0] for file in texts]
        raise WrongRequest(f"« {name} » n'est pas un format : {', '.join(known)}.", near(name, known))
    return {file_name(name): texts[file_name(name)]}


def _write(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    answer().line(f"{plural(len(texts), 'schéma écrit', 'schémas écrits')} dans {folder}")


def _check(folder: Path, texts: dict[str, str]) -> None:
    stale = [file for file, text in texts.items() if _read(folder / file) != text]
    for file in stale:
        answer().line(f"{folder / file} n'est pas à jour.", "red")
    if stale:
        notice().line(f"Écrivez-les de nouveau : passerelles schema -o {folder}")
        raise typer.Exit(WRONG)
    answer().line(f"{plural(len(texts), 'schéma')} à jour dans {folder}")


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.is_file() else None
