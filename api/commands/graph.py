"""``passerelles graph``: the whole graph of the library, for tools that draw or count graphs."""

from __future__ import annotations

from pathlib import Path

import typer

from api.commands.library_options import day, opened
from api.commands.output_options import deliver, format_named

HELP = """
Écrire le graphe de la bibliothèque : référentiels, blocs, compétences, modules, sessions, passerelles, et ce qui les relie.
GraphML s'ouvre dans yEd, Gephi ou NetworkX ; JSON donne les nœuds et les liens.
"""
EXAMPLES = ("graph -o passerelles.graphml", "graph --format json --on 2014-06-01 -o graphe.json")
FORMATS = ("graphml", "json")


def command(
    on: str = typer.Option("", "--on", metavar="DATE", help="Seulement ce qui vaut ce jour-là ; sans cela, tout."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    format: str = typer.Option("", "--format", metavar="FORMAT", help="graphml ou json ; sans cela, graphml."),
    json: bool = typer.Option(False, "--json", help="Écrire en JSON."),
    output: Path | None = typer.Option(None, "-o", "--output", metavar="FICHIER", help="Écrire dans un fichier."),
) -> None:
    """Write the graph."""
    from pathways.graph import build, to_json
    from pathways.graphml import to_graphml

    shape = format_named(format, json, output, FORMATS)
    graph = build(opened(library), day(on) if on else None)
    deliver(to_json(graph) if shape == "json" else to_graphml(graph).decode(), output)
