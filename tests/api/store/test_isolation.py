"""What one organisation keeps, no other reads nor changes: every public method of every repository is tried on the other's rows."""

import inspect
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import event, select, text

from api.store.conflict import Absent, Taken, WrongState
from api.store.keys import Key
from api.store.repositories.imported import Asked
from api.store.repositories.imports import Note
from api.store.repositories.people_wanted import WantedPeople
from api.store.repositories.plans import Wanted
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.tables import Base, Job, PlanState, RunState, StoredOffer
from api.store.tables.draft_reviews import Opinion
from api.store.tables.imported import Role as ImportedRole
from api.store.tables.mapping_decisions import Verdict
from api.store.unit_of_work import Store
from pathways.territory.figures import Edition
from tests.api.store.world import (
    PROFILE,
    World,
    a_correspondence,
    a_full_store,
    a_pathway,
    a_recognition,
    a_referential,
    an_offer,
)

Call = Callable[[Any, dict[str, str]], Any]

DOCUMENT_CALLS: dict[str, Call] = {
    "find": lambda repository, ids: repository.find(ids["row"]),
    "get": lambda repository, ids: repository.get(ids["row"]),
    "page": lambda repository, ids: repository.page(),
    "edit": lambda repository, ids: repository.edit(ids["row"]),
    "delete": lambda repository, ids: repository.delete(ids["row"]),
    "by_key": lambda repository, ids: repository.by_key(ids["key"]),
    "documents": lambda repository, ids: list(repository.documents()),
    "keys": lambda repository, ids: repository.keys(),
    "write_plain": lambda repository, ids: repository.write_plain(ids["key"], {}, "pris", identifier=ids["row"]),
}
"""How each method is called with what belongs to somebody else."""


def of_drafts(name: str) -> dict[str, Call]:
    """How what is said of drafts is called, by the name of a line."""
    return {
        "find": lambda said, ids: said.find(ids[name]),
        "get": lambda said, ids: said.get(ids[name]),
        "page": lambda said, ids: said.page(),
        "edit": lambda said, ids: said.edit(ids[name]),
        "delete": lambda said, ids: said.delete(ids[name]),
        "of_draft": lambda said, ids: said.of_draft(ids["draft"]),
    }


