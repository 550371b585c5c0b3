"""How near two texts of training are (*proximité*): by French stems and by pieces of words, the rarer the more they count.

::

    weight(x)      = importance of the part · log(1 + texts / texts that have x)        x: a stem, or 3 to 5 letters in a row
    nearness(a, b) = ½ · cosine of their stems + ½ · cosine of their pieces             0: nothing in common, 1: the same words

Pieces bring « tutorat » near « tuteur », which have not one stem. Words that name one thing in this trade count as one (:data:`ALIKE`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from math import log, sqrt
from typing import NamedTuple

from api.store.stems import stem, words

_WORD = re.compile(r"[^\W\d_]+")
_SIZES = (3, 4, 5)
_LONGEST = 4000

ALIKE = (
    "conflit conflits conflictuel conflictuelle tension",
    "dysfonctionnement problème panne dépanner dépannage",
    "réseau partenaire partenariat partenarial",
    "usager utilisateur public personne",
    "règle règlement réglementation réglementaire juridique",
    "publier publication diffuser diffusion",
    "équipement matériel poste",
    "veille veiller documentation documentaire",
)
"""Words that certifications of these trades use for one another: each line is one thing under several names."""

EMPTY = frozenset(
    words(
        "savoir savoirs être capable capables compétence niveau parcours complet entier formation module titre bloc ccp uc "
        "mettre œuvre différent différents différente différentes activité situation travail professionnel professionnelle"
    )
)
"""Words that any text of training has: alone, they are no reason."""

Part = tuple[str, float]
"""A text and its importance."""


class Weighed(NamedTuple):
    """A text ready to be compared: the weight of its stems and of its pieces, of length 1, and how each stem is written."""

    stems: Mapping[str, float]
    pieces: Mapping[str, float]
    written: Mapping[str, str]


class Proximity:
    """What tells how near two texts are, once it knows which words are rare.

    Parameters
    ----------
    texts : iterable of str
        All that may be compared; a text counts once.

    Examples
    --------
    >>> near = Proximity(["Animer une formation", "Évaluer les acquis", "Accueillir le public"])
    >>> one, other = near.weigh([("Animer un groupe", 1)]), near.weigh([("Animer une formation", 1)])
    >>> near.nearness(one, other) > near.nearness(one, near.weigh([("Évaluer les acquis", 1)]))
    True
    >>> near.shared(one, other)
    ('animer',)
    """

    def __init__(self, texts: Iterable[str]) -> None:
        some = frozenset(texts)
        self._count = len(some)
        self._with_stem = Counter(one for text in sorted(some) for one in {*_stems(text)})
        self._with_piece = Counter(one for text in sorted(some) for one in {*_pieces(text)})

    def weigh(self, parts: Iterable[Part]) -> Weighed:
        """A text in parts, ready to be compared."""
        some = [(text[:_LONGEST], importance) for text, importance in parts if text]
        written = {
            key: word.lower() for text, _ in reversed(some) for word in _WORD.findall(text) for key in _stems(word)
        }
        return Weighed(
            self._weights(((_stems(text), much) for text, much in some), self._with_stem),
            self._weights(((_pieces(text), much) for text, much in some), self._with_piece),
            written,
        )

    def _weights(self, parts: Iterable[tuple[Iterable[str], float]], known: Mapping[str, int]) -> dict[str, float]:
        found: dict[str, float] = {}
        for keys, importance in parts:
            for key in dict.fromkeys(keys):
                found[key] = found.get(key, 0.0) + importance
        found = {key: much * log(1 + self._count / max(1, known.get(key, 0))) for key, much in found.items()}
        length = sqrt(sum(much * much for much in found.values()))
        return {key: much / length for key, much in found.items()} if length else {}

    def nearness(self, one: Weighed, other: Weighed) -> float:
        """How near two texts are, from 0 to 1."""
        return (_cosine(one.stems, other.stems) + _cosine(one.pieces, other.pieces)) / 2

    def shared(self, one: Weighed, other: Weighed, most: int = 4) -> tuple[str, ...]:
        """The words that bring two texts together, as the other writes them, those that count most first."""
        both = {key: much * other.stems[key] for key, much in one.stems.items() if key in other.stems}
        told = sorted(
            (key for key in both if _says_something(other.written.get(key, ""))), key=lambda key: (-both[key], key)
        )
        return tuple(other.written[key] for key in told[:most])


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    small, large = sorted((one, other), key=len)
    return sum(much * large[key] for key, much in small.items() if key in large)


def _says_something(written: str) -> bool:
    return bool(written) and not EMPTY.issuperset(words(written))


@lru_cache(maxsize=20_000)
def _stems(text: str) -> tuple[str, ...]:
    alike = _alike()
    return tuple(alike.get(key, key) for key in map(stem, words(text)))


@lru_cache(maxsize=20_000)
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(piece for word in words(text) for piece in _pieces_of(word))


def _pieces_of(word: str) -> Iterator[str]:
    whole = f" {word} "
    for size in _SIZES:
        yield from (whole[start : start + size] for start in range(len(whole) - size + 1))


@cache
def _alike() -> dict[str, str]:
    """The stem that stands for several: that of the first word of the line."""
    return {stem(word): stem(words(line)[0]) for line in ALIKE for word in words(line)}
