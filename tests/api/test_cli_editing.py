"""validate, publish and schema: what they find, what they write, and what they leave alone."""

import json
from pathlib import Path

import pytest

from referentials.ledger import FILE_NAME
from tests.api.running import data, plain, right, run, version

# -------------------------------------------------------------------------------------------------------------- validate


def test_a_sound_folder_has_nothing_to_report(tmp_path: Path) -> None:
    version(tmp_path)
    right(tmp_path)
    result = run("validate", tmp_path)
    assert (result.exit_code, plain(result.stdout)) == (0, "2 fichiers contrôlés : rien à signaler.\n")


def test_every_problem_of_every_file_is_found_with_its_line_and_its_remedy(tmp_path: Path) -> None:
    version(tmp_path, valid="{from: hier, to: null}")
    right(tmp_path, grants="essai@2020/B9")
    (tmp_path / "recognitions" / "autre.yaml").write_text("- id: [\n", "utf-8")
    result = run("validate", tmp_path)
    assert result.exit_code == 2
    shown = plain(result.stdout)
    assert "2020.yaml:6 · erreur · valid.from" in shown
    assert "Écrivez AAAA-MM-JJ" in shown
    assert "recognitions/autre.yaml:" in shown
    assert "3 fichiers contrôlés" in shown


def test_a_file_alone_is_checked_within_the_library(tmp_path: Path) -> None:
    result = run("validate", right(tmp_path, grants="tp-remn@2019/CCP9"))
    assert result.exit_code == 2
    assert "[droit-sur-inconnu]" in result.stdout
    assert "tp-remn@2019/CCP" in result.stdout


