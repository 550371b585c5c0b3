"""Fiches of the national directory, as XML and as tables: what is taken, what is left out, and what is refused."""

import io
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from benchmarks.directory import generate
from referentials.findings import FileProblem, Finding
from referentials.formats import rncp_csv, standards
from referentials.formats.rncp import STANDARD
from referentials.formats.rncp_succession import Succession, links_in
from referentials.library import Library
from referentials.model import Kind, Referential
from referentials.rights import Recognition
from tests.referentials.formats.round_trip import SAMPLES, of_file, read, rules, upload

DAY = "2026-08-15"


@pytest.fixture(scope="module")
def sample() -> tuple[list[Any], list[Finding]]:
    return read(STANDARD, upload(f"fiches-{DAY}.xml", (SAMPLES / "rncp_fiches.xml").read_bytes()))


@pytest.fixture(scope="module")
def fiches(sample: tuple[list[Any], list[Finding]]) -> dict[str, Referential]:
    return {item.id: item for item in sample[0] if isinstance(item, Referential)}


def xml(*fiches: str, head: str = "<VERSION_FLUX>4.1</VERSION_FLUX>") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><FICHES>{head}{"".join(fiches)}</FICHES>'


def fiche(number: str, more: str = "") -> str:
    return f"<FICHE><NUMERO_FICHE>{number}</NUMERO_FICHE><INTITULE>Titre {number}</INTITULE>{more}</FICHE>"


def refused(name: str, content: bytes | str) -> str:
    with pytest.raises(FileProblem) as caught:
        read(STANDARD, upload(name, content))
    return caught.value.findings[0].rule


def test_the_standard_is_found() -> None:
    assert standards()["rncp"] is STANDARD
    assert STANDARD.write is None


def test_a_fiche_becomes_a_referential(fiches: dict[str, Referential]) -> None:
    found = fiches["rncp90010"]
    assert (found.key, found.title, found.level) == ("rncp90010@fiche", "Conducteur d'atelier de reliure", 5)
    assert (found.kind, found.issuer, found.vae) == (Kind.TITRE_PROFESSIONNEL, "MINISTERE DU TRAVAIL", True)
    codes = {name: [code.code for code in value] for name, value in found.codes if value}
    assert codes == {"rncp": ["RNCP90010"], "nsf": ["322t"], "rome": ["E1304"], "formacode": ["46040"]}
    days = (found.valid.start, found.valid.end, found.valid.award_until)
    assert [str(day) for day in days] == ["2021-09-01", "2026-08-31", "2030-08-31"]
    assert found.valid.active is True
    assert found.sources[0].reference == "RNCP90010"
    assert str(found.sources[0].checked_on) == DAY
    assert found.entry is not None
    assert (found.entry.known, found.entry.description) == (False, "Être titulaire d'un diplôme de niveau 4.")


def test_blocks_with_their_texts(fiches: dict[str, Referential]) -> None:
    first, second, optional = fiches["rncp90010"].known_blocks
    assert [one.title for one in first.known_competencies] == [
        "Choisir un papier",
        "Couper et plier les feuilles",
        "Contrôler l’hygrométrie",
    ]
    assert first.raw_competencies == "Choisir  un papier    Couper et  plier les feuilles     Contrôler l’hygrométrie"
    assert [(one.code, one.title) for one in second.known_competencies] == [
        ("C.1", "Coudre les cahiers"),
        ("C.2", "Poser la couverture & la dorure"),
    ]
    assert second.assessment.form == "Mise en situation\nsur un ouvrage < 200 pages"
    assert second.prerequisites == "Pour valider le bloc : Avoir validé le bloc 1."
    assert second.codes[0].code == "RNCP90010BC02"
    assert optional.optional
    award = fiches["rncp90010"].award
    assert award is not None
    assert award.model_dump() == {"all_of": ("rncp90010@fiche/RNCP90010BC01", "rncp90010@fiche/RNCP90010BC02")}


def test_a_block_code_written_twice_or_not_at_all_is_told(
    fiches: dict[str, Referential], sample: tuple[list[Any], list[Finding]]
) -> None:
    assert {block.code: block.title for block in fiches["rncp90030"].known_blocks} == {
        "01": "Un",
        "01.2": "Deux",
        "bloc-1": "Trois",
    }
    assert sum(finding.rule == "rncp-code-de-bloc" for finding in sample[1]) == 2


