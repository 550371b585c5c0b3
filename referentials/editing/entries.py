"""Plain values as entries (*champs*): path → value, so that two states of a draft are compared field by field.

Blocks, competencies and sources are named by their code, not by their rank, and the order of each list is an entry of its own::

    {"title": "T", "blocks": [{"code": "B1", "title": "U"}]}
    ("title",) -> "T"    ("blocks", "#") -> ["B1"]    ("blocks", "B1", "code") -> "B1"    ("blocks", "B1", "title") -> "U"

Requirements are one value each: half of one and half of another would mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

Path = tuple[str, ...]
Entries = dict[Path, Any]

ORDER = "#"
"""The last part of the path of a list's order."""

WHOLE = frozenset({"award", "requirement", "requires"})
"""Fields whose value is one, whatever its shape."""

_NAMES = ("code", "id")


def entries(values: Mapping[str, Any]) -> Entries:
    """The entries of plain values; :func:`values_of` gives them back.

    Examples
    --------
    >>> entries({"award": {"all_of": ["B1"]}, "blocks": []})
    {('award',): {'all_of': ['B1']}, ('blocks',): []}
    """
    return dict(_of_group(values, ()))


def values_of(found: Mapping[Path, Any]) -> dict[str, Any]:
    """The plain values that have these entries; what lies under an empty value takes its place."""
    root: dict[str, Any] = {}
    children: dict[Path, dict[str, None]] = {}
    for path in found:
        for start, longer in pairwise(path[:size] for size in range(len(path) + 1)):
            children.setdefault(start, {})[longer[-1]] = None
    for name in children.get((), ()):
        root[name] = _value((name,), found, children)
    return root


def name_in_list(item: Any) -> str | None:
    """The code that an item of a list goes by, if it has one."""
    if not isinstance(item, dict):
        return None
    return next((item[name] for name in _NAMES if isinstance(item.get(name), str)), None)


def _of_group(values: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, Any]]:
    for name, value in values.items():
        yield from _of_value(value, (*path, name))


def _of_value(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict) and value and path[-1] not in WHOLE and ORDER not in value:
        yield from _of_group(value, path)
    elif (names := _names(value)) and path[-1] not in WHOLE:
        yield (*path, ORDER), names
        for name, item in zip(names, value, strict=True):
            yield from _of_group(item, (*path, name))
    else:
        yield path, value


def _names(value: Any) -> list[str]:
    """The codes of a list whose items all have one, each its own; else nothing."""
    if not isinstance(value, list) or any(name_in_list(item) is None or ORDER in item for item in value):
        return []
    names = [str(name_in_list(item)) for item in value]
    return names if ORDER not in names and len(set(names)) == len(names) else []


def _value(path: Path, found: Mapping[Path, Any], children: Mapping[Path, Mapping[str, None]]) -> Any:
    below = children.get(path)
    if not below:
        return found[path]
    if ORDER in below:
        return [_group((*path, name), found, children) for name in found[*path, ORDER]]
    return _group(path, found, children)


def _group(path: Path, found: Mapping[Path, Any], children: Mapping[Path, Mapping[str, None]]) -> dict[str, Any]:
    return {name: _value((*path, name), found, children) for name in children.get(path, ())}
