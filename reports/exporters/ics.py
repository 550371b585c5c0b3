"""The days of a document for a calendar program (*agenda*), as iCalendar: one event per step, over whole days.

An event keeps its identifier from one version of the plan to the next, and a higher sequence number replaces it in the calendar
that already holds it. The stamp is the day of the document, so that the same document gives the same bytes.

References
----------
RFC 5545; the last day of an event is counted, and DTEND is the day after it (3.6.1).
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from reports.document import Document, Event
from reports.exporters import Exporter
from reports.language import speaking
from reports.paper import Paper
from reports.paper_wording import WORDS

if TYPE_CHECKING:
    from icalendar import Event as Entry

PRODUCT = "-//Passerelles//Plan//FR"


def write(document: Document) -> bytes:
    """The days of the document as a calendar."""
    from icalendar import Calendar

    paper = document.paper
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(paper.title or paper.reference))
    with speaking(paper.language):
        for event in document.events:
            calendar.add_component(_entry(event, paper))
    written: bytes = calendar.to_ical()
    return written


def _entry(event: Event, paper: Paper) -> Entry:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", _line(event.uid))
    entry.add("dtstamp", datetime.combine(paper.day, time(), UTC))
    entry.add("sequence", event.revision)
    entry.add("dtstart", event.start)
    entry.add("dtend", event.end + timedelta(days=1))
    entry.add("summary", _line(event.title), parameters={"LANGUAGE": paper.language.value})
    description = "\n".join(filter(None, (WORDS["illustrative"] if paper.illustrative else "", event.description)))
    for name, text in (("description", description), ("location", _line(event.place))):
        if text:
            entry.add(name, text)
    entry.add("transp", "TRANSPARENT")  # a module of some weeks does not make all its days busy
    return entry


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def holds(document: Document) -> bool:
    """Whether there are days to write down."""
    return bool(document.events)


EXPORTER = Exporter("text/calendar; charset=utf-8", ".ics", write, holds)
