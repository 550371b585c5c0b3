"""Text from strangers (*texte*): its encoding found, HTML taken out, spaces made plain; what people wrote stays."""

from __future__ import annotations

import html
import re
import unicodedata

_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|ul|ol|tr|h[1-6])\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\n]+")


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
    for _twice in range(2):
        text = html.unescape(text)
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
