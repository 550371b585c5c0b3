"""A budget for a group over HTTP: people by their files or with their profiles, as one decision; what can't be asked is refused."""

from datetime import date

from api.services.group_surveys import GroupPerson, SharedBudget
from api.store.scope import Scope
from api.store.tables import Role
from tests.api.http.service import THERE, Service
from tests.api.http.small import TARGET, V1, a_person, kind_of

FIRST = {"holds": {"blocks": [{"ref": "mini@2024/B1"}]}}
ADDRESS = f"{V1}/groups/budget"


def test_files_and_profiles_are_decided_for_together(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser, situation={"service": "Accueil"}, profile=FIRST)
    asked = {
        "people": [person["id"]],
        "profiles": [{"id": "b", "service": "Accueil", "profile": FIRST}, {"id": "c", "service": "Cuisine"}],
        "target": "mini",
        "budget": 500,
        "by": "fairness",
        "front": True,
    }
    answer = adviser.post(ADDRESS, json=asked)
    assert answer.status_code == 200, answer.text
    found = answer.json()["decision"]
    told = {line["person"]: (line["outcome"], line["target"], line["service"]) for line in found["lines"]}
    assert sorted(told.values()) == [
        ("nothing", TARGET, "Accueil"),
        ("title", TARGET, "Accueil"),
        ("title", TARGET, "Cuisine"),
    ]
    assert told["c"][0] == "title"
    assert (found["proved"], found["left"], found["next_share"]) == (True, 0, 200)
    assert [one["needed"] for one in found["front_titles"]] == [0, 200, 400, 700]
    strange = small.by(Role.ADVISER, THERE).post(ADDRESS, json=asked)
    assert strange.status_code == 404, "the file of another organisation"


def test_what_cannot_be_shared_out_is_refused(small: Service) -> None:
    adviser = small.by(Role.ADVISER)
    profiles = {"profiles": [{"id": "a"}]}
    for wrong in (
        profiles,
        profiles | {"budget": 1, "hours": 1},
        {"budget": 1},
        {"profiles": [{"id": "a"}, {"id": "a"}], "budget": 1},
        profiles | {"budget": 1, "target": "RNCP99999"},
        profiles | {"budget": 1, "offers": ["nulle-part"]},
    ):
        answer = adviser.post(ADDRESS, json=wrong)
        assert answer.status_code == 422, (wrong, answer.text)
    assert kind_of(small.client.post(ADDRESS, json=profiles | {"budget": 1})) == "not-signed-in"
    found = adviser.post(ADDRESS, json=profiles | {"budget": 1}).json()["decision"]["lines"]
    assert (found[0]["outcome"], len(found[0]["problems"])) == ("refused", 1), "nobody says what is aimed at"


def test_a_decision_that_has_no_time_says_who_is_left_and_what_nothing_is_above(small: Service) -> None:
    library = small.app.state.services.libraries.of(Scope())
    asked = SharedBudget(people=(GroupPerson(id="a"),), target=TARGET, on=date(2026, 11, 22), limit=0, seconds=0)
    found = asked.answer(library).decision
    assert (found.outcomes, found.proved, found.stopped) == ({"not_computed": 1}, False, True)
    assert found.bound is not None
    assert (found.bound.titles, found.bound.blocks) == (1, 2)