CALLS: dict[str, dict[str, Call]] = {
    "people": {
        "find": lambda people, ids: people.find(ids["person"]),
        "get": lambda people, ids: people.get(ids["person"]),
        "page": lambda people, ids: people.page(),
        "edit": lambda people, ids: people.edit(ids["person"]),
        "delete": lambda people, ids: people.delete(ids["person"]),
        "identity": lambda people, ids: people.identity(ids["person"]),
        "known": lambda people, ids: people.known(),
        "wanted": lambda people, ids: people.wanted(WantedPeople("zoé")),
        "count": lambda people, ids: people.count(WantedPeople()),
        "all_wanted": lambda people, ids: people.all_wanted(WantedPeople(target="atelier@2027"), 5),
        "targets": lambda people, ids: people.targets(),
        "agreements": lambda people, ids: people.agreements([ids["person"]], "accompagnement"),
        "open_all": lambda people, ids: None,
        "identify": lambda people, ids: people.identify(ids["person"], given_name="Prise"),
        "situate": lambda people, ids: people.situate(ids["person"], area="29"),
        "agree": lambda people, ids: people.agree(ids["person"], "autre", "1"),
        "withdraw": lambda people, ids: people.withdraw(ids["person"], "accompagnement"),
        "share": lambda people, ids: people.share(ids["person"], "f" * 32),
        "give": lambda people, ids: people.give(ids["person"], None),
        "hand_over": lambda people, ids: people.hand_over(ids["person"], timedelta(days=1)),
        "let_go": lambda people, ids: people.let_go(people.get(ids["person"])),
        "consents": lambda people, ids: people.consents(ids["person"]),
        "among": lambda people, ids: people.among([ids["person"]]),
        "here": lambda people, ids: people.here([ids["person"]]),
        "identities": lambda people, ids: people.identities([ids["person"]]),
        "add": lambda people, ids: None,
    },
    "territories": {
        "everybody": lambda territories, ids: list(territories.everybody()),
        "editions": lambda territories, ids: territories.editions("atelier@2027"),
        "publish": lambda territories, ids: territories.publish("atelier@2027", Edition(9, (), ()), date(2027, 1, 5)),
        "targets": lambda territories, ids: territories.targets(),
        "days": lambda territories, ids: territories.days("atelier@2027"),
        "figures": lambda territories, ids: territories.figures("atelier@2027", 1),
        "history": lambda territories, ids: territories.history("atelier@2027", None),
    },
    "profiles": {
        "among": lambda profiles, ids: profiles.among([ids["person"]]),
        "documents": lambda profiles, ids: profiles.documents([ids["person"]]),
        "find": lambda profiles, ids: profiles.find(ids["person"]),
        "get": lambda profiles, ids: profiles.get(ids["person"]),
        "put": lambda profiles, ids: profiles.put(ids["person"], PROFILE),
        "delete": lambda profiles, ids: profiles.delete(ids["person"]),
    },
    "plans": {
        "find": lambda plans, ids: plans.find(ids["plan"]),
        "get": lambda plans, ids: plans.get(ids["plan"]),
        "page": lambda plans, ids: plans.page(),
        "of_person": lambda plans, ids: plans.of_person(ids["person"]),
        "edit": lambda plans, ids: plans.edit(ids["plan"]),
        "delete": lambda plans, ids: plans.delete(ids["plan"]),
        "add": lambda plans, ids: plans.add(ids["person"], {}, a_pathway()),
        "recompute": lambda plans, ids: plans.recompute(ids["plan"], {}, a_pathway()),
        "move": lambda plans, ids: plans.move(ids["plan"], PlanState.PROPOSED),
        "outdated": lambda plans, ids: plans.outdated(),
        "changed_offers": lambda plans, ids: plans.changed_offers(plans.get(ids["plan"])),
        "proposals": lambda plans, ids: plans.proposals(),
        "settle": lambda plans, ids: plans.settle(ids["plan"]),
        "latest_answers": lambda plans, ids: list(plans.latest_answers([ids["person"]])),
        "latest": lambda plans, ids: plans.latest([ids["person"]]),
        "wanted": lambda plans, ids: plans.wanted(Wanted(PlanState.DRAFT, "atelier@2027", False)),
    },
    "evidence": {
        "find": lambda evidence, ids: evidence.find(ids["evidence"]),
        "get": lambda evidence, ids: evidence.get(ids["evidence"]),
        "page": lambda evidence, ids: evidence.page(),
        "of_person": lambda evidence, ids: evidence.of_person(ids["person"]),
        "edit": lambda evidence, ids: evidence.edit(ids["evidence"]),
        "delete": lambda evidence, ids: evidence.delete(ids["evidence"]),
        "add": lambda evidence, ids: evidence.add(ids["person"], "x", b"x", media_type="text/plain"),
    },
    "jobs": {
        "find": lambda jobs, ids: jobs.find(ids["job"]),
        "get": lambda jobs, ids: jobs.get(ids["job"]),
        "page": lambda jobs, ids: jobs.page(),
        "edit": lambda jobs, ids: jobs.edit(ids["job"]),
        "delete": lambda jobs, ids: jobs.delete(ids["job"]),
        "cancel": lambda jobs, ids: jobs.cancel(ids["job"]),
        "left": lambda jobs, ids: jobs.left(ids["job"]),
        "resume": lambda jobs, ids: jobs.resume(ids["job"]),
        "steps": lambda jobs, ids: jobs.steps(ids["job"]),
        "add": lambda jobs, ids: jobs.add("essai", {}, [ids["person"]]),
    },
    "offers": {
        **DOCUMENT_CALLS,
        "write": lambda offers, ids: offers.write(an_offer(), identifier=ids["row"]),
        "changes": lambda offers, ids: offers.changes(ids["row"]),
        "change": lambda offers, ids: offers.change(ids["row"], 1),
    },
    "mapping_decisions": {
        "find": lambda decisions, ids: decisions.find(ids["decision"]),
        "get": lambda decisions, ids: decisions.get(ids["decision"]),
        "page": lambda decisions, ids: decisions.page(),
        "edit": lambda decisions, ids: decisions.edit(ids["decision"]),
        "delete": lambda decisions, ids: decisions.delete(ids["decision"]),
        "of_offer": lambda decisions, ids: decisions.of_offer(ids["row"]),
        "add": lambda decisions, ids: decisions.add(ids["row"], [("m", "a@1/B/C")], Verdict.REFUSED),
    },
    "draft_comments": {
        **of_drafts("comment"),
        "add": lambda said, ids: said.add(ids["draft"], "", "pris"),
        "resolve": lambda said, ids: said.resolve(ids["comment"]),
    },
    "draft_reviews": {
        **of_drafts("review"),
        "add": lambda said, ids: said.add(ids["draft"], 1, Opinion.APPROVED),
    },
    "draft_links": {
        **of_drafts("link"),
        "add": lambda said, ids: said.add(ids["draft"], "a@1/B/C", "B/C", "exact"),
    },
    "recognitions": {
        **DOCUMENT_CALLS,
        "write": lambda rights, ids: rights.write(a_recognition(), identifier=ids["row"]),
    },
    "correspondences": {
        **DOCUMENT_CALLS,
        "write": lambda rights, ids: rights.write(a_correspondence(), identifier=ids["row"]),
    },
    "drafts": {
        **DOCUMENT_CALLS,
        "write": lambda drafts, ids: drafts.write(a_referential(), identifier=ids["row"]),
        "locked": lambda drafts, ids: drafts.locked(ids["row"]),
        "changes": lambda drafts, ids: drafts.changes(ids["row"]),
        "edits": lambda drafts, ids: drafts.edits(ids["row"]),
    },
    "published": {
        "find": lambda published, ids: published.find(ids["version"]),
        "get": lambda published, ids: published.get(ids["version"]),
        "page": lambda published, ids: published.page(),
        "page_current": lambda published, ids: published.page_current(),
        "edit": lambda published, ids: published.edit(ids["version"]),
        "delete": lambda published, ids: published.delete(ids["version"]),
        "keys": lambda published, ids: published.keys(),
        "document": lambda published, ids: published.document(ids["version"]),
        "current": lambda published, ids: published.current("atelier", "2027"),
        "history": lambda published, ids: published.history("atelier", "2027"),
        "touched": lambda published, ids: published.touched("atelier@2027"),
        "publish": lambda published, ids: None,
        "publish_all": lambda published, ids: None,
    },
    "imported": {
        "find": lambda imported, ids: imported.find(ids["imported"]),
        "get": lambda imported, ids: imported.get(ids["imported"]),
        "page": lambda imported, ids: imported.page(),
        "edit": lambda imported, ids: imported.edit(ids["imported"]),
        "delete": lambda imported, ids: imported.delete(ids["imported"]),
        "any": lambda imported, ids: imported.any(),
        "keys": lambda imported, ids: imported.keys(),
        "document": lambda imported, ids: imported.document(ids["imported"]),
        "documents": lambda imported, ids: imported.documents("correspondences"),
        "about": lambda imported, ids: imported.about("correspondences", ImportedRole.CODE, ["ESSAI1"]),
        "named": lambda imported, ids: imported.named("correspondences", "c2-pix"),
        "called": lambda imported, ids: imported.called("correspondences", ["essai"], 9),
        "after": lambda imported, ids: imported.after("correspondences", "", 9),
        "coded": lambda imported, ids: imported.coded("ESSAI1"),
        "places": lambda imported, ids: imported.places(Asked()),
        "standing": lambda imported, ids: imported.standing([Key("correspondences", "c2-pix")]),
        "values_of": lambda imported, ids: imported.values_of(Key("correspondences", "c2-pix")),
        "without": lambda imported, ids: list(imported.without([ids["run"]], ())),
        "put": lambda imported, ids: None,
        "tell_readers": lambda imported, ids: None,
    },
    "imports": {
        "find": lambda imports, ids: imports.find(ids["run"]),
        "get": lambda imports, ids: imports.get(ids["run"]),
        "page": lambda imports, ids: imports.page(),
        "edit": lambda imports, ids: imports.edit(ids["run"]),
        "delete": lambda imports, ids: imports.delete(ids["run"]),
        "ask": lambda imports, ids: None,
        "latest": lambda imports, ids: imports.latest(),
        "of_the_same_file": lambda imports, ids: imports.of_the_same_file(ids["run"]),
        "job_of": lambda imports, ids: None,
        "has_file": lambda imports, ids: imports.has_file(ids["run"]),
        "pass_on": lambda imports, ids: imports.pass_on(ids["run"], ids["run"]),
        "forget_file": lambda imports, ids: imports.forget_file(ids["run"]),
        "keep_file": lambda imports, ids: imports.keep_file(ids["run"], BytesIO(b"pris")),
        "state_of": lambda imports, ids: None,
        "pieces": lambda imports, ids: list(imports.pieces(ids["run"])),
        "advance": lambda imports, ids: imports.advance(ids["run"], 2, 1, {}, [Note("new", "pris")]),
        "count": lambda imports, ids: imports.count(ids["run"], {"new": 9}),
        "finish": lambda imports, ids: imports.finish(ids["run"], RunState.DONE, complete=True),
        "notes": lambda imports, ids: imports.notes(ids["run"], ["new"]),
    },
    "people_lists": {
        "find": lambda lists, ids: lists.find(ids["list"]),
        "get": lambda lists, ids: lists.get(ids["list"]),
        "page": lambda lists, ids: lists.page(),
        "edit": lambda lists, ids: lists.edit(ids["list"]),
        "delete": lambda lists, ids: lists.delete(ids["list"]),
        "add": lambda lists, ids: None,
        "finish": lambda lists, ids: lists.finish(ids["list"], {}),
    },
    "search": {
        "find": lambda search, ids: (*search.find("zoé", ["person"]), *search.find("fabrique"), *search.find("atelier"))
    },
}

