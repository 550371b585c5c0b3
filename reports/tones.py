"""The colours of what a cell or a notice says (*teintes*): an ink and its ground for each tone, by day and by night.

Colour comes beside words and their sign, never instead. Each ink can be read on its ground and on the page (WCAG 2.2, AA:
4.5 to 1), and the four states stay apart in the three common colour deficiencies, in their ink or in their ground.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reports.paper import Tone


class Shade(NamedTuple):
    """Two colours that go together, as ``#rrggbb``."""

    ink: str
    ground: str


PAGE = Shade("#1b1f24", "#ffffff")
"""What is written, and what it is written on."""
NIGHT = Shade("#e8eaee", "#15181d")
"""The same on a dark screen."""
QUIET = "#4f5761"
"""What stands back: captions, heads of columns, the foot of a page."""
LINE = "#c6ccd4"
"""Rules between rows."""
ACCENT = "#17406d"
"""Titles."""

BY_DAY: Mapping[Tone, Shade] = {
    Tone.NEUTRAL: PAGE,
    Tone.BY_RIGHT: Shade("#0b4a8f", "#dce8f8"),
    Tone.BY_PROOF: Shade("#00604a", "#c3ecd8"),
    Tone.TO_CONFIRM: Shade("#7a4b00", "#ffeeb8"),
    Tone.PARTIAL: Shade("#5b3a9e", "#ece6f8"),
    Tone.MISSING: Shade("#33383f", "#f7f8f9"),
    Tone.WARNING: Shade("#a32204", "#fde5dd"),
}
BY_NIGHT: Mapping[Tone, Shade] = {
    Tone.NEUTRAL: NIGHT,
    Tone.BY_RIGHT: Shade("#a3c8ff", "#10294a"),
    Tone.BY_PROOF: Shade("#6fdcb0", "#0a3a2a"),
    Tone.TO_CONFIRM: Shade("#ffd166", "#3d2e00"),
    Tone.PARTIAL: Shade("#cbb8ff", "#2b2147"),
    Tone.MISSING: Shade("#e0e3e8", "#1e2228"),
    Tone.WARNING: Shade("#ffb4a0", "#471a10"),
}
