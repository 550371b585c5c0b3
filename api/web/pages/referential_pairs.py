"""Two referentials side by side (*comparaison*), and the versions of one from the first to the last (*historique*)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated, ClassVar

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services.comparison import compare
from api.services.resemblance import Resemblance, resemblance
from api.web.days import asked_day
from api.web.page import Page, pages, show
from api.web.views.choosing import choice, choices, chosen
from api.web.views.names import anchor, bridge_address, version_label, version_name
from api.web.views.rights import LikenessView, RightView, likeness_view, right_views
from api.web.views.said import Anchor, Said
from api.web.views.versions import VersionName, blocks_said, standing, summary, version_names
from referentials.diff import Change, ChangeKind
from referentials.library import Library
from referentials.model import Referential
from referentials.provenance import Value
from reports.language import Words, say, to_say
from reports.wording import enumeration, labelled

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Asked = Annotated[str, Query(max_length=300)]
_HERE = "referentiels"
_NAMES = Words(
    {
        "rncp": to_say("code RNCP"),
        "rs": to_say("code du répertoire spécifique"),
        "nsf": to_say("domaine (NSF)"),
        "rome": to_say("métier (ROME)"),
        "formacode": to_say("Formacode"),
        "ministry": to_say("code du ministère"),
    }
)


# -- two of them ----------------------------------------------------------------------------------------------------------


class Side(Value):
    """One of the two."""

    href: str = Field(description="Sa fiche.")
    name: Said = Field(description="Son nom court.")
    title: Said = Field(description="Son intitulé.")
    summary: Said = Field(description="Nature, niveau, autorité.")
    standing: Said = Field(description="Si elle est en vigueur.")
    blocks: Said = Field(description="Ce que l'on sait de ses blocs.")
    alone: tuple[Anchor, ...] = Field(description="Ce que rien ne rapproche de l'autre.")


class SamePair(Value):
    """A part of each, under one title or one code."""

    first: Anchor = Field(description="De la première.")
    second: Anchor = Field(description="De la seconde.")
    why: Said = Field(description="Même intitulé, ou même code.")


class PairView(Value):
    """What brings two versions near one another."""

    first: Side = Field(description="La première.")
    second: Side = Field(description="La seconde.")
    codes: tuple[Said, ...] = Field(description="Les codes que les deux ont.")
    same: tuple[SamePair, ...] = Field(description="Les parties sous un même intitulé ou un même code.")
    forth: tuple[RightView, ...] = Field(description="Ce que la première donne de la seconde.")
    back: tuple[RightView, ...] = Field(description="Ce que la seconde donne de la première.")
    forth_href: str = Field(description="La passerelle de la première à la seconde.")
    back_href: str = Field(description="La passerelle dans l'autre sens.")
    likenesses: tuple[LikenessView, ...] = Field(description="Ce qui se ressemble.")
    history: str = Field(description="L'historique, quand ce sont deux versions d'un même référentiel ; vide sinon.")

    @property
    def nothing(self) -> bool:
        """Whether nothing at all brings them near."""
        return not (self.codes or self.same or self.forth or self.back or self.likenesses)


class PairPage(Page):
    """Two referentials side by side."""

    template: ClassVar[str] = "pages/referentiels/comparer.html"
    here: ClassVar[str] = _HERE

    first: str = Field(description="La première, telle qu'elle a été écrite.")
    second: str = Field(description="La seconde.")
    errors: dict[str, Said] = Field(description="Ce qui n'a pas été trouvé.")
    choices: tuple[str, ...] = Field(description="Ce qui peut être choisi : intitulé et année.")
    swapped: str = Field(description="L'adresse de la même page, dans l'autre sens ; vide tant que rien n'est comparé.")
    pair: PairView | None = Field(description="La comparaison ; vide tant que les deux ne sont pas choisies.")


@router.get("/referentiels/comparer")
def compare_two(request: Request, permit: Reading, a: Asked = "", b: Asked = "") -> Response:
    """Two versions, whichever way they are named: a reference, a code, a title."""
    errors: dict[str, str] = {}
    first, second = (_chosen(permit, text, name, errors) for name, text in (("a", a), ("b", b)))
    pair = _pair(permit, first, second) if first and second else None
    view = PairPage(
        first=choice(first) if first else a,
        second=choice(second) if second else b,
        errors=errors,
        choices=choices(permit.library),
        swapped=f"/referentiels/comparer?a={second.key}&b={first.key}" if first and second else "",
        pair=pair,
    )
    return show(request, permit.services, permit.actor, view, status=422 if errors else 200)


def _chosen(permit: Permit, text: str, name: str, errors: dict[str, str]) -> Referential | None:
    """The version that somebody named; what is wrong goes to the errors."""
    found = chosen(permit.library, text, today(permit))
    if text.strip() and (found is None or found.version is None):
        errors[name] = say("Aucun référentiel ne répond à « {words} » : choisissez-le dans la liste.", words=text[:80])
    return found.version if found else None


def _pair(permit: Permit, first: Referential, second: Referential) -> PairView:
    library, on = permit.library, today(permit)
    found = resemblance(library, first, second)
    return PairView(
        first=_side(permit, first, found.alone[0]),
        second=_side(permit, second, found.alone[1]),
        codes=tuple(_codes(found)),
        same=tuple(
            SamePair(
                first=anchor(library, one.first),
                second=anchor(library, one.second),
                why=say("même code") if one.by_code else say("même intitulé"),
            )
            for one in found.same
        ),
        forth=right_views(found.forth, library, on),
        back=right_views(found.back, library, on),
        forth_href=bridge_address(first.key, second.key),
        back_href=bridge_address(second.key, first.key),
        likenesses=tuple(likeness_view(one, library) for one in found.likenesses),
        history=f"/referentiels/{first.id}/historique" if first.id == second.id else "",
    )


def _codes(found: Resemblance) -> Iterator[str]:
    return (labelled(_NAMES[name], code) for name, code in found.codes)


def _side(permit: Permit, version: Referential, alone: tuple[str, ...]) -> Side:
    library = permit.library
    return Side(
        href=f"/referentiels/{version.key}",
        name=version_name(version),
        title=version.title,
        summary=summary(version),
        standing=standing(library, version, today(permit)),
        blocks=blocks_said(version),
        alone=tuple(_inside(anchor(library, ref), version) for ref in alone),
    )


def _inside(found: Anchor, version: Referential) -> Anchor:
    return Anchor(href=found.href, label=found.label.removesuffix(f" — {version_name(version)}"))


# -- versions of one ------------------------------------------------------------------------------------------------------


class Passage(Value):
    """From one version to the next."""

    before: Anchor = Field(description="La version d'avant.")
    after: Anchor = Field(description="La version d'après.")
    changes: tuple[Said, ...] = Field(description="Ce qui change de ce qui est demandé, une phrase par changement.")
    unread: Said = Field(description="Ce qui n'a été lu que dans une des deux ; vide : rien.")
    others: tuple[Said, ...] = Field(description="Ce qui change des codes, des sources et de la rédaction.")
    rights: tuple[Said, ...] = Field(description="Les droits qui ne mènent qu'à la seconde.")
    lost: tuple[Said, ...] = Field(description="Les droits qui ne menaient qu'à la première.")


class HistoryPage(Page):
    """The versions of a referential."""

    template: ClassVar[str] = "pages/referentiels/historique.html"
    here: ClassVar[str] = _HERE

    id: str = Field(description="L'identifiant du référentiel.")
    title: Said = Field(description="L'intitulé de sa dernière version.")
    versions: tuple[VersionName, ...] = Field(description="Ses versions, la plus récente d'abord.")
    passages: tuple[Passage, ...] = Field(description="De chacune à la suivante, le dernier passage d'abord.")


@router.get("/referentiels/{identifier}/historique")
def history(request: Request, permit: Reading, identifier: Annotated[str, Path(max_length=100)]) -> Response:
    """What changed from each version to the next."""
    library = permit.library
    versions = library.versions(identifier)
    on, _errors = asked_day("", permit)
    view = HistoryPage(
        id=identifier,
        title=versions[-1].title,
        versions=version_names(library, identifier, on),
        passages=tuple(reversed([_passage(library, *pair) for pair in pairwise(versions)])),
    )
    return show(request, permit.services, permit.actor, view)


def _passage(library: Library, before: Referential, after: Referential) -> Passage:
    found = compare(library, before.key, after.key)
    pairs = list(zip(found.changes, found.sentences, strict=True))
    told = [(one, _plain(said, before, after)) for one, said in pairs if not _unread(one, before, after)]
    return Passage(
        before=Anchor(href=f"/referentiels/{before.key}", label=version_label(before)),
        after=Anchor(href=f"/referentiels/{after.key}", label=version_label(after)),
        unread=_in_one(one for one, _said in pairs if _unread(one, before, after)),
        changes=tuple(said for one, said in sorted(told, key=_rank) if one.kind in _ASKED),
        others=tuple(said for one, said in told if one.kind not in _ASKED),
        rights=tuple(one.title or one.source.title for one in found.second_only),
        lost=tuple(one.title or one.source.title for one in found.first_only),
    )


def _unread(change: Change, before: Referential, after: Referential) -> bool:
    """Whether a part looks new, or gone, only because nobody has read the parts of the other version."""
    if change.kind not in (ChangeKind.ADDED, ChangeKind.RETIRED):
        return False
    other = before if change.kind is ChangeKind.ADDED else after
    parts = change.where.split("/")[1:]
    block = other.block(parts[0]) if len(parts) > 1 else None
    return other.blocks is None or (block is not None and block.competencies is None)


def _in_one(changes: Iterable[Change]) -> str:
    """Those parts, block by block."""
    blocks = list(dict.fromkeys(change.where.split("/")[1] for change in changes))
    if not blocks:
        return ""
    return say("Lu dans une seule des deux versions, donc non comparé : {parts}.", parts=enumeration(blocks))


_ASKED = tuple(
    getattr(ChangeKind, name)
    for name in ("VALIDITY", "ADDED", "RETIRED", "MOVED", "REWORDED", "HOURS", "AWARD", "ENTRY")
)
"""The changes of what a certification asks for, the most telling first."""


def _rank(told: tuple[Change, str]) -> tuple[int, int]:
    """Blocks before their competencies."""
    change = told[0]
    return change.where.count("/"), _ASKED.index(change.kind) if change.kind in _ASKED else len(_ASKED)


def _plain(sentence: str, before: Referential, after: Referential) -> str:
    """The sentence without the reference of the version, which the title of the passage tells."""
    for version in (before, after):
        start = re.match(rf"{re.escape(version.key)}( ?: |, )", sentence)
        sentence = sentence[start.end() :] if start else sentence
        sentence = sentence.replace(f"{version.key}/", "")
        if sentence.startswith(f"{version.key} "):
            sentence = say("la certification {rest}", rest=sentence.removeprefix(f"{version.key} "))
    sentence = sentence.replace(f"{after.id}@", "")
    return sentence[:1].upper() + sentence[1:]
