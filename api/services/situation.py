"""Where somebody works, by coarse labels (*situation*): the service of the employer, the area, the trade; all of it may stay unsaid.

None of it goes into a computation of anybody's bridge: it only tells into which sum of many people a person is counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from pathways.profile import Profile
from referentials.provenance import Value

_ROME = re.compile(r"[a-z]\d{4}", re.IGNORECASE)


class Situation(Value):
    """Where somebody works."""

    service: str | None = Field(None, max_length=120, description="Service de l'employeur.")
    area: str | None = Field(None, max_length=80, description="Territoire, large : un département, par exemple.")
    trade: str | None = Field(None, max_length=80, description="Métier : code ROME, ou nom.")


def situated(values: Mapping[str, Any]) -> dict[str, str | None]:
    """The labels of a situation in some values, without spaces around; None for what is not said.

    Examples
    --------
    >>> situated({"area": " 29 ", "trade": "k1601", "service": ""})
    {'service': None, 'area': '29', 'trade': 'K1601'}
    """
    found = {name: _label(values.get(name)) for name in Situation.model_fields}
    trade = found["trade"]
    return found | {"trade": trade.upper() if trade and _ROME.fullmatch(trade) else trade}


def _label(value: Any) -> str | None:
    return None if value is None else " ".join(str(value).split()) or None


def trade_of(trade: str | None, profile: Profile) -> str | None:
    """The trade that was said; else the ROME code of the last experience that has one."""
    codes = (one.rome.upper() for one in reversed(profile.experience) if one.rome)
    return trade or next(codes, None)
