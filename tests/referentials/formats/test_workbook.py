"""Workbooks in and out: nothing is lost in silence, what people type is understood, what is wrong is told at its cell."""

import io
import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import TypeAdapter

from api.services.import_places import IntoFolder
from api.services.imports import Import
from pathways.profile import PROFILE
from referentials.document import Document
from referentials.findings import FileProblem, Finding, Severity
from referentials.formats.exchange import Record
from referentials.formats.workbook import FORMS, PERSON, STANDARD, people_workbook, template
from referentials.formats.workbook_header import ASIDE, HINT
from referentials.formats.workbook_requirement import requirement_of, requirement_text
from referentials.library import Library
from referentials.loader import load_document
from referentials.requirement import Requirement
from tests.referentials import strategies
from tests.referentials.formats.round_trip import again, read, referentials, rules, upload, write
from tests.referentials.formats.sheets import book

_REQUIREMENT: TypeAdapter[Any] = TypeAdapter(Requirement)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.read()


def records(content: bytes) -> tuple[list[Record], list[Finding]]:
    assert STANDARD.read is not None
    found = list(STANDARD.read(upload("classeur.xlsx", content)))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Finding)]


# -- round trips


def test_what_ships_comes_back_whole_and_the_file_is_the_same_again(shipped: Library) -> None:
    rights = [item.id for item in shipped.recognitions]
    for names, items in (
        (rights, list(shipped.recognitions)),
        (
            ["la-mednum", "cipfaro"],
            [one for name in ("la-mednum", "cipfaro") for one in shipped.offers if one.id == name],
        ),
        (["tp-mn@2025", "pix@2023"], [shipped.find("tp-mn@2025"), shipped.find("pix@2023")]),
    ):
        written = write(STANDARD, shipped, *names)
        models, findings = again(STANDARD, written)
        assert (models, findings, written.left_out) == (items, [], ())
        assert write(STANDARD, Library.of(*models), *names).content == written.content


@settings(max_examples=15, deadline=None)
@given(item=referentials | strategies.offers | strategies.recognitions)
def test_what_is_lost_is_told(item: Any) -> None:
    written = write(STANDARD, Library.of(item), getattr(item, "key", item.id))
    try:
        models, findings = again(STANDARD, written)
    except FileProblem:
        models, findings = [], []
    assert findings == [] or written.left_out
    assert models == [item] or written.left_out
    if models:
        told = " ".join(finding.message for finding in written.left_out)
        for name in type(item).model_fields:
            assert getattr(models[0], name) == getattr(item, name) or told


@settings(max_examples=100, deadline=None)
@given(asked=strategies.requirements)
def test_a_requirement_is_one_line(asked: Any) -> None:
    value = _REQUIREMENT.dump_python(asked, mode="json", exclude_defaults=True)
    said = _REQUIREMENT.validate_python(requirement_of(requirement_text(value)))
    assert _stripped(_REQUIREMENT.dump_python(said, mode="json", exclude_defaults=True)) == _stripped(value)


