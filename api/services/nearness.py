"""Words that somebody uses → the nearest of some names (*rapprochement*): by French stems, the rarer the word the more it counts.

::

    weight(stem)       = log(1 + names / names that have it)
    nearness(a, b)     = 2 · shared weight / (weight of a + weight of b)        0: nothing in common, 1: the same words

« Animateur / Animatrice d'atelier » is two names, one for each form. A word that no name has counts as the nearest one in spelling.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from math import log
from typing import NamedTuple

from api.store.stems import stem, words

_LONGEST = 300
_MOST_WORDS = 40
_SPELLING = 0.85
_SHORT = 5


class Near(NamedTuple):
    """What was found: its key, the name that is near, how near."""

    key: str
    name: str
    nearness: float


class Names:
    """Names by key, to be asked for the nearest.

    Parameters
    ----------
    named : iterable of (key, names)
        What each thing is called.

    Examples
    --------
    >>> names = Names([("G1238", ["Animateur / Animatrice d'atelier multimédia"]), ("K2111", ["Formateur / Formatrice"])])
    >>> [one.key for one in names.nearest("animatrice multimedia")]
    ['G1238']
    """

    def __init__(self, named: Iterable[tuple[str, Iterable[str]]]) -> None:
        every = [(key, name, form) for key, names in named for name in names for form in forms(name)]
        self._names = [(key, name, stems) for key, name, form in every if (stems := stems_of(form))]
        self._have = Counter(one for _key, _name, stems in self._names for one in stems)
        self._stems = {word: stem(word) for _key, _name, form in every for word in words(form[:_LONGEST])}

    def nearest(self, text: str, most: int = 5, least: float = 0.4) -> list[Near]:
        """The nearest things, each once, the nearest first; none that is less near than ``least``."""
        asked = frozenset(map(self._known, words(text[:_LONGEST])[:_MOST_WORDS]))
        best: dict[str, Near] = {}
        for key, name, stems in self._names:
            near = self._nearness(asked, stems)
            if near >= least and (key not in best or near > best[key].nearness):
                best[key] = Near(key, name, round(near, 3))
        return sorted(best.values(), key=lambda one: (-one.nearness, one.key))[:most]

    def _nearness(self, one: frozenset[str], other: frozenset[str]) -> float:
        shared = one & other
        return 2 * self._weight(shared) / (self._weight(one) + self._weight(other)) if shared else 0.0

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(log(1 + len(self._names) / max(1, self._have[one])) for one in sorted(stems))

    def _known(self, word: str) -> str:
        """The stem of a word, or that of the name's word that is spelt most like it."""
        own = stem(word)
        if own in self._have or len(word) < _SHORT:
            return own
        near = get_close_matches(word, self._stems, n=1, cutoff=_SPELLING)
        return self._stems[near[0]] if near else own


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text."""
    return frozenset(stem(word) for word in words(text[:_LONGEST])[:_MOST_WORDS])


def forms(name: str) -> Iterator[str]:
    """The masculine and the feminine of a name that gives both, or the name itself.

    Examples
    --------
    >>> list(forms("Conseiller médiateur / Conseillère médiatrice en numérique"))
    ['Conseiller médiateur en numérique', 'Conseillère médiatrice en numérique']
    >>> list(forms("Éducateur spécialisé"))
    ['Éducateur spécialisé']
    """
    first, slash, second = (part.strip() for part in name.partition("/"))
    if not slash:
        yield name
        return
    rest = re.split(r"\s+", second)[len(first.split()) :]
    yield " ".join([first, *rest])
    yield second
