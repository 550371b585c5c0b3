"""Where the text of a command goes (*affichage*): cleaned, wrapped to the terminal, styled only when someone looks.

Data comes from files that anyone may have written, so every character passes :func:`inert` on its way out: a control
character or an escape sequence is shown, never obeyed. Nothing here reads markup: ``[bold]`` stays ``[bold]``.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from reports.wording import typeset

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_HOSTILE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}

MIN_WIDTH, MAX_WIDTH = 40, 120
"""Text is never wrapped narrower, nor wider: longer lines are hard to read."""


def inert(text: str) -> str:
    r"""The text on one line, with every character that could command a terminal written out.

    Examples
    --------
    >>> inert("a\x1b[31mb\n  c [bold]d")
    'a\\x1b[31mb c [bold]d'
    >>> inert("\u202eabc")
    '\\u202eabc'
    """
    return _HOSTILE.sub(_written_out, _BLANKS.sub(" ", text).strip(" "))


def _written_out(found: re.Match[str]) -> str:
    point = ord(found.group())
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"


def to_json(value: Any) -> str:
    """JSON that is safe to print: accents stay, control and direction characters are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return "\n".join(_HOSTILE.sub(lambda found: f"\\u{ord(found.group()):04x}", line) for line in text.split("\n"))


class Screen:
    """A stream, the width to wrap at (``None``: lines stay whole, as in a pipe), and whether styles show.

    Examples
    --------
    >>> screen = Screen(sys.stdout, width=40)
    >>> screen.line("Une phrase assez longue pour ne pas tenir sur une ligne.", indent=2)
      Une phrase assez longue pour ne pas
      tenir sur une ligne.
    """

    def __init__(self, stream: TextIO, *, width: int | None = None, styled: bool = False) -> None:
        self.stream, self.width, self.styled = stream, width, styled

    @classmethod
    def of(cls, stream: TextIO) -> Screen:
        """The screen of a stream: wrapped and styled when it is a terminal."""
        if not stream.isatty():
            return cls(stream)
        width = max(MIN_WIDTH, shutil.get_terminal_size((80, 24)).columns)
        return cls(stream, width=width, styled=not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")

    def line(self, text: str = "", *styles: str, indent: int = 0, hang: int = 0, lead: str = "") -> None:
        """One paragraph: ``indent`` spaces before it, ``hang`` more before each line after the first.

        ``lead`` stands before the text and keeps its spaces, for columns.
        """
        for row in self._rows(inert(text), " " * indent + lead, " " * (indent + hang)):
            self._write(row, styles)

    def _rows(self, text: str, first: str, following: str) -> Sequence[str]:
        if self.width is None or not text:
            return [(first + text).rstrip()]
        return textwrap.wrap(
            typeset(text),
            min(self.width, MAX_WIDTH),
            initial_indent=first,
            subsequent_indent=following,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _write(self, row: str, styles: Iterable[str] = ()) -> None:
        codes = ";".join(_STYLES[style] for style in styles)
        blank = len(row) - len(row.lstrip(" "))
        shown = f"{row[:blank]}\x1b[{codes}m{row[blank:]}\x1b[0m" if codes and self.styled and row.strip() else row
        self.stream.write(shown + "\n")

    def title(self, text: str) -> None:
        """A heading, with a blank line before it."""
        self.line()
        self.line(text, "bold")

    def field(self, name: str, text: str, *, column: int = 16, indent: int = 0) -> None:
        """A name and its value, the values aligned; nothing when there is no value."""
        if text:
            self.line(text, indent=indent, hang=column, lead=f"{inert(name):<{column}}")

    def item(self, text: str, *styles: str, indent: int = 2) -> None:
        """One line of a list."""
        self.line(text, *styles, indent=indent, hang=2, lead="- ")

    def row(self, cells: Sequence[str], widths: Sequence[int], *styles: str) -> None:
        """One row of a table: each cell on its width, cut with « … » when longer; the last one has no padding."""
        shown = [_cut(inert(cell), width) for cell, width in zip(cells, widths, strict=True)]
        padded = [f"{cell:<{width}}" for cell, width in zip(shown, widths, strict=True)]
        self._write("  ".join(padded).rstrip(), styles)

    def json(self, value: Any) -> None:
        """A value for a program."""
        self.stream.write(to_json(value) + "\n")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


class Page(Screen):
    """A screen that keeps its text, to be shown later where it was made for."""

    def text(self) -> str:
        """The text so far, without its last line end."""
        return str(self.stream.getvalue()).rstrip("\n") if isinstance(self.stream, io.StringIO) else ""


def page() -> Page:
    """A page as wide and as styled as standard output."""
    like = answer()
    return Page(io.StringIO(), width=like.width, styled=like.styled)


def answer() -> Screen:
    """The screen of the data: standard output."""
    return Screen.of(sys.stdout)


def notice() -> Screen:
    """The screen of messages and progress: standard error."""
    return Screen.of(sys.stderr)
