"""References by their names (*noms*): in a document that people sign, ``deme@2007`` is « DEME (2007) ».

A reference that the library has no name for stays as it is; one between brackets stands beside a name already, and stays too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from referentials.findings import FileProblem
from referentials.library import Library, UnknownReference
from referentials.model import Block, Competency, Referential
from referentials.reference import Ref
from referentials.requirement import CompetencyAt, Held, Requirement, parts
from referentials.versions import parse_or_none
from reports.library_wording import at_level, one_requirement
from reports.wording import quoted

UNDATED = "toutes"
"""The version of what is described without telling one version from another."""

_REFERENCE = re.compile(r"(?<![\w(@/-])[a-z0-9][a-z0-9-]*@[\w.-]*\w(?:/[\w.-]*\w)*")


def version_name(version: Referential) -> str:
    """The short name of a version, and its year where there are several."""
    return version.name if version.version == UNDATED else f"{version.name} ({version.version})"


def called(ref: str, library: Library, within: str = "") -> str:
    """What a reference is called; the reference itself where the library has nothing by that name.

    Parameters
    ----------
    within : str
        The key of the version that is spoken of: its own parts need not name it.

    Examples
    --------
    >>> library = Library.read()
    >>> called("deme@2007", library), called("bafd", library), called("pix@2023/2.1", library)
    ('DEME (2007)', 'BAFD', 'Pix (2023), 2.1 « Interagir »')
    >>> called("tp-fpa@2023/CCP1", library, within="tp-fpa@2023"), called("x@1", library)
    ('CCP1 « Concevoir et préparer la formation »', 'x@1')
    """
    parsed = parse_or_none(ref)
    if not isinstance(parsed, Ref):
        module = library.modules.get(ref)
        return quoted(module.title) if module else ref
    try:
        version, item = library.find(str(parsed.whole)), library.find(ref)
    except (UnknownReference, FileProblem):
        return ref
    assert isinstance(version, Referential)
    whole = "" if version.key == within else version_name(version) if parsed.version else version.name
    code = "/".join(one for one in (parsed.block, parsed.competency) if one)
    titled = f"{code} {quoted(item.title)}" if isinstance(item, Block | Competency) and item.title else code
    return ", ".join(one for one in (whole, titled) if one) or version_name(version)


def in_words(text: str, library: Library, within: str = "") -> str:
    """A sentence with every reference in it by its name.

    Examples
    --------
    >>> in_words("deme@2007 ne mène pas à tp-fpa@2023, dit la fiche (tp-fpa@2023).", Library.read())
    'DEME (2007) ne mène pas à FPA (2023), dit la fiche (tp-fpa@2023).'
    """
    if "@" not in text:
        return text
    return _REFERENCE.sub(lambda found: called(found.group(), library, within), text)


def requirement(value: Requirement, library: Library, within: str = "") -> Iterator[tuple[int, str]]:
    """A requirement as indented lines, depth and text, with everything by its name."""
    return _requirement(value, library, within, 0)


def _requirement(value: Requirement, library: Library, within: str, depth: int) -> Iterator[tuple[int, str]]:
    match value:
        case Held():
            yield depth, called(value.root, library, within)
        case CompetencyAt():
            yield depth, at_level(called(value.competency, library, within), value.level)
        case _:
            yield depth, one_requirement(value)
    for part in parts(value):
        yield from _requirement(part, library, within, depth + 1)
