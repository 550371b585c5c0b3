"""People by workbook: what is wrong is told by cell, who is there already is a person's choice, all comes in at once or nothing, never twice."""

import gzip
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import event

from api.auth.permissions import FOLLOW_UP
from api.services.people_twins import marks_of_room
from api.services.team import members_wanted
from api.store.repositories.people_wanted import WantedPeople
from api.store.rooms import Room
from api.store.scope import Scope
from tests.web.conftest import Enter
from tests.web.live import Site
from tests.web.site_people import ADVISER, PROFESSIONAL, TRAINER
from tests.web.test_own_path import Person
from tests.web.test_teams import an_organisation, organisation_of

PEOPLE = ("Code", "Prénom", "Nom", "Courriel", "Accord recueilli", "Accord donné le", "Texte lu", "Cible", "Territoire")
HELD = ("Personne", "Référence")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book(people: list[list[Any]], held: list[list[Any]]) -> bytes:
    workbook = Workbook(write_only=True)
    for title, head, rows in (("Personnes", PEOPLE, people), ("Acquis", HELD, held)):
        sheet = workbook.create_sheet(title)
        for row in (head, *rows):
            sheet.append(row)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def row(number: int, **other: Any) -> list[Any]:
    said = dict(
        zip(
            PEOPLE,
            (f"c-{number}", "Ada", f"Numéro{number}", f"{number}@exemple.fr", "oui", "03/03/2026", "note"),
            strict=False,
        )
    )
    return [(said | other).get(name) for name in PEOPLE]


def send(adviser: Person, content: bytes, status: int = 200) -> str:
    """The words of the page that follows a workbook; its address is the last of the browser."""
    answer = adviser.client.post("/equipes/importer", files={"fichier": ("gens.xlsx", content, SHEET)})
    adviser.address = answer.url.path  # type: ignore[attr-defined]
    return plain(adviser._told(answer, status))


def plain(told: str) -> str:
    return told.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.fixture
def room(site: Site) -> Iterator[Room]:
    with site.store.read() as unit:
        yield unit.of(Scope(organisation=organisation_of(site), purpose=FOLLOW_UP))


