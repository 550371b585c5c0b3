"""Whatever the reports say in French, they say in English: no sentence is left behind, whatever stands in it."""

import ast
import inspect
import re
from types import ModuleType

import pytest

from reports import wording
from reports.language import Language, speaking
from tests.reports.everything_said import MODULES, NO_WORDS, SAID, TITLE
from tools.words import source_of, texts_of, written

ACCENTED = re.compile("[àâäçéèêëîïôöùûüœÀÂÇÉÈÊËÎÏÔÙÛÜŒ«»]")
FRENCH = re.compile(
    r"\b(le|la|les|des|du|une|est|sont|avec|sans|pas|pour|dans|vous|votre|et|ou|au|aux|par|ce|qui|bloc|blocs|heures|mois)\b"
    r"| [:;!?%]",
    re.IGNORECASE,
)
OFFICIAL = re.compile(r"“[^”]*”|\btitre professionnel\b|\(arrêté\)")
"""Words that French law gives, kept between quotes or as the name of a kind, beside their English."""


def leftovers(text: str) -> list[str]:
    told = OFFICIAL.sub("", text.replace(TITLE, "Title"))
    return [found.group() for pattern in (ACCENTED, FRENCH) for found in pattern.finditer(told)]


def test_every_wording_function_is_tried() -> None:
    there = {
        f"{module.__name__.partition('.')[2]}.{name}"
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_") and name == function.__name__
    }
    assert there - NO_WORDS == {name for name in SAID if ", tables" not in name}


@pytest.mark.parametrize("name", SAID)
def test_nothing_french_is_left_in_english(name: str) -> None:
    with speaking(Language.ENGLISH):
        said = list(SAID[name]())
    assert {text: found for text in said if (found := leftovers(text))} == {}
    assert any(said) or ", tables" in name


def test_data_comes_out_as_it_went_in() -> None:
    for language in Language:
        with speaking(language):
            told = {name for name, said in SAID.items() if any(TITLE in text for text in said())}
        assert len(told) >= 15


def test_every_translation_is_english() -> None:
    every = (text for message in written(source_of("en")) if message.id for text in texts_of(message.string))
    assert {text: found for text in every if (found := leftovers(text))} == {}


@pytest.mark.parametrize("text", ["les blocs", "B1 : x", "acquis à la fin", "« x »", "2 heures"])
def test_french_is_recognised(text: str) -> None:
    assert leftovers(text)


@pytest.mark.parametrize("text", ["the blocks: 2 h 30 min", "“est équivalent” (is equivalent)", TITLE])
def test_english_is_not_taken_for_french(text: str) -> None:
    assert leftovers(text) == []


MARKS = {"say", "say_n", "to_say"}
KEYS = {"ordre des compétences", "févr.", "août", "déc."}
"""Texts that are no sentences: what other packages call a thing, and short months, which English makes its own way."""


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_french_sentence_is_written_where_it_is_said(module: ModuleType) -> None:
    if module is wording:
        pytest.skip("the typography of French itself")
    tree = ast.parse(inspect.getsource(module))
    said = {id(part) for call in ast.walk(tree) if _is_said(call) for part in ast.walk(call)}
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    loose = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACCENTED.search(node.value)
        if id(node) not in said | documents and node.value not in KEYS
    ]
    assert loose == []


def _is_said(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS
