"""A CV or results from elsewhere → profiles (*profils lus*): what the file says somebody has, for that person to confirm."""

from __future__ import annotations

from typing import BinaryIO

from api.services.import_formats import profile_readers, standard_named, standard_of
from api.store.repositories.imports import digest_of
from pathways.profile import PROFILE, Profile
from referentials.document import Document
from referentials.findings import FileProblem, Finding
from referentials.formats.exchange import PROFILE as KIND
from referentials.formats.exchange import Upload
from referentials.loader import load_document

MOST = 20
"""Profiles of one file."""


def read_profiles(
    name: str, stream: BinaryIO, standard: str | None = None
) -> tuple[str, tuple[Profile, ...], tuple[Finding, ...]]:
    """The standard of a file, its profiles, and what could not be read.

    Raises
    ------
    NotPlannable
        Its format is not known.
    FileProblem
        Nothing of it can be used.
    """
    size, _digest = digest_of(stream)
    upload = Upload(name, stream, size)
    known = profile_readers()
    chosen = standard_named(standard, known) if standard else standard_of(upload, known)
    profiles: list[Profile] = []
    findings: list[Finding] = []
    assert chosen.read is not None
    for one in chosen.read(upload):
        if isinstance(one, Finding):
            findings.append(one)
        elif one.kind == KIND and len(profiles) < MOST:
            try:
                profiles += load_document(Document(dict(one.values), None, name), PROFILE).items
            except FileProblem as problem:
                findings += problem.findings
    if not profiles and findings:
        raise FileProblem(findings)
    return chosen.id, tuple(profiles), tuple(findings)
