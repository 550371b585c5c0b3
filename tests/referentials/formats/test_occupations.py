"""ROME, ESCO and DigComp: trades with their names and skills, a framework of competencies, and the trades that ship."""

import importlib.util
import io
import json
from pathlib import Path
from typing import Any

import pytest

from referentials.document import Document
from referentials.findings import FileProblem, Finding
from referentials.formats import digcomp, esco, rome
from referentials.formats.archive import packed
from referentials.formats.exchange import Record, Standard, Upload
from referentials.library import Library
from referentials.loader import REFERENTIAL, load_document
from referentials.model import Referential
from referentials.occupations import SHIPPED, Occupation, shipped

ROOT = Path(__file__).resolve().parents[3]
V4 = ("unix_referentiel_appellation_v460_utf8.csv", "unix_referentiel_code_rome_v460_utf8.csv")


def read(standard: Standard, content: bytes) -> tuple[list[Record], list[Finding]]:
    assert standard.read is not None
    found = list(standard.read(Upload("fichier", io.BytesIO(content), len(content))))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Finding)]


def trades(standard: Standard, content: bytes) -> dict[str, Occupation]:
    records, _findings = read(standard, content)
    assert {one.kind for one in records} == {"occupation"}
    return {one.values["code"]: Occupation.model_validate(one.values) for one in records}


APPELLATIONS = (
    '"code_ogr","libelle_appellation_long","code_rome","classification"\n'
    '"1","Animateur / Animatrice d\'\'atelier","X1101","PRINCIPALE"\n'
    '"2","Animateur / Animatrice d\'\'espace","X1101","SYNONYME"\n'
    '"3","Sans intitulé","X9999","SYNONYME"\n'
)
CODES = '"code_rome","code_ogr","libelle_rome","code_rome_parent"\n"X1101","1","Animateur / Animatrice","X1100"\n'
SKILLS = '"code_ogr","libelle_competence"\n"7","Animer un groupe"\n'
LINKS = '"code_rome","code_ogr"\n"X1101","7"\n"X1101","8"\n"Z0000","7"\n'


def test_the_files_of_the_rome_come_together() -> None:
    files = {"a.csv": APPELLATIONS, "b.csv": CODES, "c.csv": SKILLS, "d.csv": LINKS, "e.csv": "autre,chose\n1,2\n"}
    content = packed({name: text.encode() for name, text in files.items()})
    one = trades(rome.STANDARD, content)["X1101"]
    assert (one.title, one.broader) == ("Animateur / Animatrice", "X1100")
    assert one.names == ("Animateur / Animatrice d'atelier", "Animateur / Animatrice d'espace")
    assert [(skill.code, skill.title) for skill in one.skills] == [("7", "Animer un groupe")]
    findings = read(rome.STANDARD, content)[1]
    assert [(one.rule, one.message.split()[0]) for one in findings] == [
        ("rome-sans-intitule", "1"),
        ("rome-liens", "2"),
    ]


def test_the_names_alone_give_a_title() -> None:
    assert trades(rome.STANDARD, APPELLATIONS.encode("latin-1"))["X1101"].title == "Animateur / Animatrice d'atelier"


OCCUPATIONS = (
    "conceptUri,preferredLabel,altLabels,iscoGroup\n"
    'http://data.europa.eu/esco/occupation/a,médiateur/médiatrice,"animateur\nanimatrice",2359\n'
)
ESCO_SKILLS = "conceptUri,preferredLabel,altLabels\nhttp://data.europa.eu/esco/skill/s,écouter,\n"
RELATIONS = (
    "occupationUri,relationType,skillType,skillUri\n"
    "http://data.europa.eu/esco/occupation/a,essential,skill,http://data.europa.eu/esco/skill/s\n"
    "http://data.europa.eu/esco/occupation/a,optional,skill,http://data.europa.eu/esco/skill/inconnue\n"
    "http://data.europa.eu/esco/occupation/inconnu,optional,skill,http://data.europa.eu/esco/skill/s\n"
)


