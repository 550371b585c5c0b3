"""A change between two versions as a sentence, its values said as people say them."""

from datetime import date

import pytest

from referentials.diff import Change, ChangeKind, diff
from referentials.model import Block, Competency, Hours, Kind, Referential, Validity
from referentials.provenance import Confidence
from reports.change_wording import sentences
from reports.language import NO_BREAK, Language, speaking


def version(number: str, *blocks: Block, **values: object) -> Referential:
    base = {"id": "x", "version": number, "kind": Kind.ATTESTATION, "title": "X", "confidence": Confidence.OFFICIAL}
    return Referential.model_validate(base | {"blocks": blocks or None} | values)


def block(code: str, title: str, **values: object) -> Block:
    return Block.model_validate({"code": code, "title": title} | values)


def told(before: Referential, after: Referential) -> list[str]:
    return [text.replace(NO_BREAK, " ") for text in sentences(diff(before, after), before, after)]


OLD = version(
    "1",
    block("B1", "Accueillir", hours=Hours(total=35), competencies=(Competency(code="C1", title="Recevoir"),)),
    level=4,
    valid=Validity(start=date(2020, 1, 1)),
)


@pytest.mark.parametrize(
    ("values", "french", "english"),
    [
        ({"level": 5}, "x@2, niveau : 4 → 5", "x@2, level: 4 → 5"),
        ({"level": None}, "x@2, niveau : 4 → non connu", "x@2, level: 4 → not known"),
        (
            {"valid": Validity(start=date(2020, 1, 1), end=date(2025, 1, 1))},
            "x@2, dates : depuis le 01/01/2020, sans fin connue → du 01/01/2020 au 01/01/2025",
            "x@2, dates: since 1 January 2020, no known end → from 1 January 2020 to 1 January 2025",
        ),
        (
            {"confidence": Confidence.TO_CONFIRM},
            "x@2, confiance : officiel → à confirmer",
            "x@2, confidence: official → to confirm",
        ),
    ],
)
def test_a_field_that_changes(values: dict[str, object], french: str, english: str) -> None:
    after = OLD.model_copy(update={"version": "2"} | values)
    assert told(OLD, after) == [french]
    with speaking(Language.ENGLISH):
        assert told(OLD, after) == [english]


def test_parts_that_come_go_and_change() -> None:
    after = version("2", block("B1", "Accueillir", hours=Hours(total=49)), block("B2", "Animer"))
    before = version("1", block("B1", "Accueillir", hours=Hours(total=35)), block("B9", "Ranger"))
    assert told(before, after) == [
        "x@2/B1, durées : 35 h au total → 49 h au total",
        "x@1/B9 disparaît : « Ranger »",
        "x@2/B2 est nouveau : « Animer »",
    ]


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_of_change_is_a_sentence_of_its_own_in_both_languages(kind: ChangeKind) -> None:
    change = Change(kind, "x@2/B7", "{avant}", "{après}")
    (french,) = sentences([change], OLD, OLD)
    with speaking(Language.ENGLISH):
        (english,) = sentences([change], OLD, OLD)
    assert french != english
