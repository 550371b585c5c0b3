"""Search: French words as people type them, the same answers in the same order on both databases."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from api.store.repositories.search import index_shipped
from api.store.scope import Scope
from api.store.search import Found, index_entries
from api.store.stems import asked, searched
from api.store.tables import SearchEntry
from api.store.unit_of_work import Store
from referentials.library import Library
from tests.api.conftest import emptied
from tests.api.store.world import a_referential, an_offer, two_organisations

QUESTIONS = (
    "animation", "ANIMATEUR", "mediateur numérique", "médiation", "accompagner des publics", "l'accueil", "formateur adultes",
    "CCP1", "RNCP37275", "bpjeps", "œuvre", "éducateur spécialisé", "anim", "numériques usages", "xyzzy", "de la", "", "a*b \"c\" (d)",
    "l’éducation populaire", "2 à 6 ans", "tp-fpa", "jeunesse sport", "concevoir séances", "évaluer les acquis",
)  # fmt: skip


@cache
def shipped() -> Library:
    return Library.read()


@pytest.fixture
def indexed(store: Store) -> Store:
    with store.write() as unit:
        assert index_shipped(unit, shipped())
    return store


def answers(store: Store) -> dict[str, list[str]]:
    with store.read() as unit:
        search = unit.of(Scope()).search
        return {
            question: [f"{hit.kind} {hit.ref}" for hit in search.find(question, limit=200)] for question in QUESTIONS
        }


def test_both_databases_give_the_same_answers(server: str, sqlite_with_tables: Path, tmp_path: Path) -> None:
    found = []
    for url in (f"sqlite:///{shutil.copy(sqlite_with_tables, tmp_path)}", emptied(server)):
        store = Store(url)
        with store.write() as unit:
            index_shipped(unit, shipped())
        found.append(answers(store))
        store.close()
    assert found[0] == found[1]
    assert sum(map(bool, found[0].values())) > 15


def test_words_are_found_whatever_their_ending_accents_and_case(indexed: Store) -> None:
    found = answers(indexed)
    assert any("tp-fpa" in ref for ref in found["formateur adultes"])
    assert found["mediateur numérique"]
    assert found["xyzzy"] == found["de la"] == found[""] == []
    with indexed.read() as unit:
        find = unit.of(Scope()).search.find
        assert find("éducateurs") == find("EDUCATEUR")
        assert {hit.kind for hit in find("animation", ["block"])} == {"block"}


def test_a_title_that_answers_comes_first_and_pages_follow(indexed: Store) -> None:
    with indexed.read() as unit:
        find = unit.of(Scope()).search.find
        every = find("animateur", limit=200)
        assert every[0].kind == "referential"
        pages = [find("animateur", skip=skip, limit=3) for skip in range(0, len(every), 3)]
    assert tuple(hit for page in pages for hit in page) == every


def test_the_shipped_library_is_indexed_once(indexed: Store) -> None:
    with indexed.write() as unit:
        assert not index_shipped(unit, shipped())
    with indexed.write() as unit:
        assert index_shipped(unit, Library.of(a_referential()))
    with indexed.read() as unit:
        assert [hit.ref for hit in unit.of(Scope()).search.find("atelier", ["referential"])] == ["atelier@2027"]
        assert unit.of(Scope()).search.find("formateur") == ()


def test_what_changes_is_found_by_its_new_words_only(store: Store) -> None:
    here, there, _own = two_organisations(store)
    with store.write() as unit:
        row = unit.of(here).offers.write(an_offer(title="Soudure"), "Soudure")
    with store.write() as unit:
        unit.of(here).offers.write(an_offer(title="Poterie"), "Poterie", identifier=row.id)
    with store.read() as unit:
        assert unit.of(here).search.find("soudure") == ()
        assert [hit.kind for hit in unit.of(here).search.find("poterie")] == ["offer", "module"]
        assert unit.of(there).search.find("poterie") == ()
    with store.write() as unit:
        unit.of(here).offers.delete(row.id)
    with store.read() as unit:
        assert unit.of(here).search.find("poterie") == ()


def test_people_are_found_when_people_are_asked_for(store: Store) -> None:
    here, there, own = two_organisations(store)
    with store.write() as unit:
        person = unit.of(here).people.add()
        unit.of(here).people.identify(person.id, given_name="Chloé", family_name="Guégan")
    with store.read() as unit:
        assert [hit.ref for hit in unit.of(here).search.find("guegan", ["person"])] == [person.id]
        assert unit.of(here).search.find("guegan") == ()
        for scope in (there, own, Scope(), Scope(organisation=here.organisation, purpose="accompagnement")):
            assert unit.of(scope).search.find("guegan", ["person"]) == ()


@pytest.mark.parametrize(
    "question", ["'", '"', "\\", "a & b | !c", "NEAR(a b)", "title_words:x", "é" * 3000, "x" * 500, "\x00"]
)
def test_a_question_commands_nothing(store: Store, question: str) -> None:
    with store.read() as unit:
        assert unit.of(Scope()).search.find(question) == ()


@given(st.text())
def test_any_text_has_words_that_both_databases_read_alike(words: str) -> None:
    kept = searched(words).split()
    assert kept == sorted(set(kept))
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in kept)
    assert all(word in kept and stem in kept for word, stem in asked(words))


def test_an_entry_goes_from_the_index_with_its_row(store: Store) -> None:
    here, _there, _own = two_organisations(store)
    with store.write() as unit:
        index_entries(
            unit.session, [Found("offer", "x", "Poterie")], part="x", source="x", organisation_id=here.organisation
        )
        unit.directory.organisations.delete(here.organisation or "")
    with store.write() as unit:
        assert unit.session.query(SearchEntry).count() == 0
        if store.is_sqlite:
            unit.session.execute(text("INSERT INTO search_index (search_index) VALUES ('integrity-check')"))
