"""References: what is one, what is none, and that the text is the value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referentials.reference import ModuleRef, Ref, parse, parse_ref
from tests.referentials import strategies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bafd", Ref("bafd")),
        ("tp-remn@2019", Ref("tp-remn", "2019")),
        ("tp-remn@2019/CCP1", Ref("tp-remn", "2019", "CCP1")),
        ("tp-remn/CCP1", Ref("tp-remn", None, "CCP1")),
        ("pix@2023/1.1", Ref("pix", "2023", "1.1")),
        ("tp-mn@2025/CCP1/C1.1", Ref("tp-mn", "2025", "CCP1", "C1.1")),
        ("digcomp@2.2/1/1.1", Ref("digcomp", "2.2", "1", "1.1")),
        ("la-fabrique:socle", ModuleRef("la-fabrique", "socle")),
    ],
)
def test_the_forms_of_the_grammar(text: str, expected: Ref | ModuleRef) -> None:
    assert parse(text) == expected
    assert str(expected) == text


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "TP-REMN", "tp remn", "tp-remn@", "tp-remn@2019/", "tp-remn@2019/CCP1/", "tp-remn@2019/A/B/C", "@2019", "/CCP1",
        "-x", ".x", "a:b:c", "a:", ":b", "a:B", "a@1:b", "é", "a\n", "a@20 19", "a/é", "a" * 401,
    ],
)  # fmt: skip
def test_what_is_no_reference_is_refused_in_french(text: str) -> None:
    with pytest.raises(ValueError, match="n'est pas une référence") as problem:
        parse(text)
    assert len(str(problem.value)) < 400


def test_a_module_is_refused_where_a_referential_is_expected() -> None:
    with pytest.raises(ValueError, match="désigne un module"):
        parse_ref("la-fabrique:socle")


@given(strategies.references())
def test_the_text_of_a_reference_is_the_reference(text: str) -> None:
    assert str(parse(text)) == text
    assert str(parse_ref(text).whole) == text.partition("/")[0]


@given(st.text(max_size=40))
def test_any_text_is_a_reference_or_is_refused(text: str) -> None:
    try:
        found = parse(text)
    except ValueError:
        return
    assert str(found) == text
