"""A site, a browser, and screens in front of it; both start once for each process of tests."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.auth import passwords
from api.auth.actor import Actor
from api.auth.permissions import FOLLOW_UP
from api.jobs.cohorts import ask_for_cohort
from api.jobs.imports import Sent, ask_for_import, looked_at
from api.jobs.plans import ask_for_plans
from api.services.asking import Demand
from api.services.drafts import values_like
from api.services.people import Agreed, open_file
from api.store import schema
from api.store.engine import open_engine
from api.store.repositories.search import index_shipped
from api.store.scope import Scope
from api.store.unit_of_work import Store
from pathways.profile import Profile
from pathways.territory.figures import Group
from pathways.territory.publication import Tally, published
from referentials.findings import error
from referentials.library import Library
from tests.api.auth.light import LIGHT, NOBODY
from tests.web.live import QUIETLY, Site, a_site, chromium, work
from tests.web.screen import NARROW, WIDE, Screen
from tests.web.site_people import ADVISER, DESIGNER, PASSWORD, TRAINER, settle
from tests.web.test_own_path import Person

Open = Callable[..., Screen]
Enter = Callable[..., Person]


@pytest.fixture(scope="session", autouse=True)
def passwords_of_little_cost() -> Iterator[None]:
    """Passwords are hashed and checked at once; the tests of passwords pay the real price."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_argon2id", lambda: LIGHT)
        patch.setattr(passwords, "_nobody", lambda: NOBODY)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service on a port of its own, on an SQLite file."""
    url = f"sqlite:///{tmp_path_factory.mktemp('site') / 'site.sqlite3'}"
    engine = open_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    store = Store(url)
    with store.write() as unit:
        index_shipped(unit, Library.read())
    settle(store)
    with a_site(store) as found:
        yield found
    store.close()


class Followed(NamedTuple):
    """Somebody whom the adviser of the site follows, the job that kept a plan for them, a list in which they stand again, a new
    answer beside their plan, a cohort of which they are.
    """

    person: str
    job: str
    list: str
    proposal: str
    cohort: str


@pytest.fixture(scope="session")
def followed(site: Site) -> Followed:
    """Somebody with a diploma and a plan."""
    with site.store.write() as unit:
        account = unit.directory.accounts.by_email(ADVISER)
        assert account is not None
        actor = Actor.of_account(account)
        holds = {"qualifications": [{"ref": "deme@2007", "on": "2012-06-30"}]}
        person = open_file(
            unit.of(Scope(organisation=actor.organisation)),
            {"given_name": "Ada", "family_name": "Suivie"},
            [Agreed(FOLLOW_UP, "1")],
            Profile.model_validate({"holds": holds}),
        ).id
        demand = Demand(target="bpjeps-tic@2002/UC5")
        job = ask_for_plans(unit, actor, [person], demand, site.store.now().date()).id
        cohort = ask_for_cohort(unit, actor, [person], (), Demand(target="tp-fpa@2023"), site.store.now().date()).id
        again = {"row": 2, "identity": {"given_name": "Ada", "family_name": "Suivie"}, "agreed_text": "note"}
        wrong = error("classeur-accord", "Le texte manque.", "Écrivez-le.", file="a.xlsx", line=3, path="Personnes!H3")
        document = {
            "people": [again | {"agreed_on": "2026-03-03", "target": "tp-mn@2025", "profile": {"id": "p-1"}}],
            "findings": [wrong.model_dump(mode="json")],
        }
        kept = unit.of(Scope(organisation=actor.organisation)).people_lists.add("gens.xlsx", document, {}).id
        counted = Tally({Group("29", "K1601"): 30}, {"tp-fpa@2023/CCP1/C1": {Group("29", "K1601"): 12}})
        territories = unit.of(Scope(organisation=actor.organisation)).territories
        territories.publish("tp-fpa@2023", published(counted), site.store.now().date())
    work(site)
    with site.store.write() as unit:
        plans = unit.of(Scope(organisation=actor.organisation)).plans
        old = plans.of_person(person).rows[0]
        proposal = plans.add(person, old.question, old.pathway, replaces=old.id).id
    return Followed(person, job, kept, proposal, cohort)


class Administered(NamedTuple):
    """What an administrator sees of the site: an organisation, an account with a token, a job."""

    organisation: str
    account: str
    job: str


@pytest.fixture(scope="session")
def administered(site: Site, followed: Followed) -> Administered:
    """The training body of the site, and the job of its adviser."""
    with site.store.write() as unit:
        account = unit.directory.accounts.by_email(TRAINER)
        assert account is not None
        unit.directory.tokens.issue(account, "Catalogue", ["library:read", "offers:write"])
        return Administered(str(account.organisation_id), account.id, followed.job)


@pytest.fixture(scope="session")
def drafted(site: Site) -> str:
    """A draft of the organisation of the site, begun from a version."""
    values = values_like(Library.read(), "tp-mn@2025", "2030")
    with site.store.write() as unit:
        account = unit.directory.accounts.by_email(DESIGNER)
        assert account is not None
        drafts = unit.of(Scope(organisation=account.organisation_id)).drafts
        return drafts.write_plain("tp-mn@2030", values, values["title"], base="tp-mn@2025").id


@pytest.fixture
def enter(site: Site) -> Iterator[Enter]:
    """Somebody who has signed in, without a browser: ``enter(ADVISER)``."""
    opened = []

    def signed_in(email: str, **headers: str) -> Person:
        found = Person(site, **headers)
        opened.append(found)
        found.send("/connexion", **{"adresse": email, "mot-de-passe": PASSWORD, "vers": "/a-propos"})
        return found

    yield signed_in
    for one in opened:
        one.client.close()


@pytest.fixture(scope="session")
def imported(site: Site) -> str:
    """A trial of a file in which something is wrong, asked for by the training body of the site."""
    with site.store.write() as unit:
        account = unit.directory.accounts.by_email(TRAINER)
        assert account is not None
        right = {"id": "essai", "given": "deme@2007", "grants": ["deme@2007/DC1"], "effect": "award", "in_force": {}}
        request = looked_at(Sent("essai.json", BytesIO(json.dumps([right]).encode()), "yaml", True), 1_000_000)
        run = ask_for_import(unit, Actor.of_account(account), request, BytesIO(json.dumps([right]).encode()))[0].id
    work(site)
    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=list(QUIETLY))
        yield found
        found.close()


@pytest.fixture
def screen(site: Site, browser: Browser) -> Iterator[Open]:
    """Opens a screen: ``screen(dark=True, narrow=True, scripts=False)``; each has its own cookies."""
    opened = []

    def open_one(*, dark: bool = False, narrow: bool = False, scripts: bool = True, **more: Any) -> Screen:
        context = browser.new_context(
            viewport={"width": NARROW if narrow else WIDE, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale=more.pop("locale", "fr-FR"),
            accept_downloads=True,
            reduced_motion="reduce",
            **more,
        )
        opened.append(context)
        return Screen(context.new_page(), site.address)

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Where files are put."""
    return tmp_path
