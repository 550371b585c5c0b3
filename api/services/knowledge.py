"""What is worked out once for a library and serves many questions (*savoirs*): its rights, and its targets by number."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pathways.recognition import Rights
from referentials.library import Library

if TYPE_CHECKING:
    from pathways.target_index import TargetIndex

_KEPT = 8


@lru_cache(maxsize=_KEPT)
def rights_of(library: Library) -> Rights:
    """The rights of a library; a library that has changed is another one."""
    return Rights(library)


@lru_cache(maxsize=_KEPT)
def targets_of(library: Library) -> TargetIndex:
    """The targets of a library by number."""
    from pathways.target_index import TargetIndex

    return TargetIndex(library)
