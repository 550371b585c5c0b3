"""CASE in and out: real oddities, exact round trips, the official schema, hostile files."""

import io
import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.formats import case
from referentials.formats.case_ids import may_be_in
from referentials.formats.case_package import package
from referentials.library import Library
from referentials.model import Referential
from referentials.rights import Correspondence
from tests.referentials import strategies
from tests.referentials.formats.case_schemas import KINDS_OF_1_1, wrong_in
from tests.referentials.formats.round_trip import SAMPLES, again, of_file, read, referentials, rules, upload, write

STANDARD = case.STANDARD
BASE = "https://exemple.fr/ims/case/v1p1"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.read()


def test_a_file_of_1_0_with_its_oddities_is_read() -> None:
    (item, likeness), findings = read(STANDARD, of_file(SAMPLES / "ateliers_1_0.json"))
    assert (item.key, item.title, item.issuer, item.state) == (
        "animer-des-ateliers-d@2024",
        "Animer des ateliers 𝑑",
        "Atelier d'essai",
        "retired",
    )
    assert [(block.code, block.title, block.aliases) for block in item.blocks] == [
        ("A", "Préparer", ("Prép.",)),
        ("B-1", "Animer 𝑑", ()),
    ]
    assert [(code.rpartition("/")[2], one.title) for code, one in item.competencies()] == [
        ("A.1", "Accueillir le public"),
        ("A.2", "Évaluer l'atelier"),
        ("B.1", "Parler"),
        ("B.1-2", "Écouter"),
    ]
    assert item.block("B-1").competencies[0].requires.advised == ("animer-des-ateliers-d@2024/A/A.1",)
    assert (likeness.start, likeness.end, likeness.relation) == (f"{item.key}/A/A.1", f"{item.key}/B-1/B.1-2", "exact")
    assert item.sources[0].reference == "11111111-0000-4000-8000-000000000000"
    assert item.facts == ("Un référentiel d'essai.",)
    assert [finding.where.path for finding in findings[:3]] == ["CFItems[7]", "CFItems[8]", "CFAssociations[12]"]
    assert rules(findings) == {
        "case-enregistrement",
        "case-deux-parents",
        "case-code",
        "case-ailleurs",
        "case-association",
    }


@given(referentials)
@settings(max_examples=60)
def test_a_referential_comes_back_whole(item: Referential) -> None:
    (found,), _none = again(STANDARD, write(STANDARD, Library.of(item), item.key))
    assert found == item


@given(referentials, st.lists(strategies.correspondences, max_size=2, unique_by=lambda one: one.id), st.booleans())
@settings(max_examples=25)
def test_the_likenesses_of_a_version_go_with_it(
    item: Referential, others: list[Correspondence], at_start: bool
) -> None:
    side = "start" if at_start else "end"
    mine = [one.model_copy(update={side: f"{item.key}/B"}) for one in others]
    found, _left = again(STANDARD, write(STANDARD, Library.of(item, *mine), item.key))
    assert sorted(found[1:], key=lambda one: one.id) == sorted(mine, key=lambda one: one.id)


def test_every_shipped_version_comes_back_whole(shipped: Library) -> None:
    keys = sorted(item.key for item in shipped)
    written = STANDARD.write(shipped, keys)  # type: ignore[misc]
    assert len(ZipFile(io.BytesIO(written.content)).namelist()) == len(keys)
    models, findings = again(STANDARD, written)
    assert {item.key: item for item in models if isinstance(item, Referential)} == {item.key: item for item in shipped}
    assert findings == []
    assert {one.id for one in models if isinstance(one, Correspondence)} == {one.id for one in shipped.correspondences}


def test_what_others_will_not_see_is_told(shipped: Library) -> None:
    left_out = write(STANDARD, shipped, "bpjeps-tic@2002").left_out
    assert rules(left_out) == {"case-extensions", "case-passerelles"}
    message = next(finding.message for finding in left_out if finding.rule == "case-extensions")
    assert "les sources" in message
    assert "les conditions d'obtention" in message


def test_an_edit_made_elsewhere_wins(shipped: Library) -> None:
    whole = case.package(shipped, "pix@2023")
    whole["CFItems"][1]["fullStatement"] = "Chercher autrement"
    (item, *_likenesses), _none = read(STANDARD, upload("x.json", json.dumps(whole)))
    assert item.block("1").competencies[0].title == "Chercher autrement"


# -- identifiers and read endpoints


