"""The suggestions against the table of pairs that somebody confirmed by reading: the floor, the page, and the table itself."""

import pytest

from api.services import meaning
from referentials.library import Library
from tests.api.suggestions.measure import FLOORS, PAGE, RESERVE, STUDY, digest, page, pairs, ranks, share


def test_the_table_quotes_texts_that_ship_and_says_why() -> None:
    library, some = Library.read(), pairs()
    assert sum(one.goes == "oui" for one in some) >= 100
    assert sum(one.goes == "non" for one in some) >= 50
    assert len({(one.text, one.competency) for one in some}) == len(some)
    for one in some:
        assert (library.find(one.text).title, library.find(one.competency).title) == (one.words, one.title)
        assert library.expand(one.competency) == (one.competency,)
        assert one.why
    kept_apart = {one.text for one in some if one.part == RESERVE}
    assert len(kept_apart) * 3 == pytest.approx(len({one.text for one in some}), abs=3)
    assert not kept_apart & {one.text for one in some if one.part == STUDY}


def test_enough_matches_are_among_the_first_three() -> None:
    for part in (STUDY, RESERVE):
        assert share(3, part)[0] >= FLOORS[meaning.is_installed()]
    right, wrong = share(1, RESERVE)[0], share(1, RESERVE, "non")[0]
    assert right > 2 * wrong


def test_the_page_says_what_is_measured() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.api.suggestions.measure"


def test_meaning_was_measured_on_this_table_and_by_this_code() -> None:
    """The half of the page that another installation wrote is about the same files: its digest covers both halves."""
    assert f"`{digest()}`" in PAGE.read_text("utf-8")
    assert "not measured" not in PAGE.read_text("utf-8")
    assert ranks()
