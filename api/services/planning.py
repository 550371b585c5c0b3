"""From files and wishes to a question and its answer (*demande de parcours*): the same work for every door.

What can't be asked is refused here with a sentence, before anything is computed: a module that doesn't exist, a deadline
before the first day. A question without answer is no mistake: the pathway says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from pathways.holdings import ProfileProblem
from pathways.profile import PROFILE, CanGive, Profile
from referentials.document import DataPath, Document, path_text
from referentials.findings import FileProblem, error
from referentials.library import Library
from referentials.loader import OFFER, SUFFIXES, load_document, load_file
from referentials.offer import Offer
from referentials.refusals import refusals
from referentials.yaml_source import read_file
from reports.wording import date_fr


class NotPlannable(ValueError):
    """What was asked can't be computed; ``near`` lists what may have been meant."""

    def __init__(self, sentence: str, near: Iterable[str] = ()) -> None:
        self.near = tuple(near)
        super().__init__(sentence)


# -- the person -----------------------------------------------------------------------------------------------------------


class Person(NamedTuple):
    """A profile, and the document it was read from."""

    profile: Profile
    document: Document


def read_person(path: Path) -> Person:
    """Read a profile.

    Raises
    ------
    FileProblem
        With one finding per problem, each with its line, path and remedy.
    """
    loaded = load_document(read_file(path), PROFILE)
    return Person(loaded.items[0], loaded.document)


def located(problem: ProfileProblem, document: Document) -> FileProblem:
    """What can't be used in a profile, each at its line."""
    return FileProblem(
        error(
            "profil-reference",
            message,
            "Corrigez le profil ; « passerelles list » donne les référentiels connus.",
            file=document.file,
            line=document.line(path),
            path=path_text(path),
        )
        for message in problem.messages
        for path in (_path_of(message, document),)
    )


def _path_of(message: str, document: Document) -> DataPath:
    """Where the reference that a message quotes stands in the profile."""
    return next((path for path, ref in _held(document.value) if f"« {ref} »" in message), ("holds",))


def _held(value: Any) -> Iterator[tuple[DataPath, str]]:
    for group, names in (("holds", None), ("can_give", ("refused", "imposed", "excluded_bodies"))):
        for kind, items in (value.get(group) or {}).items():
            for index, item in enumerate(items or () if names is None or kind in names else ()):
                yield (group, kind, index), item if isinstance(item, str) else item.get("ref", "")


def giving(profile: Profile, changes: Mapping[str, Any]) -> Profile:
    """The same profile with other limits.

    Raises
    ------
    NotPlannable
        A limit has no sense: a budget below zero, a modality that doesn't exist.
    """
    give = profile.can_give.model_dump() | {name: _as_typed(value) for name, value in changes.items()}
    if "weekly_hours" in changes:
        give["calendar"] = None
    try:
        return profile.model_copy(update={"can_give": CanGive.model_validate(give)})
    except ValidationError as problem:
        found = refusals(problem, give, (), CanGive, Document(give))
        raise NotPlannable(" ".join(f"{finding.message} {finding.remedy}" for finding in found)) from None


def _as_typed(value: Any) -> Any:
    """A number as people type it, for the messages that quote it: -5 and not -5.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# -- the offers -----------------------------------------------------------------------------------------------------------


def read_offers(places: Iterable[Path]) -> dict[Path, Offer]:
    """The offers of some files and folders.

    Raises
    ------
    FileProblem
        A file is not an offer, or can't be used.
    """
    return {file: load_file(file, OFFER).items[0] for place in places for file in _files(place)}


def _files(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from sorted(path for path in place.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    else:
        yield place


# -- what can be asked ----------------------------------------------------------------------------------------------------


def check_limits(give: CanGive, on: date, library: Library) -> None:
    """Refuse limits that nothing could meet, or that name what isn't there.

    Raises
    ------
    NotPlannable
        With near names where there are some.
    """
    _check_days(give, on)
    for ref in (*give.refused, *give.imposed):
        if ref not in library.modules:
            near = get_close_matches(ref, library.modules, n=3)
            raise NotPlannable(f"Le module « {ref} » n'existe dans aucune offre chargée.", near)
    both = sorted(set(give.refused) & set(give.imposed))
    if both:
        raise NotPlannable(f"Le module « {both[0]} » est à la fois imposé et refusé : choisissez.")
    known = [offer.id for offer in library.offers] if give.excluded_bodies else []
    for identifier in give.excluded_bodies:
        if identifier not in known:
            near = get_close_matches(identifier, known, n=3)
            raise NotPlannable(f"L'offre « {identifier} », à écarter, n'existe pas.", near)


def _check_days(give: CanGive, on: date) -> None:
    start = on if give.start is None else max(give.start, on)
    if give.deadline is not None and give.deadline < start:
        raise NotPlannable(
            f"La date limite ({date_fr(give.deadline)}) vient avant le premier jour possible ({date_fr(start)}) : "
            "reculez l'une ou avancez l'autre."
        )
