"""The library: versions by name, by date and by code, several folders merged, files opened only when asked for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from referentials import library as library_module
from referentials import versions as versions_module
from referentials.checks import check
from referentials.findings import FileProblem
from referentials.library import SHIPPED, Library, NotInForce, UnknownReference
from referentials.loader import files_of
from referentials.model import Block, Competency, Referential
from referentials.offer import Module

BASE = Path(__file__).resolve().parents[1] / "broken" / "socle"

Writer = Callable[..., Path]


@pytest.fixture
def base() -> Library:
    return Library.read(BASE, shipped=False)


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Writes one version into a data folder."""

    def written(folder: str, name: str, *lines: str) -> Path:
        identifier, _at, version = name.partition("@")
        path = tmp_path / folder / "certifications" / identifier / f"{version}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = (f"id: {identifier}", f'version: "{version}"', "kind: attestation", "confidence: to_confirm")
        rest = lines if any(line.startswith("title:") for line in lines) else (f"title: Titre {name}", *lines)
        path.write_text("\n".join([*head, *rest]) + "\n", encoding="utf-8")
        return tmp_path / folder

    return written


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that the library opens, in order."""
    names: list[str] = []
    for module in (versions_module, library_module):
        load = module.load_file

        def counted(path: Path, kind: object = None, load: Callable[..., object] = load) -> object:
            names.append(path.relative_to(path.parents[1]).as_posix())
            return load(path, kind)

        monkeypatch.setattr(module, "load_file", counted)
    return names


# ---------------------------------------------------------------------------------------------------- what a reference means


def test_a_library_without_files_has_nothing() -> None:
    empty = Library()
    assert (empty.ids, len(empty), list(empty), empty.recognitions, empty.modules) == ((), 0, [], (), {})
    assert check(empty) == ()
    with pytest.raises(UnknownReference):
        empty.find("tp-a")


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("tp-a@2020", Referential, "Titre inventé A"),
        ("tp-a", Referential, "Titre inventé A, rénové"),
        ("tp-a@2020/CCP2", Block, "Animer"),
        ("tp-a@2020/CCP2/C1", Competency, "Préparer un atelier"),
        ("tp-a/CCP1/C1", Competency, "Accueillir une personne"),
        ("cadre@1/1.2", Competency, "Trier"),
        ("corps:accueil", Module, "Accueil des publics"),
    ],
)
def test_a_reference_leads_to_what_it_names(base: Library, text: str, kind: type, title: str) -> None:
    found = base.find(text)
    assert isinstance(found, kind)
    assert found.title == title  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("tp-a", ("tp-a@2020", "tp-a@2025")),
        ("tp-a/CCP1", ("tp-a@2020/CCP1", "tp-a@2025/CCP1")),
        ("tp-a/CCP2", ("tp-a@2020/CCP2",)),
        ("cadre/1.1", ("cadre@1/1/1.1",)),
        ("tp-a@2020/C3", ("tp-a@2020/CCP2/C3",)),
        ("tp-a@2020/C1", ()),  # two blocks have it
        ("tp-a@2020/CCP9", ()),
        ("tp-a@2020/CCP1/C9", ()),
        ("tp-a@2020/C3/C3", ()),
        ("tp-a@1999", ()),
        ("tp-z", ()),
    ],
)
def test_a_reference_means_every_version_that_has_it(base: Library, text: str, full: tuple[str, ...]) -> None:
    assert base.expand(text) == full


@pytest.mark.parametrize("text", ["tp-z", "tp-a@1999", "tp-a/CCP9", "corps:absent", "pas une référence", "", "a:b/c"])
def test_what_nothing_has_is_unknown(base: Library, text: str) -> None:
    with pytest.raises(UnknownReference) as problem:
        base.find(text)
    assert problem.value.text == text
    assert f"« {text} » n'existe pas" in str(problem.value)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("tp-aa", "tp-a"),
        ("tp-a@2002", "tp-a@2020"),
        ("tp-a@2020/CPC1", "tp-a@2020/CCP1"),
        ("corps:acceuil", "corps:accueil"),
    ],
)
def test_near_names_are_given(base: Library, text: str, near: str) -> None:
    with pytest.raises(UnknownReference) as problem:
        base.find(text)
    assert near in problem.value.near


# ------------------------------------------------------------------------------------------------------------------ by date


@pytest.mark.parametrize(
    ("day", "version"), [("2020-01-01", "2020"), ("2024-12-31", "2020"), ("2025-01-01", "2025"), ("2090-01-01", "2025")]
)
def test_the_version_in_force_on_a_day(base: Library, day: str, version: str) -> None:
    assert base.in_force("tp-a", date.fromisoformat(day)).version == version
    assert base.target("tp-a", date.fromisoformat(day)).version == version


def test_a_day_without_a_version_names_those_there_are(base: Library) -> None:
    with pytest.raises(NotInForce, match=r"31/12/2019.*tp-a@2020 \(du 01/01/2020 au 31/12/2024\)"):
        base.in_force("tp-a", date(2019, 12, 31))


def test_a_target_that_names_its_version_is_that_one_whatever_the_day(base: Library) -> None:
    assert base.target("tp-a@2020", date(2090, 1, 1)).version == "2020"


def test_of_two_versions_in_force_the_last_to_start_is_taken(write: Writer) -> None:
    folder = write("un", "t@1", "valid: {from: 2000-01-01}")
    write("un", "t@2", "valid: {from: 2010-01-01}")
    write("un", "t@3", "valid: {seen: 2005-01-01}")
    library = Library.read(folder, shipped=False)
    assert [version.version for version in library.versions("t")] == ["1", "3", "2"]
    assert library.in_force("t", date(2009, 12, 31)).version == "3"
    assert library.in_force("t", date(2010, 1, 1)).version == "2"


# ------------------------------------------------------------------------------------------------------------------ by code


@pytest.fixture
def coded(write: Writer) -> Library:
    folder = write(
        "codes",
        "t@1",
        "valid: {from: 2010-01-01, to: 2019-12-31}",
        "codes: {rncp: [{code: RNCP100, from: 2010-01-01, to: 2014-12-31}, RNCP200], rs: [RS5], ministry: [TP-00001]}",
    )
    write(
        "codes",
        "u@1",
        "codes: {rncp: [{code: RNCP100, from: 2015-01-01}]}",
        "blocks: [{code: CCP1, codes: [RNCP100BC01]}]",
    )
    return Library.read(folder, shipped=False)


def test_a_code_names_versions_and_blocks(coded: Library) -> None:
    assert coded.by_code("RNCP100") == ("t@1", "u@1")
    assert coded.by_code("RS5") == ("t@1",)
    assert coded.by_code("TP-00001") == ("t@1",)
    assert coded.by_code("RNCP100BC01") == ("u@1/CCP1",)
    assert coded.by_code("RNCP999") == ()


def test_a_code_is_found_however_it_is_typed(coded: Library) -> None:
    assert coded.by_code("rncp 200") == coded.by_code("RNCP200") == ("t@1",)


def test_a_dated_code_names_what_it_named_that_day(coded: Library) -> None:
    assert coded.by_code("RNCP100", date(2014, 12, 31)) == ("t@1",)
    assert coded.by_code("RNCP100", date(2015, 1, 1)) == ("u@1",)
    assert coded.by_code("RNCP100", date(2009, 12, 31)) == ()


def test_a_code_without_dates_has_those_of_its_version(coded: Library) -> None:
    assert coded.by_code("RNCP200", date(2019, 12, 31)) == ("t@1",)
    assert coded.by_code("RNCP200", date(2020, 1, 1)) == ()


def test_a_file_that_cannot_be_used_hides_no_code_of_the_others(coded: Library, write: Writer) -> None:
    folder = write("codes", "v@1", "title: [faux")
    assert Library.read(folder, shipped=False).by_code("RS5") == ("t@1",)


# --------------------------------------------------------------------------------------------------------------- successors


def test_successors_come_in_order_and_each_once(write: Writer) -> None:
    folder = write("suite", "t@1", "replaced_by: [t@2, u@1]")
    write("suite", "t@2", "replaced_by: [t@3]")
    write("suite", "t@3")
    write("suite", "u@1", "replaced_by: [t@3, absent@9]")
    library = Library.read(folder, shipped=False)
    assert [version.key for version in library.successors("t@1")] == ["t@2", "u@1", "t@3"]
    assert library.successors("t@3") == ()
    assert [version.key for version in library.successors("u@1/BC1")] == ["t@3"]


def test_successions_in_a_circle_end(write: Writer) -> None:
    folder = write("cercle", "t@1", "replaced_by: [t@2]")
    write("cercle", "t@2", "replaced_by: [t@1]")
    library = Library.read(folder, shipped=False)
    assert [version.key for version in library.successors("t@1")] == ["t@2"]


# ------------------------------------------------------------------------------------------------------------ several folders


def test_a_later_folder_replaces_what_it_defines_again(write: Writer) -> None:
    one = write("un", "t@1", "title: Premier")
    write("un", "u@1")
    two = write("deux", "t@1", "title: Second")
    both = Library.read(one, two, shipped=False)
    assert both.ids == ("t", "u")
    assert both.find("t@1").title == "Second"  # type: ignore[union-attr]
    assert Library.read(two, one, shipped=False).find("t@1").title == "Premier"  # type: ignore[union-attr]
    assert check(both) == ()


def test_a_folder_given_twice_is_read_once(base: Library) -> None:
    twice = Library.read(BASE, BASE / "..", BASE / ".", shipped=False)
    assert twice.files() == base.files()
    assert check(twice) == ()


def test_a_file_of_a_folder_that_was_given_too_is_read_once() -> None:
    for path, _kind in files_of(BASE):
        assert check(Library.read(BASE, path, shipped=False)) == ()


def test_the_shipped_library_given_by_its_path_is_read_once() -> None:
    assert Library.read(SHIPPED).files() == Library.read().files()


def test_a_single_file_replaces_its_version(write: Writer, tmp_path: Path) -> None:
    folder = write("un", "t@1", "title: Premier")
    draft = tmp_path / "brouillon.yaml"
    draft.write_text('{id: t, version: "1", title: Brouillon, kind: attestation, confidence: to_confirm}', "utf-8")
    library = Library.read(folder, draft, shipped=False)
    assert library.get("t", "1").title == "Brouillon"
    assert library.place(library.get("t", "1"), ("title",)).file == str(draft)


def test_rights_of_a_later_folder_replace_those_of_the_same_name(tmp_path: Path) -> None:
    text = (BASE / "recognitions" / "a--b.yaml").read_text("utf-8")
    (tmp_path / "recognitions").mkdir()
    (tmp_path / "recognitions" / "x.yaml").write_text(text.replace("effect: award", "effect: prepare"), "utf-8")
    library = Library.read(BASE, tmp_path, shipped=False)
    assert [right.effect for right in library.recognitions] == ["prepare"]
    assert check(library) == ()


def test_json_is_accepted_wherever_yaml_is(tmp_path: Path) -> None:
    path = tmp_path / "certifications" / "t" / "1.json"
    path.parent.mkdir(parents=True)
    path.write_text(
        '{"id": "t", "version": "1", "title": "T", "kind": "attestation", "confidence": "official"}', "utf-8"
    )
    library = Library.read(tmp_path, shipped=False)
    assert library.get("t", "1").title == "T"
    assert [str(finding.where) for finding in check(library)] == [f"{path}:1, confidence"]


def test_hidden_files_and_other_files_are_left_alone(write: Writer) -> None:
    folder = write("un", "t@1")
    (folder / "certifications" / "t" / ".2.yaml.new").write_text("x")
    (folder / "certifications" / "t" / ".3.yaml").write_text("x")
    (folder / "certifications" / "LISEZMOI.md").write_text("x")
    (folder / "certifications" / "x.yaml").mkdir()
    (folder / "certifications" / "boucle").symlink_to(folder / "certifications")
    assert [path.name for path, _kind in files_of(folder)] == ["1.yaml"]


# -------------------------------------------------------------------------------------------------- opened only when asked for


def test_naming_the_files_opens_none(opened: list[str]) -> None:
    library = Library.read()
    assert library.ids
    assert len(library) > 50
    assert "tp-a" not in library.ids
    assert opened == []


def test_opening_one_target_opens_no_other(opened: list[str]) -> None:
    library = Library.read(BASE, shipped=False)
    assert library.find("tp-a@2020/CCP1/C1")
    assert library.get("tp-a", "2020")
    assert opened == ["tp-a/2020.yaml"]


def test_a_date_opens_the_versions_of_one_referential_once(opened: list[str]) -> None:
    library = Library.read(BASE, shipped=False)
    for _again in range(3):
        library.in_force("tp-a", date(2022, 1, 1))
    assert sorted(opened) == ["tp-a/2020.yaml", "tp-a/2025.yaml"]


def test_rights_open_no_referential(opened: list[str]) -> None:
    library = Library.read(BASE, shipped=False)
    assert library.recognitions
    assert library.recognitions
    assert opened == ["recognitions/a--b.yaml"]


def test_opening_everything_opens_each_file_once(opened: list[str]) -> None:
    library = Library.read(BASE, shipped=False)
    assert check(library) == ()
    assert library.open_all() == ()
    assert len(opened) == len(set(opened)) == len(library.files())


# ---------------------------------------------------------------------------------------------------- files that can't be used


def test_every_problem_of_every_file_is_told_at_once(write: Writer) -> None:
    folder = write("faux", "t@1", "level: haut", "valid: {from: hier}")
    write("faux", "u@1", "title: [ouvert")
    write("faux", "v@1")
    findings = check(Library.read(folder, shipped=False))
    assert [(finding.rule, finding.where.line) for finding in findings] == [
        ("nombre-illisible", 6),
        ("date-illisible", 7),
        ("syntaxe-yaml", 6),
    ]


def test_references_into_a_file_that_cannot_be_used_are_no_second_mistake(write: Writer) -> None:
    folder = write("faux", "t@1", "level: haut")
    write("faux", "u@1", "award: {all_of: [t@1/CCP1, t, absent]}")
    assert [finding.rule for finding in check(Library.read(folder, shipped=False))] == [
        "nombre-illisible",
        "reference-inconnue",
    ]


def test_asking_for_a_file_that_cannot_be_used_says_why(write: Writer) -> None:
    library = Library.read(write("faux", "t@1", "level: haut"), shipped=False)
    with pytest.raises(FileProblem, match="« haut »"):
        library.find("t@1")


def test_a_part_knows_its_place(base: Library) -> None:
    version = base.get("tp-a", "2020")
    place = base.place(version, ("blocks", 1, "competencies", 0, "title"))
    assert (place.file, place.line) == (str(BASE / "certifications/tp-a/2020.yaml"), 25)
    assert place.path == "blocks[2].competencies[1].title"
    made = version.model_copy(update={"id": "ailleurs"})
    assert (base.place(made, ("id",)).file, base.place(made, ("id",)).path) == (None, "id")


def test_a_published_version_is_in_force_rather_than_a_later_draft() -> None:
    shared = {"id": "tp-x", "title": "X", "kind": "titre-professionnel", "confidence": "to_confirm"}
    published = Referential.model_validate(
        {**shared, "version": "1", "state": "published", "valid": {"from": "2020-01-01"}}
    )
    draft = Referential.model_validate({**shared, "version": "2", "valid": {"from": "2021-01-01"}})
    assert Library.of(published, draft).in_force("tp-x", date(2022, 1, 1)) == published
    assert Library.of(draft).in_force("tp-x", date(2022, 1, 1)) == draft


def test_a_version_whose_end_was_not_read_ends_with_the_eve_of_what_replaces_it() -> None:
    shared = {
        "title": "X",
        "kind": "titre-professionnel",
        "confidence": "to_confirm",
        "version": "1",
        "state": "published",
    }
    old = Referential.model_validate(
        {**shared, "id": "tp-old", "valid": {"from": "2010-01-01"}, "replaced_by": ["tp-new@1"]}
    )
    new = Referential.model_validate({**shared, "id": "tp-new", "valid": {"from": "2016-07-13"}})
    library = Library.of(old, new)
    assert library.end_of(old) == date(2016, 7, 12)
    assert library.in_force("tp-old", date(2016, 7, 12)) == old
    with pytest.raises(NotInForce, match="tp-new@1") as refusal:
        library.in_force("tp-old", date(2016, 7, 13))
    assert refusal.value.successors == (new,)
    assert Library.of(old).in_force("tp-old", date(2026, 1, 1)) == old


def test_what_a_reference_means_follows_the_version_in_use() -> None:
    block = {"code": "B1", "title": "Bloc"}
    fields = {"id": "a", "version": "1", "title": "A", "kind": "attestation", "confidence": "to_confirm"}
    library = Library.of(Referential.model_validate(fields | {"blocks": [block]}))
    assert (library.expand("a/B1"), library.expand("a/B2")) == (("a@1/B1",), ())
    library.put(Referential.model_validate(fields | {"blocks": [block | {"code": "B2"}]}))
    assert (library.expand("a/B1"), library.expand("a/B2")) == ((), ("a@1/B2",))
