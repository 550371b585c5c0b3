"""Words → what is searched (*racines*): French Snowball stems, without case and without accents, the same on every database.

Accents go before the stem is taken, so that « mediateur » finds « médiateur ». Each word is kept beside its stem: the beginning of
a word finds it too.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any

_WORD = re.compile("[a-z0-9]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LONGEST_WORD = 60
MOST_WORDS = 12
"""How many words of a question count."""

_EMPTY = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "et",
        "eux",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lui",
        "m",
        "ma",
        "mes",
        "mon",
        "n",
        "ne",
        "nos",
        "notre",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "son",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "ton",
        "un",
        "une",
        "vos",
        "votre",
        "y",
    ]
)
_LETTERS = (("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ł", "l"))

_local = threading.local()


def words(text: str) -> list[str]:
    """The words of a text that say something, without case and accents.

    Examples
    --------
    >>> words("L’accompagnement à l’œuvre, CCP1")
    ['accompagnement', 'oeuvre', 'ccp1']
    """
    plain = text.casefold()
    if not plain.isascii():
        for odd, letters in _LETTERS:
            plain = plain.replace(odd, letters)
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(plain) if word not in _EMPTY]


def stem(word: str) -> str:
    """The stem of a word of :func:`words`; a code, or anything else with a digit, is its own.

    Examples
    --------
    >>> stem("animations") == stem("animation")
    True
    """
    return _stem(word) if word.isalpha() else word


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stemmer: Any = getattr(_local, "stemmer", None)
    if stemmer is None:
        import snowballstemmer

        stemmer = _local.stemmer = snowballstemmer.stemmer("french")
    return str(stemmer.stemWord(word)) or word


def searched(*texts: str) -> str:
    """What is kept of some texts to find them: their words and their stems, each once, in order."""
    found = {word for text in texts for word in words(text)}
    return " ".join(sorted(found.union(map(stem, found))))


def asked(text: str) -> list[tuple[str, str]]:
    """What a question looks for: each word and its stem; a text is found when it has every stem, or a word that begins so."""
    return [(word, stem(word)) for word in dict.fromkeys(words(text))][:MOST_WORDS]
