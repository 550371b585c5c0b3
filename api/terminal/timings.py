"""Where the time of a command goes (*durées*), on standard error, for who asks with ``--timings``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from api.terminal.screen import Screen
from reports.wording import NO_BREAK, number


class Timings:
    """The steps of a command and their seconds; the start of the program is its processor time so far."""

    def __init__(self) -> None:
        self.steps = [("démarrage du programme", time.process_time())]

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done inside."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.steps.append((name, time.perf_counter() - began))

    def show(self, screen: Screen) -> None:
        """One line per step."""
        for name, seconds in self.steps:
            taken = f"{number(round(1000 * seconds))}{NO_BREAK}ms"
            screen.line(name, "dim", lead=f"{taken:>12}  ")
