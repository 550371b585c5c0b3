"""French typography on paper (*composition*): curly apostrophes, and spaces that never leave a sign alone at the start of a line.

Sentences are written in the code, in the data and by people with what a keyboard has. A document sets them as a book does,
once, when all its words are chosen; its data stays as it was written. English has its apostrophes too, and no such spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar, cast

from pydantic import BaseModel

from reports.document import Document
from reports.language import NO_BREAK, Language
from reports.wording import typeset

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w«“])")
_NUMBER_SIGN = re.compile(r"(?<=\bn°) (?=\d)")
_ADDRESS = re.compile(r"(\S*://\S*)")

_AS_IT_IS = frozenset({"block", "id", "uid", "language", "reference"})
"""Fields that name a thing instead of saying something."""

Part = TypeVar("Part")


def set_in_type(document: Document) -> Document:
    """The document with every word set as the language of its paper wants.

    Parameters
    ----------
    document : Document
        With all its words; its ``data`` is left alone.
    """
    french = document.paper.language is Language.FRENCH
    return document.model_copy(
        update={
            "paper": _set(document.paper, french),
            "main": text_in_type(document.main, french),
            "events": _set(document.events, french),
        }
    )


def text_in_type(text: str, french: bool = True) -> str:
    """One text; the addresses in it stay as they are.

    Examples
    --------
    >>> text_in_type("L'article n° 4 : « d'essai », https://essai.fr/l'article").replace(NO_BREAK, "_")
    "L’article n°_4_: «_d’essai_», https://essai.fr/l'article"
    """
    if "://" in text:
        return "".join(part if "://" in part else _typed(part, french) for part in _ADDRESS.split(text))
    return _typed(text, french)


def _typed(text: str, french: bool) -> str:
    curly = _APOSTROPHE.sub("’", text) if "'" in text else text
    return typeset(_NUMBER_SIGN.sub(NO_BREAK, curly)) if french else curly


def _set(value: Part, french: bool) -> Part:
    """A value of the paper, whatever its kind, with its texts set."""
    found: object = value
    if isinstance(value, str) and type(value) is str:
        found = text_in_type(value, french)
    elif isinstance(value, tuple):
        found = tuple(_set(one, french) for one in value)
    elif isinstance(value, BaseModel):
        found = value.model_copy(update=dict(_fields(value, french)))
    return cast(Part, found)


def _fields(value: BaseModel, french: bool) -> Iterator[tuple[str, object]]:
    for name, one in value:
        if name == "svg" and isinstance(one, str):
            yield name, _APOSTROPHE.sub("’", one)
        elif name not in _AS_IT_IS and isinstance(one, str | tuple | BaseModel):
            yield name, _set(one, french)