def test_what_a_fiche_does_not_say_stays_out(fiches: dict[str, Referential]) -> None:
    found = fiches["rncp90030"]
    assert found.title == '=Relieur("d\'art")'
    assert (found.level, found.vae, found.valid.start, found.valid.end, found.valid.active) == (None,) * 5
    assert found.kind is Kind.CERTIFICATION_RNCP
    assert found.entry is not None
    assert found.entry.known


def test_an_rs_fiche_is_one_container(fiches: dict[str, Referential]) -> None:
    found = fiches["rs9020"]
    (block,) = found.known_blocks
    assert (found.kind, found.level, block.code, found.vae) == (Kind.CERTIFICATION_RS, None, "RS9020", False)
    assert [(one.code, one.title) for one in block.known_competencies] == [
        ("1", "Dorer les gestes suivants : à froid"),
        ("2", "Dorer les gestes suivants : à chaud"),
    ]
    assert found.valid.active is False
    assert found.valid.note == "Début : date de publication."


def test_succession_goes_both_ways_and_in_no_circle(
    fiches: dict[str, Referential], sample: tuple[list[Any], list[Finding]]
) -> None:
    assert fiches["rncp90010"].replaces == ("rncp90001",)
    assert fiches["rncp90010"].replaced_by == ("rs9020", "rncp90030")
    assert fiches["rncp90030"].replaces == fiches["rs9020"].replaces == ("rncp90010",)
    assert fiches["rncp90030"].replaced_by == ()
    assert "rncp-succession-en-boucle" in rules(sample[1])


def test_correspondences_go_from_destination_to_source(sample: tuple[list[Any], list[Finding]]) -> None:
    rights = {item.id: item for item in sample[0] if isinstance(item, Recognition)}
    both = rights["rncp90010bc01-rncp90010bc02-par-rncp90001bc01-rncp90001bc02"]
    assert both.given.model_dump() == {"all_of": ("rncp90001/RNCP90001BC01", "rncp90001/RNCP90001BC02")}
    assert both.grants == ("rncp90010@fiche/RNCP90010BC01", "rncp90010@fiche/RNCP90010BC02")
    assert (both.confidence, both.effect, str(both.in_force.end)) == ("secondary", "award", "2030-08-31")
    assert "SOURCE RNCP90010BC01 + RNCP90010BC02, DESTINATION RNCP90001 + RNCP90001BC01" in (both.note or "")
    assert rights["rncp90010bc01-par-rs9020"].given.model_dump() == "rs9020"
    assert rights["rncp90010-par-rncp90002"].grants == ("rncp90010@fiche",)
    assert len(rights) == 3


def test_every_record_that_cannot_be_used_is_told_and_the_rest_goes_in(sample: tuple[list[Any], list[Finding]]) -> None:
    found = [(finding.rule, finding.where.path) for finding in sample[1] if "correspondance" not in finding.rule]
    assert found == [
        ("rncp-succession-en-boucle", "RNCP90030"),
        ("rncp-date", "RNCP90030"),
        ("rncp-date", "RNCP90030"),
        ("rncp-code-de-bloc", "RNCP90030"),
        ("rncp-code-de-bloc", "RNCP90030"),
        ("rncp-fiche-sans-nom", "FICHE[4]"),
        ("rncp-fiche-sans-nom", "RNCP90040"),
        ("rncp-fiche-en-double", "RS9020"),
    ]
    told = [finding.rule for finding in sample[1] if "correspondance" in finding.rule]
    assert told == ["rncp-correspondance-en-double", *["rncp-correspondance-illisible"] * 2]
    assert all(finding.where.file == f"fiches-{DAY}.xml" for finding in sample[1])


def test_the_same_file_gives_the_same_records_and_an_archive_of_it_too(sample: tuple[list[Any], list[Finding]]) -> None:
    content = (SAMPLES / "rncp_fiches.xml").read_bytes()
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("export_fiches_RNCP_V4_1_2026-08-15.xml", content)
    again, _findings = read(STANDARD, upload("fiches.zip", packed.getvalue()))
    assert again == sample[0]
    utf16 = content.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert [item.id for item in read(STANDARD, upload("fiches.xml", utf16))[0]] == [item.id for item in sample[0]]


def test_one_side_of_a_succession_is_enough_even_in_cdata_and_across_pieces() -> None:
    after = "<ANCIENNES_CERTIFICATIONS><ANCIENNE_CERTIFICATION><ID_FICHE_ANCIENNE_CERTIFICATION><![CDATA[RNCP11]]>"
    after += "</ID_FICHE_ANCIENNE_CERTIFICATION></ANCIENNE_CERTIFICATION></ANCIENNES_CERTIFICATIONS>"
    filler = "".join(fiche(f"RNCP{number}", f"<INUTILE>{'x' * 997}</INUTILE>") for number in range(1_000, 3_300))
    text = xml(filler, fiche("RNCP11"), fiche("RNCP12", after), fiche("RNCP13", after.replace("RNCP11", "RNCP12")))
    found = list(links_in(io.BytesIO(text.encode())))
    assert found == [("RNCP11", "RNCP12"), ("RNCP12", "RNCP13")]
    assert Succession(found, "f").replaced_by("RNCP11") == ("RNCP12",)


