"""The library opened for a reader (*catalogue*): which versions there are, what each knows, what a reference names.

A file that can't be used does not hide the others: it is left aside and its problems come with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from referentials.findings import FileProblem, Finding
from referentials.holes import holes
from referentials.library import Item, Library, NotInForce, UnknownReference
from referentials.model import Kind, Referential, State
from referentials.neighbourhood import name_of, right_named, rights_with
from referentials.reference import Ref, parse
from referentials.requirement import references
from referentials.rights import Correspondence, Recognition
from referentials.source import Side
from reports.library_wording import label

_LONGEST_CODE = 40
_ACCENTS = re.compile("[\u0300-\u036f]+")


class Row(NamedTuple):
    """One version in a list, with how much of it is known; ``None`` where even the number is not known."""

    item: Referential
    blocks: int | None
    competencies: int | None
    holes: int

    def plain(self) -> dict[str, Any]:
        """The row for a program."""
        item = self.item
        return {
            "ref": item.key,
            "id": item.id,
            "version": item.version,
            "title": item.title,
            "short_title": item.short_title,
            "kind": item.kind.value,
            "level": item.level,
            "state": item.state.value,
            "valid": item.valid.model_dump(mode="json", by_alias=True, include={"start", "end", "seen"}),
            "blocks": self.blocks,
            "competencies": self.competencies,
            "holes": self.holes,
        }


def rows(library: Library, *, text: str = "", kind: Kind | None = None) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """The versions whose names contain a text, of a kind when one is given, and the problems of the files left aside.

    A fiche that rights name, and that nobody read, answers to its number alone.
    """
    items, problems = readable(library)
    wanted = (
        item
        for item in (*items, *unread(library, text))
        if (kind is None or item.kind is kind) and _mentions(item, text)
    )
    return tuple(
        row_of(item) for item in sorted(wanted, key=lambda item: (item.id, _start(item), item.version))
    ), problems


def readable(library: Library) -> tuple[tuple[Referential, ...], tuple[Finding, ...]]:
    """Every version whose file can be used, and the problems of the others."""
    try:
        return tuple(library), ()
    except FileProblem:
        problems = library.open_all()
        return tuple(library), problems


def unread(library: Library, text: str) -> tuple[Referential, ...]:
    """The fiche that a number names, where rights name it and nobody read it; none for any other text."""
    words = text.split()
    found = (library.find(ref.partition("/")[0]) for ref in library.by_code("".join(words)[:_LONGEST_CODE]))
    return tuple(one for one in found if isinstance(one, Referential) and one.state is State.NAMED) if words else ()


def _start(item: Referential) -> date:
    return item.valid.start or item.valid.seen or date.min


def row_of(item: Referential) -> Row:
    """A version as a list shows it."""
    blocks = None if item.blocks is None else len(item.blocks)
    known = [block.competencies for block in item.known_blocks if block.competencies is not None]
    counted = None if item.blocks is None or (item.blocks and not known) else sum(len(part) for part in known)
    return Row(item, blocks, counted, len(holes(item)))


def _mentions(item: Referential, text: str) -> bool:
    names = (
        item.key,
        item.title,
        item.short_title or "",
        *item.aliases,
        label(item.kind),
        *(code.code for code in item.codes.rncp),
    )
    return all(folded(word) in folded(" ".join(names)) for word in text.split())


def folded(text: str) -> str:
    """The text without case, accents or curly apostrophes, to compare as people type.

    Examples
    --------
    >>> folded("Éducateur d’enfants")
    "educateur d'enfants"
    """
    import unicodedata

    plain = text.casefold().replace("’", "'")
    return plain if plain.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", plain))


class Found(NamedTuple):
    """What a reference names: its full reference, its sort, the thing itself, and the version that contains it."""

    ref: str
    sort: str
    item: Any
    version: Referential | None = None


def find(library: Library, text: str, on: date) -> Found:
    """What a text names: a referential, a block, a competency, a module, a right, a likeness, a rule, an offer, an RNCP number.

    Without a version, the one in force on the day, else the last one. A block has its own number: RNCP37275BC01.

    Raises
    ------
    UnknownReference
        Nothing has that name; near names are given.
    FileProblem
        Its file can't be used.
    """
    ref = _parsed(text)
    if isinstance(ref, Ref) and ref.referential in library:
        return _found_inside(library, text, ref, on)
    if ":" in text:
        return Found(text, "module", library.find(text))
    for sort, items in _lists(library):
        for item in items:
            if item.id == text:
                return Found(text, sort, item)
    if (right := right_named(library, text)) is not None:
        return Found(text, "recognition", right)
    coded = tuple(_coded(library, text))
    if coded:
        return next((found for found in coded if found.version and library.is_in_force(found.version, on)), coded[-1])
    raise UnknownReference(text, (*library.near(text), *_near_lists(library, text)))


_DIRECTORY_CODE = re.compile(r"R(NCP|S)\d+(BC\d+)?|(TP|CP)-\d+", re.IGNORECASE)


def named(library: Library, text: str, on: date) -> str:
    """The reference that a text is; a code of the national directories is looked up.

    Raises
    ------
    UnknownReference
        Nothing has that code.
    """
    return find(library, text.strip(), on).ref if _DIRECTORY_CODE.fullmatch(text.strip()) else text.strip()


def _coded(library: Library, code: str) -> Iterator[Found]:
    """The versions and the blocks that have a code of the national directories, or of the ministry, in order."""
    for ref in library.by_code(code):
        version, item = library.find(ref.partition("/")[0]), library.find(ref)
        assert isinstance(version, Referential)
        yield Found(ref, "block" if "/" in ref else "referential", item, version)


def _parsed(text: str) -> Any:
    try:
        return parse(text)
    except ValueError:
        return None


def _lists(library: Library) -> Iterator[tuple[str, Iterable[Any]]]:
    yield "recognition", library.own_recognitions
    yield "correspondence", library.correspondences
    yield "rule", library.rules
    yield "offer", library.offers


def _near_lists(library: Library, text: str) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(text, [item.id for _sort, items in _lists(library) for item in items], n=3)


def _found_inside(library: Library, text: str, ref: Ref, on: date) -> Found:
    full = library.expand(text)
    if not full:
        raise UnknownReference(text, library.near(text))
    chosen = full[-1] if ref.version else _current(library, ref, full, on)
    key = chosen.partition("/")[0]
    version = library.find(key)
    assert isinstance(version, Referential)
    item: Item = library.find(chosen)
    sorts = ("referential", "block", "competency")
    return Found(chosen, sorts[chosen.count("/")], item, version)


def _current(library: Library, ref: Ref, full: tuple[str, ...], on: date) -> str:
    """Of several versions, the one in force on the day if it is among them, else the last."""
    try:
        key = library.in_force(ref.referential, on).key
    except NotInForce:
        return full[-1]
    return next((text for text in full if text.partition("/")[0] == key), full[-1])


class RightsAbout(NamedTuple):
    """The rights that grant an item or a part of it, and those that start from it or a part of it."""

    entering: tuple[Recognition, ...]
    leaving: tuple[Recognition, ...]


def rights_about(library: Library, key: str) -> RightsAbout:
    """The rights about a referential, a block or a competency, whatever their effect and their dates.

    Notes
    -----
    Linear in the number of rights, but for those of a directory; only references to the same referential are looked up.
    """
    granting, asking = (rights_with(library, side, {name_of(key)}) for side in (Side.GRANTS, Side.GIVEN))
    return RightsAbout(
        tuple(item for item in granting if _name(library, item.grants, key)),
        tuple(item for item in asking if _name(library, references(item.given), key)),
    )


def _name(library: Library, texts: Iterable[str], key: str) -> bool:
    identifier = key.partition("@")[0]
    for text in texts:
        ref = parse(text)
        if isinstance(ref, Ref) and ref.referential == identifier:
            for full in library.expand(text):
                if full == key or full.startswith(f"{key}/"):
                    return True
    return False


def likenesses_about(library: Library, key: str) -> tuple[Correspondence, ...]:
    """The likenesses that start from a competency or lead to it."""
    return tuple(item for item in library.correspondences if _name(library, (item.start, item.end), key))
