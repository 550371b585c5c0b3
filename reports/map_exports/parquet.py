"""The national map for those who compute (*Parquet*): typed columns, lists as lists, written in groups of lines."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

from pathways.national_map import Row
from reports.map_exports import Subject
from reports.map_exports.columns import Column, columns, items

GROUP = 10_000
"""Lines of one group; no more than these are in memory."""


def write(rows: Iterable[Row], subject: Subject, file: BinaryIO) -> int:
    """A line per passage, or per chain; how many there are. The same map always gives the same bytes."""
    import pyarrow
    from pyarrow import parquet

    shown, count = columns(subject.chains), 0
    schema = pyarrow.schema([pyarrow.field(column.name, _type(column), nullable=False) for column in shown])
    with parquet.ParquetWriter(file, schema, compression="zstd") as out:
        every = items(rows, subject.chains)
        while group := list(islice(every, GROUP)):
            arrays = [[_value(column.read(one, subject.texts)) for one in group] for column in shown]
            out.write_table(pyarrow.table(arrays, schema=schema))
            count += len(group)
    return count


def _type(column: Column) -> Any:
    import pyarrow

    text = pyarrow.string()
    return {str: text, bool: pyarrow.bool_(), int: pyarrow.int32(), tuple: pyarrow.list_(text)}[column.kind]


def _value(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
