"""The house rules (docs/decisions, CONTRIBUTING.md) as tests. Who may import whom is stated in pyproject.toml alone."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("referentials", "pathways", "reports", "api")
PURE = PACKAGES[:3]
LOCKS = ("requirements.lock", "requirements-dev.lock")

LONGEST = 400
LONG_FOR_A_REASON: dict[str, str] = {}  # path -> why one file of more than 400 lines reads better than two

# In pieces, for this file is tracked too.
ELSEWHERE = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.", "debian" + ".org", "/" + "work/", "/" + "root/")
SAMPLES = ".." + "/shared"
MAY_NAME_THE_SAMPLES = {"tests/conftest.py"}


@cache
def tracked() -> tuple[str, ...]:
    """Paths of the files that git tracks, or of all that are there where git cannot tell."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode == 0:
        return tuple(path for path in listing.stdout.split("\0") if path and (ROOT / path).is_file())
    pytest.skip("not a git working tree")


def text_of(path: str) -> str:
    return (ROOT / path).read_bytes().decode("utf-8", errors="replace")


def sources(packages: tuple[str, ...] = PACKAGES) -> Iterator[Path]:
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


# ------------------------------------------------------------------------------------------------------------- the tree


@pytest.mark.parametrize("folder", [*PACKAGES, "docs", "docs/decisions", "tests"])
def test_every_room_of_the_house_is_there(folder: str) -> None:
    assert (ROOT / folder).is_dir()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_it_is_for(package: str) -> None:
    module = ast.parse((ROOT / package / "__init__.py").read_text("utf-8"))
    assert ast.get_docstring(module)


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {file.parent for file in (ROOT / "tests").rglob("*.py")}
    folders |= {parent for folder in folders for parent in folder.parents if parent.is_relative_to(ROOT / "tests")}
    assert sorted(str(folder) for folder in folders if not (folder / "__init__.py").is_file()) == []


# ---------------------------------------------------------------------------------------------------------- the imports


def test_imports_keep_to_the_contracts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    cli = pytest.importorskip("importlinter.cli")
    monkeypatch.chdir(ROOT)
    broken = cli.lint_imports(no_cache=True)
    assert broken == 0, capsys.readouterr().out


def test_the_solver_is_imported_only_inside_functions() -> None:
    solvers = {"ortools", "scipy"}
    eager = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in sources()
        if any(name in (text := file.read_text("utf-8")) for name in solvers)
        for node in imports_at_the_top(ast.parse(text))
        if names_imported(node) & solvers
    ]
    assert eager == []


def imports_at_the_top(module: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """Imports that run with the module: everywhere but in functions and under ``if TYPE_CHECKING``."""
    waiting: list[ast.AST] = list(module.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def names_imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return {name.partition(".")[0] for name in names}


# ------------------------------------------------------------------------------------------------------- the pure steps

IMPURE = re.compile(
    r"(os\.(environ|getenv)|(datetime\.)?date\.today|(datetime\.)?datetime\.(now|today|utcnow)|time\.(time|localtime|gmtime)"
    r"|random\.(?!Random\b)\w+|(numpy|np)\.random\.(?!default_rng\b|Generator\b)\w+|uuid\.uuid[14]|secrets\.\w+)"
)


def test_pure_packages_read_no_clock_no_environment_and_no_chance() -> None:
    impure = [
        f"{file.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for file in sources(PURE)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and IMPURE.fullmatch(ast.unparse(node))
    ]
    assert impure == []


@pytest.mark.parametrize(
    "impure", ["os.environ", "date.today", "datetime.datetime.now", "random.choice", "np.random.seed"]
)
def test_the_rule_knows_what_is_impure(impure: str) -> None:
    assert IMPURE.fullmatch(impure)


@pytest.mark.parametrize("pure", ["os.path", "random.Random", "np.random.default_rng", "date.fromisoformat"])
def test_the_rule_knows_what_is_pure(pure: str) -> None:
    assert not IMPURE.fullmatch(pure)


# ------------------------------------------------------------------------------------------------------------ the files


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = [f"{path}: {word}" for path in tracked() for word in ELSEWHERE if word in text_of(path)]
    assert found == []


def test_the_samples_are_named_in_one_place() -> None:
    naming = {path for path in tracked() if SAMPLES in text_of(path)}
    assert naming <= MAY_NAME_THE_SAMPLES


def test_no_name_is_a_drawer_of_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [
        str(file.relative_to(ROOT)) for file in sources() if file.stem in drawers or file.parent.name in drawers
    ] == []


def test_no_module_is_longer_than_it_says_why() -> None:
    lengths = {str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines()) for file in sources()}
    long = {path for path, length in lengths.items() if length > LONGEST}
    assert long == set(LONG_FOR_A_REASON)


# -------------------------------------------------------------------------------------------------------- the packaging


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_has_hashes_and_no_address(lock: str) -> None:
    text = text_of(lock)
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    assert len(entries) > 10
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry or "==" not in entry] == []
    assert "://" not in text
    assert not re.search(r"(?m)^\s*(-i|-f|--index-url|--extra-index-url|--find-links)\b", text)


def pins(lock: str) -> set[str]:
    return set(re.findall(r"(?m)^[A-Za-z0-9._-]+==\S+", text_of(lock)))


def test_tests_run_on_the_versions_that_will_run() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_declared_need_is_locked() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    names = {re.split(r"[<>=!~\[ ;]", need)[0] for need in project["dependencies"]}
    locked = {pin.partition("==")[0] for pin in pins("requirements.lock")}
    assert {name.lower().replace("_", "-") for name in names} <= locked


def test_no_installed_distribution_has_a_package_of_our_name() -> None:
    owners = packages_distributions()
    assert {package: set(owners.get(package, ())) - {"passerelles"} for package in PACKAGES} == {
        package: set() for package in PACKAGES
    }


def test_the_version_is_stated_once() -> None:
    declared = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert version("passerelles") == declared
    assert f"## {declared}" in text_of("CHANGELOG.md")
