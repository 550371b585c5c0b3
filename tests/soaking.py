"""What only ``make soak`` runs: the same proof again, on the other database or by another hand, where it costs much and tells little more."""

import pytest
from hypothesis import settings

from api.store.unit_of_work import Store

SOAKING = settings().max_examples > 1000
IN_THE_SOAK = [pytest.mark.hypothesis, pytest.mark.skipif(not SOAKING, reason="in the soak")]
"""Marks of what waits for the soak."""


def on_sqlite_unless_soaking(store: Store) -> None:
    """Leave the other database to the soak."""
    if not (SOAKING or store.is_sqlite):
        pytest.skip("on this database in the soak")