def _stripped(value: Any) -> Any:
    """The same value, whose texts have no blank at their ends."""
    if isinstance(value, Mapping):
        return {key: _stripped(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_stripped(part) for part in value]
    return value.strip() if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a et b ou c", "deux sens"),
        ("(a et b", "« ) »"),
        ("au moins deux parmi (a)", "nombre entier"),
        ("expérience longue", "nombre de mois"),
        ("condition x", "une référence"),
        ("a »", "guillemet"),
        ("(" * 500 + "a" + ")" * 500, "trop de parenthèses"),
        ("", "la fin"),
    ],
)
def test_a_line_without_a_meaning_says_where(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        requirement_of(line)
    assert said in str(refusal.value)


# -- templates


@pytest.mark.parametrize("name", FORMS)
def test_the_example_of_a_template_is_right_once_its_mark_is_gone(name: str) -> None:
    written = template(name)
    assert written.content == template(name).content
    with pytest.raises(FileProblem) as refusal:
        records(written.content)
    assert rules(refusal.value.findings) == {"classeur-vide"}
    opened = load_workbook(io.BytesIO(written.content))
    for sheet in FORMS[name].sheets:
        page = opened[sheet.title]
        assert page.freeze_panes == "B3"
        assert all(str(cell.value).startswith(HINT) for cell in page[2])
        cell = page["A3"]
        assert str(cell.value).startswith(ASIDE)
        cell.value = (
            str(cell.value).removeprefix(f"{ASIDE} ") if sheet is FORMS[name].root or sheet.links[0].needed else None
        )
    assert any(page.data_validations.dataValidation for page in opened.worksheets)
    for name_of_other in ("Sources", "Prérequis"):
        if name_of_other in opened.sheetnames:
            assert opened[name_of_other]["A3"].value is None
    saved = io.BytesIO()
    opened.save(saved)
    found, findings = records(saved.getvalue())
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    assert [record.kind for record in found] == [FORMS[name].record]


# -- what people type

OFFER = ["Identifiant", "Nom de l'offre", "Organisme", "Confiance"], ["fab", "Offre 2027", "La Fabrique", "officiel"]
BODY = ["PRIX", "intitule *", "Identifiant", "heures en presence", "Couleur", "Prix", "Blocs préparés"]


def test_columns_in_any_order_numbers_and_days_as_people_type_them() -> None:
    content = book(
        {
            "Notes": [["à moi"]],
            "OFFRE": OFFER,
            "modules": [
                [],
                BODY,
                ["1 500,00 €", "Un", "un", "7 h 30", "rouge", None, "tp-mn@2025/CCP1 ; tp-mn@2025/CCP2"],
                [None] * 7,
                [840, "Deux", "deux", time(7, 30), None, 3, None],
                ["# exemple", "Jamais lu", "Non !", "x", None, None, None],
            ],
            "Sessions": [
                ["Module", "Identifiant", "Début", "Fin", "Modalité", "Places"],
                ["un", "s1", datetime(2027, 1, 11), "26/02/2027", "à distance", 12.0],
                ["un", "s2", "1er mars 2027", "2027-03-26", None, "12"],
                ["deux", "s1", date(2027, 1, 4), "4-1-2027", None, None],
            ],
            "Prérequis": [["Module", "Il faut"], ["deux", "fab:un"], ["deux", "bafd ou deme@2007"]],
            "Compétences": [["Module", "Compétence", "Niveau"], ["un", "pix@2023/1.1", "4"]],
        },
        merged={"modules": "A7:B7"},
    )
    (offer,), findings = read(STANDARD, upload("offre.xlsx", content))
    one, two = offer.modules
    assert (one.price, one.hours.onsite, two.price, two.hours.onsite) == (1500, 7.5, 840, 7.5)
    assert one.prepares == ("tp-mn@2025/CCP1", "tp-mn@2025/CCP2")
    assert [(item.start, item.end, item.seats) for item in one.sessions] == [
        (date(2027, 1, 11), date(2027, 2, 26), 12),
        (date(2027, 3, 1), date(2027, 3, 26), 12),
    ]
    assert two.sessions[0].end == date(2027, 1, 4)
    assert requirement_text(two.requires.model_dump(mode="json")) == "fab:un et (bafd ou deme@2007)"
    assert one.develops[0].level == 4
    assert {finding.severity for finding in findings} == {Severity.WARNING}
    assert rules(findings) == {
        "classeur-feuille-inconnue",
        "classeur-colonne-inconnue",
        "classeur-colonne-en-double",
        "classeur-fusion",
    }


def test_everything_wrong_is_told_at_its_cell_and_leaves_out_what_it_belongs_to(tmp_path: Path) -> None:
    head = ["Identifiant", "Intitulé", "Prix", "Heures en présence", "Proposé du"]
    content = book(
        {
            "Offre": OFFER,
            "Modules": [
                head,
                ["bon", "Bon", 1, 2, None],
                ["prix", "Prix", "gratuit", -3, "31/02/2027"],
                ["formule", "Formule", "=1+1", 3, None],
                ["bon", "Encore", 1, 2, None],
                ["Écrit Mal", "Mal", 1, 2, None],
                ["erreur", None, "#REF!", 2, None],
                ["session", "Session", 1, 2, None],
            ],
            "Sessions": [
                ["Module", "Identifiant", "Début", "Fin"],
                ["session", "s1", "bientôt", "2027-01-01"],
                ["absent", "s1", "2027-01-01", "2027-01-01"],
            ],
        }
    )
    found, findings = records(content)
    told = {(one.where.path, one.rule.removeprefix("classeur-")) for one in findings if one.severity is Severity.ERROR}
    assert told == {
        ("Modules!C3", "nombre"),
        ("Modules!D3", "bornes"),
        ("Modules!E3", "date"),
        ("Modules!C4", "formule"),
        ("Modules!A5", "en-double"),
        ("Modules!A6", "ecriture"),
        ("Modules!B7", "vide"),
        ("Modules!C7", "erreur"),
        ("Sessions!C2", "date"),
        ("Sessions!A3", "sans-attache"),
    }
    price = next(one for one in findings if one.where.path == "Modules!C3")
    assert price.message == "Feuille « Modules », ligne 3, colonne « Prix » : « gratuit » n'est pas un nombre."
    assert "« Identifiant »" in next(one.message for one in findings if one.where.path == "Modules!A6")
    assert [module["id"] for module in found[0].values["modules"]] == ["bon"]
    asked = Import(STANDARD, upload("offre.xlsx", content), IntoFolder(tmp_path / "mine", "offre.xlsx"))
    with pytest.raises(FileProblem):
        asked.check()
    assert not (tmp_path / "mine").exists()
    assert asked.run().counts["new"] == 1
    assert [module.id for module in Library.read(tmp_path / "mine", shipped=False).offers[0].modules] == ["bon"]


def test_a_referential_comes_in_whole_or_not_at_all() -> None:
    head = ["Identifiant", "Version", "Intitulé", "Nature", "Confiance", "Niveau"]
    sheets: dict[str, Any] = {
        "Référentiel": [
            head,
            ["tp-a", 2025, "A", "titre professionnel", "officiel", 5],
            ["tp-b", "2025", "B", "attestation", "officiel", 5],
        ],
        "Blocs": [["Référentiel", "Code", "Intitulé"], ["tp-a@2025", "CCP1", "Un"], ["tp-b@2025", "CCP1", "Un"]],
        "Compétences": [["Référentiel", "Bloc", "Code"], ["tp-a@2025", "CCP1", "C 1"], ["tp-b@2025", "CCP1", "C1"]],
    }
    models, findings = read(STANDARD, upload("r.xlsx", book(sheets)))
    assert [model.key for model in models] == ["tp-b@2025"]
    assert [finding.where.path for finding in findings] == ["Compétences!C2"]
    sheets["Référentiel"] = [head, ["tp-a", date(2025, 1, 1), "A", "titre", "officiel", 9]]
    with pytest.raises(FileProblem) as refusal:
        records(book(sheets))
    assert {"Référentiel!B2", "Référentiel!D2", "Référentiel!F2"} <= {one.where.path for one in refusal.value.findings}


def test_what_holds_no_kind_or_two_is_refused() -> None:
    for sheets, rule in (
        ({"Feuil1": [["x"]]}, "classeur-inconnu"),
        ({"Offre": OFFER, "Modules": [["Bonjour"], ["un"]]}, "classeur-sans-titres"),
        ({"Offre": OFFER, "Passerelles": [["Identifiant"], ["x"]]}, "classeur-melange"),
        (
            {"Offre": [["Nom de l'offre", "Organisme", "Confiance"], ["x", "y", "officiel"]]},
            "classeur-colonne-manquante",
        ),
    ):
        with pytest.raises(FileProblem) as refusal:
            records(book(sheets))
        assert rules(refusal.value.findings) == {rule}


# -- people


def test_two_thousand_people_of_whom_forty_are_wrong() -> None:
    wrong = [("Heures par semaine", "beaucoup"), ("Début", "31/12/27"), ("Budget", "-5"), ("Cible", "TP MN")]
    head = ["Code", "Prénom", "Nom", "Heures par semaine", "Début", "Budget", "Cible"]
    rows = [[f"p-{n}", f"Prénom {n}", f"Nom {n}", 6.5, date(2027, 1, 4), 2500, "tp-mn@2025"] for n in range(2_000)]
    due = set()
    for rank in range(40):
        title, value = wrong[rank % 4]
        rows[rank * 50][head.index(title)] = value
        due.add(f"Personnes!{'ABCDEFG'[head.index(title)]}{rank * 50 + 2}")
    found, findings = records(book({"Personnes": [head, *rows]}))
    assert len(found) == 1_960
    assert {finding.where.path for finding in findings} == due
    assert {finding.severity for finding in findings} == {Severity.ERROR}


def test_who_a_person_is_never_meets_what_the_engine_reads() -> None:
    people = [
        {
            "identity": {"given_name": "=Ada", "family_name": "Exemple", "email": "ada@exemple.fr"},
            "agreed": True,
            "target": "tp-mn@2025",
            "service": "Médiation",
            "area": "29",
            "trade": "K1601",
            "profile": {
                "id": f"p-{rank}",
                "holds": {
                    "qualifications": [{"ref": "bpjeps-tic@2002", "on": "2012-06-30"}],
                    "blocks": [{"ref": "tp-remn@2019/CCP1", "evidence": "declared"}],
                    "competencies": [{"ref": "pix@2023/1.1", "level": 4}],
                    "modules": ["fab:socle"],
                },
                "experience": [{"title": "Animatrice", "rome": "G1239", "months": 60, "share": 0.8}],
                "can_give": {
                    "weekly_hours": 6.5,
                    "start": "2027-01-04",
                    "budget": 2500,
                    "modalities": ["remote", "workplace"],
                },
            },
        }
        for rank in range(2)
    ]
    written = people_workbook(people)
    found, findings = records(written.content)
    assert [record.values for record in found] == people
    assert written.left_out == ()
    assert rules(findings) == {"classeur-deja-vu"}
    for record in found:
        assert record.kind == PERSON
        assert load_document(Document(record.values["profile"]), PROFILE).items[0].id.startswith("p-")
        assert "Exemple" not in json.dumps(record.values["profile"])


# -- hostile


def test_hostile_workbooks_are_refused_early() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.referentials.formats.hostile_workbooks"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(found) > 20
    for one in found:
        assert one["rules"] == [one["due"]], one
        assert one["seconds"] < 1 or one["name"] == "warm", one
        assert one["megabytes"] < 150, one


@settings(max_examples=12, deadline=None)
@given(
    text=st.sampled_from(["=1+1", "+33", "-x", "@SUM", "é" * 2_000, "a\x0bb", "<b>x</b>", "_x000D_", " x "])
    | st.text(max_size=40)
)
def test_a_text_stays_a_text(text: str) -> None:
    words = text.encode("utf-8", "ignore").decode()
    written = people_workbook([{"identity": {"family_name": words[:200]}, "profile": {"id": "p"}}])
    found, _findings = records(written.content)
    assert found[0].values["identity"].get("family_name", "") == words[:200] or written.left_out
