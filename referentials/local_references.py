"""Local codes become full references: inside its own file, ``CCP1`` means ``tp-remn@2019/CCP1``.

Works on the plain values of a file before they become a model, and leaves alone whatever does not have the expected
shape: the model says what is wrong there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from referentials.reference import IDENTIFIER, VERSION

_KEY = re.compile(rf"{IDENTIFIER}@{VERSION}")
_NODES = ("all_of", "any_of", "of")
_GROUP = (dict, Mapping)
"""A group of values; nearly all are plain, which is seen at once."""


def expanded(data: Any) -> Any:
    """The plain values of a referential, with every local code written in full.

    Examples
    --------
    >>> file = {"id": "tp-x", "version": "2019", "award": {"all_of": ["CCP1"]}, "blocks": [{"code": "CCP1"}]}
    >>> expanded(file)["award"]
    {'all_of': ['tp-x@2019/CCP1']}
    """
    if not (isinstance(data, _GROUP) and isinstance(data.get("blocks"), list | tuple)):
        return data
    prefix = _prefix(data)
    blocks = {str(block.get("code")): block for block in data["blocks"] if isinstance(block, _GROUP)}
    full = _Codes(prefix, blocks).full
    result = dict(data)
    if "award" in data:
        result["award"] = _requirement(data["award"], full)
    if isinstance(data.get("entry"), _GROUP) and "requirement" in data["entry"]:
        result["entry"] = dict(data["entry"]) | {"requirement": _requirement(data["entry"]["requirement"], full)}
    result["blocks"] = [_block(block, prefix, full) for block in data["blocks"]]
    return result


Full = Callable[[str], str]
"""What a local code means, in full; any other text stays."""


class _Codes:
    """The codes of a file. Those of competencies are gone through only where something else than a block is named."""

    def __init__(self, prefix: str, blocks: Mapping[str, Mapping[str, Any]]) -> None:
        self._prefix, self._blocks = prefix, blocks

    def full(self, code: str) -> str:
        return f"{self._prefix}/{code}" if code in self._blocks else self._competencies.get(code, code)

    @cached_property
    def _competencies(self) -> Mapping[str, str]:
        return {code: f"{self._prefix}/{block}/{code}" for block, code in _unique_competencies(self._blocks)}


def _prefix(data: Mapping[str, Any]) -> str:
    """The key of the version; another where it can't be read, so that this one mistake is told once."""
    key = f"{data.get('id')}@{data.get('version')}"
    return key if _KEY.fullmatch(key) else "inconnu@0"


def _competencies(block: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = block.get("competencies")
    return [item for item in listed if isinstance(item, _GROUP)] if isinstance(listed, list | tuple) else []


def _unique_competencies(blocks: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    found = [(code, str(item.get("code"))) for code, block in blocks.items() for item in _competencies(block)]
    counts: dict[str, int] = {}
    for _block_code, code in found:
        counts[code] = counts.get(code, 0) + 1
    return [(block, code) for block, code in found if counts[code] == 1 and code not in blocks]


def _requirement(value: Any, full: Full) -> Any:
    if isinstance(value, str):
        return full(value)
    if not isinstance(value, _GROUP):
        return value
    result = dict(value)
    for key in _NODES:
        if isinstance(value.get(key), list | tuple):
            result[key] = [_requirement(part, full) for part in value[key]]
    if isinstance(value.get("competency"), str):
        result["competency"] = full(value["competency"])
    return result


def _block(block: Any, prefix: str, full: Full) -> Any:
    if not isinstance(block, _GROUP):
        return block
    items = _competencies(block)
    inside = any("requires" in item for item in items)
    if "requires" not in block and not inside:
        return block
    result = dict(block)
    if "requires" in block:
        result["requires"] = _requirement(block["requires"], full)
    if inside:
        own = {str(item.get("code")): f"{prefix}/{block.get('code')}/{item.get('code')}" for item in items}
        result["competencies"] = [_competency(item, own, full) for item in block["competencies"]]
    return result


def _competency(item: Any, own: Mapping[str, str], full: Full) -> Any:
    if not (isinstance(item, _GROUP) and isinstance(item.get("requires"), _GROUP)):
        return item
    requires = {
        key: [own.get(code) or full(code) if isinstance(code, str) else code for code in codes]
        if isinstance(codes, list | tuple)
        else codes
        for key, codes in item["requires"].items()
    }
    return dict(item) | {"requires": requires}
