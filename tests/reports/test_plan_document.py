"""A plan on paper says what the pathway says, no more and no less, whatever the plan."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from pathways.objectives import Objective
from pathways.pathway import Pathway, Status, StepKind
from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from reports.document import Document
from reports.language import Language
from reports.paper import Facts, Items, Section, Table
from reports.particulars import Particulars
from reports.pathway_wording import summary
from reports.plan_document import PlanDocument
from reports.plan_paper import document
from reports.plan_writing import plan_document
from reports.wording import euros, hours
from tests.api.small_world import LONG, SHORT, offer, right, version
from tests.reports.charts.drawings import plain

ON = date(2026, 11, 21)


def small(folder: Path, modules: str = f"[{SHORT}, {LONG}]", **changes: str) -> Library:
    """The small library, with its offer."""
    version(folder / "data", **changes)
    right(folder / "data")
    return Library.read(
        folder / "data", offer(folder / "data" / "offers" / "atelier" / "offre.yaml", modules), shipped=False
    )


def written(library: Library, profile: dict[str, object], **asked: object) -> tuple[Pathway, PlanDocument]:
    """The plan of a person towards the small qualification, and its document."""
    question = replace(Question(Profile.model_validate(profile), "mini", ON), **asked)  # type: ignore[arg-type]
    found = plan(question, Rights(library))
    return found, plan_document(found, question, library, reference="P-1")


def tables(made: Document) -> dict[str, Table]:
    return {table.name: table for table in made.paper.tables}


def words(made: Document) -> str:
    """Every word of a paper, to look for what is said."""
    return plain(made.paper.model_dump_json())


MODULES = f"[{SHORT}, {LONG}, {{id: second, title: Le second module, hours: {{onsite: 8}}, price: 200, develops: [mini@2024/B2/C3]}}]"


def test_every_field_of_a_document_says_what_it_holds() -> None:
    seen: set[type[BaseModel]] = set()

    def undescribed(model: type[BaseModel]) -> list[str]:
        if model in seen:
            return []
        seen.add(model)
        found = [f"{model.__name__}.{name}" for name, field in model.model_fields.items() if not field.description]
        return found + [name for part in _models(model) for name in undescribed(part)]

    ours = [name for name in undescribed(PlanDocument) if not name.startswith(("Totals.", "Window."))]
    assert ours == []
    assert len(seen) > 20


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    from typing import get_args

    found: list[type[BaseModel]] = []
    todo = [field.annotation for field in model.model_fields.values()]
    while todo:
        one = todo.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            found.append(one)
        todo.extend(get_args(one))
    return found


def test_totals_modules_and_steps_are_those_of_the_pathway(tmp_path: Path) -> None:
    found, told = written(small(tmp_path, MODULES), {"can_give": {"weekly_hours": 4, "start": "2027-01-04"}})
    made = document(told)
    assert told.totals == found.totals
    assert [one.ref for one in told.modules] == [step.ref for step in found.steps if step.kind is StepKind.MODULE]
    total = tables(made)["Étapes"].total
    assert (total[2].value, total[3].value) == (found.totals.hours, found.totals.cost)
    assert total[2].text == hours(found.totals.hours)
    assert plain(euros(found.totals.cost)) in words(made)
    assert sum(period.hours for period in told.periods) == pytest.approx(found.totals.hours)
    assert all(period.capacity == 4 for period in told.periods)
    assert found.verified
    assert told.computation.verified


def test_sections_come_in_the_order_of_the_trade(tmp_path: Path) -> None:
    _found, told = written(small(tmp_path, MODULES), {"can_give": {"weekly_hours": 4}})
    names = [section.id for section in document(told).paper.sections]
    order = ["parties", "consentements", "cible", "positionnement", "voies", "modules", "calendrier", "evaluations"]
    order += ["financement", "engagements", "annexe"]
    assert [name for name in names if name in order] == order


def test_a_right_is_shown_with_its_text_and_its_article(tmp_path: Path) -> None:
    small(tmp_path, MODULES)
    library = Library.read(tmp_path / "data")
    _found, told = written(library, {"holds": {"qualifications": [{"ref": "bafd@toutes"}]}}, offers=("atelier",))
    block = told.blocks[0]
    assert "article 4" in " ".join(block.because)
    assert "Arrêté d'essai" in words(document(told))


def test_a_plan_without_dates_says_so(tmp_path: Path) -> None:
    _found, told = written(small(tmp_path, MODULES), {})
    assert told.periods == ()
    assert "n'a pas de dates" in words(document(told))
    assert document(told).events == ()


def test_what_a_competency_strictly_needs_is_asked_before_its_module(tmp_path: Path) -> None:
    library = small(tmp_path, MODULES)
    mini = library.get("mini", "2024")
    strict = {"requires": {"strict": ["mini@2024/B1/C1"]}}
    blocks = [block.model_dump(by_alias=True) for block in mini.known_blocks]
    for one in (one for block in blocks for one in block["competencies"] or ()):
        one |= strict if one["code"] == "C3" else {}
    library.put(type(mini).model_validate(mini.model_dump(by_alias=True) | {"blocks": blocks}))
    found, told = written(library, {})
    assert found.verified
    asked = {row.ref.partition(":")[2]: row.requires for row in told.modules}
    assert asked["second"]
    assert not any(lines for name, lines in asked.items() if name != "second")


def test_what_is_not_known_is_never_a_zero(tmp_path: Path) -> None:
    unknown = "[{id: court, title: Le module sans prix, hours: {remote: 10}, prepares: [mini@2024/B1]},"
    unknown += "{id: second, title: Le module sans durée, price: 200, develops: [mini@2024/B2/C3]}]"
    found, told = written(small(tmp_path, unknown), {})
    assert (found.totals.unknown_hours, found.totals.unknown_cost) == (1, 1)
    made = document(told)
    priceless, timeless = told.modules if told.modules[0].price is None else told.modules[::-1]
    assert (priceless.price, timeless.hours) == (None, None)
    table = tables(made)["Modules"]
    assert {cell.text for row in table.rows for cell in row} >= {"non connu"}
    assert [cell.text for cell in table.total if cell.value is not None and "au moins" not in cell.text] == []
    assert "partiels" in table.note
    assert told.funding.partial


def test_someone_who_already_has_the_target_gets_a_document_with_nothing_to_do(tmp_path: Path) -> None:
    found, told = written(small(tmp_path), {"holds": {"qualifications": [{"ref": "mini@2024"}]}})
    assert found.status is Status.HELD
    made = document(told)
    assert told.modules == ()
    assert told.steps == ()
    assert "il ne reste rien à faire" in words(made)
    assert "Aucun module à suivre." in words(made)


def test_an_impasse_is_explained_on_paper(tmp_path: Path) -> None:
    found, told = written(small(tmp_path, MODULES), {"can_give": {"budget": 150}})
    assert found.status is Status.INFEASIBLE
    assert told.impasse is not None
    assert told.impasse.core
    assert told.impasse.ways_out
    ids = [section.id for section in document(told).paper.sections]
    assert "impasse" in ids
    assert told.summary == summary(found)


def test_sixty_modules_over_three_years_are_all_there(tmp_path: Path) -> None:
    parts = ", ".join(f"{{code: K{number}, title: Compétence {number}}}" for number in range(60))
    modules = ", ".join(
        f"{{id: m{number}, title: Module {number}, hours: {{remote: 15}}, price: 90, develops: [mini@2024/B2/K{number}]}}"
        for number in range(60)
    )
    library = small(tmp_path, f"[{SHORT}, {modules}]", second=f"[{parts}]")
    give = {"weekly_hours": 6, "start": "2027-01-04"}
    found, told = written(library, {"can_give": give}, explain=False, time_limit=1.0)
    assert found.totals.modules == 61
    assert len(told.modules) == 61
    assert (told.periods[-1].end - told.periods[0].start).days > 2.8 * 365
    assert sum(period.hours for period in told.periods) == pytest.approx(910)
    assert len(tables(document(told))["Modules"].rows) == 61


def test_a_made_up_person_or_module_is_flagged_everywhere(tmp_path: Path) -> None:
    _found, told = written(small(tmp_path, MODULES), {"illustrative": True})
    assert told.illustrative
    assert document(told).paper.illustrative
    _found, real = written(small(tmp_path, MODULES), {})
    assert not real.illustrative
    assert not document(real).paper.illustrative


def test_the_same_plan_in_english_has_the_same_figures(tmp_path: Path) -> None:
    library = small(tmp_path, MODULES)
    question = Question(Profile.model_validate({"can_give": {"weekly_hours": 4}}), "mini", ON)
    found = plan(question, Rights(library))
    french = document(plan_document(found, question, library, reference="P-1"))
    english = document(plan_document(found, question, library, reference="P-1", language=Language.ENGLISH))
    assert english.paper.kind == "Individual training plan"
    values = [
        [[cell.value for cell in row] for table in made.paper.tables for row in (*table.rows, table.total)]
        for made in (french, english)
    ]
    assert values[0] == values[1]


def test_what_people_add_is_on_paper_and_room_is_left_where_they_say_nothing(tmp_path: Path) -> None:
    library = small(tmp_path, MODULES)
    question = Question(Profile(), "mini", ON)
    found = plan(question, Rights(library))
    added = Particulars.model_validate(
        {
            "person": {"name": "Personne d'essai"},
            "funding": [{"funder": "CPF", "amount": 300}, {"funder": "Employeur", "amount": 100}],
            "positioning": {"on": "2026-11-02", "method": "entretien"},
        }
    )
    told = plan_document(found, question, library, added, reference="P-1")
    made = document(told)
    assert plain(made.paper.title).startswith("Personne d'essai")
    left = tables(made)["Budget"].total[1]
    assert left.value == found.totals.cost - 400
    assert "02/11/2026" in words(made)
    blank = document(plan_document(found, question, library, reference="P-1"))
    identity = next(section for section in blank.paper.sections if section.id == "parties")
    assert "…………" in _facts(identity)


def _facts(section: Section) -> str:
    return " ".join(fact.cell.text for block in section.blocks if isinstance(block, Facts) for fact in block.facts)


HOSTILE = (
    "=HYPERLINK(1)",
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{0.__class__}",
    "a\u202eb\u0000c",
    "x" * 5000,
    "🎓 e\u0301",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    library = small(tmp_path, MODULES)
    question = Question(Profile(), "mini", ON)
    found = plan(question, Rights(library))
    told = plan_document(found, question, library, Particulars(person={"name": text}), reference="P-1")
    name = document(told).paper.title
    assert name.startswith(told.particulars.person.name[:20])
    assert not set(name) & {"\u202e", "\u0000"}
    assert len(name) <= 2000
    if len(text) < 100 and text.isprintable() and text.isascii():
        assert text in name


def test_a_csv_export_holds_the_steps(tmp_path: Path) -> None:
    _found, told = written(small(tmp_path, MODULES), {})
    made = document(told)
    assert made.main in tables(made)
    assert len(tables(made)[made.main].rows) == len(told.steps)


def test_every_dated_step_is_in_the_agenda_with_a_name_that_stays(tmp_path: Path) -> None:
    library = small(tmp_path, MODULES)
    found, told = written(library, {"can_give": {"weekly_hours": 4, "start": "2027-01-04"}})
    events = document(told).events
    dated = [step for step in found.steps if step.start and step.kind is not StepKind.RIGHT]
    assert [(event.start, event.end) for event in events] == [(step.start, step.end) for step in dated]
    assert len({event.uid for event in events}) == len(events)
    _again, later = written(library, {"can_give": {"weekly_hours": 4, "start": "2027-02-01"}})
    assert {event.uid for event in document(later).events} == {event.uid for event in events}


def test_hours_by_modality_have_a_table_of_their_own_without_a_row_of_zeros(tmp_path: Path) -> None:
    _found, told = written(small(tmp_path, MODULES), {"can_give": {"weekly_hours": 4}})
    table = tables(document(told))["Modalités"]
    assert [column.title for column in table.columns] == ["Module", "en présence", "à distance, en direct"]
    assert sorted(cell.text for row in table.rows for cell in row[1:]) == sorted([hours(8), hours(10), "—", "—"])
    assert [cell.value for cell in table.total[1:]] == [8, 10]
    _found, alone = written(small(tmp_path / "alone", f"[{LONG}]"), {})
    assert "Modalités" not in tables(document(alone))
    assert "en présence" in words(document(alone)), "a single modality is said beside the module"


def test_a_sum_that_leaves_something_out_is_named_so_where_only_figures_are_kept(tmp_path: Path) -> None:
    unknown = "[{id: court, title: Sans prix, hours: {remote: 10}, prepares: [mini@2024/B1]}]"
    _found, told = written(small(tmp_path, unknown), {"can_give": {"weekly_hours": 4}})
    assert [cell.text for cell in tables(document(told))["Étapes"].total][1] == "Total, partiel"
    _found, whole = written(small(tmp_path / "whole", MODULES), {"can_give": {"weekly_hours": 4}})
    assert [cell.text for cell in tables(document(whole))["Étapes"].total][1] == "Total"


def test_columns_that_would_stay_empty_are_not_there(tmp_path: Path) -> None:
    _found, told = written(small(tmp_path, MODULES), {}, explain=False)
    titles = {name: [column.title for column in table.columns] for name, table in tables(document(told)).items()}
    assert titles["Étapes"] == ["n°", "Étape", "Heures", "Prix"]
    assert "Sans lui" not in titles["Pourquoi ces modules"]
    assert "Niveau" not in titles["Positionnement"]
    assert "Comprise dans" not in titles["Évaluations"]


def test_drawn_steps_have_their_rank_and_the_plain_title_of_the_module(tmp_path: Path) -> None:
    _found, told = written(small(tmp_path, MODULES), {"can_give": {"weekly_hours": 4, "start": "2027-01-04"}})
    frieze = tables(document(told))["Frise"]
    named = [" ".join(cell.text for cell in row[:2]) for row in frieze.rows]
    assert any(name.endswith("Le second module") for name in named)
    assert "Un organisme" not in " ".join(named)
    assert any(plain(name).endswith("Obtention : Un petit diplôme") for name in named)


def test_rights_alone_are_named_by_their_text_and_cost_nothing_to_fund(tmp_path: Path) -> None:
    small(tmp_path)
    path = next((tmp_path / "data" / "recognitions").rglob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace("[mini@2024/B1]", "[mini@2024/B1, mini@2024/B2]"), "utf-8")
    profile = {"holds": {"qualifications": [{"ref": "bafd@toutes"}]}}
    _found, told = written(Library.read(tmp_path / "data"), profile, offers=("atelier",))
    assert [step.title.split(" ; ")[0] for step in told.steps] == ["Droit : Arrêté d'essai, essai-2, article 4"]
    made = document(told)
    assert "ces droits s'appliquent tels quels" in words(made)
    assert "n'a pas de dates" not in words(made)
    assert "financement" not in [section.id for section in made.paper.sections]


def test_a_consent_already_given_has_no_box_left_to_tick(tmp_path: Path) -> None:
    library = small(tmp_path, MODULES)
    question = Question(Profile(), "mini", ON)
    consents = [{"text": "Oui", "given_on": "2026-11-02"}, {"text": "À voir"}]
    added = Particulars.model_validate({"consents": consents})
    made = document(plan_document(plan(question, Rights(library)), question, library, added, reference="P-1"))
    section = next(section for section in made.paper.sections if section.id == "consentements")
    assert [(block.items, block.boxes) for block in section.blocks if isinstance(block, Items)] == [
        (("Oui — donné le 2\u00a0novembre 2026",), False),
        (("À voir",), True),
    ]


def test_a_front_of_one_plan_is_said_and_not_drawn(tmp_path: Path) -> None:
    both = (Objective.HOURS, Objective.COST)
    single = small(
        tmp_path, "[{id: seul, title: Seul, hours: {remote: 10}, price: 5, prepares: [mini@2024/B1, mini@2024/B2]}]"
    )
    _found, told = written(single, {}, front=both)
    assert "Aucun compromis à faire entre heures et coût" in words(document(told))
    assert "Choix" not in tables(document(told))


def test_a_front_of_other_objectives_is_a_table(tmp_path: Path) -> None:
    asked = (Objective.WEEKS, Objective.COST)
    _found, told = written(small(tmp_path, MODULES), {"can_give": {"weekly_hours": 4}}, front=asked)
    assert told.front_between == asked
    assert len(told.front) > 1
    assert len(tables(document(told))["Compromis"].rows) == len(told.front)
    assert "Choix" not in tables(document(told))


def test_what_was_used_is_named_by_its_title(tmp_path: Path) -> None:
    _found, told = written(small(tmp_path, MODULES), {})
    assert "offre de modules : Une offre d'essai (atelier)" in told.computation.data
    assert "Un petit diplôme (mini@2024)" in told.computation.data


def test_a_price_that_nobody_knows_is_not_a_sum_of_nothing(tmp_path: Path) -> None:
    unknown = "[{id: seul, title: Seul, hours: {remote: 10}, prepares: [mini@2024/B1, mini@2024/B2]}]"
    _found, told = written(small(tmp_path, unknown), {})
    made = document(told)
    assert "au moins 0" not in words(made)
    opening = next(block for block in made.paper.opening if isinstance(block, Facts))
    assert [fact.cell.text for fact in opening.facts][2] == "non connu"
    assert [cell.text for cell in tables(made)["Étapes"].total][3] == "non connu"
