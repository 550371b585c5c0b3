"""plan and gap: what they answer, in text and in JSON, and what they say of every request that can't be met."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.running import plain, run
from tests.api.small_world import SECOND, SHORT, offer, person, version, world


def asked(*words: object, status: int = 0) -> Any:
    """The JSON of a plan, which ends with a status."""
    result = run("plan", *words, "--json")
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def told(*words: object, status: int = 0) -> str:
    """The text of a plan, which ends with a status."""
    result = run("plan", *words)
    assert result.exit_code == status, result.output
    return plain(result.stdout)


def refused(*words: object) -> str:
    """What is said of a request that can't be answered."""
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "Erreur imprévue" not in result.stderr
    return " ".join(plain(result.stderr).split())


# ---------------------------------------------------------------------------------------------------------- the answer


def test_a_plan_is_the_shortest_one_and_is_verified(tmp_path: Path) -> None:
    found = asked(*world(tmp_path))
    assert (found["status"], found["verified"]) == ("optimal", True)
    assert [step["ref"] for step in found["steps"] if step["kind"] == "module"] == ["atelier:court", "atelier:second"]
    assert (found["totals"]["hours"], found["totals"]["cost"]) == (18.0, 500.0)


def test_what_is_minimised_changes_the_plan(tmp_path: Path) -> None:
    found = asked(*world(tmp_path), "--minimise", "cost,hours")
    assert (found["totals"]["hours"], found["totals"]["cost"]) == (28.0, 300.0)


def test_the_text_opens_on_three_numbers_and_one_sentence(tmp_path: Path) -> None:
    text = told(*world(tmp_path), "--weekly-hours", 5)
    head = text.partition("Blocs")[0]
    assert "18 h" in head
    assert "500 €" in head
    assert "semaines" in head
    assert "Il vous reste 2 blocs sur 2." in head
    assert "Meilleur parcours possible. Vérifié." in head


def test_the_text_has_the_state_of_each_block_in_words(tmp_path: Path) -> None:
    text = told(*world(tmp_path, "holds: {qualifications: [{ref: bafd, on: 2020-01-01}]}\n"))
    assert "B1  § Acquis de droit — Premier bloc" in text
    assert "Arrêté d'essai, essai-2, article 4" in text
    assert "B2  ○ À acquérir — Second bloc" in text
    assert "Il vous reste 1 bloc sur 2 ; le bloc B1 vous est acquis de droit" in text


def test_the_text_says_what_each_module_is_worth(tmp_path: Path) -> None:
    text = told(*world(tmp_path))
    assert "10 h de plus, 200 € de moins" in text
    assert "Sans lui, aucun parcours : Le second module [atelier:second]" in text


def test_alternatives_are_given_on_demand(tmp_path: Path) -> None:
    words = world(tmp_path)
    assert asked(*words)["alternatives"] == []
    assert [one["modules"] for one in asked(*words, "--alternatives", 2)["alternatives"]] == [
        ["atelier:long", "atelier:second"]
    ]


def test_an_alternative_says_what_it_changes(tmp_path: Path) -> None:
    text = told(*world(tmp_path), "--alternatives", 1)
    assert "28 h, 300 € : Le module long [atelier:long] au lieu de : Le module court [atelier:court]" in text


def test_compromises_are_given_on_demand_as_a_table(tmp_path: Path) -> None:
    words = world(tmp_path)
    assert asked(*words)["front"] is None
    found = asked(*words, "--front", "hours,cost", "--no-explain")["front"]
    assert found["complete"]
    assert [(one["totals"]["hours"], one["totals"]["cost"]) for one in found["points"]] == [
        (18.0, 500.0),
        (28.0, 300.0),
    ]
    text = " ".join(told(*words, "--front", "cost,hours").split())
    assert "Compromis entre coût et heures coût heures 300 € 28 h Le module long [atelier:long] au lieu de" in text
    assert "500 € 18 h ce parcours Ils sont tous là" in text


def test_what_replaces_a_module_is_named(tmp_path: Path) -> None:
    text = told(*world(tmp_path))
    assert "Le module court [atelier:court], remplacé par Le module long [atelier:long] : 10 h de plus" in text


def test_no_more_is_said_of_ties_than_was_looked_for(tmp_path: Path) -> None:
    assert "un autre fait peut-être aussi bien" in told(*world(tmp_path), "--no-explain")
    assert asked(*world(tmp_path), "--no-explain")["rivals"] == "not_known"
    assert asked(*world(tmp_path))["rivals"] == "none"


def test_without_explanations_an_impasse_says_how_to_have_them(tmp_path: Path) -> None:
    assert "relancez sans --no-explain" in told(*world(tmp_path, modules="[]"), "--no-explain", status=1)


