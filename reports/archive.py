"""Archives that are the same every time (*archive reproductible*): files in their order, one date, no compression.

A text document and a workbook are ZIP archives, whose bytes would else tell when and on which machine they were written.
Nothing is compressed inside: compression is not the same with every version of its library, and the bytes must be.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_STORED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can tell."""

_READABLE = 0o644 << 16
_MADE_ON_UNIX = 3


def entry(name: str) -> ZipInfo:
    """What an archive says of a file: its name, and nothing of the machine.

    Examples
    --------
    >>> entry("a.txt").date_time
    (1980, 1, 1, 0, 0, 0)
    """
    found = ZipInfo(name, FIRST_DAY)
    found.compress_type = ZIP_STORED
    found.external_attr = _READABLE
    found.create_system = _MADE_ON_UNIX
    return found


def settled(archive: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """The same archive, without the moment when it was made.

    Parameters
    ----------
    archive : bytes
        A ZIP archive.
    instead : mapping
        Contents to put in place of those of some files.
    """
    found = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as old, ZipFile(found, "w") as new:
        for name in old.namelist():
            new.writestr(entry(name), (instead or {}).get(name) or old.read(name))
    return found.getvalue()
