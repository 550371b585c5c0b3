"""Two people's changes (*fusion*): three ways, entry by entry, from the state that both started from.

::

    result = mine     where theirs is as it was
             theirs   where mine is as it was, or both wrote the same
             clash    where both wrote otherwise: a person settles it

Lists are merged too: what one adds, moves or takes away is done to the list of the other. Whoever takes away a block or a competency that
the other changed clashes with them on the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from referentials.editing.delta import ABSENT, _same
from referentials.editing.entries import ORDER, Entries, Path, entries, values_of


class Clash(NamedTuple):
    """An entry, or a whole block or competency, that two people changed otherwise; ``ABSENT`` where there is none."""

    at: Path
    base: Any
    mine: Any
    theirs: Any


class Merged(NamedTuple):
    """What two changes make together; on a clash, ``values`` has theirs."""

    values: dict[str, Any]
    clashes: tuple[Clash, ...]


def merged(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Two states that were made from one, as one state."""
    sides = (entries(base), entries(mine), entries(theirs))
    gone = tuple(_taken_away(*sides))
    clashes = [Clash(path, *(_under(side, path) for side in sides)) for path in gone]
    found: Entries = {}
    for path in dict.fromkeys((*sides[2], *sides[1], *sides[0])):
        below = any(path[: len(one)] == one for one in gone)
        value = sides[2].get(path, ABSENT) if below else _entry(path, *(side.get(path, ABSENT) for side in sides))
        if isinstance(value, Clash):
            clashes.append(value)
            value = value.theirs
        if value is not ABSENT:
            found[path] = value
    _keep_orders(found, sides[2])
    clashes += _misfits(found, sides)
    return Merged(values_of(found), tuple(clashes))


def _entry(path: Path, base: Any, mine: Any, theirs: Any) -> Any:
    if _same(base, mine) or _same(mine, theirs):
        return theirs
    if _same(base, theirs):
        return mine
    if path[-1] == ORDER:
        return order_of(*([] if one is ABSENT else one for one in (base, mine, theirs)))
    return Clash(path, base, mine, theirs)


def order_of(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """A list that two people changed: theirs, with what I added, moved and took away.

    Examples
    --------
    >>> order_of(["A", "B", "C"], ["A", "C", "X"], ["B", "A", "C", "Y"])
    ['A', 'C', 'X', 'Y']
    """
    result = [name for name in theirs if name in mine or name not in base]
    moved = _moved(base, mine)
    result = [name for name in result if name not in moved]
    for rank, name in enumerate(mine):
        if name in result or (name in base and name not in theirs):
            continue
        result.insert(_place(mine[:rank], result), name)
    return result


def _moved(base: Sequence[str], mine: Sequence[str]) -> set[str]:
    """The names that I moved among those that were there: all but a longest run in the same order."""
    from difflib import SequenceMatcher

    kept_before = [name for name in base if name in mine]
    kept_now = [name for name in mine if name in base]
    same = SequenceMatcher(None, kept_before, kept_now, autojunk=False).get_matching_blocks()
    still = {name for block in same for name in kept_now[block.b : block.b + block.size]}
    return {*kept_now} - still


def _place(before: Sequence[str], result: Sequence[str]) -> int:
    """Behind the nearest of the names that go before it."""
    return next((result.index(name) + 1 for name in reversed(before) if name in result), 0)


def _taken_away(base: Entries, mine: Entries, theirs: Entries) -> Iterator[Path]:
    """The blocks and competencies that one took away and the other changed."""
    found: list[Path] = []
    for path in (path for path in base if path[-1] == ORDER):
        for name in base[path]:
            item = (*path[:-1], name)
            states = [_under(side, item) for side in (base, mine, theirs)]
            one_gone = (states[1] is ABSENT) != (states[2] is ABSENT)
            changed = states[0] != (states[2] if states[1] is ABSENT else states[1])
            if one_gone and changed and not any(item[: len(other)] == other for other in found):
                found.append(item)
                yield item


def _under(found: Entries, path: Path) -> Any:
    """The value at a path, with all that lies under it."""
    size = len(path)
    if path in found:
        return found[path]
    below = {place[size:]: value for place, value in found.items() if place[:size] == path}
    return values_of(below) if below else ABSENT


def _keep_orders(found: Entries, theirs: Entries) -> None:
    """Every item that is there stands in the order of its list, and nothing else does."""
    lists = [path for path in found if path[-1] == ORDER]
    for path in lists:
        size = len(path)
        there = dict.fromkeys(
            place[size - 1] for place in found if len(place) > size and place[: size - 1] == path[:-1]
        )
        listed = [name for name in found[path] if name in there]
        for name in there:
            if name not in listed:
                known = theirs.get(path, [])
                before = known[: known.index(name)] if name in known else listed
                listed.insert(_place(before, listed), name)
        found[path] = listed
        if not listed:
            del found[path]
            found.setdefault(path[:-1], [])


def _misfits(found: Entries, sides: tuple[Entries, Entries, Entries]) -> Iterator[Clash]:
    """Where one wrote a single value and the other a group of fields: theirs stays."""
    parents = {path[:size] for path in found for size in range(1, len(path))}
    for path in [path for path in found if path in parents]:
        if found[path] in ({}, [], None) and _under(sides[2], path) is not None:
            del found[path]
            continue
        below = [place for place in found if place[: len(path)] == path]
        clash = Clash(path, *(_under(side, path) for side in sides))
        for place in below:
            del found[place]
        found |= {place: value for place, value in sides[2].items() if place[: len(path)] == path}
        yield clash
