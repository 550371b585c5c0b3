"""What the store refuses (*refus*): a row that is not there, a change on an older revision, a name already taken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect


class Absent(LookupError):
    """Nothing has that identifier, for whoever asks: what belongs to others is not there."""

    def __init__(self, kind: str, identifier: str) -> None:
        self.kind, self.identifier = kind, identifier
        super().__init__(f"{kind} {identifier}")


def loaded(row: Any) -> Any:
    """The same row with all its columns, to be read when its transaction is over."""
    if row is not None:
        for name in tuple(inspect(row).unloaded):
            getattr(row, name)
    return row


class Conflict(Exception):
    """Somebody else has changed the row in the meantime.

    Attributes
    ----------
    current : row
        What stands there now, with its ``revision``; None when it was deleted.
    """

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__("the row has changed since it was read")


class Taken(Exception):
    """Another row has what must be unique: an e-mail address, a key."""


class WrongState(Exception):
    """What was asked can't be done in the state where the thing stands."""


class Busy(Exception):
    """Other writers kept the database for too long: try again later."""
