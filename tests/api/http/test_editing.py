"""Editing a draft over HTTP: acts, undone and done again, by two people whose changes meet; nothing that was accepted is lost."""

from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient

from api.store.tables import Role
from referentials.editing.delta import applied, read
from tests.api.http.service import Service
from tests.api.http.small import V1, kind_of, of_all_trades, tagged
from tests.soaking import SOAKING, on_sqlite_unless_soaking

KEY = "mini@2027"


class Desk(NamedTuple):
    """A draft on which two people work, each in their own browser."""

    address: str
    people: Mapping[str, TestClient]

    def act(self, who: str, revision: int, act: str, **given: Any) -> Any:
        """Do an act on a revision that was read."""
        body = {"act": {"act": act} | given}
        return self.people[who].post(f"{self.address}/acts", json=body, headers={"If-Match": f'"{revision}"'})

    def now(self) -> tuple[int, dict[str, Any]]:
        """The revision and the values that stand."""
        answer = self.people["anne"].get(self.address)
        return int(answer.headers["etag"].strip('"')), answer.json()["document"]

    def history(self) -> list[dict[str, Any]]:
        """The lines of the history."""
        found: list[dict[str, Any]] = self.people["anne"].get(f"{self.address}/changes").json()["items"]
        return found

    def replayed(self) -> dict[str, Any]:
        """What the history gives, from nothing."""
        return applied({}, *(read(line["edits"]) for line in self.history()))


@pytest.fixture
def desk(small: Service) -> Desk:
    anne = small.by(Role.DESIGNER)
    begun = anne.post(f"{V1}/drafts", json={"base": "mini@2024", "version": "2027"})
    return Desk(f"{V1}/drafts/{begun.json()['id']}", {"anne": anne, "zoé": of_all_trades(small)})


def codes(document: Mapping[str, Any]) -> list[str]:
    """The places of a draft, in their order."""
    found = []
    for block in document["blocks"] or []:
        found += [block["code"], *(f"{block['code']}/{one['code']}" for one in block.get("competencies") or [])]
    return found


def done(answer: Any) -> dict[str, Any]:
    """The draft after an act that was accepted."""
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["document"]
    return found


def test_every_act_leaves_references_true_and_can_be_undone(desk: Desk) -> None:
    start = desk.now()[1]
    wanted: list[tuple[str, dict[str, Any], list[str]]] = [
        ("add", {"parent": "", "title": "Troisième bloc"}, ["B1", "B1/C1", "B1/C2", "B2", "B2/C3", "B3"]),
        ("add", {"parent": "B3", "before": None}, ["B1", "B1/C1", "B1/C2", "B2", "B2/C3", "B3", "B3/C1"]),
        (
            "move",
            {"at": "B1/C2", "parent": "B2", "before": "C3"},
            ["B1", "B1/C1", "B2", "B2/C2", "B2/C3", "B3", "B3/C1"],
        ),
        ("recode", {"at": "B2", "code": "BX"}, ["B1", "B1/C1", "BX", "BX/C2", "BX/C3", "B3", "B3/C1"]),
        ("merge", {"at": "B1", "into": "BX"}, ["BX", "BX/C2", "BX/C3", "BX/C1", "B3", "B3/C1"]),
        (
            "split",
            {"at": "BX", "code": "BY", "second": "La suite", "given": {"competencies": ["C1"]}},
            ["BX", "BX/C2", "BX/C3", "BY", "BY/C1", "B3", "B3/C1"],
        ),
        ("retire", {"at": "B3"}, ["BX", "BX/C2", "BX/C3", "BY", "BY/C1"]),
        ("write", {"at": "BY/C1", "fields": {"criteria": ["Est écouté"]}}, ["BX", "BX/C2", "BX/C3", "BY", "BY/C1"]),
    ]
    for act, given, expected in wanted:
        assert codes(done(desk.act("anne", desk.now()[0], act, **given))) == expected
    assert desk.now()[1]["award"] == {"all_of": [f"{KEY}/BX", f"{KEY}/BY"]}
    assert desk.replayed() == desk.now()[1]
    last = desk.now()[1]
    for _ in wanted:
        done(desk.people["anne"].post(f"{desk.address}/undo"))
    assert desk.now()[1] == start
    nothing = desk.people["anne"].post(f"{desk.address}/undo")
    assert (nothing.status_code, kind_of(nothing)) == (409, "wrong-state")
    for _ in wanted:
        done(desk.people["anne"].post(f"{desk.address}/redo"))
    assert desk.now()[1] == last == desk.replayed()


