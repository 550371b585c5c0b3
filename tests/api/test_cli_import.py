"""``passerelles import`` and ``export``: what is taken, what is told, what stays as it was."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from api.commands import import_
from api.services.import_formats import readers, standard_of
from api.services.imported_trades import skills_of, trades_near
from api.services.planning import NotPlannable
from api.settings import settings
from api.store.library import Libraries
from api.store.scope import Scope
from api.store.tables.imported import ImportRun
from api.store.unit_of_work import Store
from pathways.profile import ExperienceDone
from referentials.formats.exchange import Upload
from referentials.library import Library
from tests.api.national import chain, directory, fiche
from tests.api.running import data, plain, run

BROKEN = fiche(90009).replace("<INTITULE>Titre numéro 90009</INTITULE>", "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "fiches.xml"
    path.write_bytes(directory(*chain(3)))
    return path


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_with_tables: Path) -> Store:
    path = tmp_path / "store.sqlite3"
    path.write_bytes(sqlite_with_tables.read_bytes())
    monkeypatch.setenv("PASSERELLES_DATABASE_URL", f"sqlite:///{path}")
    settings.cache_clear()
    return Store(f"sqlite:///{path}")


@pytest.fixture(autouse=True)
def _settings_are_read_again() -> None:
    settings.cache_clear()


def counts(*words: object) -> dict[str, int]:
    found: dict[str, int] = data("import", *words)["files"][0]["counts"]
    return {name: count for name, count in found.items() if count}


def test_a_folder_gets_files_that_a_library_reads(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert counts(file, "--into", folder, "--dry-run") == {"new": 5}
    assert not folder.exists()
    assert counts(file, "--into", folder) == {"new": 5}
    library = Library.read(folder)
    assert library.by_code("RNCP90002BC01") == ("rncp90002@fiche/RNCP90002BC01",)
    assert any(item.grants == ("rncp90002@fiche/RNCP90002BC01",) for item in library.recognitions)
    assert run("validate", folder).exit_code == 0
    assert counts(file, "--into", folder) == {"unchanged": 5}


def test_a_directory_of_thousands_is_listed_by_words_and_not_to_its_end(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.commands import list as list_
    from referentials import directories

    monkeypatch.setattr(directories, "FEW", 2)
    counts(file)
    some = data("list", "numéro 9000", "--database")
    assert [row["id"] for row in some["referentials"]] == ["rncp90001", "rncp90002", "rncp90003"]
    assert "more" not in some
    monkeypatch.setattr(list_, "MOST", 2)
    told = run("list", "numéro 9000", "--kind", "certification-rncp", "--database")
    assert "rncp90002@fiche" in told.stdout
    assert "rncp90003" not in told.stdout
    assert "précisez les mots" in told.stderr


def test_a_large_file_is_read_by_another_process_and_gives_the_same(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.services import import_reading

    monkeypatch.setattr(import_reading, "LARGE", 0)
    file.write_bytes(directory(*chain(3), BROKEN))
    told = data("import", "rncp", file, "--into", tmp_path / "mine")["files"][0]
    assert (told["counts"]["new"], told["complete"]) == (5, True)
    assert told["lines"]["problem"][0]["said"]["where"]["file"] == "fiches.xml"
    file.write_text("<FICHES/>", "utf-8")
    refused = run("import", "rncp", file, "--into", tmp_path / "mine")
    assert refused.exit_code == 2
    assert "aucune fiche" in refused.stderr


def test_what_changed_is_told(file: Path, tmp_path: Path) -> None:
    run("import", "rncp", file, "--into", tmp_path / "mine")
    file.write_bytes(directory(fiche(90001, "Un autre titre"), *list(chain(3))[1:], fiche(90004)))
    told = run("import", file, "--into", tmp_path / "mine")
    assert told.exit_code == 0
    assert "rncp90001@fiche change d'intitulé : « Titre numéro 90001 » devient « Un autre titre »" in told.stdout
    assert "1 document nouveau" in plain(told.stdout)
    assert "1 document changé" in plain(told.stdout)


def test_the_database_takes_a_file_and_says_what_is_no_longer_in_it(store: Store, file: Path) -> None:
    assert counts(file) == {"new": 5}
    assert counts(file) == {"unchanged": 5}
    file.write_bytes(directory(*chain(2)))
    assert counts(file) == {"unchanged": 3, "gone": 2}
    library = Libraries(store, shipped=False).of(Scope())
    assert library.get("rncp90003", "fiche").title == "Titre numéro 90003"
    with store.read() as unit:
        assert [hit.ref for hit in unit.of(Scope()).search.find("numero 90002")] == ["rncp90002@fiche"]


def test_another_file_of_the_same_format_takes_nothing_away(store: Store, file: Path, tmp_path: Path) -> None:
    counts(file)
    other = tmp_path / "rs.xml"
    other.write_bytes(directory(*chain(2, 90101)))
    assert counts(other) == {"new": 3}
    run("import", "rncp", file, "--into", tmp_path / "mine")
    run("import", "rncp", other, "--into", tmp_path / "mine")
    file.write_bytes(directory(*chain(2)))
    told = data("import", "rncp", file, "--into", tmp_path / "mine")["files"][0]
    assert [line["ref"] for line in told["lines"]["gone"]] == ["rncp90003@fiche", "rncp90003bc01-par-rncp90002bc01"]


def test_a_whole_folder_is_written_and_read_again(file: Path, tmp_path: Path) -> None:
    run("import", "rncp", file, "--into", tmp_path / "mine")
    whole = tmp_path / "tout.zip"
    assert run("export", "yaml", "--library", tmp_path / "mine", "-o", whole).exit_code == 0
    assert data("import", "yaml", whole, "--into", tmp_path / "again")["files"][0]["counts"]["new"] == 5
    assert data("import", "rncp", file, "--into", tmp_path / "again")["files"][0]["counts"]["unchanged"] == 5
    (tmp_path / "vide").mkdir()
    assert "rien à écrire" in run("export", "yaml", "--library", tmp_path / "vide", "-o", whole).stderr


def test_what_is_in_the_database_answers_the_commands(store: Store, file: Path, tmp_path: Path) -> None:
    run("import", "rncp", file)
    profile = tmp_path / "profil.yaml"
    profile.write_text("holds: {blocks: [{ref: rncp90001@fiche/RNCP90001BC01, on: 2025-01-01}]}", "utf-8")
    asked = (profile, "--target", "rncp90002", "--on", "2026-11-22")
    assert run("gap", *asked).exit_code == 2
    assert data("gap", *asked, "--database")["blocks"][0]["state"] == "by_right"
    plan = data("plan", *asked, "--database", "--no-explain")
    assert plan["steps"][0]["ref"] == "rncp90002bc01-par-rncp90001bc01"
    shown = run("show", "RNCP90002", "--database")
    assert "Titre numéro 90002" in shown.stdout
    crossed = run("bridge", "rncp90001", "rncp90002", "--on", "2026-11-22", "--database")
    assert crossed.exit_code == 0
    assert "RNCP90002BC01" in crossed.stdout
    assert "rncp90002@fiche" in run("list", "numéro 90002", "--database").stdout


def test_a_bad_record_is_told_with_its_place_and_the_rest_goes_in(store: Store, file: Path) -> None:
    file.write_bytes(directory(*chain(2), BROKEN))
    told = data("import", file)["files"][0]
    assert told["counts"]["new"] == 3
    assert told["counts"]["problem"] >= 1
    said = told["lines"]["problem"][0]["said"]
    assert (said["where"]["file"], said["severity"]) == ("fiches.xml", "error")


def test_a_file_may_be_refused_whole(store: Store, file: Path) -> None:
    file.write_bytes(directory(*chain(2), BROKEN))
    refused = run("import", file, "--strict")
    assert refused.exit_code == 2
    assert "fiches.xml" in refused.stderr
    with store.read() as unit:
        room = unit.of(Scope(shared=True))
        assert not room.imported.any()
        assert [row.state for row in room.imports.page().rows] == ["refused"]


def test_a_file_that_stops_too_soon_gives_what_came_before(store: Store, file: Path) -> None:
    whole = directory(*chain(3))
    file.write_bytes(whole[: whole.index(b"RNCP90003")])
    told = data("import", "rncp", file)["files"][0]
    assert told["complete"] is False
    assert told["counts"]["new"] >= 2
    assert counts("rncp", file).get("gone") is None


def test_whoever_interrupts_goes_on_later(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.services import imports

    monkeypatch.setattr(imports, "AT_ONCE", 2)
    stopped = import_.Account.hear

    def stops(self: import_.Account, note: object) -> None:
        stopped(self, note)  # type: ignore[arg-type]
        if self._counts["new"] == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(import_.Account, "hear", stops)
    interrupted = run("import", file)
    assert interrupted.exit_code == 130
    assert "relancez" in interrupted.stderr
    monkeypatch.setattr(import_.Account, "hear", stopped)
    assert counts(file) == {"unchanged": 2, "new": 3}
    with store.read() as unit:
        assert sorted(row.state for row in unit.session.query(ImportRun)) == ["done", "stopped"]


def test_the_format_is_named_where_nobody_can_tell(tmp_path: Path) -> None:
    odd = tmp_path / "rien.xml"
    odd.write_text("<rien/>", "utf-8")
    answer = run("import", odd, "--into", tmp_path)
    assert answer.exit_code == 2
    assert "n'est pas reconnu" in answer.stderr
    assert "rncp" in run("import", "--list").stdout
    assert "rncp" in run("import", "rncpp", odd).stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vide.xml", b"", "est vide"),
        ("coupe.zip", b"PK\x03\x04 et rien d'autre", "n'est pas une archive ZIP lisible"),
        ("encodage.xml", directory(*chain(1)).replace(b"Oui", b"\xe9"), "mal encodé"),
        ("avant.xml", directory(*chain(1)).replace(b"4.1", b"3.0"), "version 3.0"),
        ("piege.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><FICHES>&b;</FICHES>', "DOCTYPE"),
        ("autre.xml", b"<rien/>", "n'est pas reconnu"),
    ],
)
def test_what_is_wrong_with_a_file_of_no_known_format_is_told(name: str, content: bytes, said: str) -> None:
    with pytest.raises(NotPlannable, match=said):
        standard_of(Upload(name, BytesIO(content), len(content)), readers())


def test_a_referential_is_written_for_others_and_what_is_lost_is_told(tmp_path: Path) -> None:
    path = tmp_path / "tp-mn.json"
    told = data("export", "case", "tp-mn@2025", "-o", path)
    assert path.stat().st_size == told["bytes"] > 1000
    assert told["left_out"]
    assert run("export", "case", "tp-mnn", "-o", path).exit_code == 2
    assert run("export", "case").exit_code == 2


def test_a_template_is_written_and_its_mistakes_are_told_at_their_cell(tmp_path: Path) -> None:
    file = tmp_path / "offre.xlsx"
    assert run("export", "workbook", "--template", "offre", "-o", file).exit_code == 0
    answer = run("import", file, "--into", tmp_path / "mine")
    assert "n'a aucune ligne remplie" in plain(answer.output)
    assert "offre, referentiel, passerelles, personnes" in plain(run("export", "workbook", "--template", "x").stderr)
    assert run("export", "workbook", "la-mednum", "-o", file).exit_code == 0
    assert counts(file, "--into", tmp_path / "mine", "--strict") == {"new": 1}
    assert counts(file, "--into", tmp_path / "mine") == {"unchanged": 1}


ROME = """code_rome,libelle_rome,code_rome_parent
J1501,Soins d'hygiène et de confort du patient,
G1605,Plonge en restauration,
"""
NAMES = """code_rome,libelle_appellation_long,classification
J1501,Aide-soignant / Aide-soignante,PRINCIPALE
J1501,Aide-soignant / Aide-soignante de nuit,PRINCIPALE
"""
SKILLS = "code_ogr,libelle_competence\n100,Accompagner une personne dans les actes de la vie quotidienne\n"
LINKS = "code_rome,code_ogr\nJ1501,100\n"
ESCO = """conceptType,conceptUri,iscoGroup,preferredLabel,altLabels
Occupation,http://data.europa.eu/esco/occupation/essai,5321,aide-soignant,"aide-soignante
assistante de soins"
"""


def test_a_job_title_leads_to_an_imported_trade_and_its_skills_to_questions(store: Store, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "rome.zip", "w") as rome:
        for name, text in (("codes", ROME), ("noms", NAMES), ("competences", SKILLS), ("liens", LINKS)):
            rome.writestr(f"{name}.csv", text)
    (tmp_path / "esco.csv").write_text(ESCO, "utf-8")
    assert counts("rome", tmp_path / "rome.zip") == {"new": 2}
    assert counts("rome", tmp_path / "rome.zip") == {"unchanged": 2}
    assert counts("esco", tmp_path / "esco.csv") == {"new": 1}
    assert "retirez --into" in run("import", "esco", tmp_path / "esco.csv", "--into", tmp_path / "mine").stderr
    with store.read() as unit:
        imported = unit.of(Scope()).imported
        found = trades_near("aide soignante", imported)
        assert (found[0].code, found[0].name) == ("J1501", "Aide-soignant / Aide-soignante")
        assert trades_near("animatrice multimedia", imported)[0].code == "G1238"
        assert trades_near("%", imported) == ()
        job = ExperienceDone(title="aide-soignante", rome="J1501", months=12)
        assert skills_of(job, imported) == ("Accompagner une personne dans les actes de la vie quotidienne",)
        assert skills_of(ExperienceDone(title="soudeur", rome="H2913", months=12), imported) == ()


CATALOGUE = """<?xml version="1.0"?><lheo xmlns="http://lheo.gouv.fr/2.3"><offres><formation numero="m1">
<intitule-formation>Animer une formation</intitule-formation><certification><code-RNCP>37275</code-RNCP></certification>
<action><adresse-information/><session><periode><debut>20270104</debut><fin>20270131</fin></periode>
<blocs-competences><code-bloc>RNCP37275BC01</code-bloc></blocs-competences></session></action>
<organisme-formation-responsable><nom-organisme>Organisme inventé</nom-organisme></organisme-formation-responsable>
</formation></offres></lheo>"""


def test_an_offer_that_comes_with_national_codes_prepares_the_blocks_of_the_library(
    store: Store, tmp_path: Path
) -> None:
    catalogue = tmp_path / "catalogue.xml"
    catalogue.write_text(CATALOGUE, "utf-8")
    assert counts("lheo", catalogue).get("new") == 1
    assert counts("lheo", catalogue).get("unchanged") == 1
    modules = (one for offer in Libraries(store).of(Scope()).offers for one in offer.modules)
    assert [one.prepares for one in modules if one.title == "Animer une formation"] == [("tp-fpa@2023/CCP1",)]
