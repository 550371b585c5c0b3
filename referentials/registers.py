"""The numbers of the national directories (*numéros RNCP et RS*), and the identifiers of the fiches that bear them.

A fiche imported from a directory is known by its number in small letters: ``RNCP40344`` is ``rncp40344``. A number is given once: what is
renewed gets another. So a fiche has one version, always called :data:`FICHE`, and a reference to it needs none.
"""

from __future__ import annotations

import re

FICHE = "fiche"
"""The version of every imported fiche."""

_NUMBER = re.compile(r"(RNCP|RS)0*([1-9][0-9]{0,6})", re.IGNORECASE)
_OF_A_BLOCK = re.compile(r"(RNCP|RS)([1-9][0-9]{0,6})(BC.*)?", re.IGNORECASE)


def number_in(text: str | None) -> str | None:
    """The number that a text is, in the spelling of the directory; ``None`` when it is none.

    Examples
    --------
    >>> number_in(" rncp 40344 "), number_in("RS6117"), number_in("40344")
    ('RNCP40344', 'RS6117', None)
    """
    found = _NUMBER.fullmatch("".join((text or "").split()))
    return f"{found[1].upper()}{found[2]}" if found else None


def identifier_of(number: str) -> str:
    """The identifier of the fiche that bears a number.

    Examples
    --------
    >>> identifier_of("RNCP40344")
    'rncp40344'
    """
    return number.lower()


def is_fiche(identifier: str) -> bool:
    """Whether an identifier is that of a fiche.

    Examples
    --------
    >>> is_fiche("rncp40344"), is_fiche("tp-remn")
    (True, False)
    """
    return identifier.islower() and number_in(identifier) == identifier.upper()


def as_published(reference: str) -> str:
    """A reference to a fiche, or to one of its blocks, as the directory writes it; another reference as it is.

    Examples
    --------
    >>> as_published("rncp31678@fiche/RNCP31678BC02"), as_published("rncp31114"), as_published("tp-mn@2025/CCP1")
    ('RNCP31678BC02', 'RNCP31114', 'tp-mn@2025/CCP1')
    """
    whole, _slash, block = reference.partition("/")
    identifier = whole.partition("@")[0]
    if not is_fiche(identifier):
        return reference
    number = identifier.upper()
    return block if block.startswith(number) else ", ".join(one for one in (number, block) if one)


def fiche_of(code: str) -> str | None:
    """The identifier of the fiche that a code of a fiche or of a block belongs to, by its spelling.

    Examples
    --------
    >>> fiche_of("RNCP34137BC01"), fiche_of("TP-01336")
    ('rncp34137', None)
    """
    found = _OF_A_BLOCK.fullmatch(code)
    return identifier_of(f"{found[1]}{found[2]}") if found else None