def test_several_files_are_all_checked_even_when_the_first_is_unreadable(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", version(tmp_path, valid="{from: hier}")
    first.write_bytes(b"id: \xff")
    answer = json.loads(run("validate", first, second, "--json").stdout)
    assert {Path(finding["where"]["file"]).name for finding in answer["findings"]} == {"a.yaml", "2020.yaml"}


def test_a_folder_of_loose_files_is_checked_file_by_file(tmp_path: Path) -> None:
    right(tmp_path).rename(tmp_path / "loose.yaml")
    (tmp_path / "recognitions").rmdir()
    version(tmp_path / "elsewhere").rename(tmp_path / "version.yaml")
    assert data("validate", tmp_path)["files"] == 2


def test_a_file_that_no_folder_claims_is_named(tmp_path: Path) -> None:
    version(tmp_path)
    (tmp_path / "certification").mkdir()
    (tmp_path / "certification" / "perdu.yaml").write_text("id: x\n", "utf-8")
    result = run("validate", tmp_path)
    assert "perdu.yaml" in result.stderr
    assert result.exit_code == 0


def test_what_breaks_elsewhere_because_of_a_file_is_reported(tmp_path: Path) -> None:
    """A version that replaces a shipped one, without the blocks that shipped rights lead to."""
    path = version(tmp_path, "tp-remn", "2019")
    answer = json.loads(run("validate", path, "--json").stdout)
    assert any("tp-remn@2019/CCP1" in finding["message"] for finding in answer["findings"])


def test_validate_as_json_keeps_its_names(tmp_path: Path) -> None:
    version(tmp_path, valid="{from: hier}")
    answer = json.loads(run("validate", tmp_path, "--json").stdout)
    assert list(answer) == ["files", "errors", "warnings", "findings", "ignored"]
    assert (answer["files"], answer["errors"], answer["warnings"]) == (1, 1, 0)
    finding = answer["findings"][0]
    assert list(finding) == ["rule", "severity", "where", "message", "remedy"]
    assert (finding["rule"], finding["severity"], finding["where"]["line"]) == ("date-illisible", "error", 6)


def test_a_warning_alone_is_no_error(tmp_path: Path) -> None:
    path = version(tmp_path)
    path.write_text(path.read_text("utf-8").replace("[B1, B2]", "[B1]"), "utf-8")
    result = run("validate", tmp_path)
    assert result.exit_code == 0
    assert "0 erreur, 1 point à regarder." in plain(result.stdout)


def test_validate_of_nothing_is_a_wrong_request() -> None:
    assert run("validate", "nulle-part").exit_code == 2


# --------------------------------------------------------------------------------------------------------------- publish


def test_publish_seals_the_version_in_the_folder_it_is_in(tmp_path: Path) -> None:
    path = version(tmp_path)
    result = run("publish", path, "--reason", "première version", "--on", "21/11/2026")
    assert result.exit_code == 0, result.stderr
    assert "essai@2020 est publié, révision 1, le 21/11/2026 : première version" in plain(result.stdout)
    assert "state: published" in path.read_text("utf-8")
    assert "première version" in (tmp_path / FILE_NAME).read_text("utf-8")
    assert run("validate", tmp_path).exit_code == 0


def test_publish_puts_a_draft_from_elsewhere_into_the_folder_it_is_told(tmp_path: Path) -> None:
    draft = version(tmp_path / "a").rename(tmp_path / "brouillon.yaml")
    (tmp_path / "data").mkdir()
    answer = data("publish", draft, "--to", tmp_path / "data", "--reason", "essai", "--on", "2026-11-21")
    assert {"ref", "revision", "digest", "on", "reason", "previous"} <= set(answer)
    assert (answer["ref"], answer["revision"], answer["on"]) == ("essai@2020", 1, "2026-11-21")
    assert (tmp_path / "data/certifications/essai/2020.yaml").is_file()


def test_a_sealed_version_that_changed_is_found_and_published_again(tmp_path: Path) -> None:
    path = version(tmp_path)
    run("publish", path, "--reason", "un")
    path.write_text(path.read_text("utf-8").replace("Premier bloc", "Bloc premier"), "utf-8")
    assert "[version-scellee-modifiee]" in run("validate", tmp_path).stdout
    assert data("publish", path, "--reason", "deux")["revision"] == 2
    assert run("validate", tmp_path).exit_code == 0


def test_publish_without_a_change_does_nothing(tmp_path: Path) -> None:
    path = version(tmp_path)
    run("publish", path, "--reason", "un")
    before = (tmp_path / FILE_NAME).read_bytes()
    result = run("publish", path, "--reason", "deux")
    assert result.exit_code == 2
    assert "[deja-publie]" in result.stderr
    assert (tmp_path / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("words", [[], ["--reason", "  "]])
def test_publish_asks_for_a_reason(tmp_path: Path, words: list[str]) -> None:
    result = run("publish", version(tmp_path), *words)
    assert result.exit_code == 2
    assert "motif" in result.stderr
    assert not (tmp_path / FILE_NAME).exists()


def test_a_version_with_errors_is_not_published(tmp_path: Path) -> None:
    path = version(tmp_path)
    path.write_text(path.read_text("utf-8").replace("[B1, B2]", "[B1, B3]"), "utf-8")
    before = path.read_bytes()
    result = run("publish", path, "--reason", "essai")
    assert result.exit_code == 2
    assert "2020.yaml:9 · erreur" in result.stderr
    assert path.read_bytes() == before
    assert not (tmp_path / FILE_NAME).exists()


def test_only_a_referential_is_published(tmp_path: Path) -> None:
    result = run("publish", right(tmp_path), "--reason", "essai")
    assert result.exit_code == 2
    assert "Seul un référentiel se publie" in result.stderr


def test_publish_creates_no_folder_for_a_slip_of_the_keyboard(tmp_path: Path) -> None:
    result = run("publish", version(tmp_path), "--to", tmp_path / "dta", "--reason", "essai")
    assert result.exit_code == 2
    assert not (tmp_path / "dta").exists()


def test_publish_asks_where_when_the_place_does_not_tell(tmp_path: Path) -> None:
    draft = version(tmp_path / "a").rename(tmp_path / "brouillon.yaml")
    result = run("publish", draft, "--reason", "essai")
    assert result.exit_code == 2
    assert "--to DOSSIER" in result.stderr


# ---------------------------------------------------------------------------------------------------------------- schema


def test_schema_names_the_formats_and_shows_one() -> None:
    library = ["correspondences", "offer", "recognitions", "referential", "rules"]
    assert run("schema").stdout.split() == sorted([*library, "profile", "cases", "particulars", "sessions"])
    assert json.loads(run("schema", "offer").stdout)["properties"]["modules"]


def test_schemas_are_written_and_checked(tmp_path: Path) -> None:
    folder = tmp_path / "schema"
    assert run("schema", "-o", folder, "--check").exit_code == 2
    assert run("schema", "-o", folder).exit_code == 0
    assert len(list(folder.glob("*.schema.json"))) == 9
    assert run("schema", "-o", folder, "--check").exit_code == 0
    (folder / "offer.schema.json").write_text("{}", "utf-8")
    result = run("schema", "-o", folder, "--check")
    assert result.exit_code == 2
    assert "offer.schema.json n'est pas à jour" in result.stdout


def test_what_an_editor_shows_is_in_french() -> None:
    """No docstring of a class is left, and every field has its help."""
    for name in run("schema").stdout.split():
        schema = json.loads(run("schema", name).stdout)
        for group in (schema, *schema["$defs"].values()):
            assert "description" not in group
            for field, content in group.get("properties", {}).items():
                assert content.get("description") or field in ("all_of", "any_of", "experience"), field
