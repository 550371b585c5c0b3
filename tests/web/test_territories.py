"""Territories: an edition is published by a job, looked at by advisers alone, and says nothing of fewer than five people."""

import csv
import time
from datetime import date, timedelta
from typing import Any

import pytest

from api.auth.permissions import FOLLOW_UP
from api.store.repositories.people import NewFile
from api.store.scope import Scope
from pathways.territory.figures import Group
from pathways.territory.publication import Tally, published
from tests.soaking import IN_THE_SOAK
from tests.web.conftest import Enter
from tests.web.live import Site, work
from tests.web.site_people import PROFESSIONAL, TRAINER
from tests.web.test_team_lists import plain
from tests.web.test_teams import an_organisation

TARGET = "tp-fpa@2023"
FIRST = {"holds": {"blocks": [{"ref": f"{TARGET}/CCP1", "on": "2024-06-01", "evidence": "certified"}]}}
HERE = "/territoires"


def followed(site: Site, organisation: str, count: int, profile: dict[str, Any], **situation: str) -> tuple[str, ...]:
    """People who agreed, with a plan towards the target."""
    with site.store.write() as unit:
        room = unit.of(Scope(organisation=organisation))
        files = [
            NewFile({"family_name": "Ada"}, FOLLOW_UP, "1", unit.now, profile, situation) for _rank in range(count)
        ]
        people = room.people.open_all(files)
        for person in people:
            pathway = {"status": "optimal", "target": TARGET, "versions": [TARGET], "steps": []}
            room.plans.add(person, {"target": TARGET}, pathway)
        return people


def test_an_edition_is_published_looked_at_and_kept(site: Site, enter: Enter) -> None:
    email = "territoires@exemple.fr"
    organisation = an_organisation(site, email)
    first = followed(site, organisation, 12, FIRST, area="29", trade="K2111")
    followed(site, organisation, 14, {}, area="29", trade="K1601")
    followed(site, organisation, 3, {}, area="29", trade="M1402")
    followed(site, organisation, 4, {}, area="Sein", trade="K2111")
    adviser = enter(email)
    assert "Rien n'est encore publié" in plain(adviser.read(HERE))
    assert "Le calcul est demandé" in plain(adviser.send(HERE))
    work(site)
    told = plain(adviser.read(HERE))
    assert "29 : K1601 14 de cette édition 29 : autres métiers ensemble 15" in told
    assert "M1402" not in told
    assert "Sein" not in told
    (published_now,) = adviser.client.get("/api/v1/territories").json()["targets"]
    assert published_now["target"] == TARGET
    answer = adviser.client.get("/api/v1/territories", params={"target": TARGET}).json()["territory"]
    counts = {one["competency"]: (one["lacking"], one["people"]) for one in answer["needs"]}
    assert counts[f"{TARGET}/CCP1/C1"] == (17, 29)
    assert set(counts.values()) == {(17, 29), (29, 29)}
    told = plain(adviser.read(f"{HERE}?cible={TARGET}&competence={TARGET}/CCP1/C1"))
    assert "29 : K1601, autres métiers ensemble 17 29" in told
    rows = adviser.client.get(f"{HERE}/chiffres.csv", params={"cible": TARGET}).content.decode("utf-8-sig")
    assert {row["territoire"] for row in csv.DictReader(rows.splitlines(), delimiter=";")} == {"29"}
    assert "Non publié (moins de cinq personnes)" in plain(adviser.read(f"{HERE}?cible={TARGET}&territoire=Sein"))

    followed(site, organisation, 3, {}, area="29", trade="K1601")
    with site.store.write() as unit:
        unit.of(Scope(organisation=organisation)).people.delete(first[0])
    adviser.send(HERE)
    work(site)
    again = adviser.client.get("/api/v1/territories", params={"target": TARGET}).json()
    assert (again["edition"], again["territory"]["cells"]) == (2, answer["cells"])
    assert again["territory"]["figures"] == answer["figures"]
    assert adviser.client.get("/api/v1/territories", params={"target": "tp-mn@2025"}).status_code == 404
    for other in (PROFESSIONAL, TRAINER):
        enter(other).read(HERE, 403)
        assert TARGET not in enter(other).client.get("/api/v1/territories").text


@pytest.mark.parametrize("areas", [pytest.param(20, marks=IN_THE_SOAK)])
def test_a_hundred_thousand_people_are_looked_at_within_a_second(site: Site, enter: Enter, areas: int) -> None:
    email = "cent-mille@exemple.fr"
    organisation = an_organisation(site, email)
    groups = {Group(f"{area:02}", f"K{trade}"): 160 + trade for area in range(areas) for trade in range(1000, 1030)}
    editions = []
    with site.store.write() as unit:
        territories = unit.of(Scope(organisation=organisation)).territories
        for month in range(12):
            people = {group: 160 + 7 * month + int(group.trade[1:]) % 30 for group in groups}
            refs = (f"{TARGET}/{block}/C{number}" for block, numbers in BLOCKS.items() for number in numbers)
            lacking = {ref: {group: count // 2 for group, count in people.items()} for ref in refs}
            editions.append(published(Tally(people, lacking), editions))
            territories.publish(TARGET, editions[-1], date(2026, 1, 5) + timedelta(days=30 * month))
    adviser = enter(email)
    ref = f"{TARGET}/CCP1/C1"
    adviser.read(f"{HERE}?edition=1")  # templates are read once
    for address in (HERE, f"{HERE}?territoire=07", f"{HERE}?metier=K1003&competence={ref}", f"{HERE}?edition=3"):
        started = time.process_time()
        adviser.read(address)
        assert time.process_time() - started < 1, address


BLOCKS = {"CCP1": range(1, 5), "CCP2": range(5, 9)}