def test_two_plans_as_short_make_one_of_the_shortest(tmp_path: Path) -> None:
    twin = SHORT.replace("court", "jumeau")
    text = told(*world(tmp_path, modules=f"[{SHORT}, {twin}, {SECOND}]"))
    assert "L'un des plus courts : d'autres parcours font aussi bien." in text


def test_what_a_confirmation_saves_is_said(tmp_path: Path) -> None:
    text = told(*world(tmp_path, "holds: {competencies: [{ref: mini@2024/B2/C3, evidence: declared}]}\n"))
    assert "Si B2/C3 (Animer) est confirmé : 8 h de moins, 200 € de moins." in text


def test_options_replace_what_the_profile_says(tmp_path: Path) -> None:
    words = world(tmp_path, "can_give: {budget: 10, modalities: [remote]}\n")
    assert asked(*words, status=1)["status"] == "infeasible"
    found = asked(*words, "--budget", 1000, "--modality", "remote,onsite")
    assert found["status"] == "optimal"


def test_a_refused_module_is_left_out_and_an_imposed_one_is_in(tmp_path: Path) -> None:
    words = world(tmp_path)
    assert asked(*words, "--refuse", "atelier:court")["totals"]["hours"] == 28.0
    refs = [step["ref"] for step in asked(*words, "--impose", "atelier:long")["steps"]]
    assert "atelier:long" in refs


def test_a_made_up_offer_that_is_given_serves_and_says_so(tmp_path: Path) -> None:
    words = list(world(tmp_path))
    words[words.index("--offer") + 1] = offer(tmp_path / "inventee.yaml", illustrative="true")
    assert asked(*words)["status"] == "optimal"
    text = told(*words)
    assert "Module : Le module court (Un organisme) — illustratif" in text
    assert "inventés pour la démonstration" in text


def test_a_made_up_offer_of_a_library_waits_to_be_asked_for(tmp_path: Path) -> None:
    words = [word for word in world(tmp_path) if word != "--offer" and word != tmp_path / "offre.yaml"]
    offer(tmp_path / "data" / "offers" / "x" / "atelier.yaml", illustrative="true")
    assert asked(*words, status=1)["status"] == "infeasible"
    assert asked(*words, "--illustrative")["status"] == "optimal"


def test_made_up_modules_left_out_are_only_told_to_who_has_no_plan(tmp_path: Path) -> None:
    words = world(tmp_path)
    assert asked(*words)["set_aside"]["illustrative"] > 0
    assert "illustratif" not in told(*words)
    assert "illustratif" in told(*words, "--budget", 0, status=1)


def test_without_explanations_the_plan_is_the_same(tmp_path: Path) -> None:
    words = world(tmp_path)
    found = asked(*words, "--no-explain")
    assert found["without"] == []
    assert found["steps"] == asked(*words)["steps"]


def test_the_same_question_has_the_same_answer_byte_for_byte(tmp_path: Path) -> None:
    words = world(tmp_path, "can_give: {weekly_hours: 4, start: 2027-01-04}\n")
    assert run("plan", *words, "--json").stdout == run("plan", *words, "--json").stdout


# ------------------------------------------------------------------------------------------------------ where it goes


