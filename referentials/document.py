"""What was read of a file: plain values, and the line of every one of them (*document*).

The readers of YAML and of JSON feed one :class:`Builder`, which is iterative and keeps the limits that both share: no
duplicate key, nesting up to 64 levels, 60,000 values, no character that no document can hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

from referentials.findings import FileProblem, error

MAX_BYTES = 5_000_000
MAX_DEPTH = 64
MAX_VALUES = 60_000
SHOWN = 120
"""How many characters of a wrong value a message shows."""

DataPath = tuple[str | int, ...]

_DEEP_ENOUGH = 12
_IN_NO_DOCUMENT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Lines(NamedTuple):
    """The line (from 1) where a group or a list starts, and those of its parts: a number for a value alone."""

    line: int
    parts: Mapping[str, Lines | int] | Sequence[Lines | int]


class Document(NamedTuple):
    """The plain value of a file, and the lines of its parts; ``None`` for what was not read from a file."""

    value: Any
    lines: Lines | int | None = None
    file: str | None = None

    def line(self, path: DataPath) -> int | None:
        """The line of a part, or of the nearest part around it that has one."""
        node = self.lines
        for step in path:
            part = None if not isinstance(node, Lines) else _part(node.parts, step)
            if part is None:
                break
            node = part
        return node.line if isinstance(node, Lines) else node


def _part(parts: Mapping[str, Lines | int] | Sequence[Lines | int], step: str | int) -> Lines | int | None:
    if isinstance(parts, Mapping):
        return parts.get(step) if isinstance(step, str) else None
    return parts[step] if isinstance(step, int) and 0 <= step < len(parts) else None


def path_text(path: DataPath) -> str:
    """A path as people read it: ``blocks[2].competencies[0].title``, counted from 1.

    Examples
    --------
    >>> path_text(("blocks", 1, "title"))
    'blocks[2].title'
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += ("." if text else "") + (step if len(step) <= SHOWN else shown(step))
    return text


def shown(value: Any) -> str:
    """A value as a message shows it: on one line, cut when it is long.

    Examples
    --------
    >>> shown("a" * 200) == "a" * 119 + "…"
    True
    """
    text = str(value) if not isinstance(value, str) else value
    text = " ".join(_IN_NO_DOCUMENT.sub("\N{REPLACEMENT CHARACTER}", text[: SHOWN + 1]).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


class _Open:
    """A group or a list being read."""

    __slots__ = ("container", "key", "line", "lines")

    container: dict[str, Any] | list[Any]
    lines: Any
    key: str | None
    line: int

    def __init__(self, container: dict[str, Any] | list[Any], line: int) -> None:
        self.container, self.key, self.line = container, None, line
        self.lines = {} if isinstance(container, dict) else []


class Builder:
    """Builds plain values and their lines from what a reader meets, in its order, without recursion."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self._stack: list[_Open] = []
        self._root: Any = None
        self._lines: Lines | int | None = None
        self._count = 0

    @property
    def document(self) -> Document:
        """What was built."""
        return Document(self._root, self._lines, self.file)

    @property
    def awaits_key(self) -> bool:
        """Whether a key comes next."""
        if not self._stack:
            return False
        top = self._stack[-1]
        return top.key is None and type(top.container) is dict

    def open(self, container: dict[str, Any] | list[Any], line: int) -> None:
        """Start a group (``{}``) or a list (``[]``)."""
        if len(self._stack) >= MAX_DEPTH:
            self.refuse(
                "trop-profond",
                f"Plus de {MAX_DEPTH} niveaux imbriqués.",
                "Un référentiel n'en demande pas tant : simplifiez.",
                line,
            )
        self._stack.append(_Open(container, line))

    def close(self) -> None:
        """End the group or the list that started last."""
        closed = self._stack.pop()
        self._place(closed.container, Lines(closed.line, closed.lines))

    def key(self, key: str, line: int) -> None:
        """Name what comes next."""
        top = self._stack[-1]
        if key in top.container:
            self.refuse(
                "cle-en-double", f"La clé « {shown(key)} » est écrite deux fois.", "Gardez une seule des deux.", line
            )
        top.key = key

    def value(self, value: str | None, line: int) -> None:
        """Add a value."""
        self._place(value, line)

    def scalar(self, text: str, value: str | None, line: int) -> None:
        """Name what comes next with ``text`` where a key is awaited, else add ``value``."""
        top = self._stack[-1] if self._stack else None
        if top is not None and top.key is None and type(top.container) is dict:
            if text in top.container:
                self.key(text, line)
            top.key = text
        else:
            self._place(value, line)

    def _place(self, value: Any, lines: Lines | int) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            self.refuse(
                "trop-de-valeurs",
                f"Le fichier contient plus de {MAX_VALUES} valeurs.",
                "Découpez-le : un fichier par version de référentiel suffit.",
                lines.line if isinstance(lines, Lines) else lines,
            )
        if not self._stack:
            self._root, self._lines = value, lines
            return
        top = self._stack[-1]
        container = top.container
        if isinstance(container, list):
            container.append(value)
            top.lines.append(lines)
        elif top.key is not None:
            container[top.key] = value
            top.lines[top.key] = lines
            top.key = None

    def check(self, text: str, line: int) -> None:
        """Refuse a text with a character that no document can hold."""
        if found := _IN_NO_DOCUMENT.search(text):
            self.refuse(
                "caractere-interdit",
                f"Le texte contient un caractère invisible interdit (U+{ord(found[0]):04X}).",
                "Retirez-le, ou tapez ce passage à nouveau.",
                line,
            )

    def refuse(self, rule: str, message: str, remedy: str, line: int | None) -> NoReturn:
        """Say why the file can't be read, at the place that was reached."""
        raise FileProblem([error(rule, message, remedy, file=self.file, line=line, path=path_text(self._path()))])

    def _path(self) -> DataPath:
        steps: list[str | int] = []
        for top in self._stack:
            step = len(top.container) if type(top.container) is list else top.key
            if step is not None:
                steps.append(step)
        return tuple(steps[:_DEEP_ENOUGH])