def test_two_thousand_people_with_forty_bad_rows(site: Site, enter: Enter) -> None:
    bad = (
        ({"Accord recueilli": None}, "Personnes", "E", "sans l'accord de la personne"),
        ({"Accord donné le": "03/03/2999"}, "Personnes", "F", "pas encore venu"),
        ({"Texte lu": None}, "Personnes", "G", "il manque le texte"),
        ({"Cible": "nulle-part@1"}, "Personnes", "H", "n'existe pas"),
        ({"Code": None}, "Personnes", "A", "Code"),
    )
    wrong = {rank * 50: bad[rank % 5] for rank in range(35)}
    people = [row(number, **(wrong[number][0] if number in wrong else {})) for number in range(2000)]
    held = [
        [f"c-{number}", "deme@2007" if number % 400 != 39 else "deme@2007/DC9"]
        for number in range(1, 2000, 2)
        if number not in wrong
    ]
    expected = {(sheet, f"{letter}{number + 2}") for number, (_, sheet, letter, _said) in wrong.items()}
    expected |= {("Acquis", f"B{rank + 2}") for rank, (_, ref) in enumerate(held) if ref.endswith("DC9")}
    assert len(expected) == 40

    organisation = an_organisation(site, "deux-mille@exemple.fr")
    adviser = enter("deux-mille@exemple.fr")
    told = send(adviser, book(people, held))
    assert "Nouvelles personnes 1 960" in told
    assert "Lignes à corriger 40" in told
    for _, _, _, sentence in bad[:4]:
        assert sentence.lower() in told.lower()
    cells = re.findall(r'<th scope="row">(\w+), ligne[^<]*<span class="quiet">\((\w+)\)', adviser.source)
    assert set(cells) == expected
    assert len(adviser.source.encode()) < 300_000

    here = adviser.address  # type: ignore[attr-defined]
    assert "1 960 personnes ajoutées" in plain(adviser.send(here, tous="leave"))
    assert "personnes ajoutées" in adviser.send(here, tous="add")  # once more: nothing happens
    with site.store.read() as unit:
        room = unit.of(Scope(organisation=organisation, purpose=FOLLOW_UP))
        assert room.people.count(WantedPeople()) == 1960
        assert [one.name for one in members_wanted(room, WantedPeople("Numéro1501"), None, 5)[0]] == ["Ada Numéro1501"]
        assert unit.directory.trail.verify().broken_at is None

    asked: list[str] = []
    event.listen(site.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for path, count in (
        ("/equipes", 1960),
        ("/equipes?etat=aucun", 1960),
        ("/equipes?nom=numero1501", 1),
        ("/equipes?refaire=oui", 0),
    ):
        asked.clear()
        answer = adviser.client.get(path)
        assert f"{count:,} personne".replace(",", " ") in plain(answer.text), path
        assert len(asked) < 30, path
        assert len(gzip.compress(answer.content)) < 30_000, path


def test_who_is_there_already_is_left_brought_up_to_date_or_added(site: Site, enter: Enter, room: Room) -> None:
    adviser = enter(ADVISER)
    first = [row(9001), row(9002, Courriel=None), row(9003, Courriel=None, Prénom=None, Nom=None), row(9004)]
    assert "Nouvelles personnes 4" in send(adviser, book(first, []))
    adviser.send(adviser.address)  # type: ignore[attr-defined]
    again = [
        row(9001, Nom="Changé", Territoire="29", **{"Texte lu": "autre note"}),
        row(9002, Courriel=None, Prénom="NUMERO9002", Nom="ada"),
        row(9003, Courriel=None, Prénom=None, Nom=None),
        row(9004),
        row(9005),
        row(9006, Courriel="9005@exemple.fr"),
    ]
    told = send(adviser, book(again, [["c-9001", "deme@2007"]]))
    assert "Nouvelles personnes 1 Peut-être déjà là 5" in told
    assert "même adresse électronique" in told
    assert "même code, sans nom" in told
    assert "la ligne 6 du classeur" in told
    told = adviser.send(adviser.address, tous="leave", **{"d-2": "update", "d-5": "add", "d-7": "update"})  # type: ignore[attr-defined]
    assert "2 personnes ajoutées 1 dossier mis à jour 3 lignes non reprises" in told.replace("\u00a0", " ")
    known = marks_of_room(room)
    changed = known["email", "9001@exemple.fr"]  # type: ignore[index]
    found = room.people.identity(changed)
    assert found is not None
    assert (found.family_name, found.given_name) == ("Changé", "Ada")
    assert (room.people.get(changed).area, room.people.get(changed).service) == ("29", None)
    profile = room.profiles.get(changed).document
    assert [one["ref"] for one in profile["holds"]["qualifications"]] == ["deme@2007"]
    assert [one.text_version for one in room.people.consents(changed) if one.withdrawn_at is None] == ["autre note"]
    assert "0 personne ajoutée 0 dossier mis à jour, 3" in _brought(
        adviser, book([again[0], *again[2:4]], [["c-9001", "deme@2007"]]), tous="update"
    )


def _brought(adviser: Person, content: bytes, **choices: str) -> str:
    send(adviser, content)
    return adviser.send(adviser.address, **choices).replace("\u00a0", " ")  # type: ignore[attr-defined]


def test_a_list_is_the_advisers_alone_and_what_is_refused_says_why(site: Site, enter: Enter) -> None:
    adviser = enter(ADVISER)
    assert "Choisissez d’abord un classeur" in adviser.send("/equipes/importer", 422)
    assert "Rien de ce fichier ne peut être repris" in send(adviser, b"pas un classeur", 422)
    assert "ne contient pas de personnes" in send(adviser, _of_offers(), 422)
    send(adviser, book([row(9100, Cible="tp-mn@2025")], []))
    here = adviser.address  # type: ignore[attr-defined]
    assert "qui dit ce qu’elle vise" in adviser.read(here)
    for email in (PROFESSIONAL, TRAINER):
        other = enter(email)
        assert "9100" not in other.read(here, 403)
        other.send(here, 403)
        other.send(f"{here}/laisser", 403)
    told = adviser.send(here, plans="oui")
    assert "Personne par personne" in told
    assert "Ada Numéro9100" in told
    send(adviser, book([row(9200)], []))
    here = adviser.address  # type: ignore[attr-defined]
    assert "laissé de côté" in adviser.send(f"{here}/laisser")
    adviser.read(here, 404)


def _of_offers() -> bytes:
    from referentials.formats.workbook import template

    return template("offre").content


def test_a_program_does_the_same(site: Site, enter: Enter) -> None:
    adviser = enter(ADVISER)
    content = book([row(9300), row(9301, **{"Texte lu": None}), row(9302, Courriel="9300@exemple.fr")], [])
    for dry, opened in (("true", 0), ("false", 1), ("false", 0)):
        answer = adviser.client.post(
            "/api/v1/people/imports", files={"file": ("gens.xlsx", content, SHEET)}, data={"dry": dry}
        )
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert (said["people"], len(said["opened"]), [one["where"]["path"] for one in said["findings"]]) == (
            2,
            opened,
            ["Personnes!G3"],
        )
    assert [(one["row"], one["why"], bool(one["person"])) for one in said["duplicates"]] == [
        (2, "email", True),
        (4, "email", True),
    ]
    refused = enter(PROFESSIONAL).client.post("/api/v1/people/imports", files={"file": ("gens.xlsx", content, SHEET)})
    assert refused.status_code == 403
