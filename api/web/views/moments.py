"""When something was done (*moment*), as a clock on a wall in Paris shows it: the database keeps universal time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from reports.language import in_french, say
from reports.wording import plain_date

PARIS = ZoneInfo("Europe/Paris")


def moment(at: datetime) -> str:
    """A day and a time.

    Examples
    --------
    >>> from datetime import UTC
    >>> moment(datetime(2027, 1, 4, 8, 5, tzinfo=UTC)).replace("\\u00a0", " ")
    '04/01/2027 à 9 h 05'
    """
    here = at.astimezone(PARIS)
    return say("{day} à {hour}", day=plain_date(here.date()), hour=clock(here))


def clock(here: datetime) -> str:
    """The time of a moment, as people write it."""
    return f"{here.hour}\u00a0h\u00a0{here.minute:02}" if in_french() else f"{here:%H:%M}"
