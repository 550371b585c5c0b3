"""YAML or JSON text → plain values, with the line of every one of them.

Every plain scalar stays text (``NO`` and ``1.10`` are not turned into something else); only an empty one, ``null`` and
``~`` mean "not known". The reader is iterative and refuses what a referential never needs: duplicate keys, anchors and
aliases (which can explode), tags, several documents, nesting beyond 64 levels, files over 5 MB. So a hostile file costs
no more than its size.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from referentials.findings import FileProblem, Finding, error

MAX_BYTES = 5_000_000
MAX_DEPTH = 64
_NOT_KNOWN = ("", "~", "null", "Null", "NULL")
_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

DataPath = tuple[str | int, ...]


class Document(NamedTuple):
    """The plain value of a file, and the line (from 1) where each of its parts starts, by its path."""

    value: Any
    lines: Mapping[DataPath, int]
    file: str | None = None

    def line(self, path: DataPath) -> int | None:
        """The line of a part, or of the nearest part around it that has one."""
        for length in range(len(path), -1, -1):
            if (found := self.lines.get(path[:length])) is not None:
                return found
        return None


def read_file(path: Path) -> Document:
    """Read one file.

    Raises
    ------
    FileProblem
        The file is missing, too large, not UTF-8, or not the YAML or JSON that this reader accepts.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileProblem([_too_large(path)])
        raw = path.read_bytes()
    except OSError as problem:
        raise FileProblem(
            [
                error(
                    "fichier-illisible",
                    f"Le fichier ne peut pas être lu ({problem.strerror}).",
                    "Vérifiez son nom, son emplacement et vos droits.",
                    file=path,
                )
            ]
        ) from None
    return read_bytes(raw, file=str(path))


def read_bytes(raw: bytes, *, file: str | None = None) -> Document:
    """Read the content of a file; ``file`` is the name that messages give it (a ``.json`` ending means JSON)."""
    if len(raw) > MAX_BYTES:
        raise FileProblem([_too_large(file)])
    text = _decoded(raw, file)
    if file is not None and file.endswith(".json"):
        return Document(_read_json(text, file), {}, file)
    return _Reader(file).read(text)


def _too_large(file: Path | str | None) -> Finding:
    return error(
        "fichier-trop-gros",
        f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.",
        "Découpez-le : un fichier par version de référentiel suffit.",
        file=file,
    )


def _decoded(raw: bytes, file: str | None) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileProblem(
            [error("encodage", "Le fichier est en UTF-16.", "Enregistrez-le en UTF-8.", file=file, line=1)]
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        message = f"Le fichier n'est pas en UTF-8 : octet {raw[problem.start]:#04x} illisible."
        raise FileProblem(
            [
                error(
                    "encodage",
                    message,
                    "Enregistrez-le en UTF-8 (souvent : « Enregistrer sous », encodage).",
                    file=file,
                    line=line,
                )
            ]
        ) from None


def _read_json(text: str, file: str) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _value in pairs]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise FileProblem([_duplicate_key(twice, file, None, "")])
        return dict(pairs)

    try:
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as problem:
        raise FileProblem(
            [
                error(
                    "syntaxe-json",
                    f"Le JSON est mal formé, colonne {problem.colno} ({problem.msg}).",
                    "Vérifiez les guillemets, les virgules et les accolades.",
                    file=file,
                    line=problem.lineno,
                )
            ]
        ) from None
    except RecursionError:
        raise FileProblem([_too_deep(file, None)]) from None


def _duplicate_key(key: str, file: str | None, line: int | None, path: str) -> Finding:
    return error(
        "cle-en-double",
        f"La clé « {key} » est écrite deux fois.",
        "Gardez une seule des deux.",
        file=file,
        line=line,
        path=path,
    )


def _too_deep(file: str | None, line: int | None) -> Finding:
    return error(
        "trop-profond",
        f"Plus de {MAX_DEPTH} niveaux imbriqués.",
        "Un référentiel n'en demande pas tant : simplifiez.",
        file=file,
        line=line,
    )


