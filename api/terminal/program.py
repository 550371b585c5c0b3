"""The program and its commands (*programme*): a command's file is opened only when that command is called.

Options and arguments are read by Typer; help, mistakes and the way to end are ours, in French.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from api.commands import COMMANDS, FAMILIES
from api.terminal import help_page, problems
from api.terminal.problems import WrongRequest
from api.terminal.screen import notice, page

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
        if all(entry.name != cmd_name for entry in COMMANDS):
            return None
        module = importlib.import_module(f"api.commands.{cmd_name}")
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
        sys.exit(self._run([word for word in given if word != "--debug"], debug))

    def _run(self, args: list[str], debug: bool) -> int:
        try:
            with self.make_context(NAME, args) as context:
                self.invoke(context)
            sys.stdout.flush()
        except typer.Exit as end:
            return end.exit_code
        except BrokenPipeError:
            return _reader_gone()
        except (KeyboardInterrupt, typer.Abort):
            notice().line("Interrompu.")
            return problems.INTERRUPTED
        except Exception as problem:
            return _failed(problem, debug)
        return problems.ANSWERED


def _unknown(name: str) -> WrongRequest:
    if name.startswith("-"):
        return WrongRequest(
            f"L'option « {name} » n'existe pas.", problems.near(name, ("--help", "--version", "--debug"))
        )
    words = {word: entry.name for entry in COMMANDS for word in (entry.name, *entry.words)}
    found = list(dict.fromkeys(words[word] for word in problems.near(name, words)))
    return WrongRequest(f"La commande « {name} » n'existe pas.", found)


def _failed(problem: Exception, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exception(problem)
    problems.report(problem, notice())
    return problems.WRONG


def _reader_gone() -> int:
    """Whoever read our output has stopped: nothing more to say, and nothing to complain about at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return problems.ANSWERED
