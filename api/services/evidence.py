"""A file that proves something (*justificatif*), looked at before it is kept: small enough, and really what it says it is.

Only its first and last bytes are read: nothing is unpacked, nothing is parsed.
"""

from __future__ import annotations

import re
from typing import BinaryIO, NamedTuple

from api.store.repositories.evidence import TooLarge
from referentials.findings import FileProblem, error

LONGEST_NAME = 120
_FIRST = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
ACCEPTED = tuple(sorted(_FIRST.values()))
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\\/:*?"<>|]+')
_PROTECTED = re.compile(rb"/Encrypt\s")


class Piece(NamedTuple):
    """What may be kept."""

    name: str
    media_type: str
    content: bytes


def looked_at(name: str, file: BinaryIO, most: int) -> Piece:
    """Read a file that somebody sends.

    Raises
    ------
    TooLarge
        It has more than ``most`` bytes; no more than that is read.
    FileProblem
        It is empty, of another kind, or protected by a password.
    """
    content = file.read(most + 1)
    if len(content) > most:
        raise TooLarge(str(most))
    return Piece(safe_file_name(name), _media_type(content), content)


def _media_type(content: bytes) -> str:
    found = next((kind for start, kind in _FIRST.items() if content.startswith(start)), None)
    if not content:
        raise _refusal("justificatif-vide", "Le justificatif est vide.", "Choisissez le fichier à nouveau.")
    if found is None:
        message = "Ce justificatif n'est ni un PDF, ni une image PNG ou JPEG."
        raise _refusal("justificatif-type", message, "Enregistrez-le en PDF, ou joignez une photo.")
    if found == "application/pdf" and _PROTECTED.search(content[-4096:]):
        message = "Ce PDF est protégé par un mot de passe : personne ne pourrait le relire."
        raise _refusal("justificatif-protege", message, "Joignez une copie sans mot de passe.")
    return found


def _refusal(rule: str, message: str, remedy: str) -> FileProblem:
    return FileProblem([error(rule, message, remedy)])


def safe_file_name(name: str) -> str:
    """A name that every system accepts, with no folder in it.

    Examples
    --------
    >>> safe_file_name("../../diplôme\\n2012.pdf"), safe_file_name("   ")
    ('diplôme 2012.pdf', 'justificatif')
    """
    last = re.split(r"[\\/]", name)[-1]
    clean = " ".join(_NOT_IN_A_NAME.sub(" ", last).split()).strip(". ")
    return clean[:LONGEST_NAME] or "justificatif"