class _Open:
    """A mapping or a sequence being read."""

    __slots__ = ("container", "key", "path")

    def __init__(self, container: dict[str, Any] | list[Any], path: DataPath) -> None:
        self.container, self.path, self.key = container, path, None

    key: str | None

    def next_path(self) -> DataPath:
        step = len(self.container) if isinstance(self.container, list) else self.key
        return (*self.path, step if step is not None else "")

    def add(self, value: Any) -> None:
        if isinstance(self.container, list):
            self.container.append(value)
        else:
            self.container[self.key or ""] = value
            self.key = None


class _Reader:
    """Builds plain values from parser events, without recursion."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.lines: dict[DataPath, int] = {}
        self.stack: list[_Open] = []
        self.root: Any = None
        self.documents = 0

    def read(self, text: str) -> Document:
        try:
            for event in self._events(text):
                self._take(event)
        except yaml.YAMLError as problem:
            raise FileProblem([self._syntax(problem, text)]) from None
        return Document(self.root, self.lines, self.file)

    def _events(self, text: str) -> Iterator[Any]:
        return yaml.parse(text, Loader=_Loader)

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self.stack.pop()
            self._place(closed.container)
        elif isinstance(event, yaml.AliasEvent):
            raise FileProblem([self._no_anchor(event)])
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise FileProblem(
                    [
                        error(
                            "plusieurs-documents",
                            "Le fichier contient plusieurs documents (ligne « --- »).",
                            "Gardez-en un par fichier.",
                            file=self.file,
                            line=_line(event),
                        )
                    ]
                )

    def _open(self, container: dict[str, Any] | list[Any], event: Any) -> None:
        if event.anchor:
            raise FileProblem([self._no_anchor(event)])
        if self._awaits_key():
            raise FileProblem(
                [
                    error(
                        "cle-complexe",
                        "Une clé doit être un mot, pas une liste ni un groupe.",
                        "Écrivez « clé: valeur ».",
                        file=self.file,
                        line=_line(event),
                    )
                ]
            )
        if len(self.stack) >= MAX_DEPTH:
            raise FileProblem([_too_deep(self.file, _line(event))])
        path = self.stack[-1].next_path() if self.stack else ()
        self.lines[path] = _line(event)
        self.stack.append(_Open(container, path))

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].container, dict) and self.stack[-1].key is None

    def _scalar(self, event: Any) -> None:
        if event.anchor:
            raise FileProblem([self._no_anchor(event)])
        if self._awaits_key():
            self._key(event)
            return
        self.lines[self.stack[-1].next_path() if self.stack else ()] = _line(event)
        self._place(None if not event.style and event.value in _NOT_KNOWN else event.value)

    def _key(self, event: Any) -> None:
        top = self.stack[-1]
        if event.value in top.container:
            raise FileProblem([_duplicate_key(event.value, self.file, _line(event), path_text(top.path))])
        top.key = event.value

    def _place(self, value: Any) -> None:
        if self.stack:
            self.stack[-1].add(value)
        else:
            self.root = value

    def _no_anchor(self, event: Any) -> Finding:
        return error(
            "ancre",
            "Les ancres et les renvois (& et *) ne sont pas admis.",
            "Recopiez la valeur, ou mettez entre guillemets un texte qui commence par & ou *.",
            file=self.file,
            line=_line(event),
        )

    def _syntax(self, problem: yaml.YAMLError, text: str) -> Finding:
        mark = getattr(problem, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        if line is not None and "\t" in (text.splitlines() or [""])[min(line, len(text.splitlines())) - 1]:
            return error(
                "tabulation",
                "Une tabulation sert de retrait.",
                "Remplacez-la par des espaces.",
                file=self.file,
                line=line,
            )
        what = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "caractère interdit"
        return error(
            "syntaxe-yaml",
            f"Le YAML est mal formé ({what}).",
            "Vérifiez les retraits, les « : » et les guillemets de cette ligne et de la précédente.",
            file=self.file,
            line=line,
        )


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def path_text(path: DataPath) -> str:
    """A path as people read it: ``blocks[2].competencies[0].title``, counted from 1.

    Examples
    --------
    >>> path_text(("blocks", 1, "title"))
    'blocks[2].title'
    """
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else (f".{step}" if text else step)
    return text
