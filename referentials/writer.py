"""Models → YAML text, in the order and near the style of the shipped files, so that a diff shows only what changed.

Short groups and lists stand on one line, texts are never folded, and what YAML would read otherwise is quoted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import yaml
from pydantic import BaseModel

_SHORT = 100
"""How many characters of values a group or a list may hold on one line."""

_NEVER_FOLDED = 1 << 30
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_NOT_IN_DOUBLE_QUOTES = re.compile('["\\\\\n]|[^\x20-\uffff]')


class _Dumper(yaml.SafeDumper):
    """Block style outside, one line for short leaves, indented lists, dates without quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def choose_scalar_style(self) -> str:
        """Double quotes where quotes are needed, for French is full of apostrophes."""
        style = super().choose_scalar_style()
        value = getattr(self.event, "value", "")
        return '"' if style == "'" and not _NOT_IN_DOUBLE_QUOTES.search(value) else style


class _File(dict[str, Any]):
    """The whole of a file, which never stands on one line."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """A text; in double quotes when it has characters that YAML would fold or refuse."""
    style = '"' if _ESCAPED.search(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _group(dumper: yaml.SafeDumper, value: dict[str, Any]) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=_is_short(value))


def _file(dumper: yaml.SafeDumper, value: _File) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=False)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=_is_short(value))


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _group)
_Dumper.add_representer(_File, _file)
_Dumper.add_representer(list, _list)


def _is_short(value: Any) -> bool:
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    if any((isinstance(part, dict | list) and part) or (isinstance(part, str) and "\n" in part) for part in parts):
        return False
    return sum(len(str(part)) + 2 for part in parts) <= _SHORT


def plain(item: BaseModel) -> dict[str, Any]:
    """The plain values of a model: what was set, without defaults, under the names that files use.

    Local codes stay in full: a reader accepts both, and a full reference means the same everywhere.
    """
    return dict(item.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def _plain(item: BaseModel | Iterable[BaseModel]) -> Any:
    return plain(item) if isinstance(item, BaseModel) else [plain(one) for one in item]


def to_yaml(item: BaseModel | Iterable[BaseModel]) -> str:
    """The YAML text of one model, or of a list of models. Reading it again gives an equal model.

    Examples
    --------
    >>> from referentials.provenance import Source
    >>> print(to_yaml(Source(title="Arrêté du 8 février 2019", reference="MTRD1904263A")), end="")
    title: Arrêté du 8 février 2019
    reference: MTRD1904263A
    """
    return values_to_yaml(_plain(item))


def values_to_yaml(value: dict[str, Any] | list[Any]) -> str:
    """The YAML text of plain values, right or wrong, in the same style."""
    return yaml.dump(
        _File(value) if isinstance(value, dict) else value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_NEVER_FOLDED,
    )


def to_json(item: BaseModel | Iterable[BaseModel]) -> str:
    """The JSON text of one model, or of a list of models. Reading it again gives an equal model."""
    return json.dumps(_plain(item), ensure_ascii=False, indent=2) + "\n"
