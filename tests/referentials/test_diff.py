"""Comparison: nothing between equal values, one change for one edit, something between any two others."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from referentials.diff import Change, ChangeKind, diff, rights_diff
from referentials.library import Library
from referentials.model import Referential
from referentials.rights import Recognition
from tests.referentials import strategies

FILE: dict[str, Any] = {
    "id": "t",
    "version": "1",
    "title": "Titre",
    "kind": "titre-professionnel",
    "confidence": "to_confirm",
    "award": {"all_of": ["A", "B"]},
    "blocks": [
        {
            "code": "A",
            "title": "Accueillir des personnes",
            "hours": {"theory": "70"},
            "competencies": [
                {"code": "C1", "title": "Accueillir une personne"},
                {"code": "C2", "title": "Écouter une demande"},
                {"code": "C3"},
            ],
        },
        {"code": "B", "title": "Animer des ateliers", "competencies": [{"code": "C1", "title": "Préparer un atelier"}]},
        {"code": "D", "title": "Facultatif", "optional": "true"},
    ],
}


def edited(*path: str | int, value: Any = None, delete: bool = False) -> Referential:
    """The file with one part set or removed."""
    data = Referential.model_validate(FILE).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    part: Any = data
    for step in path[:-1]:
        part = part.setdefault(step, {}) if isinstance(part, dict) else part[step]
    if delete:
        del part[path[-1]]
    elif isinstance(part, list) and path[-1] == len(part):
        part.append(value)
    else:
        part[path[-1]] = value
    return Referential.model_validate(data)


BEFORE = Referential.model_validate(FILE)

EDITS = {
    "title": (edited("title", value="Autre"), ChangeKind.REWORDED, "t@1", "Titre", "Autre"),
    "level": (edited("level", value=5), ChangeKind.DETAIL, "t@1, level", None, 5),
    "state": (edited("state", value="published"), ChangeKind.DETAIL, "t@1, state", "draft", "published"),
    "replaces": (edited("replaces", value=["u@1", "u@2"]), ChangeKind.DETAIL, "t@1, replaces", "", "u@1, u@2"),
    "complete": (edited("complete", value=False), ChangeKind.DETAIL, "t@1, complete", "oui", "non"),
    "rncp": (edited("codes", value={"rncp": ["RNCP1"]}), ChangeKind.DETAIL, "t@1, codes", "", "rncp: ((code: RNCP1))"),
    "valid": (edited("valid", value={"from": "2020-01-01"}), ChangeKind.VALIDITY, "t@1", "", "from: 2020-01-01"),
    "hours": (edited("hours", value={"total": 100}), ChangeKind.HOURS, "t@1", "", "total: 100.0"),
    "hours note": (edited("hours", value={"note": "lu"}), ChangeKind.EDITORIAL, "t@1, hours", "", "note: lu"),
    "award": (edited("award", value="t@1/A"), ChangeKind.AWARD, "t@1", "all_of: (t@1/A, t@1/B)", "t@1/A"),
    "entry": (edited("entry", value={"tests": ["Entretien"]}), ChangeKind.ENTRY, "t@1", None, "tests: (Entretien)"),
    "entry opened": (edited("entry", value={}), ChangeKind.ENTRY, "t@1", None, ""),
    "note": (edited("note", value="Relu."), ChangeKind.EDITORIAL, "t@1, note", None, "Relu."),
    "facts": (edited("facts", value=["Un fait."]), ChangeKind.EDITORIAL, "t@1, facts", "", "Un fait."),
    "origins": (
        edited("origins", value=[{"part": "A", "identifier": "x-1"}]),
        ChangeKind.EDITORIAL, "t@1, origins", "", "(part: A, identifier: x-1)",
    ),
    "confidence": (edited("confidence", value="secondary"), ChangeKind.EDITORIAL, "t@1, confidence", "to_confirm", "secondary"),
    "block title": (
        edited("blocks", 0, "title", value="Accueillir du public"),
        ChangeKind.REWORDED, "t@1/A", "Accueillir des personnes", "Accueillir du public",
    ),
    "block hours": (edited("blocks", 0, "hours", "theory", value=77), ChangeKind.HOURS, "t@1/A", "theory: 70.0", "theory: 77.0"),
    "block code": (edited("blocks", 2, "code", value="E"), ChangeKind.MOVED, "t@1/E", "D", "E"),
    "block optional": (edited("blocks", 0, "optional", value=True), ChangeKind.DETAIL, "t@1/A, optional", "non", "oui"),
    "block requires": (edited("blocks", 1, "requires", value="t@1/A"), ChangeKind.DETAIL, "t@1/B, requires", None, "t@1/A"),
    "block unknown": (edited("blocks", 2, "competencies", value=[]), ChangeKind.DETAIL, "t@1/D, competencies", "non connu", "aucun"),
    "block added": (edited("blocks", 3, value={"code": "Z", "title": "Nouveau"}), ChangeKind.ADDED, "t@1/Z", None, "Nouveau"),
    "block retired": (edited("blocks", 2, delete=True), ChangeKind.RETIRED, "t@1/D", "Facultatif", None),
    "competency added": (
        edited("blocks", 1, "competencies", 1, value={"code": "C2", "title": "Conduire"}), ChangeKind.ADDED, "t@1/B/C2", None, "Conduire",
    ),
    "competency retired": (edited("blocks", 0, "competencies", 1, delete=True), ChangeKind.RETIRED, "t@1/A/C2", "Écouter une demande", None),
    "competency code": (edited("blocks", 0, "competencies", 1, "code", value="C9"), ChangeKind.MOVED, "t@1/A/C9", "A/C2", "A/C9"),
    "competency title read": (edited("blocks", 0, "competencies", 2, "title", value="Lu"), ChangeKind.REWORDED, "t@1/A/C3", None, "Lu"),
    "competency elements": (
        edited("blocks", 0, "competencies", 0, "elements", value=["x"]), ChangeKind.DETAIL, "t@1/A/C1, elements", "", "x",
    ),
    "competency requires": (
        edited("blocks", 0, "competencies", 1, "requires", value={"strict": ["C1"]}),
        ChangeKind.DETAIL, "t@1/A/C2, requires", "", "strict: (t@1/A/C1)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_one_edit_is_one_change(edit: str) -> None:
    after, kind, where, old, new = EDITS[edit]
    assert diff(BEFORE, after) == (Change(kind, where, old, new),)


@pytest.mark.parametrize("edit", EDITS)
def test_every_change_has_a_sentence(edit: str) -> None:
    (change,) = diff(BEFORE, EDITS[edit][0])
    assert change.where.partition(",")[0] in change.sentence or change.after in change.sentence
    assert not {"None", "True", "False", "{", "["} & set(change.sentence.replace("(", " ").split())


def test_the_way_back_is_the_contrary() -> None:
    contrary = {ChangeKind.ADDED: ChangeKind.RETIRED, ChangeKind.RETIRED: ChangeKind.ADDED}
    for after, kind, _where, old, new in EDITS.values():
        (back,) = diff(after, BEFORE)
        assert (back.kind, back.before, back.after) == (contrary.get(kind, kind), new, old)


def test_a_competency_that_changes_block_is_moved_and_not_lost() -> None:
    data = BEFORE.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    moved = data["blocks"][0]["competencies"].pop(1)
    data["blocks"][1]["competencies"].append(moved | {"code": "C7"})
    assert diff(BEFORE, Referential.model_validate(data)) == (Change(ChangeKind.MOVED, "t@1/B/C7", "A/C2", "B/C7"),)


def test_a_block_that_changes_code_takes_its_competencies_along() -> None:
    data = FILE | {"award": None, "blocks": [FILE["blocks"][0] | {"code": "A2"}, *FILE["blocks"][1:]]}
    without_award = Referential.model_validate(FILE | {"award": None})
    assert diff(without_award, Referential.model_validate(data)) == (Change(ChangeKind.MOVED, "t@1/A2", "A", "A2"),)


def test_another_order_is_told_once() -> None:
    data = FILE | {"blocks": FILE["blocks"][::-1]}
    assert diff(BEFORE, Referential.model_validate(data)) == (
        Change(ChangeKind.EDITORIAL, "t@1, ordre des blocs", None, None),
    )


def test_other_words_under_the_same_code_are_another_block() -> None:
    after = edited("blocks", 2, "title", value="Rien à voir avec ce qui précède")
    assert [change.kind for change in diff(BEFORE, after)] == [ChangeKind.RETIRED, ChangeKind.ADDED]


def test_the_same_text_in_a_new_version_is_no_change() -> None:
    assert diff(BEFORE, Referential.model_validate(FILE | {"version": "2"})) == ()


def test_shipped_versions_do_not_differ_from_themselves() -> None:
    for item in Library.read():
        assert diff(item, item) == ()


@given(strategies.referentials)
def test_a_value_does_not_differ_from_itself(item: Referential) -> None:
    assert diff(item, item) == ()


@settings(max_examples=50)
@given(strategies.referentials, strategies.referentials)
def test_two_values_differ_somewhere(first: Referential, second: Referential) -> None:
    second = second.model_copy(update={"id": first.id, "version": first.version})
    assume(first != second)
    changes = diff(first, second)
    assert changes
    assert all(isinstance(change.sentence, str) for change in changes)


@given(
    strategies.referentials,
    strategies.referentials,
    st.sampled_from([n for n in Referential.model_fields if n not in ("id", "version")]),
)
def test_one_field_from_elsewhere_is_seen_and_nothing_else_is(
    first: Referential, second: Referential, name: str
) -> None:
    after = first.model_copy(update={name: getattr(second, name)})
    changes = diff(first, after)
    assert bool(changes) == (after != first)
    if name not in ("blocks", "title", "award", "entry", "valid", "hours"):
        assert all(change.where == f"{first.key}, {name}" for change in changes)


# ------------------------------------------------------------------------------------------------------------------- rights

RIGHT: dict[str, Any] = {
    "id": "a-vers-b",
    "given": "a@1",
    "grants": ["b@1/A"],
    "effect": "award",
    "in_force": {"from": "2020-01-01"},
    "source": {"title": "Arrêté"},
    "confidence": "official",
}
OLD = Recognition.model_validate(RIGHT)


def test_rights_added_retired_and_changed() -> None:
    other = Recognition.model_validate(RIGHT | {"id": "c-vers-b"})
    changed = Recognition.model_validate(RIGHT | {"effect": "prepare"})
    assert rights_diff([OLD], [OLD]) == ()
    assert [(c.kind, c.where) for c in rights_diff([], [OLD])] == [(ChangeKind.RIGHT_ADDED, "a-vers-b")]
    assert [(c.kind, c.where) for c in rights_diff([OLD], [])] == [(ChangeKind.RIGHT_RETIRED, "a-vers-b")]
    assert [(c.kind, c.where) for c in rights_diff([OLD, other], [other, changed])] == [
        (ChangeKind.RIGHT_CHANGED, "a-vers-b")
    ]


@pytest.mark.parametrize("name", ["title", "proof", "note", "part"])
def test_a_change_of_right_shows_what_changed(name: str) -> None:
    (change,) = rights_diff([OLD], [OLD.model_copy(update={name: "quelque chose"})])
    assert change.before != change.after
    assert "quelque chose" in change.sentence


@settings(max_examples=25)
@given(st.lists(strategies.recognitions, max_size=3, unique_by=lambda item: item.id))
def test_rights_do_not_differ_from_themselves_in_any_order(items: list[Recognition]) -> None:
    assert rights_diff(items, items[::-1]) == ()
