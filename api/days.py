"""The day of a question (*jour de la question*): the one that is asked for, else today by the clock of the store."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from api.deps import Means, Permit
from referentials.provenance import Day


def _day(
    services: Means,
    on: Annotated[Day | None, Query(description="Le jour de la question, AAAA-MM-JJ ; sans lui, aujourd'hui.")] = None,
) -> date:
    return on or services.now().date()


OnDay = Annotated[date, Depends(_day)]
"""The day of a question, asked for in the address."""


def today(permit: Permit) -> date:
    """The day it is."""
    return permit.services.now().date()
