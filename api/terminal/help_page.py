"""The help of a command, in French (*aide*): what it does, its arguments and options, examples to copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from api.terminal.screen import Screen

HELP_TEXT = "Afficher cette aide."


def show_command(screen: Screen, path: str, params: Sequence[Any], text: str, examples: Iterable[str]) -> None:
    """The page of one command.

    Parameters
    ----------
    path : str
        How the command is called: ``passerelles list``.
    params : sequence of parameters
        The arguments and options, in the order of the page.
    text : str
        What the command does; paragraphs are separated by a blank line.
    examples : iterable of str
        Commands to copy, without the leading ``passerelles``.
    """
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option" and not param.hidden]
    called = " ".join(metavar if param.required else f"[{metavar}]" for param, metavar in _metavars(arguments))
    screen.line(f"Usage : {path} {called} [OPTIONS]".replace("  ", " "), "bold", hang=8)
    for paragraph in text.strip().split("\n\n"):
        screen.line()
        screen.line(paragraph)
    _table(screen, "Arguments", [(metavar, param.help) for param, metavar in _metavars(arguments)])
    _table(screen, "Options", [(_option(param), _help(param)) for param in options])
    examples = list(examples)
    if examples:
        screen.title("Exemples")
        for example in examples:
            screen.line(f"passerelles {example}", indent=2, hang=4)


def show_program(
    screen: Screen, families: Iterable[tuple[str, Sequence[tuple[str, str]]]], params: Sequence[Any]
) -> None:
    """The page of the whole program: its commands by family."""
    screen.line("Passerelles : de ce que l'on a déjà à la certification visée", "bold")
    screen.line()
    screen.line("Usage : passerelles COMMANDE [OPTIONS]")
    tables = [*families, ("Options", [(_option(param), _help(param)) for param in params if not param.hidden])]
    column = max(len(name) for _title, rows in tables for name, _text in rows) + 2
    for title, rows in tables:
        _table(screen, title, rows, column)
    screen.line()
    screen.line("L'aide d'une commande : passerelles COMMANDE --help")


def _metavars(arguments: Iterable[Any]) -> list[tuple[Any, str]]:
    return [(param, param.metavar or param.name.upper()) for param in arguments]


def _option(param: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {param.metavar or param.name.upper()}"


def _help(param: Any) -> str:
    return HELP_TEXT if "--help" in param.opts else param.help or ""


def _table(screen: Screen, title: str, rows: Sequence[tuple[str, str]], column: int = 0) -> None:
    if not rows:
        return
    screen.title(title)
    column = column or min(22, max(len(name) for name, _text in rows)) + 2
    for name, text in rows:
        if len(name) < column:
            screen.field(name, text, column=column, indent=2)
        else:
            screen.line(name, indent=2)
            screen.line(text, indent=2 + column)
