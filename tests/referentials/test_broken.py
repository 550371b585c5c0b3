"""Every mistake has its sample, and every sample its one message: rule, file, line, path, words and remedy."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from referentials.checks import RULES, check
from referentials.document import MAX_BYTES, MAX_VALUES
from referentials.findings import FileProblem, Finding
from referentials.library import Library
from referentials.loader import MAX_FINDINGS

HERE = Path(__file__).resolve().parents[1] / "broken"
BASE = HERE / "socle"
EXPECTED = sorted(HERE.glob("*.attendu"))
READERS = ("document", "yaml_source", "json_source", "loader", "refusals")

# Made when the test runs, for their size.
TOO_LARGE = {
    "fichier-trop-gros": b"# " + b"x" * MAX_BYTES,
    "trop-de-valeurs": b"- a\n" * (MAX_VALUES + 1),
}
# Found where a sample would say nothing: a file that is not there, a hundred problems, what no known mistake reaches,
# and fields that exclude one another, which only a profile or a case has (tests/api/test_formats.py).
ELSEWHERE = {"fichier-illisible", "trop-de-problemes", "valeur-refusee", "champs-incompatibles"}


def findings(place: Path) -> tuple[Finding, ...]:
    try:
        return check(Library.read(BASE, place, shipped=False))
    except FileProblem as problem:
        return problem.findings


def said(finding: Finding, root: Path = HERE) -> list[str]:
    where = finding.where
    file = Path(where.file).relative_to(root).as_posix() if where.file else ""
    line = "" if where.line is None else str(where.line)
    return [finding.rule, f"{file}:{line}", where.path, finding.message, finding.remedy]


def test_the_library_under_the_samples_is_faultless() -> None:
    assert check(Library.read(BASE, shipped=False)) == ()


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_a_sample_causes_its_finding_and_no_other(expected: Path) -> None:
    found = findings(expected.with_suffix(""))
    assert [said(finding) for finding in found] == [expected.read_text("utf-8").split("\n")[:5]]


@pytest.mark.parametrize("rule", TOO_LARGE)
def test_a_file_that_is_too_large_causes_its_finding_and_no_other(rule: str, tmp_path: Path) -> None:
    (tmp_path / "gros.yaml").write_bytes(TOO_LARGE[rule])
    assert [finding.rule for finding in findings(tmp_path / "gros.yaml")] == [rule]


def test_a_file_that_is_missing_says_so(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path / "absent.yaml")
    assert (finding.rule, finding.message) == ("fichier-illisible", "Le fichier ne peut pas être lu : il n'existe pas.")


def test_a_hundred_problems_are_enough(tmp_path: Path) -> None:
    (tmp_path / "liste.yaml").write_text("- {relation: close}\n" * 60, "utf-8")
    found = findings(tmp_path / "liste.yaml")
    assert len(found) == MAX_FINDINGS + 1
    assert found[-1].rule == "trop-de-problemes"


def test_every_sample_is_expected_to_fail_somehow() -> None:
    samples = {path for path in HERE.iterdir() if path.suffix != ".attendu" and path.name[0] not in "_."} - {BASE}
    assert samples == {path.with_suffix("") for path in EXPECTED}


def test_every_rule_has_its_sample() -> None:
    covered = {path.read_text("utf-8").split("\n")[0] for path in EXPECTED}
    assert sorted({rule.id for rule in RULES} - covered) == []


def test_every_message_of_the_readers_has_its_sample() -> None:
    covered = {path.read_text("utf-8").split("\n")[0] for path in EXPECTED} | set(TOO_LARGE) | ELSEWHERE
    told = {identifier for name in READERS for identifier in identifiers(name)}
    assert len(told) > 30
    assert sorted(told - covered) == []


def identifiers(module: str) -> Iterator[str]:
    """The identifiers of findings in a module: first text given to error, refuse or _problem, or returned with a message."""
    source = HERE.parents[1] / "referentials" / f"{module}.py"
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("error", "refuse", "_problem"):
            yield from [part.value for part in node.args if isinstance(part, ast.Constant) and part.value][:1]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            first = node.value.elts[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def test_rules_have_each_their_name() -> None:
    names = [rule.id for rule in RULES]
    assert len(set(names)) == len(names)
