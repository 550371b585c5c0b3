"""Two ways in (*accès*): :class:`Room`, what one scope may reach, and :class:`Directory`, what belongs to the service itself.

No query of a room goes without its scope. The directory is for signing in, for the administration and for the workers: whoever
asks it must have been authorised before.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from api.store.marks import number_of
from api.store.repositories.accounts import Accounts
from api.store.repositories.bulk import BulkRuns
from api.store.repositories.draft_reviews import DraftComments, DraftLinks, DraftReviews
from api.store.repositories.drafts import Drafts
from api.store.repositories.evidence import Evidence
from api.store.repositories.imported import ImportedDocuments
from api.store.repositories.imports import Imports
from api.store.repositories.jobs import Jobs, Queue
from api.store.repositories.links import Handovers, PlanLinks
from api.store.repositories.mapping_decisions import MappingDecisions
from api.store.repositories.offers import Offers
from api.store.repositories.organisations import Organisations
from api.store.repositories.people import People
from api.store.repositories.people_lists import PeopleLists
from api.store.repositories.plans import Plans
from api.store.repositories.profiles import Profiles
from api.store.repositories.published import Published
from api.store.repositories.rights import Correspondences, Recognitions
from api.store.repositories.search import Search
from api.store.repositories.sessions import Sessions
from api.store.repositories.territories import Territories
from api.store.repositories.tokens import Tokens
from api.store.repositories.trail import Trail
from api.store.scope import Scope

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork


class Room:
    """The repositories of one scope."""

    def __init__(self, unit: UnitOfWork, scope: Scope) -> None:
        self._unit, self.scope = unit, scope

    @cached_property
    def people(self) -> People:
        """Files of people, their identity and consents."""
        return People(self._unit, self.scope)

    @cached_property
    def people_lists(self) -> PeopleLists:
        """Lists of people that wait to be brought in."""
        return PeopleLists(self._unit, self.scope)

    @cached_property
    def profiles(self) -> Profiles:
        """What people hold and can give."""
        return Profiles(self._unit, self.scope)

    @cached_property
    def plans(self) -> Plans:
        """Plans of people."""
        return Plans(self._unit, self.scope)

    @cached_property
    def territories(self) -> Territories:
        """What is published of many people together."""
        return Territories(self._unit, self.scope)

    @cached_property
    def evidence(self) -> Evidence:
        """Files that prove what people hold."""
        return Evidence(self._unit, self.scope)

    @cached_property
    def jobs(self) -> Jobs:
        """Long work."""
        return Jobs(self._unit, self.scope)

    @cached_property
    def offers(self) -> Offers:
        """Offers of training bodies."""
        return Offers(self._unit, self.scope)

    @cached_property
    def mapping_decisions(self) -> MappingDecisions:
        """What was decided about the suggestions made for offers."""
        return MappingDecisions(self._unit, self.scope)

    @cached_property
    def drafts(self) -> Drafts:
        """Referentials being written."""
        return Drafts(self._unit, self.scope)

    @cached_property
    def draft_comments(self) -> DraftComments:
        """What is said of drafts."""
        return DraftComments(self._unit, self.scope)

    @cached_property
    def draft_reviews(self) -> DraftReviews:
        """Who approved drafts, and who did not."""
        return DraftReviews(self._unit, self.scope)

    @cached_property
    def draft_links(self) -> DraftLinks:
        """What takes the place of what, in the drafts of new versions."""
        return DraftLinks(self._unit, self.scope)

    @cached_property
    def published(self) -> Published:
        """Sealed versions."""
        return Published(self._unit, self.scope)

    @cached_property
    def recognitions(self) -> Recognitions:
        """Rights."""
        return Recognitions(self._unit, self.scope)

    @cached_property
    def correspondences(self) -> Correspondences:
        """Likenesses."""
        return Correspondences(self._unit, self.scope)

    @cached_property
    def imported(self) -> ImportedDocuments:
        """What was imported."""
        return ImportedDocuments(self._unit, self.scope)

    @cached_property
    def imports(self) -> Imports:
        """The imports themselves."""
        return Imports(self._unit, self.scope)

    @cached_property
    def search(self) -> Search:
        """Everything that may be found by its words."""
        return Search(self._unit, self.scope)

    @property
    def library_mark(self) -> tuple[int, int]:
        """Changes when the library that this scope reads has changed: what is kept in memory must be read again."""
        return number_of(self._unit.session, self.scope.organisation)


class Directory:
    """Organisations, accounts, sessions, tokens, links, the queue of jobs and the audit trail."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    @cached_property
    def organisations(self) -> Organisations:
        """Every organisation."""
        return Organisations(self._unit, Scope())

    @cached_property
    def accounts(self) -> Accounts:
        """Every account."""
        return Accounts(self._unit, Scope())

    @cached_property
    def sessions(self) -> Sessions:
        """Every session."""
        return Sessions(self._unit)

    @cached_property
    def tokens(self) -> Tokens:
        """Every API token."""
        return Tokens(self._unit)

    @cached_property
    def queue(self) -> Queue:
        """The jobs that wait or run."""
        return Queue(self._unit)

    @cached_property
    def links(self) -> PlanLinks:
        """The plans kept without an account."""
        return PlanLinks(self._unit)

    @cached_property
    def handovers(self) -> Handovers:
        """The files that wait for the person they are about."""
        return Handovers(self._unit)

    @cached_property
    def bulk(self) -> BulkRuns:
        """The runs of bulk work."""
        return BulkRuns(self._unit)

    @cached_property
    def trail(self) -> Trail:
        """The audit trail."""
        return Trail(self._unit)
