"""The table of permissions against every route that OpenAPI announces: every role, in this organisation, in another, in none, and nobody."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auth.actor import Actor
from api.auth.permissions import RULES, Action, Forbidden, NotSignedIn, authorize, permitted
from api.contract import operations, permission
from api.store.tables import Role
from tests.api.http.service import ALONE, HERE, THERE, Service
from tests.soaking import SOAKING, on_sqlite_unless_soaking

NOBODY_HAS_IT = "f" * 32


def test_every_route_declares_exactly_one_permission(service: Service) -> None:
    found = {(method, path): permission(dependant) for method, path, dependant in operations(service.app)}
    assert len(found) > 20
    assert [where for where, action in found.items() if action is None] == []


def test_every_action_has_a_rule_and_is_announced(service: Service) -> None:
    assert set(RULES) == set(Action)
    announced = {operation["x-permission"] for _, _, operation in announced_operations(service)}
    assert announced <= {action.value for action in Action}


def announced_operations(service: Service) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation of the OpenAPI document."""
    for path, methods in service.app.openapi()["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def actor_of(service: Service, role: Role, place: str) -> Actor:
    return Actor(service.account(role, place), service.organisation(place), frozenset({role}))


def verdict(actor: Actor, action: Action) -> int:
    """The status that the table foretells; 0 where the request goes on to its route."""
    try:
        authorize(actor, action)
    except NotSignedIn:
        return 401
    except Forbidden:
        return 403
    return 0


def ask(client: TestClient, method: str, path: str) -> int:
    """The status of a request that names nothing, with nothing in it: allowed or not, it changes nothing."""
    address = path
    while "{" in address:
        before, _, rest = address.partition("{")
        address = before + NOBODY_HAS_IT + rest.partition("}")[2]
    return client.request(method.upper(), address, follow_redirects=False).status_code


def ends_the_session(method: str, path: str) -> bool:
    return method == "delete" and path.endswith(("/account/sessions", "/account/sessions/current"))


def needs_a_fresh_session(method: str, path: str) -> bool:
    """The end of the account: refused for the age of the session, not for the role."""
    return (method, path) == ("delete", "/api/v1/account")


@pytest.mark.hypothesis
def test_everybody_meets_what_the_table_foretells_on_every_route(service: Service) -> None:
    """The matrix: nobody known, and every role in an organisation and in none, against every operation.

    A request that names nothing finds the same in every organisation; what belongs to another is asked for below. The table knows no
    database either, so that those who administer are enough on the second.
    """
    on_sqlite_unless_soaking(service.store)
    wrong, asked = [], 0
    roles = tuple(Role) if service.store.is_sqlite else (Role.ADMINISTRATOR,)
    for actor, client in everybody(service, roles):
        for method, path, operation in announced_operations(service):
            if ends_the_session(method, path):
                continue
            foretold, met = verdict(actor, Action(operation["x-permission"])), ask(client, method, path)
            asked += 1
            if met != foretold if foretold else met in (401, 403) and not needs_a_fresh_session(method, path):
                wrong.append((sorted(actor.roles), actor.organisation, method, path, foretold, met))
    assert wrong == []
    assert asked > (len(roles) + 1) * 60


def everybody(service: Service, roles: Iterable[Role]) -> Iterator[tuple[Actor, TestClient]]:
    """Nobody known, then the account of each role in an organisation and in none, each in its session.

    In none, administrators are enough outside the soak: the others meet there what they meet in an organisation, or nothing.
    """
    yield Actor(), service.client
    for role, place in product(roles, (HERE, ALONE)):
        if SOAKING or place == HERE or role is Role.ADMINISTRATOR:
            yield actor_of(service, role, place), service.by(role, place)


@pytest.mark.hypothesis
def test_a_token_permits_its_scopes_and_nothing_else(service: Service) -> None:
    on_sqlite_unless_soaking(service.store)
    narrow = service.with_token(Role.ADMINISTRATOR, ALONE, "library:read")
    wrong = []
    for method, path, operation in announced_operations(service):
        action = Action(operation["x-permission"])
        met = ask(narrow, method, path)
        if (met == 403) is (action is Action.LIBRARY_READ):
            wrong.append((method, path, met))
    assert wrong == []


def test_no_token_reaches_passwords_sessions_or_tokens(service: Service) -> None:
    wide = service.with_token(Role.DESIGNER, HERE, *(action.value for action in Action))
    for path in ("/api/v1/account/sessions", "/api/v1/account/tokens"):
        answer = wide.get(path)
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:passerelles:token-too-narrow")


OWNED = (
    ("get", "/api/v1/administration/accounts/{account}", None),
    ("patch", "/api/v1/administration/accounts/{account}", {"name": "Pris"}),
    ("delete", "/api/v1/administration/accounts/{account}", None),
    ("put", "/api/v1/administration/accounts/{account}/password", {"new": "un autre phare au loin"}),
    ("delete", "/api/v1/administration/accounts/{account}/sessions", None),
    ("get", "/api/v1/administration/organisations/{organisation}", None),
    ("put", "/api/v1/administration/organisations/{organisation}", {"name": "Prise"}),
)
"""What somebody owns, by its address, and what would be sent."""


@pytest.mark.parametrize(("place", "reached"), [(HERE, False), (THERE, True), (ALONE, True)])
def test_an_administrator_reaches_their_own_organisation_and_that_of_the_service_all(
    service: Service, place: str, reached: bool
) -> None:
    client = service.by(Role.ADMINISTRATOR, place)
    names = {"account": service.account(Role.DESIGNER, THERE), "organisation": service.ids[THERE]}
    for method, path, body in OWNED[:1] + OWNED[1:2] + OWNED[3:]:
        address = path.format(**names)
        seen = client.get(path.removesuffix("/password").removesuffix("/sessions").format(**names))
        tag = seen.headers.get("etag", '"1"')
        answer = client.request(method.upper(), address, json=body, headers={"if-match": tag})
        assert (answer.status_code in (200, 204)) is reached, (method, address, answer.text)
        if not reached:
            assert answer.status_code == 404


def test_every_address_under_something_owned_is_in_the_table_of_what_is_owned(service: Service) -> None:
    """A new route about one account or one organisation must be tried on those of others, here."""
    tried = {
        (method, path.replace("{account}", "{account_id}").replace("{organisation}", "{organisation_id}"))
        for method, path, _ in OWNED
    }
    announced = {
        (method, path)
        for method, path, operation in announced_operations(service)
        if path.startswith("/api/v1/administration/") and "{" in path and operation["x-permission"] != "service:run"
    }
    assert announced == tried


def test_an_account_knows_what_it_may_do(service: Service) -> None:
    told = service.by(Role.TRAINING_BODY, HERE).get("/api/v1/account").json()
    assert set(told["permissions"]) == set(permitted(actor_of(service, Role.TRAINING_BODY, HERE)))
    assert "offers:write" in told["permissions"]
    assert "people:read" not in told["permissions"]


@pytest.mark.parametrize(
    ("role", "place", "action"),
    [
        (Role.ADVISER, ALONE, Action.PEOPLE_READ),
        (Role.TRAINING_BODY, ALONE, Action.OFFERS_WRITE),
        (Role.ADMINISTRATOR, ALONE, Action.PEOPLE_DELETE),
        (Role.ADMINISTRATOR, HERE, Action.SERVICE_RUN),
        (Role.ADMINISTRATOR, HERE, Action.PEOPLE_READ),
        (Role.DESIGNER, HERE, Action.PLANS_READ),
    ],
)
def test_a_role_without_anything_of_its_own_reaches_nothing(
    service: Service, role: Role, place: str, action: Action
) -> None:
    assert verdict(actor_of(service, role, place), action) == 403
