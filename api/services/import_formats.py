"""Which standard a file follows (*format d'un fichier*): the one that somebody names, else the only one that can read its beginning."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import islice

from api.services.planning import NotPlannable
from referentials.findings import FileProblem, Finding
from referentials.formats import standards
from referentials.formats.exchange import PROFILE, Record, Standard, Upload, Written

_TRIED = 50
_WHOLE = 5_000_000
_HEAD = 1_000_000
"""Bytes of a large file that are enough to recognise it; an archive is needed whole, for its list stands at its end."""


def readers() -> tuple[Standard, ...]:
    """The standards that bring something into the library, by identifier."""
    return tuple(one for one in standards().values() if one.read is not None and set(one.reads) - {PROFILE})


def profile_readers() -> tuple[Standard, ...]:
    """The standards that say what one person has, by identifier."""
    return tuple(one for one in standards().values() if one.read is not None and PROFILE in one.reads)


def writers() -> tuple[Standard, ...]:
    """The standards that something of the library can be written in, by identifier."""
    return tuple(one for one in standards().values() if one.write is not None)


def standard_named(name: str, among: Iterable[Standard]) -> Standard:
    """The standard of a name.

    Raises
    ------
    NotPlannable
        There is none; near names are given.
    """
    from difflib import get_close_matches

    known = {one.id: one for one in among}
    if name not in known:
        near = get_close_matches(name.lower(), known, n=3)
        raise NotPlannable(f"« {name[:80]} » n'est pas un format connu ici. Formats : {', '.join(known)}.", near)
    return known[name]


def template_of(standard: Standard, name: str) -> Written:
    """An empty file of a standard to fill in.

    Raises
    ------
    NotPlannable
        The standard has no such template; those that it has are given.
    """
    if standard.template is None:
        raise NotPlannable(f"Le format « {standard.id} » n'a pas de modèle à remplir.")
    if name not in standard.templates:
        known = ", ".join(standard.templates)
        raise NotPlannable(f"Il n'y a pas de modèle « {name[:80]} ». Modèles : {known}.", standard.templates)
    return standard.template(name)


def standard_of(upload: Upload, among: Iterable[Standard]) -> Standard:
    """The one standard that can read a file.

    Raises
    ------
    NotPlannable
        None can, or several could: the format must be named.
    """
    if not upload.size:
        raise NotPlannable(f"« {upload.name} » est vide.")
    suffix = upload.name.lower()
    likely = [one for one in among if suffix.endswith(one.suffixes)]
    met: list[Finding] = []
    found = [one for one in likely if _reads(one, upload, met)]
    if len(found or likely) == 1:
        return (found or likely)[0]  # alone to know such names, it says itself what is wrong
    names = ", ".join(one.id for one in found or likely)
    if found:
        raise NotPlannable(f"« {upload.name} » pourrait être de plusieurs formats ({names}) : donnez le bon.")
    if any(one.rule in _DECISIVE for one in met):
        raise NotPlannable(next(f"« {upload.name} » : {one.message}" for one in met if one.rule in _DECISIVE))
    hint = f" ou donnez le format ({names})" if likely else ""
    raise NotPlannable(f"Le format de « {upload.name} » n'est pas reconnu : vérifiez le fichier{hint}.")


_DECISIVE = frozenset(
    {"zip-illisible", "zip-chiffre", "zip-trop-grand", "xml-doctype", "xml-illisible", "rncp-version"}
)
"""What is wrong with a file whatever standard it follows, or with the only one that it can follow."""


def _reads(standard: Standard, upload: Upload, met: list[Finding]) -> bool:
    """Whether a standard finds a record near the beginning; what refuses the whole file is added to what was met."""
    upload.stream.seek(0)
    whole = upload.size <= _WHOLE or upload.name.lower().endswith((".zip", ".xlsx"))
    head = upload if whole else Upload(upload.name, BytesIO(upload.stream.read(_HEAD)), _HEAD)
    try:
        assert standard.read is not None
        return any(isinstance(one, Record) for one in islice(standard.read(head), _TRIED))
    except FileProblem as problem:
        met += problem.findings if whole else ()  # half a file is broken at its end, which says nothing
        return False
    finally:
        upload.stream.seek(0)
