"""Records of a large XML file: what is wanted comes out, whatever stands around it, and hostile files end early."""

import io
from itertools import islice
from typing import Any

import pytest

from referentials.findings import FileProblem
from referentials.formats import xml_records
from referentials.formats.xml_records import Given, Shape, records

SHAPE: Shape = {"TITLE": {}, "CODES": {"CODE": {}}}


def taken(text: str | bytes) -> list[Given]:
    content = text.encode() if isinstance(text, str) else text
    return list(records(io.BytesIO(content), "R", SHAPE, "f.xml"))


def refusal(text: str | bytes) -> tuple[str, int | None]:
    with pytest.raises(FileProblem) as caught:
        taken(text)
    return caught.value.findings[0].rule, caught.value.findings[0].where.line


def test_what_is_wanted_comes_out_in_the_order_of_the_file() -> None:
    codes = "<CODES><CODE>1</CODE><X><CODE>no</CODE></X><CODE/></CODES>"
    text = (
        f"<F>\n<R><TITLE>Un</TITLE>{codes}<JURY><TITLE>no</TITLE></JURY></R>\n\n<W><R><TITLE>Deux</TITLE></R></W></F>"
    )
    assert taken(text) == [
        (2, {"TITLE": ["Un"], "CODES": [{"CODE": ["1", ""]}]}),
        (4, {"TITLE": ["Deux"]}),
    ]


def test_a_text_is_whole_whatever_cuts_it() -> None:
    long = "é" * 100_000
    text = f"<R><TITLE>Un <![CDATA[& <b>]]> deux<!-- no --> trois<b>no<i/></b> &#233;\r\n{long}</TITLE></R>"
    ((_line, part),) = taken(text)
    assert part == {"TITLE": [f"Un & <b> deux trois é\n{long}"]}
    assert taken("<R><TITLE>é</TITLE></R>".encode("utf-16"))[0].part == {"TITLE": ["é"]}
    assert taken(b"<?xml version='1.0' encoding='windows-1252'?><R><TITLE>\x9c</TITLE></R>")[0].part == {"TITLE": ["œ"]}


def test_what_comes_before_a_fault_is_given() -> None:
    stream = io.BytesIO(b"<F><R><TITLE>Un</TITLE></R>\n<R></F>")
    given = records(stream, "R", SHAPE, "f.xml")
    assert list(islice(given, 1)) == [(1, {"TITLE": ["Un"]})]
    with pytest.raises(FileProblem) as caught:
        next(given)
    assert caught.value.findings[0].where.line == 2


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<!DOCTYPE R [<!ENTITY a 'b'>]><R><TITLE>&a;</TITLE></R>", "xml-doctype"),
        ("<!DOCTYPE R SYSTEM 'r.dtd'><R><TITLE>&eacute;</TITLE></R>", "xml-illisible"),
        ("<R><TITLE>&eacute;</TITLE></R>", "xml-illisible"),
        ("<?xml version='1.0' encoding='klingon'?><R/>", "xml-illisible"),
        ("<?xml version='1.0' encoding='shift-jis'?><R/>", "xml-illisible"),
        ("<a>" * 300, "xml-illisible"),
        ("<R><JURY>" + "<a>" * 300, "xml-illisible"),
        (b"<R><TITLE>\xff</TITLE></R>", "xml-illisible"),
    ],
)
def test_hostile_files_are_refused(text: Any, rule: str) -> None:
    assert refusal(text) == (rule, 1)
    assert taken("<!DOCTYPE R SYSTEM 'r.dtd'><R><TITLE>Un</TITLE></R>")[0].part == {"TITLE": ["Un"]}


@pytest.mark.parametrize("text", ["<F><R a='{}'/></F>", "<F a='{}'/>", "<F><R><TITLE>{}</TITLE></R></F>"])
def test_nothing_out_of_proportion_is_held(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_records, "_LARGEST", 100_000)
    assert refusal(text.format("x" * 300_000)) == ("xml-illisible", 1)
    many = "<R><TITLE>{}</TITLE></R>".format("x" * 50_000) * 10
    assert len(taken(f"<F>{many}{' ' * 300_000}</F>")) == 10
