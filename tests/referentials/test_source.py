"""A library beside its files: what a source has is found, opened late, and takes the place of what has the same key."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from referentials.checks import check
from referentials.findings import FileProblem
from referentials.library import Library, UnknownReference

ATELIER = {"id": "atelier", "title": "Atelier", "kind": "parcours-de-formation", "confidence": "official"}
RIGHT = {
    "id": "socle-vers-atelier",
    "given": "atelier@2026",
    "grants": ["atelier@2027/B1"],
    "effect": "award",
    "in_force": {"from": "2020-01-01"},
    "source": {"title": "Texte inventé pour l'essai"},
    "confidence": "official",
}


class Made:
    """A source of values that counts what is opened."""

    name = "essai"

    def __init__(self, *values: dict[str, Any], **lists: list[dict[str, Any]]) -> None:
        self.values = {(value["id"], value["version"]): value for value in values}
        self.lists, self.opened = lists, []  # type: ignore[var-annotated]

    def versions(self) -> Iterable[tuple[str, str]]:
        return self.values

    def referential(self, identifier: str, version: str) -> Mapping[str, Any]:
        self.opened.append(f"{identifier}@{version}")
        return self.values[identifier, version]

    def items(self, kind: str) -> Iterable[Mapping[str, Any]]:
        self.opened.append(kind)
        return self.lists.get(kind, [])


def version(number: str, title: str = "Atelier") -> dict[str, Any]:
    return {**ATELIER, "version": number, "title": title, "blocks": [{"code": "B1", "title": "Animer"}]}


def test_nothing_is_opened_before_it_is_asked_for() -> None:
    source, library = Made(*(version(str(year)) for year in range(1000, 3000))), Library()
    library.use(source)
    assert len(library) == 2000
    assert library.near("atelie@2026")
    assert source.opened == []
    assert library.get("atelier", "2026").title == "Atelier"
    assert source.opened == ["atelier@2026"]


def test_what_a_source_has_takes_the_place_of_a_file() -> None:
    library = Library.read()
    assert library.get("bafd", library.versions("bafd")[-1].version).title != "Autre"
    shipped = library.versions("bafd")[-1]
    before = len(library)
    library.use(Made({**ATELIER, "id": "bafd", "version": shipped.version, "title": "Autre"}))
    assert library.get("bafd", shipped.version).title == "Autre"
    assert len(library) == before


def test_rights_of_a_source_join_those_of_the_files() -> None:
    library = Library.read()
    count = len(library.recognitions)
    library.use(Made(version("2026"), version("2027"), recognitions=[RIGHT]))
    assert len(library.recognitions) == count + 1
    assert library.in_force("atelier", date(2027, 1, 1)).version == "2027"


def test_what_is_wrong_in_a_source_says_where_it_comes_from() -> None:
    library = Library()
    library.use(Made({**ATELIER, "version": "2027", "level": "neuf"}, version("2026")))
    with pytest.raises(FileProblem) as problem:
        library.get("atelier", "2027")
    assert problem.value.findings[0].where.file == "essai"
    assert [finding.where.file for finding in library.open_all()] == ["essai"]
    assert [item.version for item in library] == ["2026"]


def test_values_made_elsewhere_can_be_checked() -> None:
    library = Library()
    library.use(Made(version("2026"), version("2027"), recognitions=[RIGHT]))
    findings = check(library)
    assert {finding.where.file for finding in findings} == {None}
    assert any(finding.rule == "passerelle-sans-source" for finding in findings)
    assert library.files() == ()


def test_a_source_does_not_invent_versions() -> None:
    library = Library()
    library.use(Made(version("2027")))
    with pytest.raises(UnknownReference):
        library.get("atelier", "2028")
