"""Permissions (*droits d'accès*): one table says which roles may do what, and whose things each action reaches.

::

    may(actor, action)   = the token permits the action  and  one of the actor's roles may do it
    reaches(actor, row)  = the row is in the scope of the action:  scope_of(actor, action)

Both say the same thing twice: :func:`authorize` in memory, the :class:`~api.store.scope.Scope` in every query. A new action is a line in
:class:`Action` and one in ``RULES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Any, NamedTuple

from api.auth.actor import Actor
from api.store.conflict import Absent
from api.store.scope import Scope
from api.store.tables import Role

FOLLOW_UP = "accompagnement"
"""The purpose to which a person agrees before an adviser may see the file."""


class Action(StrEnum):
    """What may be done, in the words that API tokens use: the thing, then the verb."""

    LIBRARY_READ = "library:read"
    """Referentials, recognitions, correspondences, offers; search, bridges, coverage."""
    PLANS_COMPUTE = "plans:compute"
    """Gaps, plans, orientation: an answer to a question, of which nothing is kept."""
    DRAFTS_READ = "drafts:read"
    DRAFTS_WRITE = "drafts:write"
    DRAFTS_REVIEW = "drafts:review"
    """Comment on a draft, approve it or not: a designer, or an administrator of the organisation."""
    VERSIONS_PUBLISH = "versions:publish"
    RIGHTS_WRITE = "rights:write"
    """Recognitions and correspondences."""
    OFFERS_WRITE = "offers:write"
    IMPORTS_READ = "imports:read"
    IMPORTS_WRITE = "imports:write"
    """Files of outside standards, into what is shared or what is the organisation's own."""
    PEOPLE_CREATE = "people:create"
    """Open a file; an adviser's must hold the person's agreement before its transaction ends, or nobody will see it."""
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    PEOPLE_DELETE = "people:delete"
    PEOPLE_SHARE = "people:share"
    """Let an organisation into one's own file, or out of it; take over the file that an organisation offers."""
    PLANS_READ = "plans:read"
    PLANS_WRITE = "plans:write"
    LINKS_USE = "links:use"
    """Keep a plan without an account; whoever shows the secret of its link reads it, writes it again and deletes it."""
    JOBS_READ = "jobs:read"
    JOBS_WRITE = "jobs:write"
    SIGN_IN = "account:sign-in"
    ACCOUNT_READ = "account:read"
    ACCOUNT_WRITE = "account:write"
    ACCOUNT_SECURE = "account:secure"
    """Password, sessions, tokens, the end of the account: in a session only."""
    ADMINISTRATION_READ = "administration:read"
    ADMINISTRATION_WRITE = "administration:write"
    SERVICE_RUN = "service:run"
    """What concerns every organisation: their list, the whole audit trail, retention."""
    METRICS_READ = "metrics:read"
    STATE_READ = "state:read"


class Reach(Enum):
    """Whose things an action reaches."""

    NOTHING = "nothing that somebody owns"
    LIBRARY = "what is shared, and what is the organisation's own"
    IMPORTS = "the organisation's own; what is shared, for an administrator or a designer who belongs to none"
    OPENING = "a file that is being opened"
    PEOPLE = "one's own file; for an adviser, the people of the organisation who agreed"
    ERASING = "as PEOPLE; for an administrator, all the people of the organisation"
    JOBS = "one's own jobs; for an adviser, those of the organisation"
    SELF = "one's own account, and the file that it keeps"
    ORGANISATION = "the accounts of one's organisation; of all, for an administrator who belongs to none"


class Rule(NamedTuple):
    """Who may do something (``roles``: None for anybody, even unknown), to whose things, and whether with a token."""

    roles: frozenset[Role] | None
    reach: Reach = Reach.NOTHING
    by_token: bool = True


EVERYBODY = frozenset(Role)
"""Whoever has an account."""


