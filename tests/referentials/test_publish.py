"""Publication: all or nothing, the layout kept, and no edit of a sealed version unnoticed."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from referentials import ledger
from referentials.checks import check
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.loader import load_file
from referentials.model import State
from referentials.publish import publish

DAY = date(2026, 11, 21)
BASE = Path(__file__).resolve().parents[1] / "broken" / "socle"
TEXT = """\
# Un commentaire.
id: t
version: "1"   # l'année du texte
title: "Titre : essai"
kind: attestation
confidence: to_confirm
award: {all_of: [A]}
blocks:

  - code: A          # le premier
    title: >-
      Accueillir
      des personnes
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "certifications" / "t" / "1.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, "utf-8")
    return tmp_path


def home(folder: Path) -> Path:
    return folder / "certifications" / "t" / "1.yaml"


def published(folder: Path, path: Path | None = None, reason: str = "Texte lu") -> ledger.Line:
    return publish(path or home(folder), folder, on=DAY, reason=reason, others=(BASE,))


def refused(folder: Path, path: Path | None = None, reason: str = "Texte lu") -> list[str]:
    """The rules for which a publication is refused; nothing is written."""
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    with pytest.raises(FileProblem) as problem:
        published(folder, path, reason)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
    return [finding.rule for finding in problem.value.findings]


def rules(folder: Path) -> list[str]:
    return [finding.rule for finding in check(Library.read(folder, shipped=False))]


def edit(folder: Path, old: str, new: str) -> None:
    text = home(folder).read_text("utf-8")
    assert old in text
    home(folder).write_text(text.replace(old, new, 1), "utf-8")


# --------------------------------------------------------------------------------------------------------------- what is done


def test_the_file_keeps_its_layout_and_gets_its_state(folder: Path) -> None:
    line = published(folder)
    assert home(folder).read_text("utf-8") == TEXT.replace("du texte\n", "du texte\nstate: published\n")
    assert (line.ref, line.revision, line.on, line.reason) == ("t@1", 1, DAY, "Texte lu")
    assert ledger.read(folder) == (line,)
    assert rules(folder) == []


@pytest.mark.parametrize("state", ["state: draft", 'state: "draft"', "state:   draft   # à relire", "state:"])
def test_a_state_that_is_written_is_replaced(folder: Path, state: str) -> None:
    if state == "state:":
        edit(folder, "kind:", "kind:")
    else:
        edit(folder, "kind:", f"{state}\nkind:")
    published(folder)
    assert load_file(home(folder)).items[0].state is State.PUBLISHED
    assert home(folder).read_text("utf-8").count("state:") == 1
    assert "# Un commentaire." in home(folder).read_text("utf-8")


