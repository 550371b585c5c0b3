"""Where an answer goes and in which shape (*sortie*), asked alike by the commands that compute."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from api.terminal.problems import WrongRequest, beside, near
from api.terminal.screen import Page, Screen, answer, notice, page

WIDTH = 80
"""Columns of a table written to a file."""


def format_named(named: str, json: bool, output: Path | None, known: Sequence[str]) -> str:
    """The format asked for: by its name, by ``--json``, or by the ending of the file; else the first one known."""
    ending = output.suffix.lower().lstrip(".") if output else ""
    wanted = named or ("json" if json else "") or {"txt": known[0]}.get(ending, ending) or known[0]
    if wanted not in known:
        raise WrongRequest(f"Le format « {wanted} » n'existe pas. Formats : {', '.join(known)}.", near(wanted, known))
    if json and named not in ("", "json"):
        raise WrongRequest(f"--json et --format {named} se contredisent : gardez l'un des deux.")
    return wanted


def drawn(show: Callable[[Screen], None], output: Path | None) -> str:
    """What a page shows, as wide as where it goes."""
    screen = page() if output is None else Page(io.StringIO(), width=WIDTH)
    show(screen)
    return screen.text() + "\n"


def deliver(text: str, output: Path | None) -> None:
    """Give an answer: on standard output, or in a file."""
    if output is None:
        answer().stream.write(text)
        sys.stdout.flush()
    else:
        output.write_text(text, "utf-8")
        notice().line(f"Écrit dans {beside(output)}.")
