"""The national map in bulk (*carte nationale en grand nombre*): so many starts a chunk, each with its row.

::

    setting   the day, the targets, what is told, and the shelf of the library
    chunk     [start, …]
    result    [[start, [passage, …], [chain, …]], …]
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import Field, TypeAdapter

from api.bulk.shelf import OpenShelf, Shelf
from api.bulk.work import Do, Stop, Work
from pathways.national_map import Row, Survey
from pathways.recognition import Rights
from referentials.library import Library
from referentials.provenance import Day, Value

TASK = "api.bulk.maps:mapping"

MOST, PARTS = 100, 50
"""Starts in a chunk at most; chunks, as long as they are smaller than that."""

_ROWS = TypeAdapter[tuple[Row, ...]](tuple[Row, ...])


class Setting(Value):
    """What all rows have alike."""

    on: Day
    targets: tuple[str, ...] = Field(description="The versions aimed at, sorted.")
    chains: bool
    shelf: Shelf


def work_of(starts: Sequence[str], setting: Setting) -> Work:
    """The work of drawing the rows of some starts, in their order."""
    size = max(1, min(MOST, -(-len(starts) // PARTS)))
    chunks = [json.dumps(starts[first : first + size]).encode() for first in range(0, len(starts), size)]
    return Work(TASK, setting.model_dump_json().encode(), chunks)


def rows_in(result: bytes) -> tuple[Row, ...]:
    """The rows of a chunk, in the order of its starts."""
    return _ROWS.validate_json(result)


# -- by whoever does it ---------------------------------------------------------------------------------------------------


def mapping(setting: bytes) -> Do:
    """The task."""
    given = Setting.model_validate_json(setting)
    shelf = OpenShelf(given.shelf)
    found = Mapping(shelf.library, given)
    found.shelf = shelf
    return found.do


class Mapping:
    """A library on a day; its law is read once for all the rows."""

    shelf: OpenShelf | None = None

    def __init__(self, library: Library, setting: Setting) -> None:
        self._survey = Survey(Rights(library), setting.on, frozenset(setting.targets), chains=setting.chains)

    def do(self, chunk: bytes, stop: Stop) -> bytes:
        """The rows of the starts of a chunk."""
        rows = []
        for start in json.loads(chunk):
            if stop():
                break
            rows.append(self._survey.row(start))
        return _ROWS.dump_json(tuple(rows))