def test_two_people_write_side_by_side_and_clash_only_on_one_field(desk: Desk) -> None:
    seen, _ = desk.now()
    done(desk.act("anne", seen, "write", at="B1", fields={"title": "Le premier"}))
    done(desk.act("zoé", seen, "write", at="B1", fields={"note": "À relire", "hours/total": 20}))
    done(desk.act("zoé", seen, "move", at="B2", before="B1"))
    refused = desk.act("zoé", seen, "write", at="B1", fields={"title": "Le vrai premier"})
    assert (refused.status_code, kind_of(refused)) == (409, "clash")
    assert refused.json()["clashes"] == [
        {"at": ["blocks", "B1", "title"], "base": "Premier bloc", "mine": "Le vrai premier", "theirs": "Le premier"}
    ]
    block = desk.now()[1]["blocks"][1]
    assert (block["title"], block["note"], block["hours"]) == ("Le premier", "À relire", {"total": 20})
    done(desk.people["anne"].post(f"{desk.address}/undo"))
    block = desk.now()[1]["blocks"][1]
    assert (block["title"], block["note"]) == ("Premier bloc", "À relire")


def test_what_another_has_changed_is_neither_retired_nor_undone_unseen(desk: Desk) -> None:
    seen, _ = desk.now()
    done(desk.act("anne", seen, "write", at="B1/C1", fields={"title": "Accueillir chacun"}))
    assert kind_of(desk.act("zoé", seen, "retire", at="B1/C1")) == "clash"
    done(desk.act("zoé", desk.now()[0], "write", at="B1/C1", fields={"title": "Accueillir toute personne"}))
    assert kind_of(desk.people["anne"].post(f"{desk.address}/undo")) == "clash"
    done(desk.act("zoé", desk.now()[0], "retire", at="B1/C1"))
    assert kind_of(desk.act("anne", seen, "write", at="B1/C1", fields={"title": "Trop tard"})) == "clash"


def test_what_cannot_be_done_is_said(desk: Desk) -> None:
    seen, before = desk.now()
    refused = [
        ("add", {"parent": "", "code": "B1"}, "redaction-code-pris"),
        ("write", {"at": "B9", "fields": {"title": "Rien"}}, "redaction-absent"),
        ("write", {"at": "B1", "fields": {"code": "B7"}}, "redaction-champ"),
        ("move", {"at": "B1", "parent": "B2"}, "redaction-deplacement"),
        ("merge", {"at": "B1", "into": "B1"}, "redaction-fusion"),
        ("add", {"parent": "B1/C1"}, "redaction-trop-profond"),
    ]
    for act, given, rule in refused:
        answer = desk.act("anne", seen, act, **given)
        assert answer.status_code == 422, (act, answer.text)
        assert [found["rule"] for found in answer.json()["findings"]] == [rule]
    assert kind_of(desk.act("anne", 99, "write", fields={"title": "x"})) == "not-found"
    assert kind_of(desk.act("anne", seen, "fly")) == "invalid"
    assert desk.now() == (seen, before)


def test_the_whole_written_at_once_is_a_line_of_history_too(desk: Desk) -> None:
    seen, document = desk.now()
    anne = desk.people["anne"]
    whole = anne.put(desk.address, json={"document": document | {"note": "n"}}, headers={"If-Match": f'"{seen}"'})
    done(anne.post(f"{desk.address}/undo"))
    assert desk.now()[1] == document
    back = anne.post(f"{desk.address}/revert", params={"to": seen + 1}, headers=tagged(anne.get(desk.address)))
    assert done(back) == whole.json()["document"] == desk.replayed()
    assert [line["kind"] for line in desk.history()] == ["start", "act", "undo", "revert"]


