"""Versions as pages name them (*versions*): their year, whether they are in force, what sort of thing they are, how much of them is known."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.web.views.names import version_label
from api.web.views.said import Said
from referentials.library import Library
from referentials.model import Referential, State
from referentials.provenance import Value
from reports.language import say, say_n
from reports.library_wording import label
from reports.wording import date_in_letters


class VersionName(Value):
    """One version among others."""

    href: str = Field(description="Son adresse.")
    label: Said = Field(description="Son année.")
    standing: Said = Field(description="Si elle est en vigueur.")
    in_force: bool = Field(description="Vrai quand elle l'est.")
    here: bool = Field(description="Vrai pour celle que la page montre.")


def standing(library: Library, version: Referential, on: date) -> str:
    """Where a version stands on a day."""
    if version.state is State.NAMED:
        return say("fiche non lue : ses dates ne sont pas connues")
    day, end = date_in_letters(on), library.end_of(version)
    if library.is_in_force(version, on):
        if version.valid.start or version.valid.seen:
            return say("en vigueur le {day}", day=day)
        return say("peut-être en vigueur le {day} : dates non lues", day=day)
    if end is not None and end < on:
        if version.valid.end is None:
            return say("plus en vigueur le {day} : remplacé, dernier jour non lu", day=day)
        return say("plus en vigueur depuis le {end}", end=date_in_letters(end))
    return say("pas encore en vigueur le {day}", day=day)


def version_names(library: Library, identifier: str, on: date, here: str = "") -> tuple[VersionName, ...]:
    """Every version of a referential, the newest first."""
    return tuple(
        VersionName(
            href=f"/referentiels/{one.key}",
            label=version_label(one),
            standing=standing(library, one, on),
            in_force=library.is_in_force(one, on),
            here=one.key == here,
        )
        for one in reversed(library.versions(identifier))
    )


def summary(version: Referential) -> str:
    """What sort of thing it is, in one line."""
    kind = label(version.kind)
    level = say("niveau {level}", level=version.level) if version.level else ""
    told = " · ".join(part for part in (kind, level, version.issuer) if part)
    return told[0].upper() + told[1:]


def blocks_said(version: Referential) -> str:
    """How many blocks and competencies a version has, as far as they are known."""
    if version.blocks is None:
        return say("Ses blocs ne sont pas connus.")
    if not version.blocks:
        return say("Cette certification n'a pas de bloc.")
    count = len(version.blocks)
    told = say_n("{count} bloc", "{count} blocs", count)
    if not version.complete:
        told = say_n(
            "{count} bloc connu, la liste n'est pas entière", "{count} blocs connus, la liste n'est pas entière", count
        )
    some = sum(1 for _one in version.competencies())
    if not some:
        return say("{blocks}, compétences non lues.", blocks=told)
    return f"{told}, {say_n('{count} compétence lue', '{count} compétences lues', some)}."
