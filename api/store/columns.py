"""The columns (*colonnes*): how texts, instants and JSON values are written, alike in SQLite and in PostgreSQL.

PostgreSQL refuses the character U+0000 and sorts by the habits of a country; SQLite keeps no time zone and no length. Here both
refuse the same texts, sort by code point, and give back the instant that they were given.
"""

from __future__ import annotations

import json
import re
import secrets
import zlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, MetaData, String, Text
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")

ID_LENGTH = 32


class Unstorable(ValueError, DontWrapMixin):
    """A text that no database keeps: too long for its column, or with a character that means nothing."""


class Words(TypeDecorator[str]):
    """A text of at most ``length`` characters, sorted by code point."""

    impl = String
    cache_ok = True

    def __init__(self, length: int = 200) -> None:
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(String(self.length, collation=collation))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None and (len(value) > self.length or _NOT_STORABLE.search(value)):
            raise Unstorable(
                f"Un texte est trop long ({self.length} caractères au plus) ou contient un caractère interdit."
            )
        return value


class Instant(TypeDecorator[datetime]):
    """A moment in universal time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise Unstorable("Un instant doit dire son fuseau horaire.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """Plain values as JSON text, keys in their own order: the same text in both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Packed(TypeDecorator[Any]):
    """Plain values, or their JSON already written, packed: an imported document takes a fourth of its room."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        raw = value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode("ascii")
        return zlib.compress(raw, 1)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(zlib.decompress(value))


def json_text(value: Any, *, sort_keys: bool = False) -> str:
    """The JSON text of plain values, short, and with nothing that UTF-8 cannot write.

    Examples
    --------
    >>> json_text({"titre": "Médiateur", "nul": "\\x00"})
    '{"titre":"Médiateur","nul":"\\\\u0000"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys, allow_nan=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def new_identifier(now: datetime, number: int = 0) -> str:
    """A new identifier, 32 hexadecimal digits, in the order in which rows are made; none can be guessed.

    Parameters
    ----------
    number : int
        Of the row among those of the same moment.
    """
    return f"{int(now.timestamp() * 1000):012x}{number % 65536:04x}{secrets.token_hex(8)}"


class Base(DeclarativeBase):
    """Every table; constraints are named, so that a migration can find them again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Identified:
    """A row with an identifier of ours, and the moment when it was made."""

    id: Mapped[str] = mapped_column(Words(ID_LENGTH), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Revised:
    """A row whose ``revision`` counts its changes: the database refuses a change made on an older one."""

    revision: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.revision}  # type: ignore[attr-defined]


class Edited(Identified, Revised):
    """A row that people change, one after the other."""

    updated_at: Mapped[datetime] = mapped_column(Instant)
