"""A work done (*exécution*): what the ledger keeps comes first, then what the workforce does, each result kept as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from api.bulk.ledger import Ledger
from api.bulk.work import Result, Stop, Work, never
from api.bulk.workforce import Workforce

Tell = Callable[[int, int], None]
"""Told how many chunks are done, of how many."""


def nothing_to_tell(_done: int, _of: int) -> None:
    """For whoever does not want to know."""


def run(
    work: Work,
    workforce: Workforce,
    ledger: Ledger | None = None,
    tell: Tell = nothing_to_tell,
    should_stop: Stop = never,
) -> Iterator[Result]:
    """The results of a work, in whatever order: see :func:`api.bulk.work.in_order`.

    A chunk that could not be done has no content; it is not kept, so that another run tries it again.

    Parameters
    ----------
    should_stop : callable
        Once true, what is done is done, and nothing more is given.

    Raises
    ------
    Refused
        Nobody can do this work.
    """
    count = len(work.chunks)
    missing = set(range(count))
    if ledger is not None:
        for rank, content in ledger.kept(work):
            missing.discard(rank)
            tell(count - len(missing), count)
            yield Result(rank, content)
    for found in workforce.do(work, sorted(missing), should_stop):
        if ledger is not None and found.content is not None:
            ledger.keep(work, found.rank, found.content)
        missing.discard(found.rank)
        tell(count - len(missing), count)
        yield found