def test_esco_gives_occupations_with_the_skills_that_they_take() -> None:
    files = {
        "occupations_fr.csv": OCCUPATIONS,
        "skills_fr.csv": ESCO_SKILLS,
        "occupationSkillRelations.csv": RELATIONS,
        "conceptSchemes_fr.csv": "conceptType\n" + "x" * 140_000,  # larger than a CSV cell may be, and of no use here
    }
    content = packed({name: text.encode() for name, text in files.items()})
    (one,) = trades(esco.STANDARD, content).values()
    assert (one.title, one.names, one.broader) == ("médiateur/médiatrice", ("animateur", "animatrice"), "2359")
    assert [(skill.title, skill.essential) for skill in one.skills] == [("écouter", True)]
    assert [finding.message.split()[0] for finding in read(esco.STANDARD, content)[1]] == ["2"]


@pytest.mark.parametrize("standard", [rome.STANDARD, esco.STANDARD, digcomp.STANDARD], ids=lambda one: one.id)
@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"{}", b"PK\x03\x04rien", ESCO_SKILLS.encode(), b"\x00" * 99])
def test_a_file_of_something_else_is_refused(standard: Standard, content: bytes) -> None:
    with pytest.raises(FileProblem) as refused:
        read(standard, content)
    assert all(one.remedy for one in refused.value.findings)


def of_digcomp(content: bytes) -> tuple[Referential, list[Finding]]:
    (record,), findings = read(digcomp.STANDARD, content)
    item: Referential = load_document(Document(dict(record.values)), REFERENTIAL).items[0]
    return item, findings


def test_digcomp_is_a_framework() -> None:
    graph: list[dict[str, Any]] = [
        {"@type": "CompetenceArea", "@id": "CompetenceArea/1", "name": "Informations", "description": "Chercher."},
        {"@type": "CompetenceArea", "@id": "CompetenceArea/1", "name": "Encore"},
        {"@type": "Competence", "@id": "Competence/1.1", "name": "Chercher", "competence_area_id": "CompetenceArea/1"},
        {"@type": "Competence", "@id": "Competence/1.2", "competence_area_id": "CompetenceArea/1"},
        {"@type": "ProficiencyLevel", "@id": "ProficiencyLevel/Basic_1", "eight_levels_mapping": 1},
        {
            "@type": "CompetenceStatement",
            "@id": "CompetenceStatement/CS1",
            "description": "Poser une question",
            "competence_id": "Competence/1.1",
            "four_levels_proficiency_name": "ProficiencyLevel/Basic",
        },
        {"@type": "Glossary", "@id": "Glossary/Mot"},
        {"@type": ["x"]},
    ]
    item, findings = of_digcomp(json.dumps({"@graph": graph}).encode())
    assert (item.key, item.state.value, item.known_blocks[0].note) == ("digcomp@3.0", "draft", "Chercher.")
    ((ref, one),) = item.competencies()
    assert (ref, one.title, one.elements) == ("digcomp@3.0/1/1.1", "Chercher", ("Poser une question (Basic)",))
    assert item.scale is not None
    assert [(level.rank, level.label) for level in item.scale.levels] == [(1, "Basic 1")]
    assert [finding.rule for finding in findings] == ["digcomp-code", "digcomp-code", "digcomp-glossaire"]


def test_the_published_digcomp_is_read_whole(samples: Path) -> None:
    (path,) = (samples / "data/digcomp").glob("*.jsonld")
    item, _findings = of_digcomp(path.read_bytes())
    competencies = [one for _ref, one in item.competencies()]
    assert (len(item.known_blocks), len(competencies)) == (5, 21)
    assert sum(len(one.elements) for one in competencies) == 362
    assert sum(len(one.criteria) for one in competencies) == 523
    assert item.scale is not None
    assert len(item.scale.levels) == 8


def test_the_trades_that_ship_are_those_of_the_official_files(samples: Path) -> None:
    spec = importlib.util.spec_from_file_location("rome_tool", ROOT / "tools/rome.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    day = shipped().source.checked_on
    assert day is not None
    made = tool.text_of(day.isoformat(), [samples / "data/rome" / name for name in V4])
    assert made == SHIPPED.read_text("utf-8")


def test_each_trade_that_ships_is_cited_or_refines_one_that_is() -> None:
    cited = {code.code for one in Library.read() for code in one.codes.rome}
    known = {one.code: one for one in shipped().occupations}
    assert cited <= known.keys()
    assert all(code in cited or one.broader in cited for code, one in known.items())


def test_the_european_occupations_are_read(samples: Path) -> None:
    found = trades(esco.STANDARD, (samples / "data/esco/occupations_fr_v1.2_mirror.csv").read_bytes())
    assert len(found) == 2_740
    assert any("médiatrice" in name for one in found.values() for name in one.names)
