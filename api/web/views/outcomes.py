"""What a change does to people made up, as a page shows it (*effets*): one line each, before and after in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from api.services.outcomes import Change, Outcome
from api.web.views.names import called
from api.web.views.said import Said
from referentials.library import Library
from referentials.provenance import Value
from reports.language import Words, say, say_n, to_say
from reports.wording import hours, weeks

_SPARED = Words(
    {
        "assessment": to_say("dispense d'évaluation : {what}"),
        "training": to_say("dispense de formation : {what}"),
        "entry": to_say("dispense d'exigence à l'entrée : {what}"),
        "reduction": to_say("formation allégée ({what})"),
    }
)


class EffectRow(Value):
    """What changes for somebody made up."""

    who: Said = Field(description="Ce que la personne détient.")
    target: Said = Field(description="Vers quoi.")
    same: bool = Field(description="Vrai quand rien ne change.")
    before: tuple[Said, ...] = Field(description="Ce qu'il en est avant, une phrase par ligne.")
    after: tuple[Said, ...] = Field(description="Ce qu'il en est après.")


def effect_rows(changes: Iterable[Change], library: Library) -> tuple[EffectRow, ...]:
    """Those for whom something changes first."""
    rows = [_row(one, library) for one in changes]
    return tuple(sorted(rows, key=lambda one: one.same))


def _row(one: Change, library: Library) -> EffectRow:
    names = " ; ".join(called(library, ref) for ref in one.holds)
    return EffectRow(
        who=say("qui a obtenu {what}", what=names) if names else say("qui n'a rien encore"),
        target=called(library, one.target),
        same=one.same,
        before=tuple(_told(one.before, one.after, library)),
        after=tuple(_told(one.after, one.before, library)),
    )


def _told(one: Outcome | None, other: Outcome | None, library: Library) -> Iterator[str]:
    """One side: totals, and what it has that the other has not."""
    if one is None:
        yield say("ce que cette personne détient n'existe plus sous ce nom")
        return
    yield say_n("{count} bloc à obtenir", "{count} blocs à obtenir", one.left) if one.left else say("tout est acquis")
    if one.possible is False:
        yield say("aucun parcours n'y mène avec les modules connus")
    elif one.hours is not None:
        known = hours(one.hours)
        yield say("{hours} en {weeks}", hours=known, weeks=weeks(one.weeks)) if one.weeks else known
    by_right = _codes(one.by_right)
    if by_right:
        yield say("acquis de droit : {codes}", codes=by_right)
    lost = _codes(ref for ref in one.acquired if other is not None and ref not in other.acquired)
    if lost and lost != by_right:
        yield say("acquis ici seulement : {codes}", codes=lost)
    for what, ref in one.eased:
        yield _SPARED[what].format(what=ref if what == "reduction" else called(library, ref))


def _codes(refs: Iterable[str]) -> str:
    return ", ".join(ref.partition("/")[2].replace("/", " › ") for ref in refs)
