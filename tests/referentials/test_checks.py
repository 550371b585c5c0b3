"""Where a rule must keep silent, and that a hostile library is checked in the time of its size."""

from pathlib import Path

import pytest

from referentials.checks import RULES, check
from referentials.library import Library

BASE = Path(__file__).resolve().parents[1] / "broken" / "socle"
HEAD = 'version: "1"\ntitle: T\nkind: attestation\nconfidence: to_confirm\n'


def rules(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "essai.yaml"
    path.write_text(text, "utf-8")
    return [finding.rule for finding in check(Library.read(BASE, path, shipped=False))]


def offer(module: str) -> str:
    return f"id: x\ntitle: X\nbody: {{name: X}}\nconfidence: to_confirm\nmodules:\n  - {{id: m, title: M, note: n, {module}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        "id: x\n" + HEAD + "award: {at_least: 1, of: [A, B]}\nblocks: [{code: A}, {code: B}]\n",
        "id: x\n" + HEAD + "blocks: [{code: A}]\n",
        "id: x\n" + HEAD + "award: A\nblocks: [{code: A}, {code: B, optional: true}]\n",
        "id: x\n" + HEAD + "valid: {from: 2020-01-01, to: 2020-01-01}\n",
        "id: x\n" + HEAD + "valid: {to: 2020-01-01, award_until: 2021-01-01}\n",
        "id: x\n" + HEAD + "sources: [{title: a}, {title: b}]\n",
        "id: x\n"
        + HEAD
        + "hours: {total: 100, theory: 60, practice: 40}\nblocks: [{code: A, hours: {theory: 30}}, {code: B}]\n",
        "id: x\n" + HEAD + "codes: {rncp: [{code: RNCP90001, from: 2025-01-01, to: 2025-12-31}]}\n",
        "id: x\n"
        + HEAD
        + "blocks:\n  - {code: A, competencies: [{code: C, requires: {advised: [D]}}, {code: D, requires: {advised: [C]}}]}\n",
        "id: x\n"
        + HEAD
        + "blocks:\n  - {code: A, competencies: [{code: C}]}\n  - {code: B, competencies: [{code: C}]}\n",
        offer("requires: {any_of: [x:m, tp-b]}"),
        offer("sessions: [{id: s, start: 2027-01-04, end: 2027-01-04}]"),
        offer("hours: {onsite: 7}, sessions: [{id: s, start: 2027-01-04, end: 2027-01-10, weekly_hours: 7}]"),
        offer("price: 100, group_price: 100"),
        offer("develops: [{competency: cadre/1.1, level: 3}, tp-a/CCP1/C2]"),
    ],
)
def test_what_is_right_is_left_alone(tmp_path: Path, text: str) -> None:
    assert rules(tmp_path, text) == []


@pytest.mark.parametrize("siret", ["73282932000074", "35600000000048"])
def test_a_siret_that_passes_its_control(tmp_path: Path, siret: str) -> None:
    assert rules(tmp_path, offer("price: 1").replace("{name: X}", f'{{name: X, siret: "{siret}"}}')) == []


def test_a_draft_may_overlap_the_version_that_it_will_replace(tmp_path: Path) -> None:
    assert rules(tmp_path, "id: tp-a\n" + HEAD + "valid: {from: 2023-01-01, to: 2023-12-31}\n") == []


def test_twenty_thousand_unknown_references_are_told(tmp_path: Path) -> None:
    many = ", ".join(f"tp-x{number}" for number in range(20_000))
    text = "id: x\n" + HEAD + f"award: {{any_of: [{many}]}}\n"
    assert len(rules(tmp_path, text)) == 20_000


def test_a_chain_of_prerequisites_as_long_as_the_file_may_be_is_followed(tmp_path: Path) -> None:
    chain = "".join(f"      - {{code: C{n}, requires: {{strict: [C{n + 1}]}}}}\n" for n in range(5_000))
    text = "id: x\n" + HEAD + "blocks:\n  - code: A\n    competencies:\n" + chain
    assert rules(tmp_path, text + "      - {code: C5000}\n") == []
    assert rules(tmp_path, text + "      - {code: C5000, requires: {strict: [C0]}}\n") == ["prerequis-circulaires"]


def test_the_shipped_library_is_faultless() -> None:
    assert [str(finding) for finding in check(Library.read())] == []


def test_every_rule_is_a_question_about_a_whole_library() -> None:
    empty = Library()
    for rule in RULES:
        assert rule.label[0].isupper()
        assert not rule.label.endswith(".")
        assert list(rule.findings(empty)) == []


def test_the_same_library_in_another_order_has_the_same_findings(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text(
            f"id: {name}\n" + HEAD + "award: {all_of: [absent, absent@1]}\n", "utf-8"
        )
    one = check(Library.read(tmp_path / "a.yaml", tmp_path / "b.yaml", shipped=False))
    two = check(Library.read(tmp_path / "b.yaml", tmp_path / "a.yaml", shipped=False))
    assert one == two
    assert len(one) == 4
