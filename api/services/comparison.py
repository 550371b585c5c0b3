"""Two versions, or two lists of rights → what changes from one to the other (*comparaison*), rights included.

Each side is a reference of the library or a file, so that a draft compares with what is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from api.services.planning import NotPlannable
from referentials.diff import Change, diff, rights_diff
from referentials.library import Library, UnknownReference
from referentials.loader import RECOGNITIONS, REFERENTIAL, load_file
from referentials.model import Referential
from referentials.neighbourhood import rights_with
from referentials.reference import parse_ref
from referentials.rights import Recognition
from referentials.source import Side
from reports.change_wording import sentences


class NotComparable(NotPlannable):
    """The two sides are not of one sort, or of a sort that has no comparison."""


class Comparison(NamedTuple):
    """The names of both sides, the changes with a sentence each, and the rights that lead to the first only, to the second only, to both."""

    before: str
    after: str
    changes: tuple[Change, ...]
    sentences: tuple[str, ...]
    first_only: tuple[Recognition, ...] = ()
    second_only: tuple[Recognition, ...] = ()
    both: tuple[Recognition, ...] = ()


def compare(library: Library, first: str, second: str) -> Comparison:
    """Every change between two sides, each a reference ``id@version`` or the path of a file.

    Raises
    ------
    UnknownReference
        A side is no file, and no version of the library.
    FileProblem
        A file can't be used.
    NotComparable
        The sides do not compare.
    """
    before, after = _side(library, first), _side(library, second)
    if isinstance(before, Referential) and isinstance(after, Referential):
        return _versions(library, _name(first, before), before, _name(second, after), after)
    if isinstance(before, Referential) or isinstance(after, Referential):
        raise NotComparable(
            "Un référentiel se compare à un référentiel, une liste de passerelles à une liste de passerelles."
        )
    changes = rights_diff(before, after)
    return Comparison(first, second, changes, tuple(change.sentence for change in changes))


def between(library: Library, first: str, draft: Referential) -> Comparison:
    """Every change from a version of the library to a draft.

    Raises
    ------
    UnknownReference, NotComparable
        As for :func:`compare`.
    """
    before = _version(library, first)
    return _versions(library, before.key, before, draft.key, draft)


def _versions(library: Library, first: str, before: Referential, second: str, after: Referential) -> Comparison:
    changes = diff(before, after)
    rights = [_granting(library, version) for version in (before, after)]
    mine, theirs = ({item.id for item in items} for items in rights)
    return Comparison(
        first,
        second,
        changes,
        sentences(changes, before, after),
        tuple(item for item in rights[0] if item.id not in theirs),
        tuple(item for item in rights[1] if item.id not in mine),
        tuple(item for item in rights[0] if item.id in theirs),
    )


def _side(library: Library, text: str) -> Referential | Sequence[Recognition]:
    path = Path(text)
    if path.suffix and path.is_file():
        loaded = load_file(path)
        if loaded.format not in (REFERENTIAL, RECOGNITIONS):
            raise NotComparable(
                f"« {text} » n'est ni un référentiel ni une liste de passerelles : cela ne se compare pas encore."
            )
        item: Any = loaded.items[0] if loaded.format is REFERENTIAL else loaded.items
        return item  # type: ignore[no-any-return]
    return _version(library, text)


def _version(library: Library, text: str) -> Referential:
    """The version that a reference names; without a version, the only one there is."""
    try:
        ref = parse_ref(text)
    except ValueError:
        raise UnknownReference(text, library.near(text)) from None
    if ref.block:
        raise NotComparable(f"« {text} » est une partie d'un référentiel : comparez deux versions entières.")
    if ref.version:
        return library.get(ref.referential, ref.version)
    versions = library.versions(ref.referential)
    if len(versions) > 1:
        keys = " ou ".join(version.key for version in versions)
        raise NotComparable(f"« {text} » a plusieurs versions : écrivez {keys}.")
    return versions[0]


def _name(text: str, version: Referential) -> str:
    return version.key if text == version.key else f"{version.key} ({text})"


def _granting(library: Library, version: Referential) -> tuple[Recognition, ...]:
    """The rights that grant a version or a part of it, named with its version, with what they grant of it."""
    inside = (version.key, f"{version.key}/")
    return tuple(
        item
        for item in rights_with(library, Side.GRANTS, {version.id})
        if any(text == inside[0] or text.startswith(inside[1]) for text in item.grants)
    )
