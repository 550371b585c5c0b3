"""The calendar is read again by another program: whole days, stable identifiers, sequence numbers."""

from datetime import date

import pytest
from icalendar import Calendar

from reports.exporters import exporter
from tests.reports.exporters.exports import hostile, written
from tests.reports.sample_paper import HOSTILE, document, hostile_document


def events(data: bytes) -> list[dict[str, object]]:
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return [{key.lower(): event.decoded(key) for key in event} for event in found.walk("VEVENT")]


def test_an_event_lasts_whole_days_and_its_last_one_counts() -> None:
    first, second = events(written("ics"))
    assert (first["dtstart"], first["dtend"]) == (date(2026, 9, 1), date(2026, 9, 19))
    assert (second["dtstart"], second["dtend"]) == (date(2026, 7, 12), date(2026, 7, 13))


def test_an_event_keeps_its_identifier_and_counts_its_changes() -> None:
    first, second = events(written("ics"))
    assert (str(first["uid"]), first["sequence"]) == ("plan-000042/module/essai@passerelles", 2)
    assert second["sequence"] == 0


def test_an_event_says_where_and_why_and_that_it_is_illustrative() -> None:
    first = next(iter(Calendar.from_ical(written("ics")).walk("VEVENT")))
    assert str(first["location"]) == "Lille, salle 3 ; à côté, du parc"
    assert str(first["description"]).split("\n") == ["Données illustratives", "35 h", "Pourquoi : le CCP1"]


def test_lines_are_folded_as_the_standard_asks() -> None:
    assert all(len(line) <= 75 for line in hostile("ics", "long").split(b"\r\n"))


def test_a_document_without_days_has_no_calendar() -> None:
    assert not exporter("ics").holds(document().model_copy(update={"events": ()}))


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_makes_no_event_and_no_property(what: str) -> None:
    (found,) = events(hostile("ics", what))
    assert set(found) <= {
        *("uid", "dtstamp", "sequence", "dtstart", "dtend", "summary", "description", "location", "transp"),
    }
    (event,) = Calendar.from_ical(hostile("ics", what)).walk("VEVENT")
    assert str(event["summary"]) == " ".join(hostile_document(HOSTILE[what]).events[0].title.split())
