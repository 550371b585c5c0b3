"""Colours can be read, by day and by night, and the four states stay apart for those who see colours otherwise."""

from collections.abc import Mapping
from itertools import combinations

import pytest

from reports.paper import Tone
from reports.tones import ACCENT, BY_DAY, BY_NIGHT, NIGHT, PAGE, QUIET, Shade

Rgb = tuple[float, float, float]

STATES = (Tone.BY_RIGHT, Tone.BY_PROOF, Tone.TO_CONFIRM, Tone.MISSING)

# How each deficiency mixes linear red, green and blue, when it is complete (Machado, Oliveira and Fernandes, 2009).
SEEN: Mapping[str, tuple[Rgb, Rgb, Rgb]] = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def linear(colour: str) -> Rgb:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    )
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    low, high = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(linear, (one, other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, seen: tuple[Rgb, Rgb, Rgb]) -> Rgb:
    mixed = linear(colour)
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, mixed, strict=True)), 0), 1) for row in seen)
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, seen: tuple[Rgb, Rgb, Rgb]) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one, seen), lab(other, seen), strict=True)) ** 0.5


@pytest.mark.parametrize(("tones", "page"), [(BY_DAY, PAGE), (BY_NIGHT, NIGHT)], ids=["day", "night"])
def test_every_ink_can_be_read_on_its_ground_and_on_the_page(tones: Mapping[Tone, Shade], page: Shade) -> None:
    assert set(tones) == set(Tone)
    assert all(min(contrast(*shade), contrast(shade.ink, page.ground)) >= 4.5 for shade in tones.values())


def test_what_stands_back_can_be_read_too() -> None:
    assert min(contrast(colour, PAGE.ground) for colour in (QUIET, ACCENT)) >= 4.5


@pytest.mark.parametrize("tones", [BY_DAY, BY_NIGHT], ids=["day", "night"])
@pytest.mark.parametrize("seen", SEEN.values(), ids=list(SEEN))
def test_the_four_states_stay_apart(tones: Mapping[Tone, Shade], seen: tuple[Rgb, Rgb, Rgb]) -> None:
    for one, other in combinations(STATES, 2):
        inks = apart(tones[one].ink, tones[other].ink, seen)
        grounds = apart(tones[one].ground, tones[other].ground, seen)
        assert max(inks, grounds) >= 12, (one, other)
