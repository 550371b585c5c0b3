"""A list of rights, page by page (*liste de passerelles*): a directory of thousands is read as far as the page needs, and no further."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from referentials.library import Library
from referentials.neighbourhood import rights_after
from referentials.rights import Recognition

AT_ONCE = 200
MOST = 2_000
"""How many rights are looked at for one page."""


def rights_page(
    library: Library, wanted: Callable[[Recognition], bool], after: str | None, limit: int
) -> tuple[list[Recognition], str | None]:
    """The rights that are wanted after a cursor, and the next cursor.

    Notes
    -----
    When few of many are wanted, a page may hold fewer than ``limit`` and still be followed by another.
    """
    if not library.directories:
        every = (item for item in library.recognitions if after is None or item.id > after)
        return _filled(every, wanted, limit, len(library.recognitions) + 1)
    return _filled(_in_order(library, after or ""), wanted, limit, MOST)


def _in_order(library: Library, after: str) -> Iterator[Recognition]:
    while found := rights_after(library, after, AT_ONCE):
        yield from found
        after = found[-1].id


def _filled(
    rights: Iterator[Recognition], wanted: Callable[[Recognition], bool], limit: int, most: int
) -> tuple[list[Recognition], str | None]:
    found: list[Recognition] = []
    last = ""
    for rank, item in enumerate(rights):
        if (len(found) == limit and wanted(item)) or rank == most:
            return found, last
        if wanted(item):
            found.append(item)
        last = item.id
    return found, None
