"""YAML or JSON text → plain values, with the line of every one of them.

Every plain scalar stays text (``NO`` and ``1.10`` are not turned into something else); only an empty one, ``null`` and
``~`` mean "not known". The reader is iterative and refuses what a referential never needs: duplicate keys, anchors and
aliases (which can explode), tags, several documents, nesting beyond 64 levels, files over 5 MB. So a hostile file costs
no more than its size.
"""

from __future__ import annotations

import errno
import re
import stat
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from referentials.document import MAX_BYTES, MAX_DEPTH, MAX_VALUES, Builder, DataPath, Document, path_text, shown
from referentials.findings import FileProblem, error
from referentials.json_source import read_json

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_VALUES", "DataPath", "Document", "path_text", "read_bytes", "read_file"]

_NOT_KNOWN = frozenset(("", "~", "null", "Null", "NULL"))
_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_file(path: Path) -> Document:
    """Read one file.

    Raises
    ------
    FileProblem
        The file is missing, too large, not UTF-8, or not the YAML or JSON that this reader accepts.
    """
    return read_bytes(raw_bytes(path), file=str(path))


def raw_bytes(path: Path) -> bytes:
    """The bytes of a file, at most one more than ``MAX_BYTES``.

    Raises
    ------
    FileProblem
        The file is missing, or is not one that can be read to its end.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EISDIR if path.is_dir() else errno.EINVAL, "")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        raise FileProblem(
            [
                error(
                    "fichier-illisible",
                    f"Le fichier ne peut pas être lu : {_REASONS.get(getattr(problem, 'errno', 0), 'accès impossible')}.",
                    "Vérifiez son nom, son emplacement et vos droits.",
                    file=path,
                )
            ]
        ) from None


_REASONS = {
    errno.ENOENT: "il n'existe pas",
    errno.ENOTDIR: "il n'existe pas",
    errno.EISDIR: "c'est un dossier",
    errno.EACCES: "l'accès est refusé",
    errno.EPERM: "l'accès est refusé",
    errno.ELOOP: "c'est un lien qui tourne en rond",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.EINVAL: "ce n'est pas un fichier ordinaire",
}


def read_bytes(raw: bytes, *, file: str | None = None) -> Document:
    """Read the content of a file; ``file`` is the name that messages give it (a ``.json`` ending means JSON).

    Raises
    ------
    FileProblem
        As for :func:`read_file`.
    """
    text = decoded(raw, file=file)
    if file is not None and file.lower().endswith(".json"):
        return read_json(text, file)
    return _Reader(text, file).read()


def decoded(raw: bytes, *, file: str | None = None) -> str:
    """The text of a file: UTF-8, with or without a byte-order mark."""
    refuse = Builder(file).refuse
    if len(raw) > MAX_BYTES:
        refuse(
            "fichier-trop-gros",
            f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.",
            "Découpez-le : un fichier par version de référentiel suffit.",
            None,
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:4]:
        refuse("encodage", "Le fichier est en UTF-16 ou en UTF-32.", _IN_UTF_8, 1)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        refuse(
            "encodage", f"Le fichier n'est pas en UTF-8 : octet {raw[problem.start]:#04x} illisible.", _IN_UTF_8, line
        )
    if found := _FORBIDDEN.search(text):
        Builder(file).check(found[0], text.count("\n", 0, found.start()) + 1)
    return text


_IN_UTF_8 = "Enregistrez-le en UTF-8 (souvent : « Enregistrer sous », encodage)."
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Reader:
    """Feeds a builder with the events of the YAML parser."""

    def __init__(self, text: str, file: str | None) -> None:
        self.text = text
        self.build = Builder(file)
        self.scalar = self.build.scalar
        self.documents = 0
        self.extra_breaks = [found.start() for found in re.finditer("[\x85\u2028\u2029]", text)]
        self.take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: lambda event: self._open({}, event),
            yaml.SequenceStartEvent: lambda event: self._open([], event),
            yaml.MappingEndEvent: lambda event: self.build.close(),
            yaml.SequenceEndEvent: lambda event: self.build.close(),
            yaml.AliasEvent: self._refuse_anchor,
            yaml.DocumentStartEvent: self._document,
            yaml.DocumentEndEvent: lambda event: None,
            yaml.StreamStartEvent: lambda event: None,
        }

    def read(self) -> Document:
        try:
            next_event, take, end = _Loader(self.text).get_event, self.take, yaml.StreamEndEvent
            while (kind := type(event := next_event())) is not end:
                take[kind](event)
        except yaml.YAMLError as problem:
            self._refuse_syntax(problem)
        return self.build.document

    def _line(self, mark: Any) -> int:
        """The line of a mark; YAML also counts the line separators of Unicode, which editors show inside a line."""
        extra = bisect_left(self.extra_breaks, mark.index) if self.extra_breaks else 0
        return int(mark.line) + 1 - extra

    def _scalar(self, event: Any) -> None:
        value, style = event.value, event.style
        line = self._line(event.start_mark) if self.extra_breaks else event.start_mark.line + 1
        if event.anchor or event.tag:
            self._refuse_anchor(event) if event.anchor else self._refuse_tag(event)
        if style == '"':
            self.build.check(value, line)
        self.scalar(value, None if not style and value in _NOT_KNOWN else value, line)

    def _open(self, container: dict[str, Any] | list[Any], event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse_anchor(event) if event.anchor else self._refuse_tag(event)
        line = self._line(event.start_mark)
        if self.build.awaits_key:
            self.build.refuse(
                "cle-complexe",
                "Une clé doit être un mot, pas une liste ni un groupe.",
                "Écrivez « clé: valeur ».",
                line,
            )
        self.build.open(container, line)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.build.refuse(
                "plusieurs-documents",
                "Le fichier contient plusieurs documents (ligne « --- »).",
                "Gardez-en un par fichier.",
                self._line(event.start_mark),
            )

    def _refuse_anchor(self, event: Any) -> None:
        self.build.refuse(
            "ancre",
            "Les ancres et les renvois (& et *) ne sont pas admis.",
            "Recopiez la valeur, ou mettez entre guillemets un texte qui commence par & ou *.",
            self._line(event.start_mark),
        )

    def _refuse_tag(self, event: Any) -> None:
        self.build.refuse(
            "etiquette",
            f"L'étiquette de type « {shown(event.tag.replace('tag:yaml.org,2002:', '!!'))} » n'est pas admise.",
            "Retirez-la, ou mettez entre guillemets un texte qui commence par « ! ».",
            self._line(event.start_mark),
        )

    def _refuse_syntax(self, problem: yaml.YAMLError) -> None:
        mark = getattr(problem, "problem_mark", None)
        line = None if mark is None else self._line(mark)
        if mark is not None and self._has_tab(mark):
            self.build.refuse("tabulation", "Une tabulation sert de retrait.", "Remplacez-la par des espaces.", line)
        what = _SYNTAX.get(str(getattr(problem, "problem", "")), "écriture inattendue")
        self.build.refuse(
            "syntaxe-yaml",
            f"Le YAML est mal formé : {what}.",
            "Vérifiez les retraits, les « : » et les guillemets de cette ligne et de la précédente.",
            line,
        )

    def _has_tab(self, mark: Any) -> bool:
        """Whether a tab stands where the parser stopped, or in the margin of that line."""
        start = self.text.rfind("\n", 0, mark.index) + 1
        margin = re.match(r"\s*", self.text[start : mark.index + 1])
        return margin is not None and "\t" in margin[0]


_SYNTAX = {
    "mapping values are not allowed in this context": "un « : » de trop, ou un texte à mettre entre guillemets",
    "could not find expected ':'": "il manque « : » après une clé",
    "did not find expected key": "une clé est attendue ; le retrait a peut-être changé",
    "did not find expected '-' indicator": "« - » est attendu ; le retrait a peut-être changé",
    "did not find expected ',' or ']'": "« , » ou « ] » est attendu",
    "did not find expected ',' or '}'": "« , » ou « } » est attendu",
    "did not find expected node content": "il manque une valeur",
    "block sequence entries are not allowed in this context": "un « - » n'est pas à sa place",
    "block mapping entries are not allowed in this context": "une clé n'est pas à sa place",
    "found character that cannot start any token": "un texte qui commence par @, ` ou % se met entre guillemets",
    "found unexpected end of stream": "la fin du fichier arrive trop tôt, un guillemet n'est peut-être pas fermé",
    "found unexpected document indicator": "« --- » arrive dans un texte entre guillemets",
    "found unknown escape character": "dans un texte entre guillemets doubles, « \\ » s'écrit « \\\\ »",
    "did not find expected <document start>": "une ligne n'est pas à sa place",
    "found undefined tag handle": "un texte qui commence par « ! » se met entre guillemets",
}
