"""How somebody says which referential they mean (*choix d'un référentiel*): its title as a list shows it, else a code, a name, a reference."""

from __future__ import annotations

from datetime import date

from api.services.catalogue import Found, find, folded, readable
from api.web.views.names import version_label, version_name
from referentials.findings import FileProblem
from referentials.library import Library, UnknownReference
from referentials.model import Referential


def choice(version: Referential) -> str:
    """A version in a list to choose from: its title and its year."""
    return f"{version.title} ({version_label(version)})"


def choices(library: Library) -> tuple[str, ...]:
    """Every version at hand, by title."""
    return tuple(sorted((choice(one) for one in readable(library)[0]), key=folded))


def chosen(library: Library, text: str, on: date) -> Found | None:
    """The version, or the block, that somebody named; None when nothing has that name."""
    wanted = folded(text.strip())
    if not wanted:
        return None
    for one in readable(library)[0]:
        if wanted in (folded(choice(one)), folded(version_name(one))):
            return Found(one.key, "referential", one, one)
    try:
        found = find(library, text.strip(), on)
    except (UnknownReference, FileProblem):
        return _titled(library, wanted, on)
    return found if found.sort in ("referential", "block") else None


def _titled(library: Library, wanted: str, on: date) -> Found | None:
    """The version with that title or that short title: the one in force, else the last."""
    some = [one for one in readable(library)[0] if wanted in (folded(one.title), folded(one.name))]
    best = next((one for one in some if library.is_in_force(one, on)), some[-1] if some else None)
    return None if best is None else Found(best.key, "referential", best, best)
