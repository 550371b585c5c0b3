"""What the documentation points at exists: files, commands of the Makefile, words of the trade."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IGNORED = {".venv", "out", "node_modules"}
PAGES = sorted(page for page in ROOT.rglob("*.md") if not IGNORED & set(page.relative_to(ROOT).parts))
LINK = re.compile(r"\]\(([^)\s]+)\)")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def prose(page: Path) -> str:
    """Text of the page without its code, whose brackets are no links."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.S)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "template.md"], ids=name)
def test_links_between_files_lead_somewhere(page: Path) -> None:
    targets = {target.partition("#")[0] for target in LINK.findall(prose(page)) if "://" not in target}
    assert [target for target in sorted(targets) if target and not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_named_in_the_pages_exist(page: Path) -> None:
    goals = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8")))
    code = re.findall(r"```.*?```|`[^`\n]*`", page.read_text("utf-8"), flags=re.S)
    named = {goal for text in code for goal in re.findall(r"(?:^|[`\n])make ([a-z-]+)", text)}
    assert named <= goals


def test_both_welcome_pages_show_the_same_picture_and_commands() -> None:
    english, french = ((ROOT / page).read_text("utf-8") for page in ("README.md", "LISEZMOI.md"))
    assert re.findall(r"\(docs/images/[^)]+\)", english) == re.findall(r"\(docs/images/[^)]+\)", french)
    assert re.findall(r"(?m)^make \w+", english) == re.findall(r"(?m)^make \w+", french) == ["make demo", "make test"]


@pytest.mark.parametrize("picture", sorted((ROOT / "docs/images").glob("*.svg")), ids=name)
def test_a_picture_has_a_title_and_a_description(picture: Path) -> None:
    text = picture.read_text("utf-8")
    assert 'role="img"' in text
    assert re.search(r"<title[^>]*>[^<]+</title>", text)
    assert re.search(r"<desc[^>]*>[^<]+</desc>", text)


def test_every_decision_is_numbered_in_turn_and_says_where_it_stands() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        title, _, state = page.read_text("utf-8").splitlines()[:3]
        assert title.startswith(f"# {page.name[:4]}. ")
        assert re.fullmatch(r"\*\d{4}-\d\d-\d\d · (proposed|accepted|replaced by \[\d{4}\]\(.+\))\*", state)
