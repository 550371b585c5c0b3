"""Whose file an adviser's pages show (*périmètre du conseil*): the people of the organisation who agreed, and nobody else.

The permission of a professional reaches a file of their own, which is no team: here it is refused, as is that of every other role.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from api.auth.permissions import Action, Forbidden
from api.deps import Permit
from api.store.rooms import Room
from api.store.scope import Scope


def team(permit: Permit) -> Scope:
    """The scope of the organisation that an adviser works for, without any file of their own.

    Raises
    ------
    NotSignedIn, Forbidden
        Whoever asks is no adviser of an organisation.
    """
    scope = permit.scope_for(Action.PEOPLE_READ)
    if scope.organisation is None:
        raise Forbidden(Action.PEOPLE_READ)
    return replace(scope, account=None)


@contextmanager
def team_room(permit: Permit, *, writes: bool = False) -> Iterator[Room]:
    """A transaction among the people of the team."""
    scope = team(permit)
    with permit.unit(writes=writes) as unit:
        yield unit.of(scope)
