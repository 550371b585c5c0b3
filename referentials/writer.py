"""Models → YAML text, in the order and the style of the shipped files, so that a diff shows only what changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml
from pydantic import BaseModel

_WIDTH = 140


class _Dumper(yaml.SafeDumper):
    """Block style outside, one line for short leaves, indented lists."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def plain(item: BaseModel) -> dict[str, Any]:
    """The plain values of a model: what was set, without defaults, under the names that files use.

    Local codes stay in full: a reader accepts both, and a full reference means the same everywhere.
    """
    return dict(item.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def to_yaml(item: BaseModel | Iterable[BaseModel]) -> str:
    """The YAML text of one model, or of a list of models. Reading it again gives an equal model.

    Examples
    --------
    >>> from referentials.provenance import Source
    >>> print(to_yaml(Source(title="Arrêté du 8 février 2019", reference="MTRD1904263A")), end="")
    title: Arrêté du 8 février 2019
    reference: MTRD1904263A
    """
    value = plain(item) if isinstance(item, BaseModel) else [plain(one) for one in item]
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
