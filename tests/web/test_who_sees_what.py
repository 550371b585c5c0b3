"""Who sees which page: each role, in this organisation, in another, in none, and nobody known, against every address of the site.

The table is ``who_sees_what.txt``. Whoever is let in gets a page or is sent on; whoever is not gets 401 or 403, and 404 for what belongs
to others; what they asked for changes nothing, and no answer that they get holds a word of it.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import routers
from api.auth.actor import Actor
from api.auth.permissions import FOLLOW_UP
from api.jobs.cohorts import ask_for_cohort
from api.jobs.plans import ask_for_plans
from api.services.asking import Demand
from api.services.people import Agreed, open_file
from api.store import schema
from api.store.repositories.imports import Request
from api.store.scope import Scope
from api.store.tables import Role
from api.store.unit_of_work import Store
from pathways.profile import Profile
from tests.api.http.service import ALONE, HERE, THERE, Service
from tests.api.http.small import PROFILE, V1, a_small_service
from tests.api.store.world import an_offer

NOBODY = ""
SECRET = "Quillivic"
"""A word in everything that belongs to one organisation."""


class Who(NamedTuple):
    """Somebody in front of the site; no role: nobody known."""

    role: str
    place: str

    @property
    def housed(self) -> bool:
        return self.place in (HERE, THERE)


EVERY_ONE = (Who(NOBODY, NOBODY), *(Who(role.value, place) for role, place in product(Role, (HERE, THERE, ALONE))))
OF_THE_WHOLE_SERVICE = Who(Role.ADMINISTRATOR, ALONE)
AUDIENCES: dict[str, Callable[[Who], bool]] = {
    "everybody": lambda who: True,
    "known": lambda who: bool(who.role),
    "door": lambda who: not who.role or (who.role == Role.ADVISER and who.housed),
    "professionals": lambda who: who.role == Role.PROFESSIONAL,
    "advisers": lambda who: who.role == Role.ADVISER and who.housed,
    "planners": lambda who: who.role == Role.PROFESSIONAL or (who.role == Role.ADVISER and who.housed),
    "trainers": lambda who: who.role == Role.TRAINING_BODY and who.housed,
    "studio": lambda who: not who.role or who.role == Role.DESIGNER or (who.role == Role.ADMINISTRATOR and who.housed),
    "readers": lambda who: who.role == Role.DESIGNER or (who.role == Role.ADMINISTRATOR and who.housed),
    "designers": lambda who: who.role == Role.DESIGNER,
    "importers": lambda who: (
        who.role in (Role.DESIGNER, Role.ADMINISTRATOR) or (who.role == Role.TRAINING_BODY and who.housed)
    ),
    "administrators": lambda who: who.role == Role.ADMINISTRATOR,
    "runners": lambda who: who == OF_THE_WHOLE_SERVICE,
}
OF_AN_ADVISER = {"person_id", "plan_id", "job_id", "cohort_id", "list_id"}
"""What is kept for the advisers of the organisation alone, whoever else may have such a thing of their own."""
PUBLIC = {
    "language": "fr",
    "file_kind": "csv",
    "format_name": "csv",
    "form": "yaml",
    "ref": "mini@2024",
    "identifier": "mini",
    "start": "mini@2019",
    "target": "mini@2024",
    "module": "accueil",
    "number": "1",
    "comment_id": "f" * 32,
    "secret": "f" * 32,
}
"""What an address names that belongs to nobody, or to what is named before it."""
OF_NOBODY = {"/parcours/plan/document/{name}"}
"""Addresses where a name is that of a format."""
ABSENT = {
    "/theme.css": (404,),
    "/parcours/lien/{secret}": (404,),
    "/equipes/a-recalculer/{plan_id}": (404,),
    "/redaction/droits/{identifier}": (404,),
    "/redaction/proximites/{identifier}": (404,),
}
"""What is not there in this test."""
IN_THE_QUERY = (
    "/equipes/plans?p={person_id}&q=mini",
    "/equipes?nom=quillivic",
    "/recherche?q=quillivic",
    "/offre?q=quillivic",
)
"""Other ways to name what belongs to others: a search, a list that was ticked."""


class Row(NamedTuple):
    """A line of the table."""

    audience: str
    method: str
    path: str


@cache
def table() -> tuple[Row, ...]:
    """The lines of the table."""
    lines = (Path(__file__).parent / "who_sees_what.txt").read_text("utf-8").splitlines()
    words = (line.split() for line in lines if line and not line.startswith("#"))
    return tuple(Row(audience, method, path) for audience, *methods, path in words for method in methods)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("who-sees-what")
    store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
    schema.upgrade(store.engine)
    with a_small_service(store, folder) as found:
        yield found
    store.close()


@pytest.fixture(scope="module")
def things(service: Service) -> dict[str, str]:
    """One thing of each sort that the organisation here keeps, by the name that addresses give it."""
    with service.store.write() as unit:
        trainer, adviser = (
            unit.directory.accounts.get(service.account(role)) for role in (Role.TRAINING_BODY, Role.ADVISER)
        )
        room = unit.of(Scope(organisation=service.organisation(HERE)))
        identity, profile = {"given_name": "Zoé", "family_name": SECRET}, Profile.model_validate(PROFILE)
        person = open_file(room, identity, [Agreed(FOLLOW_UP, "1")], profile).id
        day = service.store.now().date()
        asked = Actor.of_account(adviser), [person]
        job = ask_for_plans(unit, *asked, Demand(target="mini@2024"), day).id
        cohort = ask_for_cohort(unit, *asked, (), Demand(target="mini@2024"), day).id
        offer = an_offer(title=f"Offre de {SECRET}")
        first = room.offers.write(offer.model_copy(update={"title": SECRET}), SECRET)
        room.offers.write(offer, offer.title, identifier=first.id)
        draft = room.drafts.write_plain(
            "essai@1", {"id": "essai", "version": "1", "title": SECRET}, SECRET, base=None
        ).id
        token = unit.directory.tokens.issue(trainer, SECRET, ["library:read"]).token.id
        found = {
            "person_id": person,
            "job_id": job,
            "cohort_id": cohort,
            "list_id": room.people_lists.add(f"{SECRET}.xlsx", {"people": [], "findings": []}, {}).id,
            "run_id": room.imports.ask(Request("yaml", f"{SECRET}.json", 4, "0" * 64)).id,
            "name": offer.id,
            "draft_id": draft,
            "account_id": trainer.id,
            "organisation_id": service.ids[HERE],
            "token_id": token,
        }
    plan = service.by(Role.ADVISER).post(f"{V1}/people/{person}/plans", json={"target": "mini@2024"})
    return found | {"plan_id": plan.json()["id"]}


def address_of(path: str, things: dict[str, str]) -> str:
    """An address of the table, naming what is there."""
    known = things | PUBLIC | ({"name": "pdf"} if path in OF_NOBODY else {})
    return re.sub(r"{(\w+)}", lambda found: known[found[1]], path)


def named(path: str) -> set[str]:
    """What an address names that an organisation keeps."""
    return set() if path in OF_NOBODY else {name for name in re.findall(r"{(\w+)}", path) if name not in PUBLIC}


def answer_to(service: Service, who: Who, row: Row, things: dict[str, str]) -> Response:
    """What somebody gets; a form sends what its example says."""
    address, client = address_of(row.path, things), browser_of(service, who)
    if row.method == "GET":
        return client.get(address, follow_redirects=False)
    path, _mark, query = address.partition("?")
    return client.post(path, data=dict(parse_qsl(query)), follow_redirects=False)


def lets_in(row: Row, who: Who) -> bool:
    """Whether the table lets somebody in."""
    return AUDIENCES[row.audience](who)


def foretold(row: Row, who: Who) -> int:
    """The refusal that somebody must meet; 0: none."""
    if not lets_in(row, who):
        return 403 if who.role else 401
    if not named(row.path):
        return 0
    if who.role == Role.ADMINISTRATOR and row.audience in ("administrators", "runners"):
        return 404 if who.place == THERE else 0
    if who.place == HERE:
        return 404 if named(row.path) & OF_AN_ADVISER and who.role != Role.ADVISER else 0
    return 404


def asked_by(row: Row) -> Iterator[Who]:
    """Who is worth asking: everywhere alike where the address names nothing, so one place is enough for whoever is refused."""
    for who in EVERY_ONE:
        inside = lets_in(row, who)
        if row.audience == "everybody" and not named(row.path):
            if not who.role and row.method == "GET":
                yield who
        elif who.place in (HERE, NOBODY) or inside:
            yield who


def browser_of(service: Service, who: Who) -> TestClient:
    return service.by(Role(who.role), who.place) if who.role else service.client


def test_every_page_meets_what_the_table_foretells(service: Service, things: dict[str, str]) -> None:
    for who in EVERY_ONE:
        browser_of(service, who).cookies.clear()
    before, wrong = acts(service), []
    for row in table():
        for who in asked_by(row):
            expected = foretold(row, who)
            if row.method == "POST" and not expected:
                continue  # what they may do is tried by the journeys
            answer = answer_to(service, who, row, things)
            met = answer.status_code
            if met != expected if expected else met not in (200, 303, 422, *ABSENT.get(row.path, ())):
                wrong.append((*row, *who, expected or "a page", met))
            if expected and SECRET in answer.text:
                wrong.append((*row, *who, "told"))
    assert not wrong, "\n".join(map(str, wrong))
    assert acts(service) == before, "somebody who was refused has changed something"


def acts(service: Service) -> int:
    """How many acts the audit trail holds, but for sessions that were opened."""
    with service.store.read() as unit:
        return sum(1 for line in unit.directory.trail.page(0, 200) if line.action != "session.open")


def test_no_list_and_no_search_names_what_belongs_to_others(service: Service, things: dict[str, str]) -> None:
    told = []
    for who in (one for one in EVERY_ONE if one.place != HERE and one != OF_THE_WHOLE_SERVICE):
        lists = [row.path for row in table() if row.method == "GET" and "{" not in row.path]
        own = {row.path for row in table() if row.path in lists and row.audience != "everybody" and lets_in(row, who)}
        for path in sorted(own | set(IN_THE_QUERY)):
            if SECRET in browser_of(service, who).get(address_of(path, things)).text:
                told.append((*who, path))
    assert told == []


def test_the_table_has_every_page_and_nothing_else() -> None:
    routes = [
        route for router in routers() for route in router.routes if route.endpoint.__module__.startswith("api.web")
    ]
    there = {(method, route.path) for route in routes for method in route.methods - {"HEAD"}}
    listed = [(row.method, row.path.partition("?")[0]) for row in table()]
    assert sorted(there - set(listed)) == [], "lines that tests/web/who_sees_what.txt lacks"
    assert sorted(set(listed) - there) == [], "lines of tests/web/who_sees_what.txt about no page"
    assert len(listed) == len(set(listed))
