"""The national map as a graph (*GraphML*): a node per version, an edge per passage or chain, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pathways.graphml import Attributes, Declared, Edge, lines
from pathways.national_map import Row
from referentials.model import Referential
from reports.map_exports import Subject
from reports.map_exports.columns import Column, columns, items

_NODE = {"title": str, "family": str, "framework_level": int}
_ENDS = ("start", "target", "start_title", "target_title")
_WITHIN = " | "


def write(rows: Iterable[Row], subject: Subject, file: BinaryIO) -> int:
    """Every version, then an edge per passage, or per chain; how many edges there are."""
    shown = [column for column in columns(subject.chains) if column.name not in _ENDS]
    counted = _Counted(rows, subject, shown)
    nodes = ((version.key, _node(version)) for version in subject.versions)
    declared = Declared({"chains": bool}, _NODE, {column.name: _kind(column) for column in shown})
    for line in lines(declared, {"chains": subject.chains}, nodes, counted):
        file.write(f"{line}\n".encode())
    return counted.count


class _Counted:
    """The edges, counted as they pass."""

    def __init__(self, rows: Iterable[Row], subject: Subject, shown: list[Column]) -> None:
        self.rows, self.subject, self.shown, self.count = rows, subject, shown, 0

    def __iter__(self) -> Iterator[Edge]:
        for one in items(self.rows, self.subject.chains):
            self.count += 1
            told = {column.name: _value(column.read(one, self.subject.texts)) for column in self.shown}
            yield one.start, one.target, told


def _node(version: Referential) -> Attributes:
    told = {"title": version.title, "family": version.kind.value, "framework_level": version.level}
    return {name: value for name, value in told.items() if value is not None}


def _kind(column: Column) -> type:
    return str if column.kind is tuple else column.kind


def _value(value: Any) -> Any:
    return _WITHIN.join(value) if isinstance(value, tuple) else value
