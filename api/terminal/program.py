"""The program and its commands (*programme*): a command's file is opened only when that command is called.

Options and arguments are read by Typer; help, mistakes and the way to end are ours, in French.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NoReturn

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from api.commands import COMMANDS, FAMILIES
from api.terminal import help_page, problems
from api.terminal.problems import WrongRequest
from api.terminal.screen import answer, notice, page

NAME = "passerelles"


class Command(TyperCommand):
    """One command: its help page and its mistakes in French."""

    text = ""
    examples: Sequence[str] = ()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise WrongRequest(f"« {' '.join(rest)} » est de trop : la commande {self.name} n'attend rien de plus.")
        return rest

    def get_help(self, ctx: Any) -> str:
        screen = page()
        help_page.show_command(screen, ctx.command_path, self.get_params(ctx), self.text, self.examples)
        return screen.text()


class Program(TyperGroup):
    """Every command by its name; how a run ends, whatever happens."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [entry.name for entry in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, from its own file."""
        entry = next((entry for entry in COMMANDS if entry.name == cmd_name), None)
        if entry is None:
            return None
        module = importlib.import_module(entry.module)
        alone = typer.Typer(add_completion=False)
        alone.command(cmd_name, cls=Command)(module.command)
        command = typer.main.get_command(alone)
        command.text, command.examples = module.HELP, module.EXAMPLES  # type: ignore[attr-defined]
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            raise _unknown(name)
        return name, command, args[1:]

    def get_help(self, ctx: Any) -> str:
        families = [
            (family, [(entry.name, entry.summary) for entry in COMMANDS if entry.family == family])
            for family in FAMILIES
        ]
        screen = page()
        help_page.show_program(screen, families, self.get_params(ctx))
        return screen.text()

    def main(self, args: Sequence[str] | None = None, *_settings: Any, **_extra: Any) -> NoReturn:
        """Run, and end with a status: 0 answered, 1 no plan exists, 2 the request or a file is wrong."""
        given = list(sys.argv[1:] if args is None else args)
        debug = "--debug" in given
        args = [word for word in given if word != "--debug"]
        status, problem = self._run(args)
        if problem is not None:
            _tell(problem, debug=debug, json=_for_a_program(args))
        sys.exit(status)

    def _run(self, args: list[str]) -> tuple[int, BaseException | None]:
        """The status to end with, and what went wrong if anything did."""
        try:
            with self.make_context(NAME, args) as context:
                self.invoke(context)
            sys.stdout.flush()
        except typer.Exit as end:
            return end.exit_code, None
        except BrokenPipeError:
            return _reader_gone(), None
        except (KeyboardInterrupt, typer.Abort):
            return problems.INTERRUPTED, KeyboardInterrupt()
        except Exception as problem:
            return problems.WRONG, problem
        return problems.ANSWERED, None


def _unknown(name: str) -> WrongRequest:
    if name.startswith("-"):
        return WrongRequest(
            f"L'option « {name} » n'existe pas.", problems.near(name, ("--help", "--version", "--debug"))
        )
    words = {word: entry.name for entry in COMMANDS for word in (entry.name, *entry.words)}
    found = list(dict.fromkeys(words[word] for word in problems.near(name, words)))
    return WrongRequest(f"La commande « {name} » n'existe pas.", found)


def _for_a_program(args: Sequence[str]) -> bool:
    """Whether the answer was asked for in JSON: then what went wrong is given in JSON too."""
    return "--json" in args or "--format=json" in args or ("--format", "json") in pairwise(args)


def _tell(problem: BaseException, *, debug: bool, json: bool) -> None:
    """Say what went wrong: to people on standard error, and to a program that expects an answer on standard output."""
    if debug:
        import traceback

        traceback.print_exception(problem)
    problems.report(problem, notice())
    if json:
        answer().json(problems.plain(problem))


def _reader_gone() -> int:
    """Whoever read our output has stopped: nothing more to say, and nothing to complain about at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return problems.ANSWERED
