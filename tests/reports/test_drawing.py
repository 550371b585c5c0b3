"""A figure whose drawing could act or fetch is not made."""

import pytest
from pydantic import ValidationError

from reports.drawing import drawing
from tests.reports.sample_paper import DRAWING, figure

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def test_a_drawing_of_shapes_is_kept_as_it_is() -> None:
    assert drawing(DRAWING) == DRAWING


def test_a_drawing_may_use_its_own_patterns() -> None:
    assert drawing(f'{HEAD}<defs><pattern id="p"/></defs><rect fill="url(#p)"/></svg>')


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<rect onload='alert(1)'/>",
        "<a href='javascript:alert(1)'><rect/></a>",
        "<image href='http://exemple.invalid/a.png'/>",
        "<use xlink:href='http://exemple.invalid/a.svg#a'/>",
        "<rect fill='url(http://exemple.invalid/a)'/>",
        "<rect style='background: url(a)'/>",
        "<style>@import 'a'</style>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>a</p></foreignObject>",
        "<!-- a --><rect/>",
        "<rect",
    ],
)
def test_a_drawing_that_could_act_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match="drawing"):
        drawing(f"{HEAD}{inside}</svg>")


def test_a_figure_checks_its_drawing() -> None:
    with pytest.raises(ValidationError):
        figure().model_validate({**figure().model_dump(), "svg": f"{HEAD}<script/></svg>"})


def test_entities_are_refused() -> None:
    with pytest.raises(ValueError, match="declarations"):
        drawing('<!DOCTYPE svg [<!ENTITY a "a">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>')
