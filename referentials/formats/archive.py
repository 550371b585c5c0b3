"""ZIP files from strangers (*archives*): looked at before anything is unpacked, so that a small file can't become a huge one."""

from __future__ import annotations

from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from referentials.findings import FileProblem, error
from referentials.formats.exchange import Upload


class Bounds(NamedTuple):
    """How much an archive may hold: members, bytes once unpacked, and how many times larger than packed."""

    members: int = 1_000
    bytes: int = 1_000_000_000
    ratio: int = 200


def opened(upload: Upload, bounds: Bounds | None = None) -> ZipFile:
    """The archive, whose contents are known to stay within bounds.

    Raises
    ------
    FileProblem
        It is no archive, it is encrypted, or it is too large once unpacked.
    """
    limits = bounds or Bounds()
    upload.stream.seek(0)
    try:
        archive = ZipFile(upload.stream)
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise _refused(upload, "zip-illisible", "Le fichier n'est pas une archive ZIP lisible.") from None
    members = archive.infolist()
    whole = sum(member.file_size for member in members)
    if any(member.flag_bits & 0x1 for member in members):
        raise _refused(upload, "zip-chiffre", "Le fichier est protégé par un mot de passe.")
    if len(members) > limits.members or whole > limits.bytes or whole > limits.ratio * max(upload.size, 1):
        raise _refused(upload, "zip-trop-grand", "Une fois décompressé, le fichier serait bien trop grand.")
    return archive


def _refused(upload: Upload, rule: str, message: str) -> FileProblem:
    return FileProblem([error(rule, message, "Exportez-le de nouveau, sans mot de passe.", file=upload.name)])
