"""The search index (*index*): what may be found, and the two ways of asking the database for it.

A question is a list of words; an entry answers when, for each of them, it has the stem or a word that begins with it::

    SQLite       ("anim" OR "animation"*) AND ("loc" OR "locale"*)
    PostgreSQL   ('anim' | 'animation':*) & ('loc' | 'locale':*)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Table, delete, insert, text
from sqlalchemy.orm import Session

from api.store.stems import asked, searched
from api.store.tables.search import SearchEntry
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer

SHIPPED, SHARED, PEOPLE = "shipped", "shared", "people"
"""The parts that are not one organisation's library."""

WEIGHTS = {"referential": 0, "person": 0, "offer": 0, "block": 1, "module": 1, "competency": 2}
"""What comes first among equals."""

_TITLE = 1000
_MORE = 4000
_BATCH = 500


class Found(NamedTuple):
    """What may be found: its kind, its reference, its title, and more words that lead to it."""

    kind: str
    ref: str
    title: str
    more: str = ""


def entries_of(item: Referential) -> Iterator[Found]:
    """A version, its blocks and its competencies, as far as they have titles."""
    codes = (code.code for code in (*item.codes.rncp, *item.codes.rs))
    yield Found("referential", item.key, item.title, " ".join((item.id, item.short_title or "", *item.aliases, *codes)))
    for block in item.known_blocks:
        if block.title:
            yield Found("block", f"{item.key}/{block.code}", block.title, f"{block.code} {item.name}")
    for ref, competency in item.competencies():
        if competency.title:
            yield Found("competency", ref, competency.title, f"{competency.code} {item.name}")


def entries_of_offer(offer: Offer) -> Iterator[Found]:
    """An offer and its modules."""
    title = offer.title or offer.id
    yield Found("offer", offer.id, title, offer.body.name or "")
    for module in offer.modules:
        if module.title:
            yield Found("module", f"{offer.id}:{module.id}", module.title, title)


def entries_of_library(library: Library) -> Iterator[Found]:
    """Everything of a library that may be found."""
    for item in library:
        yield from entries_of(item)
    for offer in library.offers:
        yield from entries_of_offer(offer)


def index_entries(
    session: Session,
    entries: Iterable[Found],
    *,
    part: str,
    source: str,
    organisation_id: str | None = None,
    person_id: str | None = None,
) -> None:
    """Add what may be found; ``source`` names the row that it comes from, and :func:`forget` takes it out by that name."""
    owner = {"part": part, "source": source, "organisation_id": organisation_id, "person_id": person_id}
    rows = [{**_row(entry), **owner} for entry in entries]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(SearchEntry), rows[start : start + _BATCH])


def index_sources(
    session: Session, entries: Iterable[tuple[str, Found]], *, part: str, organisation_id: str | None = None
) -> None:
    """Add what comes from many rows at once, each after the name of its row."""
    owner = {"part": part, "organisation_id": organisation_id, "person_id": None}
    rows = [{**_row(entry), **owner, "source": source} for source, entry in entries]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(cast(Table, SearchEntry.__table__)), rows[start : start + _BATCH])


def index_people(session: Session, names: Iterable[tuple[str, str]]) -> None:
    """Add many people at once, each by the identifier of the file and the name."""
    rows = [
        {**_row(Found("person", one, name)), "part": PEOPLE, "source": one, "person_id": one, "organisation_id": None}
        for one, name in names
    ]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(cast(Table, SearchEntry.__table__)), rows[start : start + _BATCH])


def forget_sources(session: Session, part: str, sources: Sequence[str]) -> None:
    """Take out what comes from many rows at once."""
    which = (SearchEntry.part == part) & SearchEntry.source.in_(sources)
    session.execute(delete(SearchEntry).where(which), execution_options={"synchronize_session": False})


def _row(entry: Found) -> dict[str, object]:
    title, more = entry.title[:_TITLE], entry.more[:_MORE]
    title_words = searched(title)
    return {
        "kind": entry.kind,
        "ref": entry.ref,
        "title": title,
        "weight": WEIGHTS[entry.kind],
        "title_words": title_words,
        "words": searched(title, more) if more else title_words,
    }


def forget(session: Session, part: str, source: str | None = None) -> None:
    """Take out what comes from one row, or a whole part."""
    which = SearchEntry.part == part
    if source is not None:
        which &= SearchEntry.source == source
    session.execute(delete(SearchEntry).where(which), execution_options={"synchronize_session": False})


def tidy(session: Session) -> None:
    """Leave no trace in the index of what was deleted: SQLite keeps its words until it merges."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))


# -- to ask ----------------------------------------------------------------------------------------------------------------


class Condition(NamedTuple):
    """The condition of the answers, and the one of those whose title alone answers."""

    anywhere: ColumnElement[bool]
    in_title: ColumnElement[bool]


def condition(question: str, dialect: str) -> Condition | None:
    """The conditions that a question is, for a database; None when it says nothing."""
    terms = asked(question)
    if not terms:
        return None
    if dialect == "sqlite":
        query = " AND ".join(f'("{stem}" OR "{word}"*)' for word, stem in terms)
        return Condition(_fts5(query, "anywhere"), _fts5(f"title_words : ({query})", "in_title"))
    query = " & ".join(f"('{stem}' | '{word}':*)" for word, stem in terms)
    return Condition(_tsquery("words_vector", query, "anywhere"), _tsquery("title_vector", query, "in_title"))


def _fts5(query: str, name: str) -> ColumnElement[bool]:
    clause = text(f"search_entries.number IN (SELECT rowid FROM search_index WHERE search_index MATCH :{name})")
    return clause.bindparams(**{name: query})  # type: ignore[return-value]


def _tsquery(column: str, query: str, name: str) -> ColumnElement[bool]:
    clause = text(f"search_entries.{column} @@ CAST(:{name} AS tsquery)")
    return clause.bindparams(**{name: query})  # type: ignore[return-value]