TAKES_ROWS_OF = {
    "offers": "offers", "recognitions": "recognitions", "correspondences": "correspondences", "drafts": "drafts"
}  # fmt: skip


@pytest.fixture
def world(store: Store) -> World:
    return a_full_store(store)


def rooms() -> Iterator[str]:
    return (
        name for name, value in vars(Room).items() if not name.startswith("_") and name not in ("scope", "library_mark")
    )


def identifiers(store: Store, world: World, room: str) -> dict[str, str]:
    """What belongs to the first organisation."""
    with store.read() as unit:
        table = TAKES_ROWS_OF.get(room, "offers")
        found = {"row": f"SELECT id, key FROM {table} WHERE organisation_id = :owner"}
        row, key = unit.session.execute(text(found["row"]), {"owner": world.here.organisation}).one()
        one = lambda query: str(unit.session.execute(text(query), {"owner": world.here.organisation}).scalar())  # noqa: E731
        return {
            "row": row,
            "key": key,
            "person": world.person,
            "plan": world.plan,
            "job": world.job,
            "evidence": one(
                "SELECT e.id FROM evidence_files e JOIN people p ON p.id = e.person_id WHERE p.organisation_id = :owner"
            ),
            "imported": one("SELECT id FROM imported_documents WHERE organisation_id = :owner"),
            "run": one("SELECT id FROM import_runs WHERE organisation_id = :owner"),
            "list": one("SELECT id FROM people_lists WHERE organisation_id = :owner"),
            "decision": one("SELECT id FROM mapping_decisions WHERE organisation_id = :owner"),
            "draft": one("SELECT id FROM drafts WHERE organisation_id = :owner"),
            "comment": one("SELECT id FROM draft_comments WHERE organisation_id = :owner"),
            "review": one("SELECT id FROM draft_reviews WHERE organisation_id = :owner"),
            "link": one("SELECT id FROM draft_links WHERE organisation_id = :owner"),
            "version": one("SELECT id FROM published_versions WHERE organisation_id = :owner"),
        }