def _only(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_WITH_PEOPLE = _only(Role.PROFESSIONAL, Role.ADVISER)
_ADMINISTRATOR = _only(Role.ADMINISTRATOR)
_REVIEWING = _only(Role.DESIGNER, Role.ADMINISTRATOR)
_IMPORTING = _only(Role.DESIGNER, Role.TRAINING_BODY, Role.ADMINISTRATOR)

RULES: Mapping[Action, Rule] = {
    Action.LIBRARY_READ: Rule(None, Reach.LIBRARY),
    Action.PLANS_COMPUTE: Rule(None, Reach.LIBRARY),
    Action.DRAFTS_READ: Rule(_REVIEWING, Reach.LIBRARY),
    Action.DRAFTS_WRITE: Rule(_only(Role.DESIGNER), Reach.LIBRARY),
    Action.DRAFTS_REVIEW: Rule(_REVIEWING, Reach.LIBRARY),
    Action.VERSIONS_PUBLISH: Rule(_only(Role.DESIGNER), Reach.LIBRARY),
    Action.RIGHTS_WRITE: Rule(_only(Role.DESIGNER), Reach.LIBRARY),
    Action.OFFERS_WRITE: Rule(_only(Role.TRAINING_BODY), Reach.LIBRARY),
    Action.IMPORTS_READ: Rule(_IMPORTING, Reach.IMPORTS),
    Action.IMPORTS_WRITE: Rule(_IMPORTING, Reach.IMPORTS),
    Action.PEOPLE_CREATE: Rule(_WITH_PEOPLE, Reach.OPENING),
    Action.PEOPLE_READ: Rule(_WITH_PEOPLE, Reach.PEOPLE),
    Action.PEOPLE_WRITE: Rule(_WITH_PEOPLE, Reach.PEOPLE),
    Action.PEOPLE_DELETE: Rule(_WITH_PEOPLE | _ADMINISTRATOR, Reach.ERASING),
    Action.PEOPLE_SHARE: Rule(_only(Role.PROFESSIONAL), Reach.SELF),
    Action.PLANS_READ: Rule(_WITH_PEOPLE, Reach.PEOPLE),
    Action.PLANS_WRITE: Rule(_WITH_PEOPLE, Reach.PEOPLE),
    Action.LINKS_USE: Rule(None),
    Action.JOBS_READ: Rule(EVERYBODY, Reach.JOBS),
    Action.JOBS_WRITE: Rule(EVERYBODY, Reach.JOBS),
    Action.SIGN_IN: Rule(None),
    Action.ACCOUNT_READ: Rule(EVERYBODY, Reach.SELF),
    Action.ACCOUNT_WRITE: Rule(EVERYBODY, Reach.SELF),
    Action.ACCOUNT_SECURE: Rule(EVERYBODY, Reach.SELF, by_token=False),
    Action.ADMINISTRATION_READ: Rule(_ADMINISTRATOR, Reach.ORGANISATION),
    Action.ADMINISTRATION_WRITE: Rule(_ADMINISTRATOR, Reach.ORGANISATION),
    Action.SERVICE_RUN: Rule(_ADMINISTRATOR),
    Action.METRICS_READ: Rule(_ADMINISTRATOR),
    Action.STATE_READ: Rule(None),
}
"""The one table."""

OF_THE_WHOLE_SERVICE = frozenset({Action.SERVICE_RUN, Action.METRICS_READ})
"""Only for an administrator who belongs to no organisation."""


class NotSignedIn(Exception):
    """Whoever asks must sign in first."""


class Forbidden(Exception):
    """The account, or the token that it was asked with, may not do this."""

    def __init__(self, action: Action, *, by_token: bool = False) -> None:
        self.action, self.by_token = action, by_token
        super().__init__(action.value)


def authorize(actor: Actor, action: Action, thing: Any = None) -> None:
    """Refuse what an actor may not do.

    Parameters
    ----------
    thing : row, optional
        What it would be done to: an account, an organisation, a person's file, a document, a job.

    Raises
    ------
    NotSignedIn
        Only known accounts may do this.
    Forbidden
        None of the account's roles, or not this token, may do this.
    Absent
        The thing belongs to others: for this actor it is not there.

    Examples
    --------
    >>> authorize(Actor(), Action.LIBRARY_READ)
    >>> authorize(Actor(), Action.PLANS_READ)
    Traceback (most recent call last):
    api.auth.permissions.NotSignedIn
    """
    rule = RULES[action]
    if rule.roles is not None and not actor.is_known:
        raise NotSignedIn
    if actor.scopes is not None and (not rule.by_token or action.value not in actor.scopes):
        raise Forbidden(action, by_token=True)
    if rule.roles is not None and not _may(actor, action, rule.roles):
        raise Forbidden(action)
    if thing is not None and not reaches(actor, action, thing):
        raise Absent(getattr(thing, "__tablename__", type(thing).__name__), str(getattr(thing, "id", "")))


_OWNED = (Reach.LIBRARY, Reach.IMPORTS, Reach.OPENING, Reach.PEOPLE, Reach.ERASING)
"""Reaches in which an account needs something of its own: an adviser without organisation follows nobody."""


def _is_somebodys(scope: Scope) -> bool:
    return scope.shared or scope.organisation is not None or scope.account is not None


def _may(actor: Actor, action: Action, roles: frozenset[Role]) -> bool:
    if action in OF_THE_WHOLE_SERVICE and actor.organisation is not None:
        return False
    return actor.has(*roles) and (RULES[action].reach not in _OWNED or _is_somebodys(scope_of(actor, action)))


def reaches(actor: Actor, action: Action, thing: Any) -> bool:
    """Whether a thing is among those that an action of this actor reaches; an adviser's people must have agreed besides."""
    reach = RULES[action].reach
    if reach is Reach.NOTHING:
        return False
    if reach is Reach.SELF:
        return actor.is_known and _account_of(thing) == actor.account
    organisation = thing.id if getattr(thing, "__tablename__", "") == "organisations" else thing.organisation_id
    if reach is Reach.ORGANISATION:
        return actor.organisation is None or organisation == actor.organisation
    scope = scope_of(actor, action)
    if reach is Reach.IMPORTS:
        return scope.shared if organisation is None else organisation == scope.organisation
    if reach is Reach.LIBRARY:
        shared = scope.shared or RULES[action].roles is None
        return shared if organisation is None else organisation == scope.organisation
    mine = scope.account is not None and thing.account_id == scope.account
    return mine or (scope.organisation is not None and organisation == scope.organisation)


def _account_of(thing: Any) -> Any:
    return thing.id if getattr(thing, "__tablename__", "") == "accounts" else thing.account_id


def scope_of(actor: Actor, action: Action) -> Scope:
    """Whose rows an action of this actor may read and change: the same rule as a condition of every query.

    Examples
    --------
    >>> adviser = Actor(account="anne", organisation="ici", roles=frozenset({Role.ADVISER}))
    >>> scope_of(adviser, Action.PEOPLE_READ)
    Scope(organisation='ici', account=None, purpose='accompagnement', shared=False)
    >>> scope_of(adviser, Action.LIBRARY_READ)
    Scope(organisation='ici', account=None, purpose=None, shared=False)
    """
    reach = RULES[action].reach
    adviser = actor.organisation if actor.has(Role.ADVISER) else None
    own = actor.account if actor.has(Role.PROFESSIONAL) else None
    if reach is Reach.LIBRARY:
        return Scope(organisation=actor.organisation, shared=_keeps_what_is_shared(actor))
    if reach is Reach.IMPORTS:
        return Scope(organisation=actor.organisation, shared=_keeps_what_is_shared(actor, Role.ADMINISTRATOR))
    if reach is Reach.OPENING:
        return Scope(organisation=adviser) if adviser else Scope(account=own)
    if reach is Reach.ERASING and actor.has(Role.ADMINISTRATOR):
        return Scope(organisation=actor.organisation, account=own)
    if reach in (Reach.PEOPLE, Reach.ERASING):
        return Scope(organisation=adviser, account=own, purpose=FOLLOW_UP if adviser else None)
    if reach is Reach.JOBS:
        return Scope(organisation=adviser, account=actor.account)
    return Scope(account=actor.account) if reach is Reach.SELF else Scope()


def _keeps_what_is_shared(actor: Actor, *others: Role) -> bool:
    """Whether an actor edits the library that all organisations read: a designer (or another role) who belongs to none."""
    return actor.organisation is None and actor.has(Role.DESIGNER, *others)


def permitted(actor: Actor) -> tuple[Action, ...]:
    """All that an actor may do, for the pages and for whoever asks what an account is for."""
    return tuple(action for action in Action if _is_permitted(actor, action))


def _is_permitted(actor: Actor, action: Action) -> bool:
    try:
        authorize(actor, action)
    except (NotSignedIn, Forbidden):
        return False
    return True
