"""Text from strangers (*texte*): its encoding found, HTML taken out, spaces made plain; what people wrote stays."""

from __future__ import annotations

import html
import re
import unicodedata

_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|ul|ol|tr|h[1-6])\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK = re.compile(r"[^\S\n]")
_NOT_IN_CODES = re.compile(r"[^A-Za-z0-9._+-]+")
_LONGEST_CODE = 80


def decoded(content: bytes) -> str:
    """Text of unknown encoding: UTF-16 and UTF-8 by their marks, UTF-8 if it is, else Windows-1252, which holds ISO-8859-1.

    Examples
    --------
    >>> decoded("é".encode("utf-8-sig")), decoded("é".encode("latin-1"))
    ('é', 'é')
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def plain(text: str) -> str:
    """What a text says: without HTML (escaped once or twice), control characters or odd spaces; lines are kept.

    Examples
    --------
    >>> plain("&lt;p&gt;Animer&nbsp;un atelier&lt;br/&gt;et l&#39;évaluer&lt;/p&gt;")
    "Animer un atelier\\net l'évaluer"
    """
    if _is_plain(text):
        return text.strip() if "  " not in text else " ".join(text.split())
    lines = (_SPACES.sub(" ", line).strip() for line in spaced(text).split("\n"))
    return "\n".join(line for line in lines if line)


def spaced(text: str) -> str:
    """As :func:`plain`, but runs of spaces and empty lines stay, each blank as a plain space: they may be all that separates a list.

    Examples
    --------
    >>> spaced("Accueillir\xa0 \xa0Informer&nbsp;&nbsp;un&nbsp;public")
    'Accueillir   Informer  un public'
    """
    if _is_plain(text):
        return text.strip()
    for _twice in range(2):
        text = html.unescape(text)
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _BLANK.sub(" ", text).strip()


def _is_plain(text: str) -> bool:
    """Whether a text is one line without anything to take out, as most of those of a large file are."""
    return text.isprintable() and "&" not in text and "<" not in text and unicodedata.is_normalized("NFC", text)


def clean(text: str) -> str:
    """A text without the characters that no document can hold; all the others stay as they are.

    Examples
    --------
    >>> clean("a\\x00b < c")
    'ab < c'
    """
    return _CONTROL.sub("", text)


def code_of(text: str) -> str:
    """A code in the grammar of our references, as near its own spelling as that allows; empty when nothing is left.

    Examples
    --------
    >>> code_of("H.A.MATH.GM"), code_of("Activité 1 / C2"), code_of("§")
    ('H.A.MATH.GM', 'Activite-1-C2', '')
    """
    return _NOT_IN_CODES.sub("-", text if text.isascii() else _without_accents(text))[:_LONGEST_CODE].strip("-._+")


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def identifier_of(text: str) -> str:
    """An identifier in the grammar of our files, from a name.

    Examples
    --------
    >>> identifier_of("Référentiel Médiation+ (2025)")
    'referentiel-mediation-2025'
    """
    return re.sub(r"-+", "-", code_of(text.lower().replace("+", "-"))).strip("-._")
