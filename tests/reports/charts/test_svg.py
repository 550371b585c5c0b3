"""Elements are escaped, words keep to their room, and patterns are those that are used."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from reports.charts.legend import Key, legend
from reports.charts.lettering import broken, fitted, width
from reports.charts.paints import STROKES, Paint, fill, patterns
from reports.charts.svg import INK, MUTED, PANEL, drawing, text
from tests.reports.sample_paper import HOSTILE


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_words(hostile: str) -> None:
    root = ElementTree.fromstring(drawing("essai", 100, hostile, hostile, text(hostile, 0, 0)))
    assert {child.tag.rpartition("}")[2] for child in root.iter()} == {"svg", "title", "desc", "rect", "text"}
    assert "\n" not in "".join(root.itertext())


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("room", [20, 90, 300])
def test_words_keep_to_their_room(hostile: str, room: float) -> None:
    assert width(fitted(hostile, room)) <= room
    assert all(width(line) <= room for line in broken(hostile, room, 3))
    assert len(broken(hostile, room, 3)) <= 3


def test_words_that_fit_are_not_touched() -> None:
    assert fitted("Animer", 200) == "Animer"
    assert broken("Animer un atelier", 400) == ("Animer un atelier",)
    assert broken("", 400) in ((), ("",))


def test_only_the_patterns_that_are_used_are_there() -> None:
    assert patterns("x", [Paint.DARK, Paint.PLAIN]) == ""
    assert patterns("x", [Paint.HATCH, Paint.HATCH]).count("<pattern") == 1
    assert fill("x", Paint.HATCH) == "url(#x-hatch)"
    assert fill("x", Paint.DARK).startswith("#")


def test_a_long_key_goes_on_a_second_line() -> None:
    keys = [Key("Un mot assez long pour la légende", Paint.PLAIN)] * 4
    assert legend("x", keys[:1], 0, 600, 0)[1] < legend("x", keys, 0, 600, 0)[1]


@pytest.mark.parametrize("ink", [INK, MUTED])
def test_words_can_be_read_on_the_panel(ink: str) -> None:
    assert contrast(ink, PANEL) >= 4.5


@pytest.mark.parametrize("paint", [one for one in Paint if one is not Paint.CLOSED])
def test_the_outline_of_each_paint_is_seen_on_the_panel(paint: Paint) -> None:
    assert contrast(STROKES[paint], PANEL) >= 3


def test_no_two_paints_look_alike_in_black_and_white() -> None:
    """Each is a pattern of its own, or a plain fill whose grey is apart from the others."""
    drawn = {paint: fill("x", paint) for paint in Paint}
    motifs = {paint: patterns("x", [paint]) for paint in Paint if drawn[paint].startswith("url")}
    assert len({re.sub("#[0-9a-f]{6}|x-[a-z]+", "", motif) for motif in motifs.values()}) == len(motifs)
    steps = (Paint.DARK, Paint.PLAIN), (Paint.PLAIN, Paint.EMPTY)
    assert all(contrast(drawn[one], drawn[other]) >= 1.9 for one, other in steps)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
