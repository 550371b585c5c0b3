"""Text that stays text (*texte inerte*): what anyone may type, made harmless before it reaches a page or a sheet.

Accents are composed, control characters and marks that turn the reading direction are taken out, and a text has an end.
What each format must escape is the exporter's own matter.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator

LONGEST = 2_000
"""Characters that a text may have; what is longer is cut, and ends with an ellipsis."""

_KEPT = "\n\t"
_JOINERS = "\u200c\u200d"  # they hold letters of some scripts, and emoji, together
_LINE_ENDS = {ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n", 0x85: "\n"}


def plain(text: str) -> str:
    r"""A text without what could act or hide.

    Examples
    --------
    >>> plain("e\u0301te\u0301 \u202eabc\u0000")
    'été abc'
    >>> len(plain("x" * 3000))
    2000
    """
    if text.isprintable() and len(text) <= LONGEST and unicodedata.is_normalized("NFC", text):
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_LINE_ENDS))
    kept = "".join(one for one in composed if one in _KEPT or _is_shown(one))
    return kept if len(kept) <= LONGEST else f"{kept[: LONGEST - 1]}…"


def _is_shown(character: str) -> bool:
    """Whether a character is neither a control, nor a mark of direction, nor half of a pair, nor unassigned."""
    return character in _JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn", "Co")


Plain = Annotated[str, AfterValidator(plain)]
"""A text of a document."""
