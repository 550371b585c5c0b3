"""How long the search may take, and whether it was asked to stop: the only place of the engine that looks at a clock.

One object goes down from the question to the innermost loop. Whatever can last looks at it as it goes, in one of two ways:
what has something to give at any time asks :meth:`Budget.over` and gives what it has; what has nothing until it is finished
(a fixpoint, a model being written) raises :class:`OutOfTime`, which is caught by the nearest caller that has an answer without
it. Once over, a budget stays over.

An answer that is proved does not depend on the clock. A limit in CP-SAT's deterministic units depends on it neither.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

Stop = Callable[[], bool]
"""Asked in the loops: whether to stop now."""


class OutOfTime(Exception):
    """What was begun can't be finished in time, and is worth nothing unfinished."""


def never() -> bool:
    """Do not stop."""
    return False


def heed(stop: Stop) -> None:
    """Look whether to stop, in a loop that has nothing to give before its end.

    Raises
    ------
    OutOfTime
        If ``stop`` says so.
    """
    if stop():
        raise OutOfTime


class Budget:
    """Seconds and deterministic work still allowed.

    Parameters
    ----------
    seconds : float or None
        Time from now; None for no limit.
    work : float or None
        CP-SAT deterministic time in all; None for no limit.
    should_stop : callable or None
        Asked in every loop (and during CP-SAT); true ends the search with the best plan so far.
    clock : callable
        Seconds from any beginning, never going back.

    Examples
    --------
    >>> now = iter(range(10)).__next__  # a clock that moves on by one whenever it is looked at
    >>> budget = Budget(2.5, clock=now)
    >>> budget.over(), budget.over(), budget.over(), budget.over()
    (False, False, True, True)
    """

    def __init__(
        self,
        seconds: float | None = None,
        work: float | None = None,
        should_stop: Stop | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._end = math.inf if seconds is None else clock() + seconds
        self.work = math.inf if work is None else work
        self._should_stop = should_stop
        self._stopped = False
        self._whole: Budget | None = None

    def part(self, share: float = 1.0, *, work: float | None = None) -> Budget:
        """A share of the seconds left, with work of its own; asked to stop when the whole is, and the other way round."""
        seconds = None if math.isinf(self._end) else share * self.left()
        made = Budget(seconds, work, self.asked_to_stop if self.watched else None, clock=self._clock)
        made._stopped, made._whole = self._stopped, self
        return made

    @property
    def watched(self) -> bool:
        """Whether somebody may ask for an end."""
        return self._should_stop is not None

    def left(self) -> float:
        """Seconds left, 0 once stopped."""
        return 0.0 if self._stopped else max(self._end - self._clock(), 0.0)

    def seconds(self) -> float | None:
        """Seconds left, None when there is no limit."""
        return None if math.isinf(self._end) else self.left()

    def spend(self, work: float) -> None:
        """Count deterministic work done."""
        self.work -= work

    def stop(self) -> None:
        """End the search, and what it is a part of."""
        self._stopped = True
        if self._whole is not None:
            self._whole.stop()

    def asked_to_stop(self) -> bool:
        """Whether the caller wants an end, now or earlier."""
        if not self._stopped and self._should_stop is not None and self._should_stop():
            self._stopped = True
        return self._stopped

    def over(self) -> bool:
        """Whether nothing more may be tried."""
        return self.asked_to_stop() or self.work <= 0 or (self._end < math.inf and self._clock() >= self._end)
