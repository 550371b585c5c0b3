"""SKOS out: read back by a small reader of the Turtle that we write, so that no text is altered and no concept is lost."""

import re
from collections import defaultdict

import pytest
from hypothesis import given, settings

from referentials.absence import UnknownReference
from referentials.formats.case import package
from referentials.formats.skos import STANDARD
from referentials.library import Library
from referentials.model import Referential
from tests.referentials.formats.round_trip import referentials, rules, write

TOKEN = re.compile(r'\s*(?:<([^<>"{}|^`\\\x00-\x20]*)>|"((?:[^"\\\n\r]|\\.)*)"(@[a-z]+)?|([a-z]+:[A-Za-z]+|a)|([;.]))')
SIGNS = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def unescaped(text: str) -> str:
    return re.sub(
        r"\\(?:u([0-9A-F]{4})|(.))",
        lambda found: chr(int(found[1], 16)) if found[1] else SIGNS[found[2]],
        text,
        flags=re.S,
    )


def triples(turtle: str) -> dict[str, dict[str, list[str]]]:
    """Subject → property → values; fails on anything that is not the Turtle that it knows."""
    body = re.sub(r"(?m)\A(@prefix [a-z]+: <[^>]+> \.\n)+", "", turtle)
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    place = 0
    sentence: list[str] = []
    while body[place:].strip():
        token = TOKEN.match(body, place)
        assert token, body[place : place + 80]
        place = token.end()
        if token[5]:
            if len(sentence) == 3:
                subject = sentence[0]
            else:
                assert len(sentence) == 2
                sentence = [subject, *sentence]
            found[sentence[0]][sentence[1]].append(sentence[2])
            sentence = []
        else:
            sentence.append(token[1] if token[1] is not None else token[4] or unescaped(token[2]))
    assert sentence == []
    return found


@given(referentials)
@settings(max_examples=40)
def test_every_concept_and_every_text_is_there(item: Referential) -> None:
    written = write(STANDARD, Library.of(item), item.key)
    found = triples(written.content.decode())
    named = {facts["dct:identifier"][0]: facts for facts in found.values()}
    wanted = {item.key, *(f"{item.key}/{block.code}" for block in item.known_blocks)}
    wanted |= {reference for reference, _competency in item.competencies()}
    assert set(named) == wanted
    for reference, competency in item.competencies():
        facts = named[reference]
        assert facts["skos:notation"] == [competency.code]
        assert facts["skos:prefLabel"] == ([competency.title] if competency.title else [])
        assert facts["skos:definition"] == list(dict.fromkeys(competency.elements))
        assert facts["skos:scopeNote"] == list(dict.fromkeys(competency.criteria))
        assert found[facts["skos:broader"][0]]["dct:identifier"] == [reference.rpartition("/")[0]]
    assert "skos-confidence" in rules(written.left_out)


def test_likenesses_are_told_from_both_ends_and_names_are_those_of_case() -> None:
    library = Library.read()
    found = triples(write(STANDARD, library, "pix", "digcomp").content.decode())
    named = {facts["dct:identifier"][0]: (name, facts) for name, facts in found.items()}
    (pix, its), (digcomp, others) = named["pix@2023/3/3.1"], named["digcomp@2.2/3/3.1"]
    assert its["skos:broadMatch"] == [digcomp]
    assert pix in others["skos:narrowMatch"]
    items = {one["uri"] for one in package(library, "pix@2023")["CFItems"]}
    assert {name for name, facts in found.items() if facts["dct:identifier"][0].startswith("pix@2023/")} == items


def test_a_block_is_no_vocabulary() -> None:
    with pytest.raises(UnknownReference):
        STANDARD.write(Library.read(), ["pix@2023/1"])  # type: ignore[misc]
