"""What every part of a LHEO or EDOF file is written with (*écriture d'un catalogue*): elements, texts within their room, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from referentials.formats.losses import Losses

if TYPE_CHECKING:
    from lxml.etree import _Element


class Style(NamedTuple):
    """What tells one catalogue from the other; ``title`` and ``text`` are how many characters a field may have."""

    name: str
    namespace: str
    encoding: str
    is_edof: bool
    title: int
    text: int


LHEO = Style("lheo", "http://lheo.gouv.fr/2.3", "UTF-8", False, 255, 3000)
EDOF = Style("edof", "https://www.of.moncompteformation.gouv.fr", "ISO-8859-1", True, 255, 3000)


class Sheet:
    """Writes one *formation* in a style, and tells what does not fit or is not known."""

    def __init__(self, style: Style, losses: Losses, where: str) -> None:
        self.style, self.losses, self.where = style, losses, where

    def add(self, parent: _Element, tag: str, text: str | None = None, **attributes: str) -> _Element:
        """An element at the end of another one."""
        from lxml import etree

        element = etree.SubElement(parent, tag, attributes)
        element.text = _printable(text) if text is not None else None
        return element

    def lost(self, kind: str, message: str) -> None:
        """Tell that something of ours has no room."""
        self.losses.add(kind, message, self.where)

    def missing(self, *names: str) -> None:
        """Tell that the catalogue asks for what nobody knows."""
        remedy = "Complétez le fichier avant de le déposer : rien n'a été inventé à votre place."
        for name in names:
            self.losses.add(name.lower(), f"À compléter, faute de le savoir : « {name} »", self.where, remedy)

    def told(self, parent: _Element, name: str, text: str) -> None:
        """A long text, or the fact that it is missing."""
        if text:
            self.add(parent, name, self.cut(text, self.style.text))
        else:
            self.missing(name)

    def cut(self, text: str, longest: int) -> str:
        """A text within the room of its field, cut at a word."""
        if len(text) <= longest:
            return text
        self.lost("texte-coupe", "Des textes trop longs pour leur champ sont coupés à un mot")
        head = text[: longest - 2]
        return (head.rpartition(" ")[0] or head).rstrip() + " …"


def _printable(text: str) -> str:
    """A text that XML can hold: no control character but tabs and line ends."""
    return "".join(sign for sign in text if sign in "\t\n" or sign >= " ")
