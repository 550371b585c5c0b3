"""How pages call the things of the library, and where each is shown (*noms et adresses*).

::

    tp-fpa@2023        FPA (2023)            /referentiels/tp-fpa@2023
    tp-fpa@2023/CCP1   CCP1 — FPA (2023)     /referentiels/tp-fpa@2023#CCP1
    deme               DEME                  /referentiels/deme
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlencode

from pydantic import Field

from api.web.views.said import Anchor, Said
from referentials.findings import FileProblem
from referentials.library import Library, UnknownReference
from referentials.model import Block, Competency, Referential, State
from referentials.provenance import Value
from referentials.reference import Ref
from referentials.registers import FICHE
from referentials.requirement import CompetencyAt, Held, Requirement, parts
from referentials.versions import parse_or_none
from reports.language import say
from reports.library_wording import at_level, one_requirement

UNDATED = "toutes"
"""The version of what our files describe without telling one version from another."""


class Line(Value):
    """One line of a requirement: how deep it stands, its words, and where what it names is shown."""

    depth: int = Field(description="Retrait, à partir de 0.")
    text: Said = Field(description="Ses mots.")
    href: str = Field("", description="Où se lit ce qu'elle nomme ; vide : nulle part.")


def version_name(version: Referential) -> str:
    """The short name of a version: its title if it has no other, and its year where there are several."""
    if version.state is State.NAMED:
        return version.title
    told = version.version in (UNDATED, FICHE) or version.name.endswith(f" {version.version}")
    return version.name if told else f"{version.name} ({version.version})"


def version_label(version: Referential) -> str:
    """A version among those of its referential; a fiche has one, known by its number."""
    if version.version == UNDATED:
        return say("sans version datée")
    if version.version == FICHE:
        return version.id.upper()
    return version.version if version.version[:1].isdigit() else say("version « {name} »", name=version.version)


def called(library: Library, ref: str) -> str:
    """What a reference is called; the reference itself where the library has nothing by that name."""
    parsed = parse_or_none(ref)
    if not isinstance(parsed, Ref):
        module = library.modules.get(ref)
        return module.title if module else ref
    try:
        version = library.find(str(parsed.whole))
        item = library.find(ref)
    except (UnknownReference, FileProblem):
        return ref
    assert isinstance(version, Referential)
    name = version_name(version) if parsed.version else version.name
    codes = [one for one in (parsed.block, parsed.competency) if one]
    if isinstance(item, Block | Competency) and item.title and len(item.title) <= _SHORT:
        codes[-1] = f"{codes[-1]} « {item.title} »"
    return f"{' › '.join(codes)} — {name}" if codes else name


_SHORT = 200


def address(ref: str) -> str:
    """Where a reference is shown; empty for a module, which has no page of its own."""
    parsed = parse_or_none(ref)
    if not isinstance(parsed, Ref):
        return ""
    inside = "-".join(one for one in (parsed.block, parsed.competency) if one)
    return f"/referentiels/{quote(str(parsed.whole), safe='@')}" + (f"#{quote(inside)}" if inside else "")


def bridge_address(start: str, target: str, **more: str) -> str:
    """Where the bridge from one thing to another is shown.

    Examples
    --------
    >>> bridge_address("deme@2007/DC1", "tp-tms@2012")
    '/passerelles/deme@2007/tp-tms@2012?bloc=DC1'
    """
    whole, _slash, block = start.partition("/")
    aimed, _slash, part = target.partition("/")
    asked = {name: value for name, value in {"bloc": block, "partie": part, **more}.items() if value}
    path = f"/passerelles/{quote(whole, safe='@')}/{quote(aimed, safe='@')}"
    return f"{path}?{urlencode(asked)}" if asked else path


def anchor(library: Library, ref: str) -> Anchor:
    """A link to what a reference names."""
    parsed = parse_or_none(ref)
    label = called(library, ref)
    known = isinstance(parsed, Ref) and (parsed.referential in library or label != ref)
    return Anchor(href=address(ref) if known else "", label=label)


def anchors(library: Library, refs: Iterable[str]) -> tuple[Anchor, ...]:
    """A link to each, in order."""
    return tuple(anchor(library, ref) for ref in refs)


def lines(library: Library, value: Requirement | None) -> tuple[Line, ...]:
    """A requirement, one element a line, everything by its name."""
    return () if value is None else tuple(_lines(library, value, 0))


def _lines(library: Library, value: Requirement, depth: int) -> Iterator[Line]:
    if isinstance(value, Held):
        found = anchor(library, value.root)
        yield Line(depth=depth, text=found.label, href=found.href)
    elif isinstance(value, CompetencyAt):
        found = anchor(library, value.competency)
        yield Line(depth=depth, text=at_level(found.label, value.level), href=found.href)
    else:
        yield Line(depth=depth, text=one_requirement(value))
    for part in parts(value):
        yield from _lines(library, part, depth + 1)


def granted(library: Library, refs: Iterable[str]) -> tuple[Anchor, ...]:
    """What a right gives: one link a version, its blocks by their codes.

    A version of which everything is given has its name alone.
    """
    grouped: dict[str, list[str]] = {}
    for ref in refs:
        whole, _slash, part = ref.partition("/")
        grouped.setdefault(whole, []).append(part)
    return tuple(_granted(library, whole, codes) for whole, codes in grouped.items())


def _granted(library: Library, whole: str, codes: list[str]) -> Anchor:
    found = anchor(library, whole)
    inside = ", ".join(code.replace("/", " › ") for code in codes if code)
    if not inside:
        return found
    return Anchor(href=found.href, label=f"{inside} — {found.label}")
