"""A tree of any depth → blocks and competencies (*arborescence*), for the standards that have items and parents and no blocks.

Where the file names its levels (*block*, *competency*, *element*, *criterion*), its words are followed. Otherwise, for each tree::

    first level → block      last level, under two others or more → elements      the level before it → competencies

A chain of single parents at the top is no choice of blocks, and is followed down to the first real choice. Groups between a block and
its competencies are kept in the competency's note. No text is lost: what stands under a competency becomes its elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from referentials.findings import FileProblem, error
from referentials.formats.losses import Losses
from referentials.formats.names import Names
from referentials.formats.text import code_of

BLOCK, COMPETENCY, ELEMENT, CRITERION = "block", "competency", "element", "criterion"
DEEPEST = 40
"""How many levels a tree may have."""

_FLAT = "ensemble"
"""The code of the one block of a list without levels."""


@dataclass
class Node:
    """One item: its identity in the file, its code and text as the file has them, its level if the file names it.

    ``values`` holds what is to stand in the block or the competency beside its code and its title.
    """

    id: str
    code: str
    title: str | None
    role: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


@dataclass
class Outline:
    """The blocks of a tree, as in our own files, and where each item went: ``BLOCK`` or ``BLOCK/COMPETENCY``.

    ``details`` says it of what stands under a competency: ``BLOCK/COMPETENCY~2`` is the second of its elements and criteria.
    """

    blocks: list[dict[str, Any]]
    places: dict[str, str]
    details: dict[str, str]


def tree_of(nodes: Sequence[Node], parents: dict[str, str], losses: Losses, name: str) -> list[Node]:
    """The roots of the nodes once each stands under its parent; what no root leads to becomes a root.

    Raises
    ------
    FileProblem
        More than :data:`DEEPEST` levels.
    """
    known = {node.id: node for node in nodes}
    roots: list[Node] = []
    for node in nodes:
        parent = known.get(parents.get(node.id, ""))
        (roots if parent is None or parent is node else parent.children).append(node)
    reached = _reached(roots, name)
    for node in nodes:
        if node.id not in reached:
            losses.add("boucle", "Des items sont leur propre ancêtre : la boucle est coupée", node.code or node.id)
            known[parents[node.id]].children.remove(node)
            roots.append(node)
            reached |= _reached([node], name)
    return roots


def _reached(roots: Sequence[Node], name: str) -> set[str]:
    seen: set[str] = set()
    level = list(roots)
    for _depth in range(DEEPEST):
        seen.update(node.id for node in level)
        level = [child for node in level for child in node.children]
        if not level:
            return seen
    message = f"L'arborescence a plus de {DEEPEST} niveaux."
    raise FileProblem([error("arborescence-profonde", message, "Un référentiel en a deux ou trois.", file=name)])


def outlined(roots: Sequence[Node], title: str, losses: Losses) -> Outline:
    """Blocks and competencies of the trees; ``title`` is that of the whole, for a list without levels."""
    tops, groups = _real_choice(roots)
    if tops and all(not top.children and top.role != BLOCK for top in tops):
        tops = [Node("", _FLAT, title, BLOCK, children=list(tops))]
    outline = Outline([], {}, {})
    codes = _Codes(losses, "")
    outline.blocks += [_block(top, codes.of(top), groups, outline, losses) for top in tops]
    return outline


def _real_choice(roots: Sequence[Node]) -> tuple[list[Node], tuple[str, ...]]:
    """The first level that offers a choice, or whose single item holds the last level, and what stands above it."""
    level, above = list(roots), []
    while len(level) == 1 and not level[0].role and any(child.children for child in level[0].children):
        above.append(level[0].title or level[0].code)
        level = level[0].children
    return level, tuple(above)


class _Codes:
    """Gives each item of a level a code in the grammar of our references, once."""

    def __init__(self, losses: Losses, inside: str) -> None:
        self._losses, self._inside = losses, inside
        self._names = Names()

    def of(self, node: Node) -> str:
        own = node.code.strip() or node.id
        code = self._names.free(code_of(own) or "item")
        if code != own:
            where = f"« {own} » devient {self._inside}{code}"
            self._losses.add("code", "Des codes sont en double ou ne peuvent pas servir tels quels", where)
        return code


def _block(top: Node, code: str, groups: tuple[str, ...], outline: Outline, losses: Losses) -> dict[str, Any]:
    outline.places[top.id] = code
    codes = _Codes(losses, f"{code}/")
    competencies = []
    for node, within in _competencies(top, _level(top), 2, ()):
        own = codes.of(node)
        outline.places[node.id] = f"{code}/{own}"
        competencies.append(_competency(node, own, within, outline, losses))
    result = _in_groups(_with_title(code, top) | top.values, groups)
    if competencies:
        result["competencies"] = competencies
    return result


def _competency(node: Node, code: str, groups: tuple[str, ...], outline: Outline, losses: Losses) -> dict[str, Any]:
    result = _in_groups(_with_title(code, node) | node.values, groups)
    if result.pop("aliases", None):
        losses.add("nom-court", "Les noms courts des compétences ne sont pas gardés", code)
    below = sorted(_below(node, losses), key=lambda detail: detail.is_criterion)
    for name, role in (("elements", False), ("criteria", True)):
        if texts := [one.text for one in below if one.is_criterion is role]:
            result[name] = texts
    for rank, one in enumerate(below, 1):
        outline.details[one.id] = f"{outline.places[node.id]}~{rank}"
    return result


def _in_groups(values: dict[str, Any], groups: tuple[str, ...]) -> dict[str, Any]:
    """The same values, with the groups that they stood in as the first line of the note."""
    if not groups:
        return values
    return values | {"note": "\n".join(filter(None, [f"Groupe : {' › '.join(groups)}", values.get("note")]))}


def _with_title(code: str, node: Node) -> dict[str, Any]:
    return {"code": code} | ({"title": node.title} if node.title else {})


def _level(top: Node) -> int | None:
    """Which level of a tree holds its competencies, counted from 1; none when the file says so itself."""
    nodes, height, named = [top], 0, False
    while nodes:
        height += 1
        named = named or any(node.role == COMPETENCY for node in nodes)
        nodes = [child for node in nodes for child in node.children]
    return None if named else max(2, height - 1)


def _competencies(
    parent: Node, level: int | None, depth: int, groups: tuple[str, ...]
) -> Iterator[tuple[Node, tuple[str, ...]]]:
    for node in parent.children:
        is_one = node.role == COMPETENCY or not node.children or (depth >= level if level else not _holds_one(node))
        if is_one:
            yield node, groups
        else:
            yield from _competencies(node, level, depth + 1, (*groups, node.title or node.code))


def _holds_one(node: Node) -> bool:
    return any(child.role == COMPETENCY or _holds_one(child) for child in node.children)


class _Detail(NamedTuple):
    """What stands under a competency."""

    id: str
    text: str
    is_criterion: bool


def _below(node: Node, losses: Losses) -> Iterator[_Detail]:
    """What stands under a competency, in order."""
    for child in node.children:
        if child.code and child.title:
            losses.add("code-element", "Les codes de ce qui est sous une compétence ne sont pas gardés", child.code)
        if text := _whole(child.title or child.code, child.values.get("note")):
            yield _Detail(child.id, text, child.role == CRITERION)
        yield from _below(child, losses)


def _whole(title: str, note: str | None) -> str:
    """An item's title and its description on one line; the description alone where it repeats the title."""
    told = " ".join((note or "").split())
    return told if told.startswith(title.rstrip("….")) else f"{title} — {told}" if told else title
