"""Who does the work (*équipe*): one after the other here, processes of this machine, or workers of a cluster.

Whoever it is, a chunk is done once for all as far as anybody can see: one whose worker was lost is done again by another, and one that
has lost three workers is given up and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from api.bulk.engine import engine
from api.bulk.labour import done_by
from api.bulk.work import Result, Stop, Work

TRIALS = 3
"""How many workers a chunk may lose."""

LOST = f"le calcul a fait tomber {TRIALS} fois le processus qui s'en chargeait"


class Workforce(Protocol):
    """Whoever does chunks."""

    @property
    def hands(self) -> int:
        """How many chunks it does at the same time."""

    def do(self, work: Work, ranks: Iterable[int], should_stop: Stop) -> Iterator[Result]:
        """The results of some chunks, in whatever order; those that were not done when it had to stop are left out.

        Raises
        ------
        Refused
            Nobody can do this work.
        """


class Here:
    """This process, one chunk after the other."""

    hands = 1

    def do(self, work: Work, ranks: Iterable[int], should_stop: Stop) -> Iterator[Result]:
        """As :meth:`Workforce.do`."""
        for rank in ranks:
            if should_stop():
                return
            found = done_by(engine(), work.task, work.setting, work.chunks[rank], should_stop)
            if should_stop():
                return  # what was given then may not be what a chunk is worth
            yield Result(rank, *found)
