"""Shared sessions over HTTP: people by their files or with their profiles, as one decision; what can't be asked is refused."""

import pytest

from api.store.tables import Role
from tests.api.http.service import THERE, Service
from tests.api.http.small import TARGET, V1, a_person, kind_of
from tests.soaking import on_sqlite_unless_soaking

ADDRESS = f"{V1}/groups/sessions"


@pytest.mark.hypothesis
def test_files_and_profiles_are_decided_for_together_and_what_does_not_suit_is_refused(small: Service) -> None:
    on_sqlite_unless_soaking(small.store)
    adviser = small.by(Role.ADVISER)
    person = a_person(adviser)
    dates = {"start": "2030-01-07", "end": "2030-02-01"}
    session = {"id": "s", "module": "atelier:second", "price": 350, "seats": {"min": 2, "max": 3}} | dates
    asked = {"people": [person["id"]], "profiles": [{"id": "b"}], "sessions": [session], "target": "mini"}
    answer = adviser.post(ADDRESS, json=asked)
    assert answer.status_code == 200, answer.text
    found = answer.json()["decision"]
    assert {line["person"]: line["sessions"] for line in found["lines"]} == {person["id"]: ["s"], "b": ["s"]}
    assert all(line["target"] == TARGET and line["pathway"]["verified"] for line in found["lines"])
    assert (found["status"], found["sessions"][0]["saves"]) == ("optimal", 50)
    strange = small.by(Role.ADVISER, THERE).post(ADDRESS, json=asked)
    assert strange.status_code == 404, "the file of another organisation"
    for wrong in (
        {"sessions": []},
        {"sessions": [session | {"module": "atelier:nulle"}]},
        {"sessions": [session, session]},
        {"people": [], "profiles": []},
        {"profiles": [{"id": "b"}, {"id": "b"}]},
        {"target": "RNCP99999"},
    ):
        refused = adviser.post(ADDRESS, json=asked | wrong)
        assert refused.status_code == 422, (wrong, refused.text)
    assert kind_of(small.client.post(ADDRESS, json=asked)) == "not-signed-in"
