"""What is kept, one notion a file; importing this package makes every table known."""

from __future__ import annotations

from api.store.columns import Base
from api.store.tables.accounts import Account, AccountRole, Role
from api.store.tables.audit import AuditHead, AuditLine
from api.store.tables.bulk import BulkChunk, BulkRun
from api.store.tables.draft_changes import DraftChange
from api.store.tables.draft_comments import DraftComment
from api.store.tables.draft_links import DraftLink
from api.store.tables.draft_reviews import DraftReview
from api.store.tables.drafts import Draft
from api.store.tables.evidence import EvidenceFile
from api.store.tables.imported import ImportedDocument, ImportedName, ImportNote, ImportPiece, ImportRun, RunState
from api.store.tables.jobs import Job, JobPerson, JobState, JobStep, StepState
from api.store.tables.links import Handover, PlanLink
from api.store.tables.mapping_decisions import MappingDecision
from api.store.tables.offer_changes import OfferChange
from api.store.tables.offers import StoredOffer
from api.store.tables.organisations import Organisation
from api.store.tables.people import Consent, Identity, Person
from api.store.tables.people_lists import PeopleList
from api.store.tables.plans import PlanChange, PlanState, PlanVersion, StoredPlan
from api.store.tables.profiles import StoredProfile
from api.store.tables.published import LibraryMark, PublishedVersion
from api.store.tables.rights import StoredCorrespondence, StoredRecognition
from api.store.tables.search import SearchEntry
from api.store.tables.sessions import LoginSession
from api.store.tables.territories import TerritoryEdition, TerritoryFigure
from api.store.tables.tokens import ApiToken

__all__ = [
    "Account",
    "AccountRole",
    "ApiToken",
    "AuditHead",
    "AuditLine",
    "Base",
    "BulkChunk",
    "BulkRun",
    "Consent",
    "Draft",
    "DraftChange",
    "DraftComment",
    "DraftLink",
    "DraftReview",
    "EvidenceFile",
    "Handover",
    "Identity",
    "ImportNote",
    "ImportPiece",
    "ImportRun",
    "ImportedDocument",
    "ImportedName",
    "Job",
    "JobPerson",
    "JobState",
    "JobStep",
    "LibraryMark",
    "LoginSession",
    "MappingDecision",
    "OfferChange",
    "Organisation",
    "PeopleList",
    "Person",
    "PlanChange",
    "PlanLink",
    "PlanState",
    "PlanVersion",
    "PublishedVersion",
    "Role",
    "RunState",
    "SearchEntry",
    "StepState",
    "StoredCorrespondence",
    "StoredOffer",
    "StoredPlan",
    "StoredProfile",
    "StoredRecognition",
    "TerritoryEdition",
    "TerritoryFigure",
]
