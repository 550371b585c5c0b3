"""Versions of what is edited, as HTTP names them (``ETag``, ``If-Match``): the revision of the row, between quotes."""

from __future__ import annotations

import re

from api.problem import Problem

_STRONG = re.compile(r'"(\d{1,9})"')
NO_REVISION = -1
"""What an unknown tag means: a revision that no row has."""


def etag_of(revision: int) -> str:
    """The tag of a revision.

    Examples
    --------
    >>> etag_of(3)
    '"3"'
    """
    return f'"{revision}"'


def revision_named(if_match: str | None) -> int:
    """The revision that a request was made on.

    Raises
    ------
    Problem
        428 when the header is missing, or is ``*``, which would write over the work of others.

    Examples
    --------
    >>> revision_named('"3"'), revision_named('W/"3"')
    (3, -1)
    """
    if if_match is None or if_match.strip() in ("", "*"):
        raise Problem("version-needed")
    found = _STRONG.fullmatch(if_match.strip())
    return int(found[1]) if found else NO_REVISION
