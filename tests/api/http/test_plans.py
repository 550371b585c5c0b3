"""Plans over HTTP: computed for anybody, kept for a person, compared, computed again, moved on, written as documents."""

from typing import Any

import pytest

from api.services.solver import ThreadSolver
from api.store.tables import Role
from reports.exporters import formats
from tests.api.http.service import THERE, Service
from tests.api.http.small import PROFILE, TARGET, V1, a_person, kind_of, tagged

DEMAND = {"target": TARGET, "minimise": ["cost"]}


def kept(service: Service, **given: Any) -> Any:
    adviser = service.by(Role.ADVISER)
    answer = adviser.post(f"{V1}/people/{a_person(adviser)['id']}/plans", json=DEMAND | given)
    assert answer.status_code == 201, answer.text
    return answer


def modules(pathway: dict[str, Any]) -> list[str]:
    return [step["ref"] for step in pathway["steps"] if step["kind"] == "module"]


def test_a_plan_without_account_is_answered_and_not_kept(small: Service) -> None:
    found = small.client.post(f"{V1}/plans", json=DEMAND | {"profile": PROFILE}).json()
    assert (found["status"], found["verified"], found["totals"]["cost"]) == ("optimal", True, 300)
    assert modules(found) == ["atelier:long", "atelier:second"]
    assert TARGET in found["versions"]
    assert small.by(Role.ADVISER).get(f"{V1}/plans").json()["items"] == []


def test_no_plan_is_an_answer_with_its_reason(small: Service) -> None:
    poor = {"profile": {"can_give": {"budget": 10}}, "target": TARGET}
    answer = small.client.post(f"{V1}/plans", json=poor)
    assert (answer.status_code, answer.json()["status"]) == (200, "infeasible")
    assert answer.json()["conflict"]["core"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": "mini@2030"},
        {"target": "rien"},
        {"offers": ["personne"]},
        {"front": ["hours", "hours"]},
        {"time_limit": 0},
        {"profile": {"can_give": {"refused": ["atelier:rien"]}}},
        {"profile": {"holds": {"blocks": [{"ref": "mini@2024/B9"}]}}},
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(small: Service, wrong: dict[str, Any]) -> None:
    answer = small.client.post(f"{V1}/plans", json={"profile": PROFILE, "target": TARGET} | wrong)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_when_too_many_ask_at_once_the_answer_says_when_to_come_back(small: Service) -> None:
    small.app.state.services.solver = ThreadSolver(at_once=1, patience=0.01)
    small.app.state.services.solver._turns.acquire()
    answer = small.client.post(f"{V1}/plans", json=DEMAND | {"profile": PROFILE})
    assert (answer.status_code, kind_of(answer)) == (503, "busy")
    assert int(answer.headers["retry-after"]) > 0


def test_a_plan_is_kept_with_its_question_and_its_versions(small: Service) -> None:
    adviser, found = small.by(Role.ADVISER), kept(small).json()
    assert (found["state"], found["target"], found["on"]) == ("draft", TARGET, "2027-01-04")
    assert found["question"]["minimise"] == ["cost"]
    assert found["profile"]["holds"]["competencies"][0]["ref"] == "mini@2024/B1/C1"
    assert [one["state"] for one in found["history"]] == ["draft"]
    assert adviser.get(f"{V1}/plans/{found['id']}").json() == found
    of_person = adviser.get(f"{V1}/people/{found['person']}/plans").json()["items"]
    leaning = adviser.get(f"{V1}/plans", params={"using": TARGET}).json()["items"]
    drafts = adviser.get(f"{V1}/plans", params={"state": "draft"}).json()["items"]
    assert [row["id"] for row in (*of_person, *leaning, *drafts)] == [found["id"]] * 3
    assert adviser.get(f"{V1}/plans", params={"state": "done"}).json()["items"] == []


def test_plans_of_another_organisation_are_not_there(small: Service) -> None:
    found, stranger = kept(small), small.by(Role.ADVISER, THERE)
    address = f"{V1}/plans/{found.json()['id']}"
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}/documents/pdf").status_code == 404
    assert stranger.post(f"{address}/state", json={"state": "proposed"}, headers=tagged(found)).status_code == 404
    assert stranger.post(f"{V1}/people/{found.json()['person']}/plans", json=DEMAND).status_code == 404


def test_a_plan_moves_from_state_to_state_and_says_who_and_why(small: Service) -> None:
    adviser, begun = small.by(Role.ADVISER), kept(small)
    address = f"{V1}/plans/{begun.json()['id']}/state"
    proposed = adviser.post(address, json={"state": "proposed", "why": "vu ensemble"}, headers=tagged(begun))
    assert proposed.json()["history"][-1]["why"] == "vu ensemble"
    assert proposed.json()["history"][-1]["by"] == small.account(Role.ADVISER)
    leap = adviser.post(address, json={"state": "done"}, headers=tagged(proposed))
    assert (leap.status_code, kind_of(leap)) == (409, "wrong-state")
    late = adviser.post(address, json={"state": "abandoned"}, headers=tagged(begun))
    assert (late.status_code, late.json()["current"]["state"]) == (412, "proposed")


def test_a_draft_computed_again_takes_the_new_answer(small: Service) -> None:
    adviser, begun = small.by(Role.ADVISER), kept(small)
    person, plan = begun.json()["person"], begun.json()["id"]
    profile = adviser.get(f"{V1}/people/{person}/profile")
    richer = {"holds": {"blocks": [{"ref": "mini@2024/B1"}]}}
    adviser.put(f"{V1}/people/{person}/profile", json=richer, headers=tagged(profile))
    address = f"{V1}/plans/{plan}/recomputation"
    same = adviser.post(address, json={}, headers=tagged(begun))
    assert same.json()["changes"]["same"]
    other = adviser.post(address, json={"profile": "current"}, headers=tagged(same))
    changes = other.json()["changes"]
    assert (other.json()["plan"]["id"], changes["same"], changes["cost"]) == (plan, False, -100)
    assert changes["modules"]["first_only"] == ["atelier:long"]


