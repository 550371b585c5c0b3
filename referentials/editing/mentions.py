"""Where a draft names its own items (*mentions*): the award, the entry, what blocks and competencies require; kept true by every act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from referentials.editing.entries import WHOLE

_PARTS = ("all_of", "any_of", "of", "strict", "advised")
Rewriting = Callable[[str], list[str]]
"""From a reference to those that take its place: none, itself, or several."""


def renamed(values: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    """The same draft, where what was named ``before``, and all that it holds, is named ``after``."""
    return _all_rewritten(values, lambda ref: [after + ref[len(before) :]] if _is_under(ref, before) else [ref])


def dropped(values: dict[str, Any], gone: str) -> dict[str, Any]:
    """The same draft, which no longer names an item nor what it holds."""
    return _all_rewritten(values, lambda ref: [] if _is_under(ref, gone) else [ref])


def doubled(values: dict[str, Any], ref: str, other: str) -> dict[str, Any]:
    """The same draft, where whoever asks for one item asks for another too."""
    return _all_rewritten(values, lambda one: [ref, other] if one == ref else [one])


def _is_under(ref: str, top: str) -> bool:
    return ref == top or ref.startswith(f"{top}/")


def _all_rewritten(values: dict[str, Any], rewrite: Rewriting) -> dict[str, Any]:
    return dict(_rewritten(values, rewrite))


def _rewritten(value: Any, rewrite: Rewriting) -> Any:
    if isinstance(value, list):
        return [_rewritten(part, rewrite) for part in value]
    if not isinstance(value, dict):
        return value
    result = {}
    for name, part in value.items():
        found = _requirement(part, rewrite) if name in WHOLE and part is not None else _rewritten(part, rewrite)
        if found is not None or part is None:
            result[name] = found
    return result


def _requirement(value: Any, rewrite: Rewriting) -> Any:
    """A requirement after rewriting; None when nothing is left of it."""
    if isinstance(value, str):
        refs = rewrite(value)
        return refs[0] if len(refs) == 1 else {"all_of": refs} if refs else None
    if not isinstance(value, Mapping):
        return value
    if isinstance(value.get("competency"), str):
        refs = rewrite(value["competency"])
        return _one_or_all([{**value, "competency": ref} for ref in refs])
    result = {name: _list(name, part, rewrite) if name in _PARTS else part for name, part in value.items()}
    lists = [name for name in _PARTS if name in value]
    emptied = lists and all(result[name] == [] for name in lists) and any(value[name] for name in lists)
    return None if emptied else result


def _one_or_all(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else {"all_of": parts} if parts else None


def _list(name: str, parts: Any, rewrite: Rewriting) -> Any:
    """The parts of a node: in « all of » two take the place of one; elsewhere both together stand for one alternative."""
    if not isinstance(parts, list):
        return parts
    result: list[Any] = []
    for part in parts:
        flat = isinstance(part, str) and name in ("all_of", "strict", "advised")
        found = rewrite(part) if flat else [_requirement(part, rewrite)]
        result += [one for one in found if one is not None and one not in result]
    return result
