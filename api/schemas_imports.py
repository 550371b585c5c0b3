"""What HTTP gives and takes about outside standards (*formats d'échange*): which there are, imports and their account, profiles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from api.schemas_jobs import JobAnswer
from api.services.imports import Outcome
from api.store.tables.imported import RunState
from pathways.profile import Profile
from referentials.findings import Finding
from referentials.provenance import Value


class StandardRow(Value):
    """One outside standard."""

    id: str
    title: str
    suffixes: tuple[str, ...] = Field(description="Comment finissent les noms de ses fichiers.")
    media_type: str
    reads: tuple[str, ...] = Field(description="Ce qui s'en lit : referential, recognitions, offer, profile…")
    writes: tuple[str, ...] = Field(description="Ce qui s'y écrit.")
    templates: tuple[str, ...] = Field((), description="Les fichiers vides à remplir : /formats/{id}/templates/…")


class ImportRow(Value):
    """One import in a list."""

    id: str
    standard: str = Field(description="Le format.")
    file_name: str
    size: int = Field(description="Taille du fichier, en octets.")
    digest: str = Field(description="SHA-256 du fichier.")
    dry: bool = Field(description="Vrai pour un essai, qui ne change rien.")
    strict: bool = Field(description="Vrai quand une seule erreur fait refuser tout le fichier.")
    shared: bool = Field(description="Vrai pour ce que tous les organismes lisent.")
    state: RunState = Field(description="running (en cours), done (fini), refused (refusé) ou stopped (arrêté).")
    complete: bool = Field(description="Vrai quand le fichier a été lu jusqu'au bout.")
    counts: dict[str, int] = Field(description="Combien de quoi : new, changed, confirmed, unchanged, gone, refused…")
    job: str | None = Field(description="Le travail qui le fait.")
    created_at: datetime
    finished_at: datetime | None


class ImportAsked(JobAnswer):
    """The job of an import that was just asked for."""

    import_id: str = Field(description="L'import, dont /imports/{import_id} rend compte.")


class ImportLine(Value):
    """One line of the account of an import."""

    number: int
    outcome: Outcome
    ref: str = Field(description="Ce dont il s'agit ; pour un constat, l'endroit du fichier.")
    title: str
    said: Any = Field(None, description="Les phrases d'un changement, ou le constat.")


class ProfileRead(Value):
    """What a file says that a person has; claims, as long as nobody has seen the proofs."""

    standard: str
    profiles: tuple[Profile, ...]
    findings: tuple[Finding, ...] = Field(description="Ce qui n'a pas pu être lu, ou demande un regard.")
