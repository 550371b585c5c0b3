"""JSON text → plain values, with the line of every one of them, as for YAML: numbers and booleans stay text.

The reader follows RFC 8259 to the letter: no comment, no ``NaN``, no comma too many, no duplicate key.
"""

from __future__ import annotations

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NoReturn

from referentials.document import Builder, Document, shown

_SPACES = frozenset(" \t\r\n")
_SPACE = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z.+-])|(?:true|false|null)\b")
_REMEDY = "Vérifiez les guillemets, les virgules et les accolades de cette ligne et de la précédente."


def read_json(text: str, file: str | None) -> Document:
    """Read a JSON text.

    Raises
    ------
    FileProblem
        The text is not JSON, or passes a limit of :mod:`referentials.document`.
    """
    reader = _Reader(text, file)
    if reader.text[reader.position :]:
        reader.run()
    return reader.build.document


class _Reader:
    """A position in the text, what may come there, and the lists and groups that are open."""

    def __init__(self, text: str, file: str | None) -> None:
        self.text = text
        self.position = 0
        self.line = 1
        self.build = Builder(file)
        self.open: list[str] = []
        self.skip_space()

    def skip_space(self) -> None:
        if self.peek() not in _SPACES:
            return
        match = _SPACE.match(self.text, self.position)
        assert match is not None
        self.line += match[0].count("\n")
        self.position = match.end()

    def peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def take(self, length: int = 1) -> None:
        self.position += length
        self.skip_space()

    def run(self) -> None:
        """Read one value after the other until the first one is closed."""
        self.value()
        while self.open:
            self.next_part()
        if self.peek():
            self.wrong("rien n'est attendu après la fin")

    def value(self) -> None:
        character = self.peek()
        if character in ("{", "["):
            self.build.open({} if character == "{" else [], self.line)
            self.open.append("}" if character == "{" else "]")
            self.take()
            self.first_part()
        elif character == '"':
            line = self.line
            self.build.value(self.string(), line)
        else:
            self.word()

    def first_part(self) -> None:
        if self.peek() == self.open[-1]:
            self.end()
        else:
            self.part()

    def next_part(self) -> None:
        if self.peek() == self.open[-1]:
            self.end()
        elif self.peek() == ",":
            self.take()
            self.part()
        else:
            self.wrong(f"« , » ou « {self.open[-1]} » attendu")

    def part(self) -> None:
        if self.open[-1] == "}":
            self.key()
        self.value()

    def end(self) -> None:
        self.build.close()
        self.open.pop()
        self.take()

    def key(self) -> None:
        if self.peek() != '"':
            self.wrong("une clé entre guillemets est attendue")
        line = self.line
        self.build.key(self.string(), line)
        if self.peek() != ":":
            self.wrong("« : » attendu")
        self.take()

    def string(self) -> str:
        try:
            value: str
            value, end = scanstring(self.text, self.position + 1, True)
        except JSONDecodeError:
            self.wrong("un texte entre guillemets est mal formé ou n'est pas fermé")
        if "\\" in self.text[self.position : end]:
            self.build.check(value, self.line)
        self.take(end - self.position)
        return value

    def word(self) -> None:
        match = _WORD.match(self.text, self.position)
        if match is None:
            rest = self.text[self.position : self.position + 12].split("\n")[0]
            self.wrong(f"« {shown(rest)} » n'est pas une valeur" if rest else "la fin du fichier arrive trop tôt")
        self.build.value(None if match[0] == "null" else match[0], self.line)
        self.take(len(match[0]))

    def wrong(self, what: str) -> NoReturn:
        self.build.refuse("syntaxe-json", f"Le JSON est mal formé : {what}.", _REMEDY, self.line)