def drawn_act(random: Random, document: Mapping[str, Any], number: int) -> dict[str, Any]:
    """An act that somebody might do on what they see."""
    places = codes(document) or [""]
    at = random.choice(places)
    parent = at.rpartition("/")[0]
    choices: list[dict[str, Any]] = [
        {"act": "write", "at": at, "fields": {"title": f"Titre {number}"}},
        {"act": "write", "at": at, "fields": {"note": f"Note {number}"}},
        {"act": "write", "at": at, "fields": {"title": None}},
        {"act": "add", "parent": at if "/" not in at else parent, "title": f"Nouveau {number}"},
        {"act": "add", "parent": "", "title": f"Bloc {number}"},
    ]
    if at:
        siblings = [one for one in places if one.rpartition("/")[0] == parent]
        other = random.choice(siblings).rpartition("/")[2]
        choices += [
            {"act": "move", "at": at, "before": other},
            {"act": "recode", "at": at, "code": f"N{number}"},
            {"act": "split", "at": at, "second": f"Moitié {number}"},
            {"act": "merge", "at": at, "into": other},
            {"act": "retire", "at": at},
        ]
    return random.choice(choices)


@pytest.mark.hypothesis
def test_a_long_session_ends_as_its_history_says(desk: Desk, small: Service) -> None:
    on_sqlite_unless_soaking(small.store)
    random, seen, counts = Random(7), dict.fromkeys(desk.people, desk.now()), Counter[str]()
    revision = 1
    while revision <= (300 if SOAKING else 120):
        who = random.choice([*desk.people])
        what = random.choices(["act", "undo", "redo", "revert", "read"], [60, 15, 10, 2, 15])[0]
        if what == "read":
            seen[who] = desk.now()
            continue
        if what == "act":
            given = drawn_act(random, seen[who][1], counts.total())
            answer = desk.act(who, seen[who][0], given.pop("act"), **given)
        elif what == "revert":
            to, tag = random.randint(1, revision), {"If-Match": f'"{revision}"'}
            answer = desk.people[who].post(f"{desk.address}/revert", params={"to": to}, headers=tag)
        else:
            answer = desk.people[who].post(f"{desk.address}/{what}")
        counts[told(answer, what)] += 1
        if answer.status_code == 200:
            revision = int(answer.headers["etag"].strip('"'))
    assert desk.replayed() == desk.now()[1]
    assert {"act", "undo", "redo", "clash", "file"} <= counts.keys(), counts
    assert [line["revision"] for line in desk.history()] == [*range(1, revision + 1)]


def told(answer: Any, what: str) -> str:
    """What came of a request: itself when it was done, else the kind of the problem."""
    if answer.status_code == 200:
        return what
    kind = kind_of(answer)
    assert kind in ("clash", "file", "wrong-state"), answer.text
    return kind


@pytest.mark.hypothesis
def test_in_every_interleaving_nothing_accepted_is_lost(desk: Desk, small: Service) -> None:
    """From one state that both have read, each writes a field or two, in a drawn order: all that was accepted is there in the end,
    and what was refused clashes with something that was accepted. A thousand times in ``make soak``."""
    random, fields = Random(11), ("title", "note", "prerequisites")
    (seen, document), clashes = desk.now(), 0
    for number in range(1000 if SOAKING else 50 if small.store.is_sqlite else 10):
        places, last = codes(document)[:3], seen
        turns = random.choice([("anne", "zoé"), ("zoé", "anne"), ("anne", "zoé", "anne")])
        accepted: dict[tuple[str, str], str] = {}
        for turn, who in enumerate(turns):
            at, name, value = random.choice(places), random.choice(fields), f"{who} {number} {turn}"
            answer = desk.act(who, seen, "write", at=at, fields={name: value})
            if answer.status_code == 200:
                assert (at, name) not in accepted
                accepted[at, name] = value
                last, document = int(answer.headers["etag"].strip('"')), answer.json()["document"]
            else:
                clashes += 1
                assert kind_of(answer) == "clash"
                assert answer.json()["clashes"][0]["theirs"] == accepted[at, name]
        assert {place: field(document, *place) for place in accepted} == accepted
        seen = last
    assert clashes > number / 10
    assert desk.replayed() == document == desk.now()[1]


def field(document: Mapping[str, Any], at: str, name: str) -> Any:
    """The value of a field of a block or of a competency."""
    block, _, code = at.partition("/")
    found = next(one for one in document["blocks"] if one["code"] == block)
    if code:
        found = next(one for one in found["competencies"] if one["code"] == code)
    return found.get(name)
