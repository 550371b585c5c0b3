"""Pages → ``docs/page-fields.md``: what the template of each page receives, with its help."""

from __future__ import annotations

from collections.abc import Iterator

from api.app import routers
from api.web.frame import Frame
from api.web.page import Page

HEAD = """# Champs d'une page

*Cette page est écrite par `make docs`, à partir des pages : ne la modifiez pas à la main.*

Le modèle d'une page, sous `api/web/templates/`, reçoit ses champs par leur nom, le cadre (`frame`), et les mots du programme (`say`, `hours`,
`euros`…, voir `api/web/page.py`). Un essai refuse un champ que le modèle n'utilise pas, et un nom que la page ne donne pas.
"""


def every_page() -> list[type[Page]]:
    """Every page, by the name of its template."""
    routers()
    found: list[type[Page]] = []
    waiting = list(Page.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if "template" in vars(one) or hasattr(one, "template"):
            found.append(one)
    return sorted(found, key=lambda one: (one.template, one.__name__))


def page() -> Iterator[str]:
    """The page of the documentation, line by line."""
    yield HEAD
    yield from _part("Le cadre", "`layout.html`", Frame)
    for one in every_page():
        yield from _part(one.__name__, f"`{one.template}`", one)


def _part(name: str, template: str, model: type) -> Iterator[str]:
    yield f"## {name}\n"
    yield f"{template}\n"
    if model.model_fields:  # type: ignore[attr-defined]
        yield "| champ | aide |"
        yield "|---|---|"
        for field, about in model.model_fields.items():  # type: ignore[attr-defined]
            yield f"| `{field}` | {(about.description or '').replace('|', chr(92) + '|')} |"
        yield ""