def everything(store: Store) -> dict[str, list[str]]:
    with store.engine.connect() as connection:
        tables = (table for table in Base.metadata.sorted_tables if not table.name.startswith(("audit", "search")))
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables}


def test_every_method_of_every_repository_is_tried(store: Store) -> None:
    with store.read() as unit:
        for room in rooms():
            repository = getattr(unit.of(Scope()), room)
            methods = {
                name
                for name, _value in inspect.getmembers(type(repository), inspect.isfunction)
                if not name.startswith("_")
            }
            assert methods == set(CALLS[room]), room
    assert set(CALLS) == set(rooms())


@pytest.mark.parametrize("room", sorted(CALLS))
def test_a_stranger_reads_nothing_and_changes_nothing(store: Store, world: World, room: str) -> None:
    strangers = strangers_in(store)
    ids, before = identifiers(store, world, room), everything(store)
    for stranger in strangers:
        for name, call in CALLS[room].items():
            assert not seen(store, stranger, room, call, ids), f"{room}.{name} for {stranger}"
    assert everything(store) == before


def strangers_in(store: Store) -> tuple[Scope, ...]:
    """An organisation and an account that have nothing, the administration of what is shared, and nobody."""
    with store.write() as unit:
        organisation = unit.directory.organisations.add("Ailleurs").id
        account = unit.directory.accounts.add("ailleurs@exemple.fr", "Ailleurs", []).id
    return Scope(organisation=organisation), Scope(account=account), Scope(shared=True), Scope()