def test_what_was_agreed_stays_and_another_draft_replaces_it(small: Service) -> None:
    adviser, begun = small.by(Role.ADVISER), kept(small)
    plan = begun.json()["id"]
    moved = adviser.post(f"{V1}/plans/{plan}/state", json={"state": "proposed"}, headers=tagged(begun))
    found = adviser.post(f"{V1}/plans/{plan}/recomputation", json={}, headers=tagged(moved)).json()["plan"]
    assert (found["replaces"], found["state"]) == (plan, "draft")
    assert adviser.get(f"{V1}/plans/{plan}").json()["state"] == "proposed"
    assert adviser.delete(f"{V1}/plans/{plan}", headers=tagged(moved)).status_code == 409
    assert adviser.delete(f"{V1}/plans/{found['id']}", headers={"If-Match": found["etag"]}).status_code == 204


def test_two_plans_compare(small: Service) -> None:
    adviser, first = small.by(Role.ADVISER), kept(small).json()
    second = adviser.post(f"{V1}/people/{first['person']}/plans", json={"target": TARGET}).json()
    address = f"{V1}/plans/{first['id']}/comparison"
    found = adviser.get(address, params={"other": second["id"]}).json()["changes"]
    assert found["modules"] == {
        "first_only": ["atelier:long"],
        "second_only": ["atelier:court"],
        "both": ["atelier:second"],
    }
    assert (found["hours"], found["cost"]) == (-10, 200)


@pytest.mark.parametrize("name", [name for name in formats() if name != "ics"])
def test_a_plan_is_given_in_every_format(small: Service, name: str) -> None:
    adviser, plan = small.by(Role.ADVISER), kept(small).json()["id"]
    answer = adviser.get(f"{V1}/plans/{plan}/documents/{name}")
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert len(answer.content) > 200


def test_a_calendar_needs_days(small: Service) -> None:
    adviser, plan = small.by(Role.ADVISER), kept(small).json()["id"]
    answer = adviser.get(f"{V1}/plans/{plan}/documents/ics")
    assert (answer.status_code, kind_of(answer)) == (422, "request")
    assert adviser.get(f"{V1}/plans/{plan}/documents/odt").status_code == 422


def test_a_document_speaks_the_language_of_whoever_asks_and_names_the_person(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser, identity={"given_name": "Zoé", "family_name": "Quillivic"})["id"]
    plan = adviser.post(f"{V1}/people/{person}/plans", json=DEMAND).json()["id"]
    address = f"{V1}/plans/{plan}/documents/html"
    french, english = adviser.get(address), adviser.get(address, headers={"accept-language": "en"})
    assert "Zoé Quillivic" in french.text
    assert 'lang="fr"' in french.text
    assert 'lang="en"' in english.text
    added = {"particulars": {"project": "Ouvrir un atelier de quartier"}}
    assert "Ouvrir un atelier de quartier" in adviser.post(address, json=added).text


def test_the_trace_of_a_positioning_says_what_was_asked_answered_and_what_follows(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser, identity={"given_name": "Zoé", "family_name": "Quillivic"})["id"]
    plan = adviser.post(f"{V1}/people/{person}/plans", json=DEMAND).json()["id"]
    address = f"{V1}/plans/{plan}/positioning"
    told = adviser.get(f"{address}/html").text
    for words in ("Zoé Quillivic", "évalué au positionnement", "parcours raccourci", "Le module long", "……"):
        assert words in told, words
    trace = {
        "on": "2026-12-01",
        "by": "R. Métayer",
        "method": "Entretien",
        "procedure": "P",
        "effects": "Dispensée d'un module",
    }
    told = adviser.post(f"{address}/html", json={"particulars": {"positioning": trace}}).text
    for words in ("Positionnement du", "R. Métayer", "Dispensée d", "Entretien"):
        assert words in told, words
    assert "Trace of the positioning" in adviser.get(f"{address}/html", headers={"accept-language": "en"}).text
    assert adviser.get(f"{address}/xlsx").status_code == 200
    assert small.by(Role.ADVISER, THERE).get(f"{address}/pdf").status_code == 404

    page = f"/equipes/positionnement/{plan}"
    assert "Zoé Quillivic" in adviser.get(page).text
    form = {"personne": "Zoé", "jour": "jamais", "methode": "Tests <b>"}
    wrong = adviser.post(f"{page}/documents/pdf", data=form)
    assert (wrong.status_code, "Tests &lt;b&gt;" in wrong.text) == (422, True)
    right = adviser.post(f"{page}/documents/docx", data=form | {"jour": "01/12/2026"})
    assert (right.status_code, right.content[:2]) == (200, b"PK")
    assert small.by(Role.ADVISER, THERE).get(page).status_code == 404
    assert small.by(Role.TRAINING_BODY).get(page).status_code == 403

    link = small.client.post(f"{V1}/plans/links", json=DEMAND | {"profile": PROFILE}).json()["secret"]
    handed = small.by(Role.TRAINING_BODY).get(f"/parcours/lien/{link}/positionnement")
    assert handed.status_code == 200
    assert "évalué au positionnement" in handed.text
    assert handed.headers["x-robots-tag"] == "noindex, nofollow"
    assert small.client.get(f"/parcours/lien/{'a' * 43}/positionnement").status_code == 404
