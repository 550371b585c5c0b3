"""The figures of a territory as rows of a table (*tableau de chiffres*), as spreadsheets read them: what is published, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from api.services.territory import FigureRow, NeedRow, Territory
from pathways.territory.figures import Place
from reports.exporters.csv import SEPARATOR, inert
from reports.territory_wording import area_in_words, trade_in_words

COLUMNS = (
    "cible",
    "compétence",
    "intitulé",
    "territoire",
    "métiers",
    "personnes",
    "à qui elle manque",
    "depuis le",
    "modules",
)
"""The heading."""


def csv_of(found: Iterable[Territory], competency: str = "") -> str:
    """The figures of some targets as a text that French spreadsheets open; of one competency, when it is named."""
    written = StringIO()
    writer = csv.writer(written, delimiter=SEPARATOR)
    writer.writerow(COLUMNS)
    for one in found:
        writer.writerows(map(inert, row) for row in rows(one) if not competency or row[1] == competency)
    return written.getvalue()


def rows(found: Territory) -> Iterator[Sequence[str]]:
    """A row for each figure: the people first, then each competency."""
    needs = {one.competency: one for one in found.needs}
    for one in (*found.cells, *found.figures):
        yield _row(found.target, one, needs)


def _row(target: str, one: FigureRow, needs: Mapping[str, NeedRow]) -> Sequence[str]:
    need = needs.get(one.competency or "")
    return (
        target,
        one.competency or "",
        (need.title or "") if need else "",
        area_in_words(one.places[0].area),
        trades_in_words(one),
        str(one.people),
        "" if one.lacking is None else str(one.lacking),
        one.since.isoformat(),
        str(len(need.modules)) if need else "",
    )


def trades_in_words(one: FigureRow) -> str:
    """The trades of a figure; nothing where areas are put together."""
    if one.places[0].area is None:
        return ""
    return ", ".join(trade_in_words(place.trade) for place in one.places)


def places_of(one: FigureRow) -> tuple[Place, ...]:
    """The places of a figure."""
    return tuple(Place(place.area, place.trade) for place in one.places)