def test_an_object_is_found_by_its_identifier_alone(shipped: Library) -> None:
    whole = case.package(shipped, "pix@2023", BASE)
    for collection, one in (("CFItems", whole["CFItems"][4]), ("CFAssociations", whole["CFAssociations"][-1])):
        found = case.object_of(shipped, one["identifier"].upper(), BASE)
        assert found is not None
        assert found[0] == collection
        assert found[1].items() >= one.items()
        assert found[1]["CFDocumentURI"]["uri"] == f"{BASE}/CFDocuments/{whole['CFDocument']['identifier']}"
    document = case.document(shipped, "pix@2023", BASE)
    assert case.object_of(shipped, document["identifier"], BASE) == ("CFDocuments", document)
    assert case.object_of(shipped, "00000000-0000-4000-8000-000000000000") is None
    assert case.item(shipped, "pix@2023/1/1.1", BASE)["humanCodingScheme"] == "1.1"
    with pytest.raises(UnknownReference):
        case.package(shipped, "pix@1900")


def test_identifiers_never_change() -> None:
    """Other systems keep them: this one is written down for good."""
    (item, _likeness), _findings = read(STANDARD, of_file(SAMPLES / "ateliers_1_0.json"))
    whole = package(item.model_copy(update={"origins": ()}))
    assert whole["CFDocument"]["identifier"] == "45e9aedf-6519-50a0-b4e7-febfd5733f37"
    identifiers = [one["identifier"] for name in ("CFItems", "CFAssociations") for one in whole[name]]
    assert len(set(identifiers)) == len(identifiers)
    assert all(UUID.fullmatch(identifier) and identifier.startswith("45e9aedf") for identifier in identifiers)


def named(package: dict[str, Any]) -> dict[str, str]:
    """The identifiers of the document and of the items of a package, with their addresses."""
    return {one["identifier"]: one["uri"] for one in (package["CFDocument"], *package["CFItems"])}


def test_what_came_from_elsewhere_goes_back_under_its_own_identifiers() -> None:
    """Whatever its level; an item added to our own export keeps the one that the other system gave it, and ours stay ours."""
    content = (SAMPLES / "ateliers_1_0.json").read_text("utf-8")
    content = re.sub(r'"i-(\d)"', r'"2222222\1-0000-4000-8000-00000000000\1"', content)
    (item, _likeness), _findings = read(STANDARD, upload("ateliers.json", content))
    library, document = Library.of(item), json.loads(content)["CFDocument"]
    whole = case.package(library, item.key, BASE)
    assert named(whole).items() >= {document["identifier"]: document["uri"]}.items()
    assert {one["identifier"][:7] for one in whole["CFItems"]} == {"2222222"}
    assert {one["destinationNodeURI"]["identifier"] for one in whole["CFAssociations"]} <= set(named(whole))
    for one in whole["CFItems"]:
        collection, alone = case.object_of(library, one["identifier"].upper(), BASE) or ("", {})
        assert (collection, alone["uri"]) == ("CFItems", one["uri"])
        assert alone["CFDocumentURI"]["identifier"] == document["identifier"]
    assert case.key_of(library, document["identifier"]) == item.key

    ours = case.package(Library.of(item.model_copy(update={"origins": ()})), item.key)
    added = json.loads(json.dumps(ours["CFItems"][-1])) | {"identifier": "abcdefab-0000-4000-8000-000000000001"}
    added |= {"uri": "https://ailleurs.example/1", "fullStatement": "Ajouté ailleurs", "CFItemType": "Block"}
    added["humanCodingScheme"] = "AJOUT"
    (changed, *_likenesses), _findings = read(
        STANDARD, upload("case.json", json.dumps(ours | {"CFItems": [*ours["CFItems"], added]}))
    )
    assert [(one.part, one.identifier, one.uri) for one in changed.origins] == [
        ("AJOUT", added["identifier"], added["uri"])
    ]


# -- the standard


def test_packages_follow_the_official_schemas(shipped: Library, samples: Path) -> None:
    wrong = wrong_in(samples)
    for key in ("tp-remn@2019", "pix@2023", "bpjeps-tic@2002"):
        whole = case.package(shipped, key, BASE)
        assert not wrong("CFPackages", whole)
        home = {"CFDocumentURI": {"title": key, "identifier": key, "uri": f"{BASE}/CFDocuments/1"}}
        assert not wrong("CFDocuments", whole["CFDocument"])
        for collection in ("CFItems", "CFAssociations"):
            assert [found for one in whole[collection] for found in wrong(collection, one | home)] == []


NAMES_OF_1_1 = {
    "CFDocument": "identifier uri frameworkType caseVersion creator title lastChangeDateTime officialSourceURL publisher "
    "description subject subjectURI language version adoptionStatus statusStartDate statusEndDate licenseURI notes extensions",
    "CFItems": "identifier fullStatement alternativeLabel CFItemType uri humanCodingScheme listEnumeration "
    "abbreviatedStatement conceptKeywords conceptKeywordsURI notes subject subjectURI language educationLevel "
    "CFItemTypeURI licenseURI statusStartDate statusEndDate lastChangeDateTime extensions",
    "CFAssociations": "identifier associationType sequenceNumber uri originNodeURI destinationNodeURI "
    "CFAssociationGroupingURI lastChangeDateTime notes extensions",
}


