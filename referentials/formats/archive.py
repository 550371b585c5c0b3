"""ZIP files from strangers (*archives*): looked at before anything is unpacked, so that a small file can't become a huge one."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

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
        raise _refused(upload, "zip-trop-grand", "Une fois décompressé, le fichier serait bien trop grand.", _SMALLER)
    return archive


_SMALLER = "Décompressez-le, vérifiez ce qu'il contient, et donnez les fichiers un par un."


def _refused(
    upload: Upload, rule: str, message: str, remedy: str = "Exportez-le de nouveau, sans mot de passe."
) -> FileProblem:
    return FileProblem([error(rule, message, remedy, file=upload.name)])


def members(upload: Upload, suffix: str, bounds: Bounds | None = None) -> Iterator[Upload]:
    """The files of an archive whose name ends so, one by one in the order of their names; the file itself when it is no archive."""
    upload.stream.seek(0)
    is_archive = upload.stream.read(2) == b"PK"
    upload.stream.seek(0)
    if not is_archive:
        yield upload
        return
    with opened(upload, bounds) as archive:
        for name in sorted(name for name in archive.namelist() if name.lower().endswith(suffix)):
            try:
                content = archive.read(name)
            except (BadZipFile, OSError, ValueError, EOFError, zlib.error, NotImplementedError):
                raise _refused(upload, "zip-illisible", f"Dans l'archive, « {name[:120]} » est abîmé.") from None
            yield Upload(f"{upload.name} › {name[:120]}", io.BytesIO(content), len(content))


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, the same bytes for the same files."""
    whole = io.BytesIO()
    with ZipFile(whole, "w") as archive:
        for name, content in sorted(files.items()):
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return whole.getvalue()
