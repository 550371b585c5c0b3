"""People: opened under a pseudonym, named apart, asked for their consent, and really deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from api.store.columns import Base
from api.store.conflict import Absent, Conflict, WrongState
from api.store.erasure import erase
from api.store.repositories.people_wanted import WantedPeople, last_plan, narrowed
from api.store.repositories.repository import Page, Repository
from api.store.search import PEOPLE, Found, forget, index_entries, index_people
from api.store.secrets import digest_of, new_secret
from api.store.tables.links import Handover
from api.store.tables.people import Consent, Identity, Person
from api.store.tables.plans import StoredPlan
from api.store.tables.profiles import StoredProfile

_NAMES = ("given_name", "family_name", "email", "phone")


class Offered(NamedTuple):
    """The secret that takes a file over, told once, and until when it holds."""

    secret: str
    expires_at: datetime


class NewFile(NamedTuple):
    """A file to be opened: who it is about, what was agreed and when, the plain values of the profile if there is one, where they work."""

    identity: Mapping[str, str | None]
    purpose: str
    text_version: str
    agreed_at: datetime
    profile: Mapping[str, Any] | None = None
    situation: Mapping[str, str | None] = {}

    @property
    def name(self) -> str:
        """The name that the person goes by."""
        return " ".join(part for part in (self.identity.get("given_name"), self.identity.get("family_name")) if part)


class Known(NamedTuple):
    """Who somebody is, in a few words, to be recognised by."""

    person: str
    given_name: str | None
    family_name: str | None
    email: str | None


class People(Repository[Person]):
    """The people of a scope; for an adviser, those who have agreed."""

    table = Person
    kind = "person"

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.people()

    def add(self) -> Person:
        """A new file, without any name yet."""
        return self._add(active_at=self.unit.now, **self.scope.owner())

    def among(self, identifiers: Iterable[str]) -> tuple[Person, ...]:
        """Those of some people who are here, in the order in which their files were opened."""
        query = self._select().where(Person.id.in_(sorted(set(identifiers))))
        return tuple(self.session.scalars(query.order_by(Person.id)))

    def here(self, identifiers: Iterable[str]) -> frozenset[str]:
        """Those of some people who are here, by their files."""
        query = select(Person.id).where(self._readable(), Person.id.in_(sorted(set(identifiers))))
        return frozenset(self.session.scalars(query))

    def wanted(self, wanted: WantedPeople, after: str | None = None, limit: int = 50) -> Page[Person]:
        """The people who answer every condition, in the order in which their files were opened."""
        return self._page(self._wanted(wanted), after, limit)

    def count(self, wanted: WantedPeople) -> int:
        """How many answer every condition."""
        return self.session.scalar(select(func.count()).select_from(self._wanted(wanted).subquery())) or 0

    def all_wanted(self, wanted: WantedPeople, most: int) -> tuple[str, ...]:
        """The files of those who answer every condition, so many at most."""
        query = self._wanted(wanted).with_only_columns(Person.id).order_by(Person.id).limit(most)
        return tuple(self.session.scalars(query))

    def targets(self) -> dict[str, int]:
        """What the last plans of the people here aim at, and how many of them."""
        last = select(StoredPlan.target, Person.id).join(Person, StoredPlan.person_id == Person.id)
        here = last.where(self._readable(), StoredPlan.id == last_plan()).subquery()
        query = select(here.c.target, func.count()).group_by(here.c.target).order_by(here.c.target)
        return {row[0]: row[1] for row in self.session.execute(query)}

    def _wanted(self, wanted: WantedPeople) -> Select[Person]:
        return narrowed(self._select(), wanted, self.session.get_bind().dialect.name)

    def open_all(self, files: Iterable[NewFile]) -> tuple[str, ...]:
        """Open many files at once, each whole, in their order.

        Returns
        -------
        tuple of str
            Their identifiers.
        """
        wanted = list(files)
        rows = [self._new(one) for one in wanted]
        self.session.add_all(rows)
        self.session.flush()
        for row, one in zip(rows, wanted, strict=True):
            self.session.add_all(self._hung_on(row, one))
            self._record("add", row.id)
            self._record("agree", row.id)
        self.session.flush()
        names = ((row.id, one.name) for row, one in zip(rows, wanted, strict=True) if one.name)
        index_people(self.session, names)
        return tuple(row.id for row in rows)

    def _new(self, one: NewFile) -> Person:
        now = self.unit.now
        identifier = self.unit.new_identifier()
        return Person(
            id=identifier, created_at=now, updated_at=now, active_at=now, **self.scope.owner(), **one.situation
        )

    def _hung_on(self, person: Person, one: NewFile) -> Iterator[Base]:
        """The identity, the agreement and the profile of a new file."""
        if any(one.identity.values()):
            yield Identity(person_id=person.id, **one.identity)
        yield Consent(
            id=self.unit.new_identifier(),
            created_at=one.agreed_at,
            person_id=person.id,
            purpose=one.purpose,
            text_version=one.text_version,
            organisation_id=person.organisation_id,
        )
        if one.profile:
            yield StoredProfile(person_id=person.id, updated_at=self.unit.now, document=dict(one.profile))

    # -- who they are ------------------------------------------------------------------------------------------------

    def identities(self, identifiers: Iterable[str]) -> dict[str, Identity]:
        """Who some people are, by their file; who is not here, or was never named, is left out."""
        here = select(Person.id).where(self._readable(), Person.id.in_(sorted(set(identifiers))))
        return {
            row.person_id: row for row in self.session.scalars(select(Identity).where(Identity.person_id.in_(here)))
        }

    def known(self) -> tuple[Known, ...]:
        """Everybody who is here, by what they can be recognised by, in the order in which the files were opened."""
        query = select(Person.id, Identity.given_name, Identity.family_name, Identity.email)
        query = query.outerjoin(Identity, Identity.person_id == Person.id).where(self._readable())
        return tuple(Known(*row) for row in self.session.execute(query.order_by(Person.id)))

    def identity(self, person_id: str) -> Identity | None:
        """Who a person is, as far as anybody has said."""
        query = select(Identity).where(Identity.person_id == self.get(person_id).id)
        return self.session.scalars(query).one_or_none()

    def identify(
        self,
        person_id: str,
        revision: int | None = None,
        *,
        given_name: str | None = None,
        family_name: str | None = None,
        email: str | None = None,
        phone: str | None = None,
    ) -> Identity:
        """Say who a person is, in place of what was said before; the file can then be found by that name.

        Raises
        ------
        Conflict
            ``revision`` is no longer that of what was said.
        """
        person = self._locked(person_id, None)
        row = self.identity(person_id)
        if revision is not None and (row is None or row.revision != revision):
            raise Conflict(row)
        if row is None:
            row = Identity(person_id=person_id)
            self.session.add(row)
        for name, value in zip(_NAMES, (given_name, family_name, email, phone), strict=True):
            setattr(row, name, value)
        self.session.flush()
        self._index(person, " ".join(part for part in (given_name, family_name) if part))
        self._record("identify", person_id)
        return row

    def situate(
        self, person_id: str, *, service: str | None = None, area: str | None = None, trade: str | None = None
    ) -> Person:
        """Say where a person works, in place of what was said before."""
        person = self._locked(person_id, None)
        person.service, person.area, person.trade = service, area, trade
        self.session.flush()
        self._record("situate", person_id)
        return person

    def _index(self, person: Person, name: str) -> None:
        forget(self.session, PEOPLE, person.id)
        entries = [Found("person", person.id, name)] if name else []
        index_entries(self.session, entries, part=PEOPLE, source=person.id, person_id=person.id)

    # -- whose file it is --------------------------------------------------------------------------------------------

    def share(self, person_id: str, organisation: str | None) -> Person:
        """Let an organisation into the file that a person keeps, or out of it.

        Raises
        ------
        Absent
            This scope's account does not keep that file.
        """
        return self._open_to(person_id, "account_id", self.scope.account, organisation_id=organisation)

    def give(self, person_id: str, account: str | None) -> Person:
        """Let the person's own account into the file that an organisation keeps, or out of it.

        Raises
        ------
        Absent
            This scope's organisation does not keep that file.
        """
        return self._open_to(person_id, "organisation_id", self.scope.organisation, account_id=account)

    def _open_to(self, person_id: str, kept_by: str, keeper: str | None, **owner: str | None) -> Person:
        person = self._kept_by(kept_by, keeper, person_id)
        for name, value in owner.items():
            setattr(person, name, value)
        self._touch(person)
        self.session.flush()
        return person

    def _kept_by(self, column: str, keeper: str | None, person_id: str) -> Person:
        person = self._locked(person_id, None)
        if keeper is None or getattr(person, column) != keeper:
            raise Absent(self.kind, person_id)
        return person

    def hand_over(self, person_id: str, lifetime: timedelta) -> Offered:
        """Offer the file that an organisation keeps to the person it is about, who has no account in it yet.

        Raises
        ------
        Absent
            This scope's organisation does not keep that file.
        WrongState
            An account keeps it already.
        """
        person = self._kept_by("organisation_id", self.scope.organisation, person_id)
        if person.account_id is not None:
            raise WrongState("given")
        secret, now = new_secret(), self.unit.now
        until = now + lifetime
        row = Handover(
            id=self.unit.new_identifier(),
            created_at=now,
            person_id=person_id,
            digest=digest_of(secret),
            expires_at=until,
        )
        self.session.add(row)
        self.session.flush()
        self._record("hand-over", person_id)
        return Offered(secret, until)

    # -- what they agreed to -----------------------------------------------------------------------------------------

    def agree(self, person_id: str, purpose: str, text_version: str, given_at: datetime | None = None) -> Consent:
        """Keep an agreement, of now or of another day; a newer one to the same purpose takes the place of the one before."""
        person = self._locked(person_id, None)
        self.withdraw(person_id, purpose)
        row = Consent(
            id=self.unit.new_identifier(),
            created_at=given_at or self.unit.now,
            person_id=person_id,
            purpose=purpose,
            text_version=text_version,
            organisation_id=person.organisation_id,
        )
        self.session.add(row)
        self.session.flush()
        self._record("agree", person_id)
        return row

    def withdraw(self, person_id: str, purpose: str) -> None:
        """End an agreement, if there is one; what was agreed, and until when, stays written."""
        self._locked(person_id, None)
        current = (Consent.person_id == person_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
        for row in self.session.scalars(select(Consent).where(*current)):
            row.withdrawn_at = self.unit.now
            self._record("withdraw", person_id)
        self.session.flush()

    def agreements(self, identifiers: Iterable[str], purpose: str) -> dict[str, Consent]:
        """What some people agree to, for one purpose, by their file."""
        here = select(Person.id).where(self._readable(), Person.id.in_(sorted(set(identifiers))))
        current = (Consent.person_id.in_(here), Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
        return {row.person_id: row for row in self.session.scalars(select(Consent).where(*current))}

    def consents(self, person_id: str) -> tuple[Consent, ...]:
        """Every agreement of a person, past ones too, the oldest first."""
        query = select(Consent).where(Consent.person_id == self.get(person_id).id)
        return tuple(self.session.scalars(query.order_by(Consent.created_at, Consent.id)))

    # -- the end -----------------------------------------------------------------------------------------------------

    def delete(self, identifier: str, revision: int | None = None) -> None:
        """Really delete a person (see :mod:`api.store.erasure`); an organisation lets go of a file that is the person's own.

        Raises
        ------
        Absent, Conflict
            As for :meth:`~api.store.repositories.repository.Repository.edit`.
        """
        person = self._locked(identifier, revision)
        if person.account_id not in (None, self.scope.account):
            self.let_go(person)
            return
        erase(self.session, [person], self.unit.now)
        self._record("delete", identifier)

    def let_go(self, person: Person) -> None:
        """End what a person has agreed to with the organisation that is let into the file, and its access with it."""
        left = person.organisation_id
        given = (Consent.person_id == person.id, Consent.withdrawn_at.is_(None), Consent.organisation_id == left)
        for row in self.session.scalars(select(Consent).where(*given)):
            row.withdrawn_at = self.unit.now
        person.organisation_id = person.service = None  # a service is one of that organisation
        self._touch(person)
        self.session.flush()
        self.unit.record("person.let-go", self.kind, person.id, left)
