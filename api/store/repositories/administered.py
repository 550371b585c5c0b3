"""What an administrator looks through (*vue d'administration*): accounts, tokens, jobs and what a deletion takes away.

One organisation, or all of them. Names, states and numbers; never what somebody wrote, nor whom a job is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from api.store.conflict import Absent
from api.store.repositories.repository import LARGEST_PAGE, Page
from api.store.repositories.tokens import Shown
from api.store.tables.accounts import Account, AccountRole, Role
from api.store.tables.drafts import Draft
from api.store.tables.imported import ImportedDocument, ImportRun
from api.store.tables.jobs import Job, JobStep, StepState
from api.store.tables.offers import StoredOffer
from api.store.tables.organisations import Organisation
from api.store.tables.people import Person
from api.store.tables.published import PublishedVersion
from api.store.tables.tokens import ApiToken

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork


_LIBRARY = {"offers": StoredOffer, "drafts": Draft, "versions": PublishedVersion, "imported": ImportedDocument}


class TakenAway(NamedTuple):
    """What goes with an organisation, or with an account; files of people that have another owner are let go of, and stay."""

    accounts: int
    people: int
    people_let_go: int
    offers: int
    drafts: int
    versions: int
    imported: int
    jobs: int


class Administered:
    """What belongs to an organisation; to all of them and to none, where there is no organisation."""

    def __init__(self, unit: UnitOfWork, organisation: str | None) -> None:
        self.session, self.organisation = unit.session, organisation

    def _of(self, table: Any) -> ColumnElement[bool]:
        """The condition on a table whose rows belong to organisations."""
        condition: ColumnElement[bool] = (
            true() if self.organisation is None else table.organisation_id == self.organisation
        )
        return condition

    # -- accounts and organisations ------------------------------------------------------------------------------------

    def accounts(
        self, words: str = "", role: Role | None = None, after: str | None = None, limit: int = 50
    ) -> Page[Account]:
        """Accounts in the order in which they were made: those whose name or address holds some words, those that have a role."""
        query = select(Account).where(self._of(Account))
        if words:
            query = query.where(
                or_(_holds(Account.name, words), Account.email.contains(words.casefold(), autoescape=True))
            )
        if role is not None:
            query = query.where(Account.assigned.any(AccountRole.role == role.value))
        return self._page(query, Account, after, limit)

    def named(self, accounts: frozenset[str]) -> dict[str, str]:
        """The names of some accounts, of those that are seen from here."""
        query = select(Account.id, Account.name).where(Account.id.in_(sorted(accounts)), self._of(Account))
        return {row.id: row.name for row in self.session.execute(query)}

    def organisations(self, words: str = "", after: str | None = None, limit: int = 50) -> Page[Organisation]:
        """Organisations in the order in which they were made: those whose name or number holds some words."""
        query = select(Organisation)
        if self.organisation is not None:
            query = query.where(Organisation.id == self.organisation)
        if words:
            query = query.where(or_(_holds(Organisation.name, words), Organisation.siret == words.replace(" ", "")))
        return self._page(query, Organisation, after, limit)

    # -- tokens --------------------------------------------------------------------------------------------------------

    def tokens(self, after: str | None = None, limit: int = 50) -> tuple[tuple[Shown, ...], str | None]:
        """Tokens, the last one first, each with its account; and the cursor of what follows."""
        query = select(ApiToken, Account).join(Account, Account.id == ApiToken.account_id).where(self._of(Account))
        if after is not None:
            query = query.where(ApiToken.id < after)
        rows = self.session.execute(query.order_by(ApiToken.id.desc()).limit(limit + 1)).all()
        following = rows[limit - 1][0].id if len(rows) > limit else None
        return tuple(Shown(*row) for row in rows[:limit]), following

    # -- jobs ----------------------------------------------------------------------------------------------------------

    def jobs(self, state: str = "", after: str | None = None, limit: int = 50) -> Page[Job]:
        """Jobs, the last one first: all, or those that stand somewhere."""
        query = select(Job).where(self._of(Job))
        if state:
            query = query.where(Job.state == state)
        if after is not None:
            query = query.where(Job.id < after)
        rows = self.session.scalars(query.order_by(Job.id.desc()).limit(limit + 1)).all()
        return Page(tuple(rows[:limit]), rows[limit - 1].id if len(rows) > limit else None)

    def job(self, identifier: str) -> Job:
        """One job.

        Raises
        ------
        Absent
            There is none here.
        """
        found = self.session.scalars(select(Job).where(Job.id == identifier, self._of(Job))).one_or_none()
        if found is None:
            raise Absent("job", identifier)
        return found

    def import_of(self, job: Job) -> ImportRun | None:
        """The import that a job makes, if it makes one."""
        return self.session.scalars(select(ImportRun).where(ImportRun.job_id == job.id).limit(1)).one_or_none()

    def failures(self, job: Job, limit: int = 50) -> tuple[JobStep, ...]:
        """The steps of a job that could not be done, in their order."""
        query = select(JobStep).where(JobStep.job_id == job.id, JobStep.state == StepState.FAILED.value)
        return tuple(self.session.scalars(query.order_by(JobStep.number).limit(limit)))

    # -- what goes -----------------------------------------------------------------------------------------------------

    def goes_with_organisation(self, organisation: str) -> TakenAway:
        """What the deletion of an organisation takes away."""

        def kept(table: Any, *conditions: ColumnElement[bool]) -> int:
            return self._count(table, table.organisation_id == organisation, *conditions)

        documents = {name: kept(table) for name, table in _LIBRARY.items()}
        alone = kept(Person, Person.account_id.is_(None))
        return TakenAway(kept(Account), alone, kept(Person) - alone, jobs=kept(Job), **documents)

    def goes_with_account(self, account: str) -> TakenAway:
        """What the deletion of an account takes away."""
        mine = Person.account_id == account
        alone = self._count(Person, mine, Person.organisation_id.is_(None))
        jobs = self._count(Job, Job.account_id == account)
        return TakenAway(1, alone, self._count(Person, mine) - alone, 0, 0, 0, 0, jobs)

    def _count(self, table: Any, *conditions: ColumnElement[bool]) -> int:
        return self.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

    def _page(self, query: Select[Any], table: Any, after: str | None, limit: int) -> Page[Any]:
        size = max(1, min(limit, LARGEST_PAGE))
        if after is not None:
            query = query.where(table.id > after)
        rows = self.session.scalars(query.order_by(table.id).limit(size + 1)).all()
        return Page(tuple(rows[:size]), rows[size - 1].id if len(rows) > size else None)


def _holds(column: Any, words: str) -> ColumnElement[bool]:
    """Whether a text holds words as they were typed, or in small letters; a file database lowers only letters without accents."""
    lowered = func.lower(column).contains(words.lower(), autoescape=True)
    return or_(column.contains(words, autoescape=True), lowered)
