"""list, show and diff: what they answer, in text and in JSON."""

from pathlib import Path

import pytest

from tests.api.running import data, plain, right, run, version

ROW = {
    "ref": "essai@2020",
    "id": "essai",
    "version": "2020",
    "title": "Un diplôme d'essai",
    "short_title": None,
    "kind": "habilitation",
    "level": None,
    "state": "draft",
    "valid": {"from": "2020-01-01", "to": None, "seen": None},
    "blocks": 2,
    "competencies": 2,
    "holes": 3,
}


# ------------------------------------------------------------------------------------------------------------------ list


def test_list_has_one_line_per_version_in_order(tmp_path: Path) -> None:
    version(tmp_path, "essai", "2020")
    version(tmp_path, "essai", "1999", valid="{from: 1999-01-01, to: 2019-12-31}")
    head, *lines = run("list", "essai", "--library", tmp_path).stdout.splitlines()
    assert head.split() == ["référence", "nom", "niv.", "validité", "état", "blocs", "comp.", "trous"]
    assert [line.split()[0] for line in lines] == ["essai@1999", "essai@2020"]
    assert "01/01/1999 → 31/12/2019" in lines[0]
    assert lines[1].split()[-4:] == ["brouillon", "2", "2", "3"]


def test_list_as_json_is_stable(tmp_path: Path) -> None:
    version(tmp_path)
    assert data("list", "essai", "--library", tmp_path) == {"referentials": [ROW]}


def test_list_finds_names_without_accents_or_case(tmp_path: Path) -> None:
    version(tmp_path, title="Éducatrice d’enfants")
    found = data("list", "EDUCATRICE d'enfants", "--library", tmp_path)["referentials"]
    assert "essai@2020" in [row["ref"] for row in found]


def test_list_of_one_kind_has_that_kind_only() -> None:
    kinds = {row["kind"] for row in data("list", "--kind", "titre-professionnel")["referentials"]}
    assert kinds == {"titre-professionnel"}


def test_list_says_when_nothing_answers() -> None:
    result = run("list", "zzzz")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Aucun référentiel ne correspond à « zzzz »." in plain(result.stderr)


def test_list_goes_on_without_a_broken_file_and_says_so(tmp_path: Path) -> None:
    version(tmp_path, "essai", "2020")
    broken = version(tmp_path, "essai", "2021")
    broken.write_text("id: [", "utf-8")
    result = run("list", "essai", "--library", tmp_path)
    assert result.exit_code == 2
    assert "essai@2020" in result.stdout
    assert "2021.yaml" in result.stderr


def test_what_is_not_known_is_a_question_mark_and_null(tmp_path: Path) -> None:
    path = version(tmp_path)
    path.write_text(path.read_text("utf-8").partition("award:")[0], "utf-8")
    row = data("list", "essai", "--library", tmp_path)["referentials"][0]
    assert (row["blocks"], row["competencies"]) == (None, None)
    assert run("list", "essai", "--library", tmp_path).stdout.splitlines()[1].split()[-3:-1] == ["?", "?"]


# ------------------------------------------------------------------------------------------------------------------ show


def test_show_writes_identity_contents_and_what_is_not_known(tmp_path: Path) -> None:
    version(tmp_path)
    shown = plain(run("show", "essai", "--library", tmp_path, "--on", "2020-06-01").stdout)
    for text in (
        "essai@2020 — Un diplôme d'essai",
        "depuis le 01/01/2020, sans fin connue — en vigueur le 01/06/2020",
        "Confiance       officiel",
        "- tous ces éléments :",
        "B1     Premier bloc",
        "évaluation : écrit, 1 h 30",
        "C2    intitulé non connu",
        "compétences non connues",
        "Texte d'essai, essai-1",
        "3 trous : passerelles show essai@2020 --holes",
    ):
        assert text in shown


def test_show_holes_lists_each_hole_under_its_place(tmp_path: Path) -> None:
    version(tmp_path)
    shown = plain(run("show", "essai@2020", "--holes", "--library", tmp_path).stdout)
    assert "3 trous" in shown
    assert "essai@2020/B2\n    - compétences du bloc\n    - forme de l'évaluation" in shown
    assert "Sources" not in shown


