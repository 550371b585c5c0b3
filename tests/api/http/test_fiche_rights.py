"""Every CORRESPONDANCE of real fiches, from the file to the answer: from the command line and over HTTP, with old fiches that no file has."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.settings import settings
from api.store.unit_of_work import Store
from referentials.formats.rncp import STANDARD
from referentials.requirement import references
from referentials.rights import Recognition
from tests.api.http.service import Service
from tests.api.http.small import V1, a_small_service, kind_of
from tests.api.running import data, run
from tests.referentials.formats.round_trip import of_file, read
from tests.soaking import IN_THE_SOAK

FILES = ("export_fiches_RNCP_V4_1_dev.xml", "export_fiches_RS_V4_1_dev.xml")
ON = "2026-01-05"
Ask = Callable[[list[str], str], dict[str, Any]]


@pytest.fixture(scope="module")
def rights(samples: Path) -> tuple[Recognition, ...]:
    """What the rows give, read apart."""
    files = (samples / "data" / "rncp" / name for name in FILES)
    models = [model for file in files for model in read(STANDARD, of_file(file))[0]]
    return tuple(model for model in models if isinstance(model, Recognition))


@pytest.fixture(scope="module")
def service(
    samples: Path, sqlite_with_tables: Path, tmp_path_factory: pytest.TempPathFactory, small_folder: Path
) -> Iterator[Service]:
    """A database where the command line imported the fiches, and the service on it."""
    path = tmp_path_factory.mktemp("fiches") / "store.sqlite3"
    path.write_bytes(sqlite_with_tables.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PASSERELLES_DATABASE_URL", f"sqlite:///{path}")
        settings.cache_clear()
        told = data("import", "rncp", *(samples / "data" / "rncp" / name for name in FILES))
        assert [file["counts"]["new"] for file in told["files"]] == [6 + 13, 4]
        with a_small_service(Store(f"sqlite:///{path}"), small_folder) as found:
            yield found
    settings.cache_clear()


@pytest.fixture(params=[pytest.param("cli", marks=IN_THE_SOAK), "http"])
def ask(request: pytest.FixtureRequest, service: Service, tmp_path: Path) -> Ask:
    """How the gap of somebody who holds some things is asked for."""

    def by_http(held: list[str], target: str) -> dict[str, Any]:
        answer = service.client.post(f"{V1}/gaps", json={"profile": person(held), "target": target, "on": ON})
        return dict(answer.json())

    def by_command(held: list[str], target: str) -> dict[str, Any]:
        file = tmp_path / "profil.yaml"
        file.write_text(yaml.safe_dump(person(held)), "utf-8")
        return dict(data("gap", file, "--target", target, "--on", ON, "--database"))

    return by_http if request.param == "http" else by_command


def person(held: list[str]) -> dict[str, Any]:
    """Somebody who holds some blocks and some whole titles."""
    blocks, wholes = ([{"ref": one} for one in held if ("/" in one) is inside] for inside in (True, False))
    return {"id": "essai", "holds": {"blocks": blocks, "qualifications": wholes}}


def whole(reference: str) -> str:
    return reference.partition("/")[0]


def by_right(gap: dict[str, Any]) -> dict[str, str]:
    """The blocks that a gap gives by right, with the right that gives them."""
    found = {block["ref"]: block["because"] for block in gap["blocks"] if block["state"] == "by_right"}
    return {ref: next(step["by"] for step in proof if step["fact"] == ref) for ref, proof in found.items()}


def test_who_holds_what_destination_names_has_what_source_names_and_no_more(
    ask: Ask, rights: tuple[Recognition, ...]
) -> None:
    blocks: defaultdict[tuple[str, str], dict[str, Recognition]] = defaultdict(dict)
    for right in rights:
        held, (given,) = list(references(right.given)), right.grants
        if "/" in given:
            blocks[whole(held[0]), whole(given)][given] = right
        else:
            assert ask(held, given)["acquired"]
    assert sum(map(len, blocks.values())) == 12
    for (_old, target), some in blocks.items():
        held = [one for right in some.values() for one in references(right.given)]
        found = ask(held, target)
        assert by_right(found) == {given: right.id for given, right in some.items()}
    two = next(right for right in rights if len(list(references(right.given))) > 1)
    for one in references(two.given):
        assert by_right(ask([one], whole(two.grants[0]))) == {}


def test_nothing_goes_back_and_a_fiche_that_nobody_read_is_no_target(
    service: Service, rights: tuple[Recognition, ...], tmp_path: Path
) -> None:
    olds = sorted({(whole(next(references(right.given))), whole(right.grants[0])) for right in rights})
    read = {row["id"] for row in service.client.get(f"{V1}/referentials", params={"limit": 100}).json()["items"]}
    for old, new in olds:
        asked = {"profile": person([new.partition("@")[0]]), "target": old, "on": ON}
        answer = service.client.post(f"{V1}/gaps", json=asked)
        if old in read:
            assert by_right(answer.json()) == {}
        else:
            assert (answer.status_code, kind_of(answer)) == (422, "only-named"), answer.text
    unread = [old for old, _new in olds if old not in read]
    assert unread
    assert service.client.get(f"{V1}/search", params={"text": "non lue"}).json()["items"] == []
    shown = service.client.get(f"{V1}/referentials", params={"text": unread[0].upper()}).json()["items"]
    assert [(row["id"], row["state"], row["in_force"]) for row in shown] == [(unread[0], "named", False)]
    file = tmp_path / "profil.yaml"
    two = next(right for right in rights if len(list(references(right.given))) > 1)
    file.write_text(yaml.safe_dump(person(list(references(two.given)))), "utf-8")
    assert by_right(data("gap", file, "--target", whole(two.grants[0]), "--on", ON, "--database")) == {
        two.grants[0]: two.id
    }
    refused = run("gap", file, "--target", unread[0], "--database")
    assert refused.exit_code == 2
    assert "avant d'être importée" in refused.stderr
    assert "fiche non lue" in run("show", unread[0].upper(), "--database").stdout
