"""Templates name what their page gives them, all of it and nothing else; what others wrote is what they published; the states wear one set of colours."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from api.web.assets import STATIC
from api.web.frame import Frame
from api.web.page import Page, environment
from reports.tones import BY_DAY, BY_NIGHT, Tone
from tools.page_fields import every_page

PAGES = every_page()


def sources(name: str) -> set[str]:
    """A template and those that it extends, includes or imports."""
    loader = environment().loader
    assert loader is not None
    text = loader.get_source(environment(), name)[0]
    found = {name}
    for node in environment().parse(text).find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        assert isinstance(node.template, nodes.Const)
        found |= sources(node.template.value)
    return found


def named(name: str) -> set[str]:
    loader = environment().loader
    assert loader is not None
    tree = environment().parse(loader.get_source(environment(), name)[0])
    return find_undeclared_variables(tree) - environment().globals.keys() - set(_made_here(tree))


def _made_here(tree: nodes.Template) -> Iterator[str]:
    """What a template sets, imports or defines at its top: its blocks see it."""
    for node in tree.body:
        match node:
            case nodes.FromImport():
                yield from (one if isinstance(one, str) else one[1] for one in node.names)
            case nodes.Import():
                yield node.target
            case nodes.Macro():
                yield node.name
            case nodes.Assign(target=nodes.Name(name=name)):
                yield name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_template_gets_all_that_it_names_and_uses_all_that_it_gets(page: type[Page]) -> None:
    used = set().union(*(named(name) for name in sources(page.template)))
    fields = set(page.model_fields)
    set_by_templates = {"title", "caller", "frame"}
    assert used - fields - set_by_templates == set()
    assert fields - used == set()


@pytest.mark.parametrize("model", [Frame, *PAGES], ids=lambda model: model.__name__)
def test_every_field_has_its_help(model: type[Page]) -> None:
    assert [name for name, field in model.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("folder", [STATIC / "vendor"])
def test_what_others_wrote_is_as_they_published_it(folder: Path) -> None:
    listed: dict[str, str] = {}
    for one in json.loads((folder / "vendor.json").read_text("utf-8")):
        assert any("LICENSE" in name for name in one["files"]), one["name"]
        listed |= one["files"]
    there = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} - {"vendor.json"}
    assert there == set(listed)
    for name, digest in listed.items():
        found = base64.b64encode(hashlib.sha384((folder / name).read_bytes()).digest()).decode()
        assert f"sha384-{found}" == digest, name


def test_states_wear_the_colours_of_documents() -> None:
    day, night = (STATIC / "tokens.css").read_text("utf-8").split("@media", 1)
    for text, shades in ((day, BY_DAY), (night, BY_NIGHT)):
        told = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", text))
        for tone, shade in shades.items():
            name = tone.value.replace("_", "-")
            ink, ground = ("ink", "ground") if tone is Tone.NEUTRAL else (name, f"{name}-ground")
            assert (told[ink], told[ground]) == (shade.ink, shade.ground), tone


def test_templates_have_no_inline_style_or_script() -> None:
    for file in (Path(STATIC).parent / "templates").rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", text), file.name
        assert "|safe" not in text.replace(" ", "").replace("one.svg|safe", ""), file.name