def test_a_draft_from_elsewhere_goes_home(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    draft = tmp_path_factory.mktemp("brouillons") / "essai.yaml"
    draft.write_text(TEXT.replace("id: t", "id: u"), "utf-8")
    published(folder, draft)
    assert load_file(folder / "certifications" / "u" / "1.yaml").items[0].state is State.PUBLISHED
    assert draft.read_text("utf-8") == TEXT.replace("id: t", "id: u")
    assert rules(folder) == []


def test_a_framework_goes_to_the_frameworks(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    draft = tmp_path_factory.mktemp("brouillons") / "cadre.yaml"
    text = TEXT.replace("id: t", "id: cadre-x").replace("attestation", "cadre-de-competences")
    draft.write_text(text.replace("award: {all_of: [A]}", "scale: {levels: [{rank: 1}]}"), "utf-8")
    published(folder, draft)
    assert (folder / "frameworks" / "cadre-x" / "1.yaml").is_file()


def test_a_byte_order_mark_and_other_line_ends_are_left_behind(folder: Path) -> None:
    home(folder).write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    published(folder)
    assert home(folder).read_bytes() == TEXT.replace("du texte\n", "du texte\nstate: published\n").encode()


def test_a_file_of_another_layout_is_written_anew(folder: Path) -> None:
    home(folder).write_text('{id: t, version: "1", title: T, kind: attestation, confidence: to_confirm}', "utf-8")
    published(folder)
    assert load_file(home(folder)).items[0].state is State.PUBLISHED
    assert rules(folder) == []


def test_a_json_file_stays_json(folder: Path) -> None:
    home(folder).unlink()
    path = home(folder).with_suffix(".json")
    plain = {"id": "t", "version": "1", "title": "T", "kind": "attestation", "confidence": "to_confirm"}
    path.write_text(json.dumps(plain), "utf-8")
    published(folder, path)
    assert json.loads(path.read_text("utf-8"))["state"] == "published"
    assert not home(folder).exists()
    assert rules(folder) == []


def test_a_correction_is_a_second_revision(folder: Path) -> None:
    published(folder)
    edit(folder, "essai", "essais")
    assert rules(folder) == ["version-scellee-modifiee"]
    assert published(folder, reason="Coquille").revision == 2
    assert rules(folder) == []
    assert [line.reason for line in ledger.read(folder)] == ["Texte lu", "Coquille"]


def test_a_reason_stands_on_one_line(folder: Path) -> None:
    assert published(folder, reason=" Un \n motif\u2028sur \x85 trois\tlignes ").reason == "Un motif sur trois lignes"
    assert len(ledger.read(folder)) == 1


# ---------------------------------------------------------------------------------------------------------- what is refused


def test_publishing_twice_is_refused(folder: Path) -> None:
    published(folder)
    assert refused(folder) == ["deja-publie"]


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_publication_says_why(folder: Path, reason: str) -> None:
    assert refused(folder, reason=reason) == ["motif-manquant"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("kind: attestation", "kind: inconnu", "valeur-hors-liste"),
        ("[A]", "[A, B]", "reference-illisible"),
        ("[A]", "[A, t@1/B]", "reference-inconnue"),
        ("id: t", "id: [", "syntaxe-yaml"),
        ("confidence: to_confirm", "confidence: official", "officiel-sans-source"),
    ],
)
def test_a_version_with_errors_is_refused(folder: Path, old: str, new: str, rule: str) -> None:
    edit(folder, old, new)
    assert rule in refused(folder)


def test_a_version_that_overlaps_a_published_one_is_refused(folder: Path) -> None:
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    draft = folder / "brouillon.yaml"
    draft.write_text(
        TEXT.replace("id: t", "id: tp-a").replace('"1"', '"2022"') + "valid: {from: 2022-01-01, to: 2022-12-31}\n",
        "utf-8",
    )
    assert refused(folder, draft) == ["versions-qui-se-chevauchent"]


def test_a_version_that_breaks_another_one_is_refused(folder: Path) -> None:
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    draft = folder / "brouillon.yaml"
    text = (folder / "certifications/tp-b/2021.yaml").read_text("utf-8")
    draft.write_text(text.replace("  - {code: CCP1, title: Informer}\n", "").replace("[CCP1, CCP2]", "[CCP2]"), "utf-8")
    assert refused(folder, draft) == ["droit-sur-inconnu"]


def test_errors_that_were_there_before_do_not_prevent_a_publication(folder: Path) -> None:
    other = folder / "certifications" / "faux" / "1.yaml"
    other.parent.mkdir()
    other.write_text("id: [", "utf-8")
    assert published(folder).ref == "t@1"


def test_a_broken_ledger_gets_no_line(folder: Path) -> None:
    published(folder)
    path = folder / ledger.FILE_NAME
    path.write_text(path.read_text("utf-8").replace("Texte lu", "Texte"), "utf-8")
    edit(folder, "essai", "essais")
    assert refused(folder) == ["registre-rompu"]


def test_a_ledger_that_cannot_be_written_leaves_the_file_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ledger, "write", full)
    with pytest.raises(OSError, match="No space"):
        published(folder)
    assert home(folder).read_text("utf-8") == TEXT
    assert [path.name for path in home(folder).parent.iterdir()] == ["1.yaml"]


# ----------------------------------------------------------------------------------------------------- what is noticed later


def test_a_comment_or_another_layout_is_no_edit(folder: Path) -> None:
    published(folder)
    edit(folder, "# Un commentaire.", "# Un autre.\n")
    edit(folder, "award: {all_of: [A]}", "award:\n  all_of:\n    - t@1/A")
    edit(folder, "title: >-\n      Accueillir\n      des personnes", "title: 'Accueillir des personnes'")
    assert rules(folder) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("essai", "essais"), ("confidence: to_confirm", "confidence: secondary"), ("des personnes", "les personnes"), ("[A]", "[A, A]"),
        ("kind:", "note: Relu.\nkind:"), ("kind:", "unread: [Le reste.]\nkind:"), ("code: A ", "optional: true\n    code: A "),
    ],
)  # fmt: skip
def test_any_edit_of_the_content_shows(folder: Path, old: str, new: str) -> None:
    published(folder)
    edit(folder, old, new)
    assert "version-scellee-modifiee" in rules(folder)


def test_a_published_version_made_a_draft_again_shows(folder: Path) -> None:
    published(folder)
    edit(folder, "state: published", "state: draft")
    assert rules(folder) == ["version-scellee-modifiee"]


def test_a_published_version_may_be_retired(folder: Path) -> None:
    published(folder)
    edit(folder, "state: published", "state: retired")
    assert rules(folder) == []


def test_a_published_version_whose_file_is_gone_shows(folder: Path) -> None:
    published(folder)
    other = folder / "certifications" / "u" / "1.yaml"
    other.parent.mkdir()
    other.write_text(TEXT.replace("id: t", "id: u"), "utf-8")
    home(folder).unlink()
    assert rules(folder) == ["version-scellee-absente"]


def test_the_last_line_removed_from_the_ledger_shows(folder: Path) -> None:
    published(folder)
    ledger.write(folder, ())
    assert rules(folder) == ["publie-non-scelle"]
    edit(folder, "essai", "essais")
    ledger.write(folder, ())
    published(folder)
    first = ledger.read(folder)
    edit(folder, "essais", "épreuves")
    published(folder, reason="Coquille")
    ledger.write(folder, first)
    assert rules(folder) == ["version-scellee-modifiee"]


def test_another_folder_that_replaces_a_sealed_version_edits_nothing(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    published(folder)
    other = tmp_path_factory.mktemp("autre")
    shutil.copytree(folder / "certifications", other / "certifications")
    (other / "certifications/t/1.yaml").write_text(TEXT.replace("essai", "autre essai"), "utf-8")
    assert check(Library.read(folder, other, shipped=False)) == ()
