"""The figures of a territory as a job (*nouvelle édition*): the people of an organisation counted, then published beside all that was shown before.

The job says how many targets were published, and nothing of how many people were counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from api.auth.actor import Actor
from api.auth.permissions import Action, Forbidden, authorize, scope_of
from api.jobs.pool import Abandoned, Gone
from api.jobs.work import Bench, Keep
from api.services.situation import trade_of
from api.services.territory import Counted, counted
from api.store.repositories.jobs import Step
from api.store.repositories.territories import Somebody
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.tables.jobs import Job, JobStep
from api.store.unit_of_work import UnitOfWork
from pathways.profile import Profile
from pathways.territory.publication import published


class TerritoryEditions:
    """A new edition of every target that people of an organisation aim at."""

    kind = "territory"
    at_once = 1

    def scope(self, bench: Bench, job: Job) -> Scope:
        """The people of the organisation of the account that asked, who agreed."""
        with bench.store.read() as unit:
            actor = Actor.of_account(unit.directory.accounts.get(job.account_id or ""))
        return team_of(actor)

    def prepare(self, bench: Bench, job: Job, step: JobStep, gone: Gone) -> Keep:
        """Count everybody, and work out what may be published."""
        scope, day = self.scope(bench, job), bench.store.now().date()
        library = bench.libraries.of(Scope(organisation=scope.organisation))
        with bench.store.read() as unit:
            room = unit.of(scope).territories
            tallies = counted(_people(room.everybody(), gone), library, day).by_target
            editions = {ref: published(tally, room.editions(ref)) for ref, tally in tallies.items()}

        def keep(room: Room) -> dict[str, Any]:
            for ref, edition in editions.items():
                room.territories.publish(ref, edition, day)
            return {"targets": len(editions)}

        return keep


def _people(everybody: Iterator[Somebody], gone: Gone) -> Iterator[Counted]:
    for one in everybody:
        if gone():
            raise Abandoned
        trade = one.trade or trade_of(None, Profile.model_validate({"experience": one.profile.get("experience", ())}))
        yield Counted(one.area, trade, one.target, one.profile)


def team_of(actor: Actor) -> Scope:
    """The people of whom an actor may publish figures: those of an organisation, never one's own file alone.

    Raises
    ------
    NotSignedIn, Forbidden
        Whoever asks is no adviser of an organisation.
    """
    authorize(actor, Action.PEOPLE_READ)
    scope = scope_of(actor, Action.PEOPLE_READ)
    if scope.organisation is None:
        raise Forbidden(Action.PEOPLE_READ)
    return replace(scope, account=None)


def ask_for_territory(unit: UnitOfWork, actor: Actor) -> Job:
    """Ask for a new edition."""
    team_of(actor)
    jobs = unit.of(scope_of(actor, Action.JOBS_WRITE)).jobs
    return jobs.add(TerritoryEditions.kind, {}, steps=[Step({})])
