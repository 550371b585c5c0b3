"""A job title → the trades that it may be (*métiers probables*), and from what a person did to what to ask (*questions à poser*).

Nothing is held because a word is near another: a trade is a code to confirm, and a skill leads to a question about a competency.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from api.services.nearness import Names
from referentials.occupations import Occupation, shipped

_MOST = 3
_QUESTIONS = 8
_NEAR = 0.55
"""Below this, a job title and a trade share a word of two at most."""
_LEAST = 0.3
_FAR_BEHIND = 0.6
"""A trade that is so much less near than the first is not proposed beside it."""


class Suggestion(NamedTuple):
    """A trade that a job title may name: its code and title, the name that is near, the code of the older version, how near."""

    code: str
    title: str
    name: str
    broader: str | None
    nearness: float


class Question(NamedTuple):
    """A competency to ask about: its reference and title, and the words that bring it near."""

    ref: str
    title: str
    because: str
    nearness: float


def trades(title: str, occupations: Iterable[Occupation] | None = None, most: int = _MOST) -> tuple[Suggestion, ...]:
    """The trades that a job title may name, the nearest first.

    Parameters
    ----------
    occupations : iterable of Occupation, optional
        Those to look among; by default, those that ship.

    Examples
    --------
    >>> [one.code for one in trades("animatrice multimedia")][0]
    'G1238'
    """
    names, known = _shipped() if occupations is None else _named(occupations)
    found = names.nearest(title, most, _NEAR)
    return tuple(
        Suggestion(near.key, known[near.key].title, near.name, known[near.key].broader, near.nearness)
        for near in found
        if near.nearness >= _FAR_BEHIND * found[0].nearness
    )


def questions(
    said: Iterable[str], competencies: Iterable[tuple[str, str]], most: int = _QUESTIONS
) -> tuple[Question, ...]:
    """The competencies that some words bring near, to be asked about: none is taken for held.

    Parameters
    ----------
    said : iterable of str
        What a document says that the person can do.
    competencies : iterable of (reference, title)
        Those that the target asks for.
    """
    titles = dict(competencies)
    names = Names((ref, [title]) for ref, title in titles.items())
    best: dict[str, Question] = {}
    for words in dict.fromkeys(said):
        for near in names.nearest(words, most, _LEAST):
            if near.key not in best or near.nearness > best[near.key].nearness:
                best[near.key] = Question(near.key, titles[near.key], words, near.nearness)
    return tuple(sorted(best.values(), key=lambda one: (-one.nearness, one.ref))[:most])


@cache
def _shipped() -> tuple[Names, dict[str, Occupation]]:
    return _named(shipped().occupations)


def _named(occupations: Iterable[Occupation]) -> tuple[Names, dict[str, Occupation]]:
    known = {one.code: one for one in occupations}
    return Names((one.code, (one.title, *one.names)) for one in known.values()), known
