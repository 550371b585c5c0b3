"""Every format of file that the program reads (*formats*): those of the library, of people, of documents, the domain cases.

The library knows its own formats only; here is the whole list, for the doors that show, check or explain any file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathways.cases import CASES
from pathways.group.sessions_file import SESSIONS
from pathways.profile import PROFILE
from referentials.document import Document
from referentials.findings import FileProblem, error
from referentials.loader import FORMATS as LIBRARY
from referentials.loader import Format, recognise
from referentials.schema import schema
from reports.particulars import PARTICULARS, Particulars

FORMATS = (*LIBRARY, PROFILE, PARTICULARS, CASES, SESSIONS)

_OF_A_PROFILE = frozenset({"holds", "can_give", "confirms", "experience"})
_OF_PARTICULARS = frozenset(Particulars.model_fields) - {"illustrative", "body"}  # an offer has these too
_OF_A_CASE = frozenset({"sentence", "profile"})


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each format, by its name.

    Examples
    --------
    >>> sorted(schemas())
    ['cases', 'correspondences', 'offer', 'particulars', 'profile', 'recognitions', 'referential', 'rules', 'sessions']
    """
    return {kind.name: schema(kind) for kind in FORMATS}


def format_of(document: Document) -> Format:
    """The format of a file by its content.

    Raises
    ------
    FileProblem
        The content looks like no known format.
    """
    value = document.value
    if isinstance(value, Mapping) and _OF_A_PROFILE & value.keys():
        return PROFILE
    if isinstance(value, Mapping) and _OF_PARTICULARS & value.keys():
        return PARTICULARS
    if isinstance(value, Mapping) and "sessions" in value:
        return SESSIONS
    if isinstance(value, list) and any(isinstance(item, Mapping) and _OF_A_CASE & item.keys() for item in value):
        return CASES
    try:
        return recognise(document)
    except FileProblem as problem:
        raise FileProblem(_with_all_expected(problem)) from None


def _with_all_expected(problem: FileProblem) -> list[Any]:
    """The same findings, whose remedy names every format."""
    remedy = (
        "On attend un référentiel, une liste de passerelles, de correspondances ou de règles, une offre, "
        "un profil, des renseignements, des sessions communes ou une liste de cas."
    )
    return [
        error(finding.rule, finding.message, remedy, file=finding.where.file, line=finding.where.line)
        for finding in problem.findings
    ]