def test_show_of_a_part_has_the_holes_of_that_part_only(tmp_path: Path) -> None:
    version(tmp_path)
    assert [hole["where"] for hole in data("show", "essai@2020/B1", "--library", tmp_path)["holes"]] == [
        "essai@2020/B1/C2"
    ]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2019-12-31", "pas encore en vigueur le 31/12/2019"),
        ("2020-12-31", "en vigueur le 31/12/2020"),
        ("2021-01-01", "plus en vigueur le 01/01/2021"),
    ],
)
def test_a_right_is_shown_with_its_text_and_where_the_day_stands(tmp_path: Path, on: str, said: str) -> None:
    version(tmp_path)
    right(tmp_path)
    shown = plain(run("show", "essai@2020/B1", "--library", tmp_path, "--on", on).stdout)
    assert "Passerelles qui y mènent (1)" in shown
    assert "acquis de droit" in shown
    assert "Arrêté d'essai, essai-2, article 4, relu le 21/11/2026" in shown
    assert f"du 01/01/2020 au 31/12/2020 — {said}" in shown


def test_rights_enter_what_they_grant_and_leave_what_they_ask_for(tmp_path: Path) -> None:
    version(tmp_path)
    right(tmp_path)
    into, out_of = (data("show", ref, "--library", tmp_path) for ref in ("essai", "bafd"))
    assert [item["id"] for item in into["rights_in"]] == ["droit-essai"]
    assert into["rights_out"] == []
    assert "droit-essai" in [item["id"] for item in out_of["rights_out"]]
    assert data("show", "essai@2020/B2", "--library", tmp_path)["rights_in"] == []


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        ("expected", "attendu, texte non lu : rien n'est accordé"),
        ("none", "« Néant » : le texte dit que rien n'est accordé"),
        ("prepare", "préparation, sans aucun droit"),
    ],
)
def test_what_grants_nothing_says_so_and_is_not_said_to_give(tmp_path: Path, effect: str, said: str) -> None:
    version(tmp_path)
    right(tmp_path, effect=effect, confidence="to_confirm")
    shown = plain(run("show", "droit-essai", "--library", tmp_path).stdout)
    assert said in shown
    assert "Donne" not in shown
    assert "Vers        essai@2020/B1" in shown


def test_a_likeness_says_that_it_gives_nothing() -> None:
    shown = run("show", "remn-c1.1--mn-c1.3").stdout
    assert "elle ne donne aucun droit" in shown
    assert "acquis" not in shown


def test_what_is_made_up_says_so() -> None:
    assert "inventé" in run("show", "atelier-demo:accueil-presence").stdout
    assert "inventée" in run("show", "atelier-demo").stdout


def test_show_without_a_version_takes_the_one_in_force_that_day(tmp_path: Path) -> None:
    version(tmp_path, number="2020", valid="{from: 2020-01-01, to: 2022-12-31}")
    version(tmp_path, number="2023", valid="{from: 2023-01-01, to: null}")
    for day, ref in (("2022-12-31", "essai@2020"), ("01/01/2023", "essai@2023"), ("2019-01-01", "essai@2023")):
        assert data("show", "essai", "--on", day, "--library", tmp_path)["ref"] == ref


def test_show_knows_a_title_by_its_rncp_number() -> None:
    assert data("show", "rncp34137")["ref"] == "tp-remn@2019"


def test_a_block_is_found_by_its_own_number_in_the_directory() -> None:
    found = data("show", "RNCP37275BC01")
    assert (found["ref"], found["type"]) == ("tp-fpa@2023/CCP1", "block")
    assert data("show", "rncp37275bc01")["ref"] == found["ref"]
    assert data("show", "CP-003098")["ref"] == found["ref"]


def test_a_number_that_no_block_has_is_unknown() -> None:
    result = run("show", "RNCP37275BC99")
    assert result.exit_code == 2
    assert "« RNCP37275BC99 » n'existe pas" in result.stderr