@pytest.mark.parametrize(
    ("links", "kept"),
    [
        ([("RNCP1", "RNCP1")], []),
        ([("RNCP2", "RNCP1")], [("RNCP2", "RNCP1")]),
        ([("RNCP1", "RNCP2"), ("RNCP2", "RNCP3"), ("RNCP3", "RNCP1")], [("RNCP1", "RNCP2"), ("RNCP2", "RNCP3")]),
        ([("RNCP7", "RS7"), ("RS7", "RNCP7")], [("RNCP7", "RS7")]),
    ],
)
def test_circles_are_broken_where_a_number_goes_down(links: list[tuple[str, str]], kept: list[tuple[str, str]]) -> None:
    found = Succession(links, "f")
    assert [(old, new) for old in sorted({old for old, _new in links}) for new in found.replaced_by(old)] == kept
    assert len(found.findings) == len(links) - len(kept)


# ------------------------------------------------------------------------------------------------------------------ tables


HEADS = {
    "Standard": "Numero_Fiche;Intitule;Abrege_Libelle;Nomenclature_Europe_Niveau;Date_Decision;Date_Fin_Enregistrement;Actif",
    "Blocs_De_Comp├⌐tences": "Numero_Fiche;Bloc_Competences_Code;Bloc_Competences_Libelle",
    "Certificateurs": "Numero_Fiche;Siret_Certificateur;Nom_Certificateur",
    "Formacode": "Numero_Fiche;Formacode_Code;Formacode_Libelle",
    "Ancienne_Nouvelle_Certification": "Numero_Fiche;Ancienne_Certification;Nouvelle_Certification",
    "VoixdAcce\u0300s": "Numero_Fiche;Si_Jury",
}
ROWS = {
    "Standard": ['"RNCP1";"Chargé d\'\'affaires";"";"REPRISE";"01/02/2020";"31/12/2025";"ACTIVE"', '"RS2";"";;;;;""'],
    "Blocs_De_Comp├⌐tences": ['"RNCP1";"RNCP1BC02";"Deux"', '"RNCP1";"RNCP1BC01";"Un"'],
    "Certificateurs": ['"RNCP1";"\t82948645500019";"ÉCOLE"'],
    "Formacode": ['"RNCP1";"42872";"42872 : Sécurité incendie"'],
    "Ancienne_Nouvelle_Certification": ['"RNCP1";;"RS2"'],
    "VoixdAcce\u0300s": ['"RNCP1";"En contrat d’apprentissage"'],
}


def tables(*left_out: str, **more: bytes) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, head in HEADS.items():
            if name not in left_out:
                text = "\r\n".join([head, *ROWS[name], ""])
                archive.writestr(f"export_fiches_CSV_{name}_2024_02_22.csv", text.encode("utf-8-sig"))
        for name, content in more.items():
            archive.writestr(f"export_fiches_CSV_{name}.csv", content)
    return packed.getvalue()


def test_tables_become_referentials_without_competencies() -> None:
    (found,), findings = read(STANDARD, upload("export.zip", tables()))
    assert (found.key, found.title, found.issuer, found.level) == ("rncp1@fiche", "Chargé d'affaires", "ÉCOLE", None)
    assert [(block.code, block.title, block.competencies) for block in found.blocks] == [
        ("RNCP1BC01", "Un", None),
        ("RNCP1BC02", "Deux", None),
    ]
    assert [code.code for code in found.codes.formacode] == ["42872"]
    assert (found.replaced_by, found.vae, found.valid.active) == (("rs2",), False, True)
    assert (str(found.sources[0].checked_on), str(found.valid.start)) == ("2024-02-22", "2020-02-01")
    assert rules(findings) == {"rncp-fiche-sans-nom"}


def test_tables_of_another_encoding_are_read() -> None:
    standard = f'{HEADS["Standard"]}\n"RNCP1";"Équipier";;;;;'.encode("cp1252")
    (found,), _findings = read(STANDARD, upload("export.zip", tables("Standard", Standard=standard)))
    assert found.title == "Équipier"


# ----------------------------------------------------------------------------------------------------------------- refusals


