"""How far long work is (*avancement*), on standard error, when someone is looking and the work is long enough to wonder."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from api.terminal.screen import inert

PATIENCE = 0.7
"""Seconds before anything shows."""


class Progress:
    """A bar with what is being done; silent in a pipe, and for work that ends at once."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def tell(self, doing: str, done: int, steps: int) -> None:
        """Say what is being done now, how many steps are done, of how many."""
        if not sys.stderr.isatty() or time.monotonic() - self._since < PATIENCE:
            return
        if self._bar is None:
            self._start(inert(doing))
        self._bar.update(self._task, description=inert(doing), completed=done, total=steps)

    def _start(self, doing: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        words = TextColumn("{task.description}", markup=False)
        self._bar = Bar(BarColumn(20), words, console=Console(stderr=True, markup=False), transient=True)
        self._task = self._bar.add_task(doing, total=None)
        self._bar.start()