def seen(store: Store, stranger: Scope, room: str, call: Call, ids: dict[str, str]) -> Any:
    """What a call gives, when it is anything at all."""
    try:
        with store.write() as unit:
            found = call(getattr(unit.of(stranger), room), ids)
            return list(found.rows) if hasattr(found, "rows") else found
    except (Absent, Taken, WrongState, ValueError):
        return None


def test_the_same_keys_live_side_by_side(store: Store, world: World) -> None:
    with store.write() as unit:
        mine, theirs = unit.of(world.here).offers.by_key("fabrique"), unit.of(world.there).offers.by_key("fabrique")
        assert isinstance(mine, StoredOffer)
        assert isinstance(theirs, StoredOffer)
        assert mine.id != theirs.id
        unit.of(world.here).offers.write(an_offer(title="Changée"), "Changée", identifier=mine.id)
        unit.of(world.here).published.publish(a_referential(title="Changé"), on=date(2027, 2, 1), reason="titre")
    with store.read() as unit:
        theirs = unit.of(world.there).offers.by_key("fabrique")
        assert theirs is not None
        assert theirs.title == "Offre de la fabrique"
        version = unit.of(world.there).published.current("atelier", "2027")
        assert version is not None
        assert (version.number, version.title) == (1, "Atelier de médiation numérique")


def test_what_is_shared_is_read_by_all_and_changed_by_its_keeper_alone(store: Store, world: World) -> None:
    with store.write() as unit:
        shared = unit.of(Scope(shared=True)).offers.write(an_offer("commune", "Offre commune"), "Offre commune")
    for scope in (world.here, world.there, world.own, Scope()):
        with store.write() as unit:
            assert unit.of(scope).offers.get(shared.id).title == "Offre commune"
            assert [hit.ref for hit in unit.of(scope).search.find("commune", ["offer"])] == ["commune"]
            with pytest.raises(Absent):
                unit.of(scope).offers.edit(shared.id)


def test_every_query_of_a_room_carries_its_scope(store: Store, world: World) -> None:
    """The statements themselves: each that touches somebody's rows names the organisation."""
    ids, said = identifiers(store, world, "offers"), []
    watched = lambda _c, _cursor, statement, parameters, *_rest: said.append((statement, parameters))  # noqa: E731
    event.listen(store.engine, "before_cursor_execute", watched)
    for room, calls in CALLS.items():
        for call in calls.values():
            if room != "published":
                seen(store, Scope(organisation="f" * 32), room, call, ids)
    event.remove(store.engine, "before_cursor_execute", watched)
    owned = ("people", "plans", "profiles", "identities", "evidence_files", "jobs", "offers", "recognitions", "drafts")
    reads = [(s, p) for s, p in said if s.startswith("SELECT") and any(f"FROM {table}" in s for table in owned)]
    assert len(reads) > 30
    assert [s for s, p in reads if "organisation_id" not in s or "f" * 32 not in str(p)] == []


def test_the_queue_is_for_workers_and_says_whose_job_it_is(store: Store, world: World) -> None:
    with store.read() as unit:
        owners = {job.organisation_id for job in unit.session.scalars(select(Job))}
    assert owners == {world.here.organisation, world.there.organisation}
