"""The rights around a question: those that can bear on it, asked of a directory one name at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Any

import pytest

from referentials.directories import FEW
from referentials.library import Library, UnknownReference
from referentials.neighbourhood import around, names_in, right_named, rights_after, rights_with
from referentials.rights import Recognition
from referentials.source import Side
from referentials.writer import plain


def version(identifier: str, **more: Any) -> dict[str, Any]:
    code = identifier.upper()
    return {
        "id": identifier,
        "version": "2024",
        "title": f"Titre {identifier}",
        "kind": "certification-rncp",
        "confidence": "official",
        "codes": {"rncp": [code]},
        "blocks": [{"code": f"{code}BC01", "title": "Bloc", "codes": [f"{code}BC01"]}],
        **more,
    }


def right(given: Any, grants: str, name: str = "") -> dict[str, Any]:
    return {
        "id": name or f"{given}--{grants.partition('@')[0]}",
        "given": given,
        "grants": [grants],
        "effect": "award",
        "in_force": {"from": "2020-01-01"},
        "source": {"title": "Texte inventé pour l'essai"},
        "confidence": "secondary",
    }


class Directory:
    """A directory in memory, that counts the rights which it gives and names the versions which it opens."""

    name = "répertoire"

    def __init__(self, versions: Iterable[dict[str, Any]] = (), rights: Iterable[dict[str, Any]] = ()) -> None:
        self._versions = {(value["id"], value["version"]): value for value in versions}
        self._rights = {value["id"]: value for value in rights}
        self._by_name: dict[tuple[Side, str], list[str]] = defaultdict(list)
        for value in self._rights.values():
            item = Recognition.model_validate(value)
            for side in Side:
                for name in names_in(item, side):
                    self._by_name[side, name].append(item.id)
        self.opened: list[str] = []
        self.given = 0

    def versions(self) -> Iterable[tuple[str, str]]:
        return self._versions

    def referential(self, identifier: str, version: str) -> Mapping[str, Any]:
        self.opened.append(identifier)
        return self._versions[identifier, version]

    def items(self, kind: str) -> Iterable[Mapping[str, Any]]:
        self.given += len(self._rights) if kind == "recognitions" else 0
        return list(self._rights.values()) if kind == "recognitions" else []

    def rights(self, side: Side, names: Collection[str]) -> Iterable[Mapping[str, Any]]:
        found = sorted({identifier for name in names for identifier in self._by_name[side, name]})
        self.given += len(found)
        return [self._rights[identifier] for identifier in found]

    def right(self, identifier: str) -> Mapping[str, Any] | None:
        return self._rights.get(identifier)

    def rights_after(self, identifier: str, count: int) -> Iterable[Mapping[str, Any]]:
        names = [name for name in sorted(self._rights) if name > identifier][:count]
        self.given += len(names)
        return [self._rights[name] for name in names]

    def coded(self, code: str) -> Iterable[tuple[str, str]]:
        return [key for key in self._versions if key[0].upper() == code.partition("BC")[0]]


def chain(length: int) -> Directory:
    """Titles each of which gives the next one's block."""
    names = [f"rncp{number}" for number in range(length)]
    rights = [right(before, f"{after}@2024/{after.upper()}BC01") for before, after in pairwise(names)]
    return Directory(map(version, names), rights)


@pytest.fixture
def many() -> tuple[Directory, Library]:
    source, library = chain(FEW + 10), Library()
    library.use(source)
    return source, library


def test_a_library_without_a_directory_is_its_own_neighbourhood() -> None:
    library = Library()
    assert around(library, ["bafd"], ["bafa"]) is library


def test_only_the_rights_that_lead_there_or_start_from_what_is_held_are_read(many: tuple[Directory, Library]) -> None:
    source, library = many
    near = around(library, ["rncp3@2024"], ["rncp1006@2024/RNCP1006BC01"])
    assert [item.id for item in near.recognitions] == [
        "rncp0--rncp1",
        "rncp1--rncp2",
        "rncp1006--rncp1007",
        "rncp1007--rncp1008",
        "rncp1008--rncp1009",
        "rncp2--rncp3",
    ]
    assert source.given == 6
    assert set(source.opened) == {"rncp0", "rncp1", "rncp2", "rncp3"}
    assert near.get("rncp500", "2024").id == "rncp500"


def test_what_a_text_asks_for_at_the_door_is_looked_into_too() -> None:
    entry = {"requirement": "autre"}
    source = Directory([version("cible", entry=entry), version("autre")], [right("tiers", "autre@2024")])
    library = Library()
    library.use(source)
    assert [item.id for item in around(library, ["cible@2024"], []).recognitions] == ["tiers--autre"]


def test_what_anybody_may_have_done_is_always_looked_into() -> None:
    asked = {"experience": {"months": 12, "field": "animation"}}
    library = Library()
    library.use(Directory([version("cible")], [right(asked, "cible@2024", "experience"), right("a", "b", "loin")]))
    assert [item.id for item in around(library, [], []).recognitions] == ["experience"]


def test_a_directory_of_thousands_is_not_gone_through(many: tuple[Directory, Library]) -> None:
    source, library = many
    assert len(library) == FEW + 10
    assert list(library) == []
    assert library.by_code("rncp 42") == ("rncp42@2024",)
    assert library.by_code("RNCP42BC01") == ("rncp42@2024/RNCP42BC01",)
    assert set(source.opened) == {"rncp42"}
    assert source.given == 0


def test_a_small_directory_is_gone_through_like_any_source() -> None:
    library = Library()
    library.use(chain(3))
    assert [item.id for item in library] == ["rncp0", "rncp1", "rncp2"]
    assert len(library.recognitions) == 2
    assert library.own_recognitions == ()


def test_a_name_is_compared_with_those_that_stand_around_it(many: tuple[Directory, Library]) -> None:
    source, library = many
    with pytest.raises(UnknownReference) as problem:
        library.get("rncp100x", "2024")
    assert any(name.startswith("rncp100") for name in problem.value.near)
    assert source.opened == []


def test_only_the_last_versions_that_were_opened_are_kept(many: tuple[Directory, Library]) -> None:
    source, library = many
    for number in range(600):
        library.get(f"rncp{number}", "2024")
    opened = len(source.opened)
    library.get("rncp599", "2024")
    library.get("rncp0", "2024")
    assert len(source.opened) == opened + 1


def test_a_right_is_found_by_its_name_and_by_what_it_is_about(many: tuple[Directory, Library]) -> None:
    source, library = many
    found = right_named(library, "rncp4--rncp5")
    assert found is not None
    assert plain(found)["given"] == "rncp4"
    assert right_named(library, "inconnue") is None
    assert [item.id for item in rights_with(library, Side.GIVEN, {"rncp4"})] == [found.id]
    assert source.given == 1


def test_rights_come_page_by_page_and_no_more_are_read(many: tuple[Directory, Library]) -> None:
    source, library = many
    first = rights_after(library, "", 5)
    assert [item.id for item in first] == sorted(f"rncp{number}--rncp{number + 1}" for number in range(FEW + 9))[:5]
    assert [item.id for item in rights_after(library, first[1].id, 3)] == [item.id for item in first[2:5]]
    assert source.given <= 8
