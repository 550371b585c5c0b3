"""The codes of LHEO and of EDOF (*codes des catalogues de formation*): fiches and blocks, levels, dates, modalities, amounts.

A level code is a trap: the same digit means one thing in the old list and another in the new one, and none of them is the European
level. 5 is old level IV, that is European level 4; 15 is European level 5. Old 8 was level I, now 7 or 8: nobody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from referentials.library import Library
from referentials.model import Referential

LEVELS = {"4": 3, "5": 4, "6": 5, "7": 6} | {str(10 + level): level for level in range(3, 9)}
"""European level of each LHEO code, old list then new; 0, 1, 2, 8 and 12 say nothing or nothing sure."""

ONSITE, MIXED, REMOTE = "0", "1", "2"
"""``modalites-enseignement``: on site, both, at a distance."""

_BLOCK = re.compile(r"((?:RNCP|RS)\d{1,6})BC\d{1,3}")
_FICHE = re.compile(r"(RNCP|RS)?0*(\d{1,6})")


def fiche_of(code: str, register: str = "RNCP") -> str | None:
    """The identifier of a fiche in a library, from a code with or without its prefix.

    Examples
    --------
    >>> fiche_of("474"), fiche_of("RNCP40344"), fiche_of(" rs 6117 "), fiche_of("?")
    ('rncp474', 'rncp40344', 'rs6117', None)
    """
    found = _FICHE.fullmatch(re.sub(r"\s", "", code).upper())
    return f"{(found[1] or register).lower()}{found[2]}" if found else None


def block_of(code: str, fiche: str | None) -> str | None:
    """The reference of a block, from its code and from the fiche that the training names.

    Examples
    --------
    >>> block_of("RNCP40344BC01", None), block_of("BC02", "rncp40344"), block_of("BC02", None)
    ('rncp40344/RNCP40344BC01', 'rncp40344/RNCP40344BC02', None)
    """
    squeezed = re.sub(r"\s", "", code).upper()
    if re.fullmatch(r"BC\d{1,3}", squeezed) and fiche:
        squeezed = f"{fiche.upper()}{squeezed}"
    found = _BLOCK.fullmatch(squeezed)
    return f"{found[1].lower()}/{squeezed}" if found else None


def is_block_code(code: str) -> bool:
    """Whether a code is that of a block in the national directory."""
    return bool(_BLOCK.fullmatch(code))


def day_of(text: str) -> str | None:
    """A day written ``AAAAMMJJ`` (or with hyphens), as we write it.

    Examples
    --------
    >>> day_of("20270131"), day_of("2027-01-31"), day_of("20270230"), day_of("00000000")
    ('2027-01-31', '2027-01-31', None, None)
    """
    digits = text.strip().replace("-", "")
    if not re.fullmatch(r"[0-9]{8}", digits):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return None


def amount_of(text: str) -> float | None:
    """A number of hours or of euros, with a point or a comma.

    Examples
    --------
    >>> amount_of("1 600,60"), amount_of("21"), amount_of("-"), amount_of("9" * 40)
    (1600.6, 21.0, None, None)
    """
    squeezed = re.sub(r"[\s€]", "", text).replace(",", ".")
    return float(squeezed) if re.fullmatch(r"\d{1,9}(\.\d{1,4})?", squeezed) else None


def in_library(offer: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """The values of an offer whose blocks are those of the library, where it knows their codes under another name.

    A training that prepares a whole certification prepares each of its blocks. Opens every referential of the library, to know their
    codes.

    Parameters
    ----------
    offer : mapping
        As :func:`referentials.formats.lheo_reader.offers` gives it: blocks are named ``rncp40344/RNCP40344BC01``.
    """
    modules = []
    for module in offer["modules"]:
        prepares = [known for text in module.get("prepares", ()) for known in (_known(text, library) or (text,))]
        if not prepares:
            prepares = [block for fiche in _wholes(module) for block in _blocks(fiche, library)]
        modules.append(dict(module) | ({"prepares": prepares} if prepares else {}))
    return dict(offer) | {"modules": modules}


WHOLE = "Prépare la certification entière : "
"""What the note of a module says when no block is named; the code of the fiche follows."""


def _wholes(module: Mapping[str, Any]) -> list[str]:
    lines = str(module.get("note") or "").split("\n")
    return [
        code.strip(" .") for line in lines if line.startswith(WHOLE) for code in line.removeprefix(WHOLE).split(",")
    ]


def _known(text: str, library: Library) -> tuple[str, ...]:
    """The blocks that the code of a reference names, in the last version that has it."""
    return library.by_code(text.rpartition("/")[2])[-1:]


def _blocks(code: str, library: Library) -> tuple[str, ...]:
    for reference in reversed(library.by_code(code)):
        item = library.find(reference)
        if isinstance(item, Referential):
            return tuple(f"{item.key}/{block.code}" for block in item.known_blocks)
    return ()
