"""Places of a territory in words (*libellés d'un territoire*): a département is a label like another; what is put together says so."""

from __future__ import annotations

from collections.abc import Sequence

from pathways.territory.figures import Place
from reports.language import say


def area_in_words(area: str | None) -> str:
    """The name of an area.

    Examples
    --------
    >>> area_in_words("29"), area_in_words(""), area_in_words(None)
    ('29', 'territoire non dit', 'autres territoires ensemble')
    """
    if area is None:
        return say("autres territoires ensemble")
    return area or say("territoire non dit")


def trade_in_words(trade: str | None) -> str:
    """The name of a trade."""
    if trade is None:
        return say("autres métiers ensemble")
    return trade or say("métier non dit")


def places_in_words(places: Sequence[Place]) -> str:
    """Places of one area.

    Examples
    --------
    >>> places_in_words([Place("29", "K1601"), Place("29", None)])
    '29 : K1601, autres métiers ensemble'
    """
    if places[0].area is None:
        return area_in_words(None)
    trades = ", ".join(trade_in_words(place.trade) for place in places)
    return say("{area} : {trades}", area=area_in_words(places[0].area), trades=trades)
