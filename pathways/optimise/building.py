"""What is built in one go (*construction*): the collector of cycles rests meanwhile, since nothing that is being built is rubbish.

A choice of thousands of modules is tens of thousands of values that all last. Looking among them, and through the whole
library, for something to free costs up to a third of the time that building them takes, and frees nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

BRIEF = 2.0
"""Within so many seconds, a search leaves too little to be worth looking for."""


@contextmanager
def building() -> Iterator[None]:
    """The collector rests inside, and is as it was afterwards.

    Examples
    --------
    >>> with building():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def briefly(seconds: float | None) -> AbstractContextManager[None]:
    """The collector rests for what is given a short time only; None: no limit, and it works."""
    return building() if seconds is not None and seconds <= BRIEF else nullcontext()