def test_show_as_json_keeps_its_names(tmp_path: Path) -> None:
    version(tmp_path)
    answer = data("show", "essai", "--on", "2020-06-01", "--library", tmp_path)
    assert list(answer) == ["ref", "type", "on", "in_force", "item", "holes", "rights_in", "rights_out"]
    assert (answer["ref"], answer["type"], answer["on"], answer["in_force"]) == (
        "essai@2020",
        "referential",
        "2020-06-01",
        True,
    )
    assert answer["item"]["award"] == {"all_of": ["essai@2020/B1", "essai@2020/B2"]}


@pytest.mark.parametrize(
    ("ref", "sort"),
    [
        ("tp-remn@2019", "referential"),
        ("tp-remn@2019/CCP1", "block"),
        ("tp-remn@2019/CCP1/C1.1", "competency"),
        ("atelier-demo:reperes", "module"),
        ("atelier-demo", "offer"),
        ("gen-mun-prepare-bpjeps-tic", "recognition"),
    ],
)
def test_show_answers_about_every_sort_of_thing(ref: str, sort: str) -> None:
    assert data("show", ref)["type"] == sort
    assert run("show", ref).stdout


def test_show_of_a_broken_file_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    version(tmp_path).write_text("id: essai\nversion: 2020\n", "utf-8")
    result = run("show", "essai@2020", "--library", tmp_path)
    assert result.exit_code == 2
    assert "champ-manquant" in result.stderr


# ------------------------------------------------------------------------------------------------------------------ diff


def test_diff_of_a_version_with_itself_is_empty(tmp_path: Path) -> None:
    path = version(tmp_path)
    assert data("diff", "essai@2020", path, "--library", tmp_path)["changes"] == []
    assert "Aucun changement." in run("diff", "essai@2020", path, "--library", tmp_path).stdout


def test_diff_says_what_changes_and_which_rights_lead_where(tmp_path: Path) -> None:
    version(tmp_path)
    version(tmp_path, number="2021", valid="{from: 2021-01-01, to: null}", title="Un autre nom")
    right(tmp_path)
    shown = plain(run("diff", "essai@2020", "essai@2021", "--library", tmp_path).stdout)
    assert "« Un diplôme d'essai » devient « Un autre nom »" in shown
    assert "dates : depuis le 01/01/2020, sans fin connue → depuis le 01/01/2021, sans fin connue" in shown
    assert "Passerelles vers essai@2020 seulement (1)" in shown
    assert "droit-essai" in shown


def test_diff_as_json_keeps_its_names(tmp_path: Path) -> None:
    version(tmp_path)
    version(tmp_path, number="2021", title="Un autre nom")
    answer = data("diff", "essai@2020", "essai@2021", "--library", tmp_path)
    assert list(answer) == ["before", "after", "changes", "rights"]
    assert {tuple(change) for change in answer["changes"]} == {("kind", "where", "before", "after", "sentence")}
    assert list(answer["rights"]) == ["before_only", "after_only", "both"]


def test_diff_compares_two_lists_of_rights(tmp_path: Path) -> None:
    first, second = right(tmp_path / "a"), right(tmp_path / "b", effect="none", confidence="to_confirm")
    changes = data("diff", first, second)["changes"]
    assert [change["kind"] for change in changes] == ["right_changed"]


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (("essai@2020/B1", "essai@2020"), "comparez deux versions entières"),
        (("essai", "essai@2020"), "a plusieurs versions"),
        (("essai@1900", "essai@2020"), "n'existe pas"),
        (("droit.yaml", "essai@2020"), "n'existe pas"),
    ],
)
def test_what_does_not_compare_says_why(tmp_path: Path, sides: tuple[str, str], said: str) -> None:
    version(tmp_path)
    version(tmp_path, number="2021")
    result = run("diff", *sides, "--library", tmp_path)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_referential_does_not_compare_to_a_list_of_rights(tmp_path: Path) -> None:
    result = run("diff", version(tmp_path), right(tmp_path))
    assert result.exit_code == 2
    assert "se compare à un référentiel" in result.stderr


def test_every_kind_of_change_has_its_heading() -> None:
    from api.commands.diff import HEADINGS
    from referentials.diff import ChangeKind

    assert set(HEADINGS) == set(ChangeKind)
