"""How far a search is (*avancement de la recherche*): one line on standard error, for someone who is looking.

The best plan so far, a value that no plan is below, and how far at most the first is from the best.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from types import TracebackType

from api.terminal.progress import PATIENCE
from pathways.objectives import Objective, components
from pathways.profile import PeriodUnit
from reports.pathway_wording import UNITS
from reports.wording import euros, hours, plural

_RHYTHM = 0.5
"""Seconds between two lines."""


class SearchLine:
    """The line of a search; silent in a pipe, and for searches that end at once.

    Parameters
    ----------
    objectives : sequence of Objective
        Everything that is minimised, ties included, in order.
    unit : PeriodUnit
        What weeks are counted in.
    """

    def __init__(self, objectives: Sequence[Objective], unit: PeriodUnit = PeriodUnit.WEEK) -> None:
        self._first, self._unit = objectives[0], unit
        self._rank = next(
            rank
            for rank, (one, unknown) in enumerate(components(objectives[:1]) or ((self._first, False),))
            if one is self._first and not unknown
        )
        self._since = time.monotonic()
        self._said = "recherche du meilleur parcours"
        self._shown = False
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._show, daemon=True) if sys.stderr.isatty() else None

    def __enter__(self) -> SearchLine:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()
        if self._shown:
            self._write("")

    def tell(self, best: tuple[int, ...] | None, bound: tuple[int, ...]) -> None:
        """Take the best value so far and the bound, in the whole numbers of the problem."""
        self._said = self.sentence(best, bound)

    def sentence(self, best: tuple[int, ...] | None, bound: tuple[int, ...]) -> str:
        """What is known so far, in words."""
        low = bound[self._rank] if len(bound) > self._rank else 0
        if best is None:
            return f"aucun parcours trouvé encore · au moins {self._amount(low)}"
        high = best[self._rank] if len(best) > self._rank else 0
        told = f"meilleur trouvé : {self._amount(high)} · aucun sous {self._amount(low)}"
        return told + (f" · à {-(-100 * (high - low) // low)}\u00a0% au plus du meilleur" if low > 0 else "")

    def _amount(self, value: int) -> str:
        match self._first:
            case Objective.HOURS | Objective.PEAK_LOAD:
                return hours(value / 60)
            case Objective.COST:
                return euros(value / 100)
            case Objective.WEEKS:
                return plural(value, *UNITS[self._unit])
        return plural(value, "module")

    def _show(self) -> None:
        pause = PATIENCE
        while not self._done.wait(pause):
            pause, elapsed = _RHYTHM, time.monotonic() - self._since
            self._write(f"{elapsed:.0f}\u00a0s · {self._said} · Ctrl-C pour s'arrêter là")

    def _write(self, text: str) -> None:
        self._shown = True
        sys.stderr.write(f"\r\x1b[2K{text}")
        sys.stderr.flush()
