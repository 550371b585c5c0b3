"""Documents are set in type once, and nothing but their words changes."""

import re
from datetime import date

from referentials.provenance import Value
from reports.document import Document, Event
from reports.language import NO_BREAK, Language
from reports.paper import Cell, Column, Items, Paper, Section, Table, Text
from reports.typesetting import set_in_type, text_in_type


def made(language: Language) -> Document:
    table = Table(name="L'été", caption="C'est ainsi", columns=(Column(title="N'est"),), rows=((Cell(text="qu'un"),),))
    section = Section(id="a", title="D'abord : ceci", blocks=(Text(text="aujourd'hui ; « demain »"), table))
    last = Section(id="b", title="b", sections=(Section(id="c", title="c", blocks=(Items(items=("l'un",)),)),))
    paper = Paper(
        kind="Essai",
        title="L'essai",
        language=language,
        day=date(2026, 11, 21),
        reference="l'essai : 1",
        sections=(section, last),
    )
    event = Event(uid="l'un", title="L'un", start=date(2026, 11, 21), end=date(2026, 11, 21))
    return Document(paper=paper, data=Text(text="l'un"), main="L'été", events=(event,))


def test_apostrophes_are_curly_and_spaces_hold_in_every_part() -> None:
    found = set_in_type(made(Language.FRENCH))
    said = found.paper.model_dump_json(exclude={"reference"})
    assert not re.search(r"\w'\w", said)
    assert not re.search(r" [:;»]", said)
    assert found.paper.sections[0].title == f"D’abord{NO_BREAK}: ceci"
    assert found.paper.tables[0].name == found.main == "L’été"
    assert found.events[0].title == "L’un"


def test_what_names_a_thing_and_the_data_stay_as_they_are() -> None:
    found = set_in_type(made(Language.FRENCH))
    assert found.paper.reference == "l'essai : 1"
    assert found.events[0].uid == "l'un"
    data: Value = found.data
    assert data == Text(text="l'un")
    assert (
        text_in_type("voir https://essai.fr/l'article : d'ici") == f"voir https://essai.fr/l'article{NO_BREAK}: d’ici"
    )


def test_english_has_no_space_to_hold() -> None:
    found = set_in_type(made(Language.ENGLISH))
    assert found.paper.sections[0].title == "D’abord : ceci"


def test_twice_changes_nothing_more() -> None:
    once = set_in_type(made(Language.FRENCH))
    assert set_in_type(once) == once
