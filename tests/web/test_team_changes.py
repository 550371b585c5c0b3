"""What changed for a team: plans that lean on a replaced text or a changed offer, computed again beside, compared, then one of the two chosen."""

import re
from datetime import timedelta

from sqlalchemy import update

from api.auth.actor import Actor
from api.auth.permissions import FOLLOW_UP
from api.jobs.plans import ask_for_plans
from api.services.asking import Demand
from api.store.repositories.people import NewFile
from api.store.scope import Scope
from api.store.tables.plans import PlanState, PlanVersion
from referentials.offer import Offer
from tests.web.conftest import Enter
from tests.web.live import Site, work
from tests.web.site_people import PROFESSIONAL, TRAINER
from tests.web.test_team_budget import QUESTION, pathway
from tests.web.test_team_lists import plain
from tests.web.test_teams import an_organisation

HERE = "/equipes/a-recalculer"
EMAIL = "change@exemple.fr"
DEME = {"holds": {"qualifications": [{"ref": "deme@2007", "on": "2012-06-30"}]}}


def test_a_new_answer_waits_beside_until_somebody_chooses(site: Site, enter: Enter) -> None:
    organisation = an_organisation(site, EMAIL)
    scope = Scope(organisation=organisation, purpose=FOLLOW_UP)
    with site.store.write() as unit:
        account = unit.directory.accounts.by_email(EMAIL)
        assert account is not None
        files = (
            NewFile({"family_name": name}, FOLLOW_UP, "1", unit.now) for name in ("Ada Une", "Bea Deux", "Cyd Trois")
        )
        people = unit.of(Scope(organisation=organisation)).people.open_all(files)
        ask_for_plans(
            unit,
            Actor.of_account(account),
            people,
            Demand(target="bpjeps-tic@2002/UC5", on="2014-06-01"),
            site.store.now().date(),
        )
    work(site)
    with site.store.write() as unit:
        room = unit.of(scope)
        plans = {one.person_id: one for one in room.plans.page().rows}
        room.plans.move(plans[people[1]].id, PlanState.PROPOSED)
        unit.session.flush()
        marked = PlanVersion.plan_id.in_([plans[people[0]].id, plans[people[1]].id])
        unit.session.execute(update(PlanVersion).where(marked).values(superseded_by="bpjeps-tic@2030"))
    adviser = enter(EMAIL)
    told = plain(adviser.read(HERE))
    assert "bpjeps-tic@2002 est remplacé par bpjeps-tic@2030" in told
    assert ("Ada Une" in told, "Bea Deux" in told, "Cyd Trois" in told) == (True, True, False)
    assert "2 personnes" in plain(adviser.read("/equipes?refaire=oui"))
    with site.store.write() as unit:  # the question of the first now starts from a diploma: its answer will be another
        stored = unit.of(scope).plans.edit(plans[people[0]].id)
        stored.question = dict(stored.question) | {"profile": DEME, "target": "bpjeps-tic@2002/UC1"}

    told = plain(adviser.send(HERE))
    assert "Des plans recalculés" in told
    work(site)
    told = plain(adviser.read(HERE))
    assert (
        "Aucun plan n'est à recalculer" in told
    )  # the second has the same answer: it is settled, in the state where it stood
    assert "À comparer Ada Une" in told
    new = re.search(rf'"{HERE}/(\w+)"', adviser.source)
    assert new is not None
    here = f"{HERE}/{new[1]}"
    told = plain(adviser.read(here))
    assert "Réponse aucun parcours n'y mène déjà obtenu oui" in told
    revisions = dict(re.findall(r'name="(ancien|nouveau)" value="(\d+)"', adviser.source))
    for email in (PROFESSIONAL, TRAINER):
        other = enter(email)
        for path in (HERE, here):
            assert "Ada" not in other.read(path, 403)
            other.send(path, 403, choix="nouveau", **revisions)
    assert "Choisissez l'un des deux" in plain(adviser.send(here, 422, **revisions))
    assert "a changé entre-temps" in plain(adviser.send(here, 422, choix="nouveau", **(revisions | {"ancien": "0"})))
    assert "Le nouveau plan est pris" in plain(adviser.send(here, choix="nouveau", **revisions))
    assert "a changé entre-temps" in plain(adviser.send(here, 422, choix="ancien", **revisions))
    told = plain(adviser.read(f"/equipes/personnes/{people[0]}"))
    assert "abandonné, par Anne — Remplacé par un nouveau calcul." in told
    with site.store.read() as unit:
        states = {
            one.person_id: one.state for one in unit.of(scope).plans.page().rows if one.state != PlanState.ABANDONED
        }
        assert states[people[1]] == PlanState.PROPOSED


def test_an_offer_that_changed_since_is_a_reason_and_an_old_plan_may_be_kept(site: Site, enter: Enter) -> None:
    email = "offre-change@exemple.fr"
    organisation = an_organisation(site, email)
    scope = Scope(organisation=organisation, purpose=FOLLOW_UP)
    answer = pathway() | {"versions": ["bpjeps-tic@2002", "offer:mon-offre"]}
    with site.store.write() as unit:
        room = unit.of(Scope(organisation=organisation))
        offer = Offer.model_validate(
            {"id": "mon-offre", "title": "Mon offre", "body": {"name": "A"}, "confidence": "to_confirm", "modules": []}
        )
        room.offers.write(offer, offer.title)
        person = room.people.open_all([NewFile({"family_name": "Dan"}, FOLLOW_UP, "1", unit.now)])[0]
        old = room.plans.add(person, QUESTION, answer)
        offer_row = room.offers.by_key("mon-offre")
        assert offer_row is not None
        unit.session.flush()
        assert room.plans.outdated().rows == ()
        old.updated_at, offer_row.updated_at = unit.now - timedelta(days=2), unit.now - timedelta(days=1)
        unit.session.flush()
        new = room.plans.add(person, QUESTION, answer, replaces=old.id).id
    adviser = enter(email)
    told = plain(adviser.read(HERE))
    assert "À comparer Dan" in told
    assert "Aucun plan n'est à recalculer" in told
    adviser.read(f"{HERE}/{new}")
    revisions = dict(re.findall(r'name="(ancien|nouveau)" value="(\d+)"', adviser.source))
    assert "L'ancien plan est gardé" in plain(adviser.send(f"{HERE}/{new}", choix="ancien", **revisions))
    adviser.read(f"{HERE}/{new}", 404)
    with site.store.write() as unit:
        room = unit.of(scope)
        assert [one.id for one in room.plans.page().rows] == [old.id]
        row = unit.of(Scope(organisation=organisation)).offers.by_key("mon-offre")
        assert row is not None
        row.updated_at = unit.now + timedelta(days=1)
    assert "l'offre « Mon offre » a changé" in plain(adviser.read(HERE))
