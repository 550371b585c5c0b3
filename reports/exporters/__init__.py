"""Formats a document can take (*exports*): one module each, found by its name.

A format is a module of this folder with a constant ``EXPORTER``; adding one is adding a file. Naming the formats imports
none of them, so that what a format needs is loaded only when it is asked for. The same document gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from reports.document import Document


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format.

    Parameters
    ----------
    media_type : str
        As HTTP names it.
    suffix : str
        Of a file, with its dot.
    write : callable
        Document -> bytes.
    holds : callable
        Whether a document has something to say in this format; a calendar needs days.
    """

    media_type: str
    suffix: str
    write: Callable[[Document], bytes]
    holds: Callable[[Document], bool] = lambda _document: True


def formats() -> tuple[str, ...]:
    """The names of the formats, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def exporter(name: str) -> Exporter:
    """The format of that name.

    Raises
    ------
    KeyError
        There is no such format.
    """
    if name not in formats():
        raise KeyError(name)
    return cast(Exporter, import_module(f"{__name__}.{name}").EXPORTER)