def bomb() -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("export_fiches_RNCP_V4_1.xml", b"<FICHES>" + b" " * 50_000_000)
    return packed.getvalue()


def hostile() -> Iterator[tuple[str, str, bytes | str]]:
    entity = '<!DOCTYPE FICHES [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    yield "xml-doctype", "f.xml", f"<?xml version='1.0'?>{entity}<FICHES>{fiche('RNCP1', '&b;')}</FICHES>"
    yield "rncp-version", "f.xml", xml(fiche("RNCP1"), head="<VERSION_FLUX>2.0</VERSION_FLUX>")
    yield "rncp-version", "f.xml", xml(fiche("RNCP1"), head="<VERSION_FLUX><![CDATA[5.0]]></VERSION_FLUX>")
    yield "rncp-sans-fiche", "f.xml", xml()
    yield "rncp-sans-fiche", "f.xml", "<html><body>Page introuvable</body></html>"
    yield "xml-illisible", "f.xml", xml(fiche("RNCP1"))[:-30]
    yield "xml-illisible", "f.xml", xml(fiche("RNCP1")).encode()[:-40] + b"\xe9\xff" + b"</FICHE></FICHES>"
    yield "xml-illisible", "f.xml", "code;intitulé\nRNCP1;Titre"
    yield "xml-illisible", "f.xml", ""
    yield "zip-illisible", "f.zip", tables()[:200]
    yield "zip-trop-grand", "f.zip", bomb()
    yield "rncp-archive", "f.zip", bytes(_archive("lisezmoi.txt", b"rien"))
    yield "rncp-csv-illisible", "f.zip", tables("Standard")
    yield (
        "rncp-csv-illisible",
        "f.zip",
        tables("Formacode", Formacode=b'Numero_Fiche;Formacode_Code\nRNCP1;"' + b"x" * 200_000),
    )


def _archive(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def test_what_cannot_be_read_is_refused_at_once() -> None:
    for rule, name, content in hostile():
        started = process_time()
        assert refused(name, content) == rule
        assert process_time() - started < 1


def test_a_table_out_of_proportion_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rncp_csv, "_LARGEST", 50)
    assert refused("f.zip", tables()) == "rncp-csv-illisible"


def test_long_titles_and_control_characters_go_through() -> None:
    odd = fiche("RNCP1").replace("Titre RNCP1", "Titre\x85 &#x9; " + "long " * 400)
    (found,), findings = read(STANDARD, upload("f.xml", xml(odd)))
    assert (len(found.title), findings) == (2005, [])


def test_a_generated_directory_is_read(tmp_path: Path) -> None:
    """Its memory and its time are measured by the benchmark."""
    models, findings = read(STANDARD, of_file(generate(tmp_path / "fiches.xml", 40, weight=0.3)))
    assert (sum(isinstance(one, Referential) for one in models), len(models), findings) == (40, 44, [])
    assert generate(tmp_path / "again.xml", 40, weight=0.3).read_bytes() == (tmp_path / "fiches.xml").read_bytes()


# -------------------------------------------------------------------------------------------------------------- real files


def test_the_real_files(samples: Path) -> None:
    folder = samples / "data" / "rncp"
    names = (
        "export_fiches_RNCP_V4_1_dev.xml",
        "export_fiches_RS_V4_1_dev.xml",
        "export-fiches-csv-2024-02-22_sample.zip",
    )
    found = {name: read(STANDARD, of_file(folder / name)) for name in names}
    assert [rules(findings) for _models, findings in found.values()] == [set()] * 3
    rncp, rs, csv = ([item for item in models if isinstance(item, Referential)] for models, _findings in found.values())
    assert sum(len(item.known_blocks) for item in rncp) == 20
    assert sum(isinstance(item, Recognition) for item in found[names[0]][0]) == 13
    assert [(item.id, item.valid.active, item.vae) for item in rs] == [
        ("rs5719", True, False),
        ("rs5000", False, True),
        ("rs5568", True, False),
        ("rs6604", True, False),
    ]
    by_id = {item.id: item for item in (*rncp, *csv)}
    assert by_id["rncp40344"].valid.award_until is not None
    assert [by_id[f"rncp{number}"].replaced_by for number in (1197, 4049, 22094, 28155, 19468)] == [
        ("rncp4049",),
        ("rncp22094",),
        ("rncp28155",),
        ("rncp30271",),
        ("rs6117",),
    ]
    assert Library.of(*rncp, *rs).by_code("RNCP40344BC01") == ("rncp40344@fiche/RNCP40344BC01",)
