"""A piece of work (*ouvrage*): a task that any process can import, what it is set up with once, and the chunks that it is done on.

::

    task = "module:function"      function(setting) → do,  do(chunk, stop) → result

All are plain bytes, and a task gives the same bytes for the same chunk wherever it is done, so that who did what never shows. The key
of a work says what its results depend on: another engine, another library or another question make another key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from api.bulk.engine import engine

Stop = Callable[[], bool]
"""Whether nobody waits for the result any more: what is given then is thrown away."""

Do = Callable[[bytes, Stop], bytes]
"""What a task does with one chunk, once it is set up."""

Task = Callable[[bytes], Do]
"""A task: given its setting, it reads what all chunks need, and is kept."""


def never() -> bool:
    """For whoever waits until the end."""
    return False


class Refused(Exception):
    """Nobody can do this work, and the message says why, in French: another version of the program, a file that can't be used."""


class Result(NamedTuple):
    """What came of a chunk: its bytes, or why there are none."""

    rank: int
    content: bytes | None
    problem: str = ""


@dataclass(frozen=True)
class Work:
    """A task, its setting and its chunks.

    Examples
    --------
    >>> work = Work("tests.api.bulk.tasks:counting", b"", (b"a", b"b"))
    >>> work.key == Work("tests.api.bulk.tasks:counting", b"", (b"a", b"c")).key
    False
    """

    task: str
    setting: bytes
    chunks: Sequence[bytes]

    @cached_property
    def key(self) -> str:
        """The SHA-256 of all that the results depend on."""
        return hash_of((engine().encode(), self.task.encode(), self.setting, *self.chunks))


def hash_of(contents: Iterable[bytes]) -> str:
    """The SHA-256 of the digests of contents, in their order.

    Examples
    --------
    >>> hash_of([b"ab", b"c"]) == hash_of([b"a", b"bc"])
    False
    """
    return hash_of_digests(hashlib.sha256(content).digest() for content in contents)


def hash_of_digests(digests: Iterable[bytes]) -> str:
    """As :func:`hash_of`, where the digests are known."""
    found = hashlib.sha256()
    for digest in digests:
        found.update(digest)
    return found.hexdigest()


def in_order(results: Iterable[Result]) -> Iterator[Result]:
    """Results by rank, each as soon as those before it are there; those that miss one before them come at the end.

    Examples
    --------
    >>> [one.rank for one in in_order([Result(1, b""), Result(0, b""), Result(3, b"")])]
    [0, 1, 3]
    """
    early: dict[int, Result] = {}
    due = 0
    for one in results:
        early[one.rank] = one
        while due in early:
            yield early.pop(due)
            due += 1
    yield from (early[rank] for rank in sorted(early))
