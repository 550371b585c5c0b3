"""The command line, ``passerelles``: from the words that someone typed to a command of :mod:`api.commands`.

Data goes to standard output, messages to standard error. Exit status: 0 answered, 1 no plan exists, 2 the request or a file
is wrong.
"""

from __future__ import annotations

import io
import sys

import typer

from api.terminal.program import Program

app = typer.Typer(cls=Program, add_completion=False, context_settings={"help_option_names": ["--help", "-h"]})


@app.callback(invoke_without_command=True)
def passerelles(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Donner la version du programme."),
    debug: bool = typer.Option(False, "--debug", help="Montrer le détail technique d'une erreur."),
) -> None:
    """Answer for the program itself; a command answers for the rest."""
    if version:
        from importlib.metadata import version as installed

        print(f"passerelles {installed('passerelles')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


def main() -> None:
    """Run the program with the words of the shell."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()
