"""Outside standards, in and out (*formats d'échange*): one module each, found by its name.

A module that offers a standard has a ``STANDARD`` (:class:`referentials.formats.exchange.Standard`); the command line, the API and the
pages list whatever is here. Heavy libraries are imported where they are used.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from referentials.formats.exchange import Standard

__all__ = ["standards"]


@cache
def standards() -> dict[str, Standard]:
    """Every standard, by its identifier."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = (getattr(module, "STANDARD", None) for module in modules)
    return {standard.id: standard for standard in sorted(filter(None, found), key=lambda standard: standard.id)}
