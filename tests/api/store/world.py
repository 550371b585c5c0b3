"""A small world for the store: two organisations that do the same things, and a professional on their own."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any, NamedTuple

from api.store.keys import Key
from api.store.repositories.imported import Imported
from api.store.repositories.imports import Note, Request
from api.store.repositories.jobs import Step
from api.store.scope import Scope
from api.store.tables import Role as AccountRole
from api.store.tables.draft_reviews import Opinion
from api.store.tables.imported import Role
from api.store.tables.mapping_decisions import Verdict
from api.store.unit_of_work import Store
from pathways.profile import Profile
from pathways.territory.figures import Group
from pathways.territory.publication import Tally, published
from referentials.model import Referential
from referentials.offer import Offer
from referentials.rights import Correspondence, Recognition
from referentials.writer import plain

PROFILE = Profile.model_validate({"id": "p-001", "holds": {"blocks": [{"ref": "socle@2020/B1"}]}})


class World(NamedTuple):
    """What a test needs to name."""

    here: Scope
    there: Scope
    own: Scope
    account: str
    person: str
    plan: str
    job: str


def a_referential(version: str = "2027", title: str = "Atelier de médiation numérique") -> Referential:
    return Referential.model_validate(
        {
            "id": "atelier",
            "version": version,
            "title": title,
            "kind": "parcours-de-formation",
            "confidence": "official",
            "blocks": [
                {"code": "B1", "title": "Animer un atelier", "competencies": [{"code": "C1", "title": "Accueillir"}]}
            ],
        }
    )


def an_offer(identifier: str = "fabrique", title: str = "Offre de la fabrique") -> Offer:
    module = {"id": "accueil", "title": "Accueillir des publics", "develops": ["atelier@2027/B1/C1"]}
    values = {
        "id": identifier,
        "title": title,
        "body": {"name": "La fabrique"},
        "confidence": "official",
        "modules": [module],
    }
    return Offer.model_validate(values)


def a_recognition(identifier: str = "socle-vers-atelier") -> Recognition:
    return Recognition.model_validate(
        {
            "id": identifier,
            "given": "socle",
            "grants": ["atelier@2027/B1"],
            "effect": "award",
            "in_force": {"from": "2020-01-01"},
            "source": {"title": "Texte inventé pour l'essai", "reference": "ESSAI-1", "checked_on": "2026-11-21"},
            "confidence": "official",
        }
    )


def a_correspondence(identifier: str = "c1-pix") -> Correspondence:
    return Correspondence.model_validate(
        {
            "id": identifier,
            "from": "atelier@2027/B1/C1",
            "to": "pix@2023/1.1",
            "relation": "close",
            "author": "essai",
            "state": "suggested",
        }
    )


def an_import(identifier: str = "c2-pix") -> Imported:
    values = plain(a_correspondence(identifier))
    return Imported(Key("correspondences", identifier), "0" * 64, values, identifier, names=((Role.CODE, "ESSAI1"),))


def a_pathway(target: str = "atelier@2027") -> dict[str, Any]:
    return {"status": "optimal", "target": target, "versions": [target, "socle@2020"], "steps": []}


def two_organisations(store: Store) -> tuple[Scope, Scope, Scope]:
    with store.write() as unit:
        add, accounts = unit.directory.organisations.add, unit.directory.accounts
        here, there = add("Ici"), add("Là-bas")
        pro = accounts.add("seule@exemple.fr", "Professionnelle", [AccountRole.PROFESSIONAL])
    return Scope(organisation=here.id), Scope(organisation=there.id), Scope(account=pro.id)


def a_full_store(store: Store) -> World:
    """Every table with something in it."""
    here, there, own = two_organisations(store)
    with store.write() as unit:
        directory = unit.directory
        account = directory.accounts.add(
            "anne@exemple.fr",
            "Anne",
            [AccountRole.ADVISER, AccountRole.DESIGNER],
            organisation=here.organisation,
            password="hash",
        )
        directory.sessions.open(account, timedelta(hours=8))
        directory.tokens.issue(account, "essai", ["plans:read"])
        directory.links.add({"target": "atelier@2027"}, a_pathway(), timedelta(days=90))
        directory.bulk.begin("0" * 64, 1)
        directory.bulk.keep("0" * 64, 0, b"[]")
    ids = [_fill(store, scope) for scope in (here, there)]
    with store.write() as unit:
        person = unit.of(own).people.add()
        unit.of(own).profiles.put(person.id, PROFILE)
    person_id, plan_id, job_id = ids[0]
    return World(here, there, own, account.id, person_id, plan_id, job_id)


def _fill(store: Store, scope: Scope) -> tuple[str, str, str]:
    with store.write(actor="quelqu-un") as unit:
        room = unit.of(scope)
        person = room.people.add()
        room.people.identify(
            person.id, given_name="Zoé", family_name="Quillivic", email="zoe@exemple.fr", phone="0600000000"
        )
        room.people.agree(person.id, "accompagnement", "2027-01")
        room.people.hand_over(person.id, timedelta(days=7))
        room.profiles.put(person.id, PROFILE)
        plan = room.plans.add(person.id, {"target": "atelier@2027"}, a_pathway())
        room.evidence.add(person.id, "diplôme.pdf", b"%PDF-1.7 essai", media_type="application/pdf", about="socle@2020")
        job = room.jobs.add("cohort", {"people": [person.id]}, [person.id], [Step({"target": "socle"}, person.id)])
        offer = room.offers.write(an_offer(title="Offre d'avant"), "Offre d'avant")
        room.offers.write(an_offer(), "Offre de la fabrique", identifier=offer.id)
        room.mapping_decisions.add(offer.id, [("decoupe", "atelier@2027/B1/C1")], Verdict.REFUSED)
        room.recognitions.write(a_recognition(), "Du socle à l'atelier")
        room.correspondences.write(a_correspondence())
        draft = room.drafts.write_plain("atelier@2028", {"id": "atelier"}, "Brouillon", base="atelier@2027")
        room.draft_comments.add(draft.id, "", "À relire")
        room.draft_reviews.add(draft.id, 1, Opinion.ASKED)
        room.draft_links.add(draft.id, "atelier@2027/B1/C1", "B1/C1", "exact")
        room.people_lists.add("personnes.xlsx", {"people": [{"identity": {"given_name": "Zoé"}}]}, {"new": 1})
        counted = Tally({Group("29", "K1601"): 30}, {"atelier@2027/B1/C1": {Group("29", "K1601"): 12}})
        room.territories.publish("atelier@2027", published(counted), date(2027, 1, 4))
        run = room.imports.ask(Request("essai", "essai.xml", 4, "0" * 64))
        room.imports.keep_file(run.id, BytesIO(b"<a/>"))
        room.imports.advance(run.id, 1, 0, {"new": 1}, [Note("new", "c2-pix")])
        room.imported.put([an_import()], run.id, "essai")
        room.published.publish(a_referential(), on=date(2027, 1, 4), reason="première version")
    return person.id, plan.id, job.id
