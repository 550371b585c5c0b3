"""How long is left (*temps restant*), from what was done so far; roughly, and only when it can be known."""

from __future__ import annotations

import time
from collections.abc import Callable

_SOON = 3.0
"""Seconds before anything is said: the first steps are rarely like the others."""


class Estimate:
    """Watches steps of one kind go by.

    Examples
    --------
    >>> moments = iter([0.0, 10.0])
    >>> estimate = Estimate(lambda: next(moments))
    >>> estimate.left(100, 1000), estimate.left(300, 1000)
    ('', 'encore 35 s environ')
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._from: tuple[float, int] | None = None

    def left(self, done: int, of: int) -> str:
        """What to say of the time that is left; nothing yet when it is not known."""
        now = self._now()
        if self._from is None:
            self._from = now, done  # what a ledger kept is there at once, and tells nothing
            return ""
        since, before = self._from
        if done <= before or now - since < _SOON:
            return ""
        return f"encore {_told((now - since) * (of - done) / (done - before))} environ"


def _told(seconds: float) -> str:
    """Seconds as somebody would say them.

    Examples
    --------
    >>> [_told(seconds) for seconds in (3, 42, 130, 4000)]
    ['5 s', '40 s', '2 min', '1 h 7 min']
    """
    if seconds < 60:
        return f"{max(5, round(seconds / 5) * 5)} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
