"""Where a block or a competency stands in a draft (*place*): ``""`` the referential, ``CCP1`` a block, ``CCP1/C1`` a competency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import StringConstraints

from referentials.editing.entries import Path, name_in_list
from referentials.findings import FileProblem, error
from referentials.reference import CODE

Place = Annotated[str, StringConstraints(pattern=rf"^(|{CODE}(/{CODE})?)$", max_length=200)]
"""The place of an item, by codes."""
NewCode = Annotated[str, StringConstraints(pattern=rf"^{CODE}$", max_length=100)]
"""A code to give."""

_END = re.compile(r"^(.*?)(\d+)$")
_LISTS = ("blocks", "competencies")


class Item(NamedTuple):
    """A block or a competency where it stands: the list that holds it, its rank there, and itself."""

    siblings: list[Any]
    rank: int
    values: dict[str, Any]


def path_of(place: str) -> Path:
    """The path of a place among the entries of the draft.

    Examples
    --------
    >>> path_of("CCP1/C1")
    ('blocks', 'CCP1', 'competencies', 'C1')
    """
    codes = place.split("/") if place else []
    return tuple(part for pair in zip(_LISTS, codes, strict=False) for part in pair)


def item_at(values: dict[str, Any], place: str) -> Item:
    """The item of a place; for the referential itself, a list of its own.

    Raises
    ------
    FileProblem
        There is none, or there are two of that code.
    """
    found = Item([values], 0, values)
    for name, code in zip(_LISTS, place.split("/") if place else (), strict=False):
        listed = found.values.get(name)
        siblings: list[Any] = listed if isinstance(listed, list) else []
        ranks = [rank for rank, one in enumerate(siblings) if name_in_list(one) == code]
        if len(ranks) != 1:
            raise _refused(place, bool(ranks))
        found = Item(siblings, ranks[0], siblings[ranks[0]])
    return found


def _refused(place: str, twice: bool) -> FileProblem:
    if twice:
        message = f"Deux éléments portent le code {place}."
        return FileProblem([error("redaction-code-double", message, "Donnez d'abord un autre code à l'un d'eux.")])
    message = f"{place} n'est pas, ou n'est plus, dans le brouillon."
    return FileProblem([error("redaction-absent", message, "Rouvrez la page : quelqu'un l'a peut-être déplacé.")])


def parent_of(place: str) -> str:
    """The place of what holds an item."""
    return place.rpartition("/")[0]


def code_of(place: str) -> str:
    """The code of an item, the last of its place."""
    return place.rpartition("/")[2]


def within(parent: str, code: str) -> str:
    """The place of a code under a parent."""
    return f"{parent}/{code}" if parent else code


def list_under(values: dict[str, Any], parent: str) -> list[Any]:
    """The list of what a place holds: blocks of the referential, competencies of a block; made when there is none.

    Raises
    ------
    FileProblem
        A competency holds nothing, or what stands there is no list.
    """
    if "/" in parent:
        message = "Une compétence ne contient pas d'autre élément."
        raise FileProblem([error("redaction-trop-profond", message, "Choisissez un bloc.")])
    holder, name = item_at(values, parent).values, _LISTS[1 if parent else 0]
    if holder.get(name) is None:
        holder[name] = []
    if not isinstance(holder[name], list):
        message = f"Le champ « {name} » n'est pas une liste."
        raise FileProblem(
            [error("redaction-pas-une-liste", message, "Corrigez le brouillon en YAML, ou revenez en arrière.")]
        )
    return holder[name]  # type: ignore[no-any-return]


def free_code(siblings: Sequence[Any], default: str) -> str:
    """The code that comes after those of a list.

    Examples
    --------
    >>> free_code([{"code": "C1.1"}, {"code": "C1.9"}], "C1")
    'C1.10'
    """
    taken = [name for name in map(name_in_list, siblings) if name]
    stem, number = _numbered(taken[-1] if taken else default)
    number = number + 1 if taken else number
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def _numbered(code: str) -> tuple[str, int]:
    found = _END.match(code)
    return (found[1], int(found[2])) if found else (f"{code}-", 1)


def put(siblings: list[Any], item: Any, before: str | None) -> None:
    """Put an item into a list, before another one or at the end.

    Raises
    ------
    FileProblem
        Its code is already taken there.
    """
    code = name_in_list(item)
    names = [name_in_list(one) for one in siblings]
    if code in names:
        raise taken(str(code))
    siblings.insert(names.index(before) if before in names else len(siblings), item)


def taken(code: str) -> FileProblem:
    """A code that something else has."""
    return FileProblem(
        [error("redaction-code-pris", f"Le code {code} est déjà pris.", "Choisissez-en un autre.", path="code")]
    )
