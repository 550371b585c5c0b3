"""Our own files in and out: one file, a ZIP that the loader reads as a folder, the whole library again."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from referentials.findings import FileProblem
from referentials.formats.archive import packed
from referentials.formats.yaml_files import STANDARD
from referentials.library import Library
from tests.referentials.formats.round_trip import again, read, rules, upload, write


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.read()


def test_the_whole_library_comes_back(shipped: Library, tmp_path: Path) -> None:
    written = write(STANDARD, shipped)
    everything = [*shipped, *shipped.offers, *shipped.recognitions, *shipped.correspondences]
    models, findings = again(STANDARD, written)
    assert findings == []
    assert sorted(map(repr, models)) == sorted(map(repr, everything))
    ZipFile(io.BytesIO(written.content)).extractall(tmp_path)
    folder = Library.read(tmp_path, shipped=False)
    assert list(folder) == list(shipped)
    assert folder.recognitions == shipped.recognitions


def test_one_name_makes_one_file(shipped: Library) -> None:
    for name, file in (
        ("tp-mn@2025", "tp-mn@2025.yaml"),
        ("afpa-remn", "afpa-remn.yaml"),
        ("remn-vers-mn", "remn-vers-mn.yaml"),
    ):
        written = write(STANDARD, shipped, name)
        assert written.name == file
        assert len(again(STANDARD, written)[0]) == 1


def test_several_names_go_with_what_links_them_alone(shipped: Library) -> None:
    names = ZipFile(io.BytesIO(write(STANDARD, shipped, "tp-remn@2019", "tp-mn@2025").content)).namelist()
    assert {
        "certifications/tp-mn/2025.yaml",
        "certifications/tp-remn/2019.yaml",
        "recognitions/remn-vers-mn.yaml",
    } <= set(names)
    assert any(name.startswith("correspondences/remn-") for name in names)
    assert not any("digcomp" in name or "bpjeps" in name for name in names)


def test_a_broken_file_does_not_stop_the_others_of_its_archive() -> None:
    good = b"id: x\nversion: '1'\ntitle: X\nkind: attestation\nconfidence: official\n"
    rules_file = b"- {id: r, applies_to: [], text: x}\n"
    archive = packed(
        {"data/certifications/x/1.yaml": good, "b.yaml": b"a: [", "c.txt": b"rien", "data/rules/r.yaml": rules_file}
    )
    models, findings = read(STANDARD, upload("b.zip", archive))
    assert [model.key for model in models] == ["x@1"]
    assert rules(findings) == {"syntaxe-yaml", "yaml-regles"}
    with pytest.raises(FileProblem):
        read(STANDARD, upload("b.yaml", b"a: ["))
    badge = b'{"@context": [], "id": "urn:x", "type": [], "issuer": {}, "name": "B", "credentialSubject": {}}'
    with pytest.raises(FileProblem) as refusal:
        read(STANDARD, upload("badge.json", badge))
    assert rules(refusal.value.findings) == {"yaml-etranger"}
    with pytest.raises(FileProblem) as refusal:
        read(STANDARD, upload("bombe.zip", packed({f"{rank}.yaml": b" " * 4_900_000 for rank in range(20)})))
    assert rules(refusal.value.findings) == {"zip-trop-grand"}
