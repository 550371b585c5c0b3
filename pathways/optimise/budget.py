"""How long the search may take, and whether it was asked to stop: the only place of the engine that looks at a clock.

An answer that is proved does not depend on the clock. A limit in CP-SAT's deterministic units depends on it neither.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable


def never() -> bool:
    """Do not stop."""
    return False


class Budget:
    """Seconds and deterministic work still allowed.

    Parameters
    ----------
    seconds : float or None
        Wall time from now; None for no limit.
    work : float or None
        CP-SAT deterministic time in all; None for no limit.
    should_stop : callable or None
        Asked between steps (and during CP-SAT); true ends the search with the best plan so far.
    """

    def __init__(
        self,
        seconds: float | None = None,
        work: float | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> None:
        self._end = math.inf if seconds is None else time.monotonic() + seconds
        self.work = math.inf if work is None else work
        self._should_stop = should_stop
        self._stopped = False

    @property
    def watched(self) -> bool:
        """Whether somebody may ask for an end."""
        return self._should_stop is not None

    def left(self) -> float:
        """Seconds left, 0 once stopped."""
        return 0.0 if self._stopped else max(self._end - time.monotonic(), 0.0)

    def seconds(self) -> float | None:
        """Seconds left, None when there is no limit."""
        return None if math.isinf(self._end) else self.left()

    def spend(self, work: float) -> None:
        """Count deterministic work done."""
        self.work -= work

    def stop(self) -> None:
        """End the search."""
        self._stopped = True

    def asked_to_stop(self) -> bool:
        """Whether the caller wants an end, now or earlier."""
        if not self._stopped and self._should_stop is not None and self._should_stop():
            self._stopped = True
        return self._stopped

    def over(self) -> bool:
        """Whether nothing more may be tried."""
        return self.asked_to_stop() or self.work <= 0 or self.left() <= 0