def test_a_package_has_only_the_names_that_1_1_knows(shipped: Library) -> None:
    for item in shipped:
        whole = case.package(shipped, item.key, BASE)
        assert set(whole) == {*NAMES_OF_1_1, "CFDefinitions"}
        for collection, names in NAMES_OF_1_1.items():
            for one in [whole[collection]] if collection == "CFDocument" else whole[collection]:
                assert set(one) <= set(names.split())
        kinds = {one["associationType"] for one in whole["CFAssociations"]}
        assert all(kind in KINDS_OF_1_1 or re.fullmatch(r"ext:[a-zA-Z0-9._-]+", kind) for kind in kinds)


def test_real_files_are_read_and_stay_the_same_once_ours(samples: Path) -> None:
    files = sorted((samples / "data/case").glob("*.json"))
    if not files:
        pytest.skip("sample data not found")
    counts, lost, made = {}, list[bool](), list[str]()
    for file in files:
        (item,), findings = read(STANDARD, of_file(file))
        assert not [one for one in findings if one.severity == "error"]
        written = write(STANDARD, Library.of(item), item.key)
        (same,), _none = again(STANDARD, written)
        assert same == item
        text = json.loads(file.read_text("utf-8"))
        kept, came = named(json.loads(written.content)), named(text)
        made += [one for one in kept.keys() - came if may_be_in(one, item.key)]
        assert {one: kept[one] for one in kept if one not in made}.items() <= came.items()
        notes = " ".join(one.note or "" for block in item.known_blocks for one in (block, *block.known_competencies))
        lost += [one["fullStatement"] in notes for one in text["CFItems"] if one["identifier"] not in kept]
        counts[file.stem] = (len(item.blocks), len(list(item.competencies())))
    assert counts == {"Ordering": (1, 24), "SmartLevelFramework": (2, 12), "Utf8TestFramework": (1, 1)}
    assert lost == [True, True, True]  # groups above the blocks, which stand in notes
    assert len(made) == 1  # the block of a list without levels


# -- hostile


def chain(length: int) -> str:
    items = [{"identifier": f"i{rank}", "fullStatement": "x" * 2000} for rank in range(length)]
    links = [
        {
            "identifier": f"a{rank}",
            "associationType": "isChildOf",
            "originNodeURI": {"identifier": f"i{rank + 1}"},
            "destinationNodeURI": {"identifier": f"i{rank}"},
        }
        for rank in range(length - 1)
    ]
    return json.dumps({"CFDocument": {"title": "x"}, "CFItems": items, "CFAssociations": links})


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "json-illisible"),
        (b'{"CFDocument": {"title": "coup', "json-illisible"),
        (b"[" * 200_000, "json-illisible"),
        (b'{"CFDocuments": []}', "case-paquet"),
        (b"[]", "case-paquet"),
        (b" " * (case.AT_MOST + 1), "fichier-trop-gros"),
        (b'{"CFDocument": {}, "CFItems": [' + b"{}," * 60_000 + b"{}]}", "fichier-trop-gros"),
        (b"[" + b"1," * 1_100_000 + b"1]", "fichier-trop-gros"),
        (b"PK\x03\x04 pas une archive", "zip-illisible"),
        (chain(100).encode(), "arborescence-profonde"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(content: bytes, rule: str) -> None:
    with pytest.raises(FileProblem) as refusal:
        read(STANDARD, upload("x.json", content))
    assert rules(refusal.value.findings) == {rule}


def test_loops_and_forbidden_characters_do_not_stop_the_rest() -> None:
    given = {
        "CFDocument": {"title": "Titre\x00 \ud800", "identifier": 7, "version": {}, "lastChangeDateTime": []},
        "CFItems": [
            {"identifier": "a", "fullStatement": "=1+1", "humanCodingScheme": 12},
            {"identifier": "b", "fullStatement": None, "extensions": {"passerelles": {"id": "x"}}},
            None,
        ],
        "CFAssociations": [
            {"identifier": str(rank), "associationType": "isChildOf", "originNodeURI": start, "destinationNodeURI": end}
            for rank, (start, end) in enumerate([("x/a", "x/b"), ("x/b", "x/a"), ("x/a", "x/a")])
        ],
    }
    (item,), findings = read(STANDARD, upload("x.json", json.dumps(given)))
    assert item.title == "Titre"
    assert {"case-boucle", "case-enregistrement"} <= rules(findings)
    assert [block.code for block in item.blocks] == ["12"]
