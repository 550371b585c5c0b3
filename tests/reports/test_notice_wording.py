"""Notices say the day, the number and the text where these are known."""

from datetime import date

import pytest

from pathways.gap import EntryGap, Gap, Remaining
from pathways.pathway import Pathway, Status, Totals
from referentials.model import Kind, Referential, Validity
from referentials.provenance import Confidence
from reports.language import NO_BREAK, Language, speaking
from reports.notice_wording import notice, notices, version_notice

DAY, END = date(2026, 11, 21), date(2027, 7, 12)


def pathway(until: date | None = None, totals: Totals | None = None) -> Pathway:
    gap = Gap(
        target="x@1",
        on=DAY,
        versions=(),
        acquired=False,
        blocks=(),
        entry=EntryGap(),
        remaining=Remaining(blocks=0, competencies=0),
        valid_until=until,
    )
    base = {
        "status": Status.OPTIMAL,
        "target": "x@1",
        "title": "X",
        "on": DAY,
        "versions": (),
        "engine": "0",
        "gap": gap,
    }
    return Pathway.model_validate(base | {"totals": totals or Totals()})


def version(**values: object) -> Referential:
    base = {"id": "x", "version": "1", "kind": Kind.ATTESTATION, "title": "X", "confidence": Confidence.OFFICIAL}
    return Referential.model_validate(base | {"valid": Validity(start=date(2020, 1, 1), end=END)} | values)


def test_the_end_of_a_title_is_dated_by_the_engine_or_by_the_version_or_not_at_all() -> None:
    assert "après le 12/07/2027" in notice("ends_after_validity", pathway(END))
    assert "après le 12/07/2027" in notice("ends_after_validity", pathway(), version())
    assert notice("ends_after_validity", pathway()).startswith("Ce parcours finit après la fin connue du titre")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2027, 8, 1), "x@1 ne s'obtient plus depuis le 13/07/2027."),
        (date(2019, 8, 1), "x@1 ne s'obtient qu'à partir du 01/01/2020."),
        (DAY, "x@1 n'est pas en vigueur le 21/11/2026."),
    ],
)
def test_a_version_out_of_its_dates_says_which(on: date, said: str) -> None:
    assert version_notice("not_in_force", "x@1/B1", on, version()) == said


def test_the_last_day_of_the_engine_comes_first() -> None:
    told = version_notice("not_in_force", "x@1", DAY, version(), date(2025, 12, 31))
    assert told == "x@1 ne s'obtient plus depuis le 01/01/2026."


def test_nothing_is_said_to_be_replaced_before_it_is() -> None:
    following = version(replaced_by=("x@2", "y@1"))
    assert version_notice("replaced", "x@1", DAY, following).startswith("x@1 sera remplacé par x@2 ou y@1")
    assert version_notice("replaced", "x@1", date(2030, 1, 1), following).endswith("choisissez x@2.")


def test_what_the_totals_leave_out_is_counted() -> None:
    left = Totals(unknown_hours=1, unknown_cost=2, unknown_assessment_cost=3)
    assert notice("partial_totals", pathway(totals=left)).replace(NO_BREAK, " ") == (
        "Les totaux laissent de côté ce qui n'est pas connu : "
        "1 étape sans durée connue, 2 étapes sans prix connu et 3 évaluations sans prix connu."
    )


def test_a_code_without_words_stays_as_it_is() -> None:
    assert notice("something_new", pathway()) == "something_new"


def test_notices_speak_the_language_of_the_moment() -> None:
    answer = pathway(END).model_copy(update={"notices": ("ends_after_validity",)})
    with speaking(Language.ENGLISH):
        assert "after 12 July 2027" in next(notices(answer)).replace(NO_BREAK, " ")
