"""The day of a page (*jour de la question*): the one that its address asks for, else today; one that can't be read is told at its field."""

from __future__ import annotations

from datetime import date

from api.days import today
from api.deps import Permit
from api.web.entries import Unreadable, day


def asked_day(text: str, permit: Permit, field: str = "le") -> tuple[date, dict[str, str]]:
    """The day of the question, and what to say at its field when it can't be read."""
    try:
        return day(text) or today(permit), {}
    except Unreadable as problem:
        return today(permit), {field: str(problem)}
