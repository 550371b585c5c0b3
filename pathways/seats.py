"""Seats that a group pays for (*places dans une session commune*): dated runs of a module that cost the person nothing."""

from __future__ import annotations

from dataclasses import dataclass

from referentials.offer import Session


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in a session of a module, offered to one person; the session's identifier is none of the module's own."""

    module: str
    session: Session
