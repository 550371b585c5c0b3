"""A finding reads as a sentence: where, what, what to do."""

import pytest

from referentials.document import shown
from referentials.findings import FileProblem, Place, Severity, error, warning


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place(file="x.yaml"), "x.yaml"),
        (Place(file="x.yaml", line=3), "x.yaml:3"),
        (Place(file="x.yaml", line=3, path="blocks[1]"), "x.yaml:3, blocks[1]"),
        (Place(path="blocks[1]"), "blocks[1]"),
    ],
)
def test_a_place_reads_like_that_of_a_compiler(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_finding_is_one_line() -> None:
    finding = error("regle", "Ceci est faux.", "Corrigez.", file="x.yaml", line=3, path="id")
    assert str(finding) == "x.yaml:3, id : Ceci est faux. Corrigez. [regle]"
    assert finding.severity is Severity.ERROR
    assert warning("regle", "a", "b").severity is Severity.WARNING


def test_a_problem_tells_all_its_findings() -> None:
    problem = FileProblem([error("a", "Un.", "Deux."), error("b", "Trois.", "Quatre.")])
    assert str(problem).count("\n") == 1
    assert [finding.rule for finding in problem.findings] == ["a", "b"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "x"),
        ("un\ndeux\tt", "un deux t"),
        ("a\x00b", "a\ufffdb"),
        (None, "None"),
        ("\ud800", "\ufffd"),
        ("x" * 120, "x" * 120),
    ],
)
def test_a_wrong_value_is_shown_on_one_line(value: object, text: str) -> None:
    assert shown(value) == text
    assert len(shown("y" * 5_000_000)) == 120
