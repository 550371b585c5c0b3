"""The names of the sheets of a workbook (*feuilles*): short, without what a name may not hold, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 31
_REFUSED = re.compile(r"[\[\]:*?/\\\s]+")
_RESERVED = {"history"}


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = (), otherwise: str = "Tableau") -> list[str]:
    """A name for each sheet, in their order.

    Parameters
    ----------
    taken : iterable of str
        Names of sheets that are there already.
    otherwise : str
        For a name of which nothing is left.

    Examples
    --------
    >>> sheet_names(["Modules", "modules", "[a]/b", "''"], taken=["Résumé"])
    ['Modules', 'modules 2', 'a b', 'Tableau']
    """
    used, found = {one.casefold() for one in taken} | _RESERVED, []
    for name in wanted:
        base = _REFUSED.sub(" ", name).strip(" '") or otherwise
        found.append(_free(base, used))
        used.add(found[-1].casefold())
    return found


def _free(base: str, used: set[str]) -> str:
    """The name itself, or the first of its numbered names that is free."""
    number, name = 1, base[:LONGEST].strip(" '")
    while name.casefold() in used:
        number += 1
        end = f" {number}"
        name = base[: LONGEST - len(end)].rstrip(" '") + end
    return name
