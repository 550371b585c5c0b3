"""The audit trail (*journal*): who did what, and when; looked through by account, thing and day, taken away as a table, verified."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Annotated, Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import file_answer
from api.auth.actor import NOBODY
from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.services.documents import File
from api.store.audit import Verdict
from api.store.repositories.administered import Administered
from api.store.repositories.trail import Looked
from api.store.tables import AuditLine
from api.store.unit_of_work import SYSTEM, UnitOfWork
from api.web.entries import Unreadable, day
from api.web.page import pages, show
from api.web.pages.administration import AdministrationPage, runs
from api.web.pages.administration_comptes import organisations
from api.web.views.administration import THINGS, act_in_words
from api.web.views.moments import PARIS, moment
from api.web.views.said import Said
from referentials.provenance import Value
from reports.exporters.csv import SEPARATOR, inert
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.ADMINISTRATION_READ)]
_HERE = "/administration/journal"
_PER_PAGE, _AT_ONCE, _MOST_LINES, _MOST_ACCOUNTS = 50, 200, 20_000, 200


class Asked(NamedTuple):
    """What is looked for, as it was typed."""

    qui: str
    quoi: str
    objet: str
    du: str
    au: str
    organisme: str


def _asked(
    qui: Annotated[str, Query(max_length=200)] = "",
    quoi: Annotated[str, Query(max_length=60)] = "",
    objet: Annotated[str, Query(max_length=200)] = "",
    du: Annotated[str, Query(max_length=40)] = "",
    au: Annotated[str, Query(max_length=40)] = "",
    organisme: Annotated[str, Query(max_length=32)] = "",
) -> Asked:
    return Asked(*(one.strip() for one in (qui, quoi, objet, du, au, organisme)))


Filters = Annotated[Asked, Depends(_asked)]


class ActLine(Value):
    """One line of the trail."""

    number: int = Field(description="Son numéro.")
    at: str = Field(description="Quand.")
    actor: Said = Field(description="Qui ; l'identifiant d'un compte qui n'existe plus.")
    account: str = Field(description="L'identifiant du compte ; vide : il n'existe plus, ou n'en est pas un.")
    act: Said = Field(description="Ce qui a été fait.")
    object: str = Field(description="À quoi, par son identifiant.")


class TrailPage(AdministrationPage):
    """The audit trail."""

    template: ClassVar[str] = "pages/administration/journal.html"

    lines: tuple[ActLine, ...] = Field(description="Les lignes, la dernière d'abord.")
    typed: dict[str, str] = Field(description="Ce qui est cherché, champ par champ.")
    things: tuple[tuple[str, Said], ...] = Field(description="Les sortes de choses : nom, mots.")
    organisations: tuple[tuple[str, str], ...] = Field(
        description="Les organismes entre lesquels choisir ; vide : un seul."
    )
    first: bool = Field(description="Vrai pour la première page.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")
    table: str = Field(description="L'adresse du tableau à emporter.")
    whole: bool = Field(description="Vrai pour qui peut vérifier le journal entier.")
    verdict: Verdict | None = Field(description="Ce que la vérification a trouvé ; vide : elle n'est pas demandée.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE)
def read_trail(
    request: Request,
    permit: Reading,
    filters: Filters,
    avant: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
    verifier: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Lines of the trail, the last one first."""
    errors: dict[str, str] = {}
    with permit.unit() as unit:
        looked = _looked(permit, unit, filters, errors)
        found = () if errors else unit.directory.trail.search(looked, avant, _PER_PAGE + 1)
        page = TrailPage(
            lines=_lines(permit, unit, found[:_PER_PAGE]),
            typed=filters._asdict(),
            things=tuple(THINGS.items()),
            organisations=organisations(permit, unit) if runs(permit) else (),
            first=avant is None,
            later=_address(filters, _HERE, avant=found[_PER_PAGE - 1].number) if len(found) > _PER_PAGE else "",
            table=_address(filters, f"{_HERE}.csv"),
            whole=runs(permit),
            verdict=unit.directory.trail.verify() if verifier and runs(permit) else None,
            errors=errors,
        )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


@router.get(f"{_HERE}.csv")
def take_trail(permit: Reading, filters: Filters) -> Response:
    """The same lines, for a spreadsheet; the last ones, where there are very many."""
    with permit.unit() as unit:
        looked = _looked(permit, unit, filters, {})
        content = _table(permit, unit, looked)
    return file_answer(File("journal.csv", "text/csv; charset=utf-8", content))


def _address(filters: Asked, here: str, **more: int) -> str:
    given = {name: value for name, value in filters._asdict().items() if value} | {k: str(v) for k, v in more.items()}
    return f"{here}?{urlencode(given)}" if given else here


# -- what is looked for ---------------------------------------------------------------------------------------------------


def _looked(permit: Permit, unit: UnitOfWork, filters: Asked, errors: dict[str, str]) -> Looked:
    since, until = _moment(filters.du, "du", errors), _moment(filters.au, "au", errors)
    return Looked(
        organisation=permit.actor.organisation or filters.organisme or None,
        actors=_actors(permit, unit, filters.qui) if filters.qui else None,
        kind=filters.quoi,
        object=filters.objet,
        since=since,
        until=until + timedelta(days=1) if until else None,
    )


def _moment(text: str, name: str, errors: dict[str, str]) -> datetime | None:
    try:
        found = day(text)
    except Unreadable as problem:
        errors[name] = str(problem)
        return None
    return datetime.combine(found, time(), PARIS) if found else None


def _actors(permit: Permit, unit: UnitOfWork, words: str) -> frozenset[str]:
    """Who may be meant: accounts by name or address, one by its identifier, the service itself."""
    found = Administered(unit, permit.actor.organisation).accounts(words, limit=_MOST_ACCOUNTS)
    ours = {SYSTEM} if words.casefold() in _service().casefold() else set()
    return frozenset({row.id for row in found.rows} | {words} | ours)


def _service() -> str:
    return say("le service")


# -- in words -------------------------------------------------------------------------------------------------------------


def _lines(permit: Permit, unit: UnitOfWork, rows: tuple[AuditLine, ...]) -> tuple[ActLine, ...]:
    names = Administered(unit, permit.actor.organisation).named(frozenset(row.actor for row in rows))
    said = {SYSTEM: _service(), NOBODY: say("quelqu'un sans compte")}
    return tuple(
        ActLine(
            number=row.number,
            at=moment(row.at),
            actor=names.get(row.actor) or said.get(row.actor, row.actor),
            account=row.actor if row.actor in names else "",
            act=act_in_words(row.action),
            object=row.object.partition(":")[2],
        )
        for row in rows
    )


def _table(permit: Permit, unit: UnitOfWork, looked: Looked) -> bytes:
    written = io.StringIO()
    rows: Any = csv.writer(written, delimiter=SEPARATOR, lineterminator="\r\n")
    rows.writerow((say("Numéro"), say("Quand (heure de Paris)"), say("Qui"), say("Quoi"), say("Identifiant")))
    for lines in _pages(unit, looked):
        for one in _lines(permit, unit, lines):
            rows.writerow(map(inert, (str(one.number), one.at, one.actor, one.act, one.object)))
    return written.getvalue().encode("utf-8-sig")


def _pages(unit: UnitOfWork, looked: Looked) -> Iterator[tuple[AuditLine, ...]]:
    before: int | None = None
    for _turn in range(_MOST_LINES // _AT_ONCE):
        found = unit.directory.trail.search(looked, before, _AT_ONCE)
        if not found:
            return
        yield found
        before = found[-1].number