def test_the_ending_of_the_file_names_the_format(tmp_path: Path) -> None:
    words = world(tmp_path)
    result = run("plan", *words, "-o", tmp_path / "plan.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Écrit dans" in result.stderr
    assert json.loads((tmp_path / "plan.json").read_text("utf-8"))["status"] == "optimal"
    run("plan", *words, "-o", tmp_path / "plan.txt")
    lines = (tmp_path / "plan.txt").read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("words", [("--format", "odt"), ("-o", "plan.epub"), ("--format", "jsn")])
def test_an_unknown_format_lists_those_there_are(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert "Formats : table, json, " in refused("plan", *world(tmp_path), *words)


def test_timings_say_where_the_time_goes_beside_the_answer(tmp_path: Path) -> None:
    result = run("plan", *world(tmp_path), "--json", "--timings")
    json.loads(result.stdout)
    assert "démarrage du programme" in result.stderr


# ------------------------------------------------------------------------------------------------ questions without plan


def test_a_target_already_held_asks_for_nothing(tmp_path: Path) -> None:
    words = world(tmp_path, "holds: {qualifications: [{ref: mini@2024}]}\n")
    assert asked(*words)["status"] == "held"
    assert "Vous avez déjà ce que vous visez : il ne reste rien à faire." in told(*words)


def test_a_budget_of_zero_says_how_much_is_missing(tmp_path: Path) -> None:
    text = told(*world(tmp_path), "--budget", 0, status=1)
    assert "Aucun parcours ne tient avec un budget de 0 €." in text
    assert "avec 300 € de plus : 28 h, 300 €" in text


def test_too_few_modalities_say_which_one_to_accept(tmp_path: Path) -> None:
    text = told(*world(tmp_path), "--modality", "remote", status=1)
    assert "en acceptant la présence" in text


def test_too_late_says_when_it_would_end(tmp_path: Path) -> None:
    words = world(tmp_path, "can_give: {weekly_hours: 2, start: 2027-01-04, deadline: 2027-01-31}\n")
    text = told(*words, status=1)
    assert "avec 2 h par semaine" in text
    assert "par semaine au lieu de 2 h" in text
    assert "au lieu du 31/01/2027" in text


def test_an_empty_offer_is_said_to_be_empty(tmp_path: Path) -> None:
    result = run("plan", *world(tmp_path, modules="[]"))
    assert result.exit_code == 1
    assert "ne contient aucun module" in plain(result.stderr)
    assert "aucun module retenu ne fait acquérir" in plain(result.stdout)


def test_a_folder_without_offers_is_said_to_have_none(tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    result = run("plan", *world(tmp_path), "--offer", tmp_path / "vide")
    assert result.exit_code == 0
    assert "ne contient aucune offre" in plain(result.stderr)


def test_one_competency_may_be_the_target(tmp_path: Path) -> None:
    words = ["mini@2024/B2/C3" if word == "mini" else word for word in world(tmp_path)]
    assert asked(*words)["totals"]["hours"] == 8.0
    assert "Il vous reste cette compétence à acquérir." in told(*words)


def test_sessions_all_in_the_past_are_said_to_be(tmp_path: Path) -> None:
    past = "sessions: [{id: s1, start: 2020-01-06, end: 2020-02-07}]"
    text = told(*world(tmp_path, modules=f"[{SHORT[:-1]}, {past}}}, {SECOND}]"), status=1)
    assert "1 module : aucune session possible : toutes passées" in text


def test_a_target_with_holes_names_them_and_plans_the_rest(tmp_path: Path) -> None:
    words = world(tmp_path, second="null", modules=f"[{SHORT}]")
    text = told(*words, status=1)
    assert "B2 (Second bloc) : ses compétences ne sont pas connues" in text
    assert "compétences non connues" in text
    assert "Ce qui peut déjà se préparer : B1" in text


def test_a_requirement_that_can_never_be_true_is_an_answer(tmp_path: Path) -> None:
    never = "{id: jamais, title: Jamais, hours: {remote: 1}, requires: bpjeps-tic@2002/UC5, prepares: [mini@2024/B1]}"
    text = told(*world(tmp_path, modules=f"[{never}, {SECOND}]"), status=1)
    assert "B1 (Premier bloc) :" in text


def test_a_door_that_stays_closed_is_named(tmp_path: Path) -> None:
    text = told(*world(tmp_path, entry="bpjeps-tic@2002"), status=1)
    assert "Ce qui est demandé à l'entrée de mini@2024 n'est pas rempli." in text
    assert "○ exigences non remplies" in text


def test_a_retired_target_says_so_and_offers_what_follows(tmp_path: Path) -> None:
    words = world(tmp_path)
    old = {"valid": "{from: 2015-01-01, to: 2023-12-31}", "replaced_by": "[mini@2024]"}
    version(tmp_path / "data", "2015", **old)
    result = run("plan", *["mini@2015" if word == "mini" else word for word in words])
    assert "mini@2015 ne s'obtient plus depuis le 01/01/2024." in plain(result.stdout)
    assert "choisissez mini@2024" in plain(result.stdout)
    result = run("gap", *["mini@2015" if word == "mini" else word for word in words[:5]], "--on", "2026-11-21")
    assert "choisissez mini@2024" in plain(result.stdout)


# ------------------------------------------------------------------------------------------------------- wrong requests


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--target", "mni"], "« mni » n'existe pas dans la bibliothèque. Peut-être : "),
        (["--target", "mini@1999"], "« mini@1999 » n'existe pas"),
        (["--target", "mini/B9"], "« mini/B9 » n'existe pas"),
        (["--target", ""], "Il manque la cible"),
        (["--target", "??"], "« ?? »"),
        (["--target", "atelier:court"], "est un module : on attend un diplôme"),
        (["--on", "2019-01-01"], "Aucune version de « mini » n'est en vigueur le 01/01/2019"),
        (["--on", "demain"], "« demain » n'est pas une date"),
        (["--start", "2027-02-01", "--deadline", "2027-01-01"], "vient avant le premier jour possible (01/02/2027)"),
        (["--deadline", "2020-01-01"], "La date limite (01/01/2020) vient avant"),
        (["--minimise", "hour"], "« hour » n'est pas un objectif. Vouliez-vous écrire hours ?"),
        (["--minimise", ","], "Il manque quoi réduire"),
        (["--front", "hours"], "--front attend deux objectifs différents"),
        (["--front", "hours,hours"], "--front attend deux objectifs différents"),
        (["--front", "hours,price"], "« price » n'est pas un objectif"),
        (["--modality", "onsit"], "Vouliez-vous écrire onsite ?"),
        (["--weekly-hours", "0"], "« 0 » est hors des bornes admises pour « --weekly-hours »"),
        (["--budget", "-5"], "« -5 » est hors des bornes admises pour « --budget »"),
        (["--budget", "inf"], "« --budget »"),
        (
            ["--budget", "beaucoup"],
            "« beaucoup » ne convient pas à l'option --budget : on attend un nombre, avec un point.",
        ),
        (["--time-limit", "0"], "--time-limit attend"),
        (["--alternatives", "-1"], "--alternatives attend"),
        (["--refuse", "atelier:cour"], "n'existe dans aucune offre chargée. Vouliez-vous écrire atelier:court"),
        (["--impose", "court"], "on attend offre:module"),
        (["--impose", "atelier:court", "--refuse", "atelier:court"], "à la fois imposé et refusé"),
    ],
)
def test_a_wrong_request_is_said_in_one_sentence(tmp_path: Path, words: list[str], said: str) -> None:
    assert said in refused("plan", *world(tmp_path), *words)


def test_spaces_around_a_target_are_no_part_of_it(tmp_path: Path) -> None:
    words = [" mini " if word == "mini" else word for word in world(tmp_path)]
    assert asked(*words)["target"] == "mini@2024"


def test_two_formats_at_once_are_refused(tmp_path: Path) -> None:
    result = run("plan", *world(tmp_path), "--json", "--format", "table")
    assert result.exit_code == 2
    assert "se contredisent" in json.loads(result.stdout)["detail"]


def test_the_versions_of_what_is_named_come_first_when_one_does_not_exist(tmp_path: Path) -> None:
    words = ["mini@1999" if word == "mini" else word for word in world(tmp_path)]
    assert "« mini@1999 » n'existe pas dans la bibliothèque. Peut-être : mini@2024." in refused("plan", *words)


def test_a_missing_profile_or_offer_is_named(tmp_path: Path) -> None:
    words = world(tmp_path)
    assert "« nulle-part.yaml » n'existe pas" in refused("plan", "nulle-part.yaml", *words[1:])
    assert "« nulle-part » n'existe pas" in refused("plan", *words, "--offer", "nulle-part")


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("", ":1 · erreur Le fichier est vide."),
        ("- 1\n", "Le fichier devrait contenir des lignes « clé: valeur »."),
        ("id: [\n", "Le YAML est mal formé"),
        ("holds:\n  blocs: []\n", ":2 · erreur · holds.blocs Le champ « blocs » n'existe pas."),
        ("can_give: {weekly_hours: beaucoup}\n", "« beaucoup » n'est pas un nombre"),
        ("id: a\nholds:\n  blocks:\n    - {ref: tp-remn@2019/CCP9}\n", ":4 · erreur · holds.blocks[1]"),
        ("holds: {qualifications: [{ref: bpjeps-tik}]}\n", "Peut-être : bpjeps-tic"),
        ("holds: {qualifications: [{ref: tp-remn@2019/CCP1}]}\n", "n'est pas un diplôme."),
        ("can_give: {weekly_hours: 3, calendar: {period: month, count: 2}}\n", "s'excluent : gardez l'un des deux"),
    ],
)
def test_a_wrong_profile_is_said_at_its_line(tmp_path: Path, profile: str, said: str) -> None:
    words = world(tmp_path, profile)
    assert said in refused("plan", *words)
    assert said in refused("gap", *words[:5], "--on", "2026-11-21")


def test_a_file_that_is_no_offer_is_refused_at_its_line(tmp_path: Path) -> None:
    words = world(tmp_path)
    assert "Le champ « modules » manque." in refused("plan", *words, "--offer", person(tmp_path, "id: x\n"))


# ----------------------------------------------------------------------------------------------------------------- gap


def test_gap_says_what_remains_without_choosing_anything(tmp_path: Path) -> None:
    words = world(tmp_path, "holds: {qualifications: [{ref: bafd, on: 2020-01-01}]}\n")[:5]
    result = run("gap", *words, "--on", "2026-11-21", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert {block["ref"]: block["state"] for block in found["blocks"]} == {
        "mini@2024/B1": "by_right",
        "mini@2024/B2": "missing",
    }
    text = plain(run("gap", *words, "--on", "2026-11-21").stdout)
    assert "C3 : ○ À acquérir — Animer" in text
    assert "✓ exigences remplies" in text
