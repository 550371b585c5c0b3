"""A plan that somebody comes back to without an account (*lien*), because they asked for it.

Whoever has the link reads the profile, the question and the plan, writes them again, or deletes them; nobody else can, not even who
runs the service from the database alone. The plan is forgotten after some days without being written again.
"""

from __future__ import annotations

from datetime import timedelta

from api.services.asking import PlanRequest, kept_request
from api.services.plans import Planning
from api.store.repositories.links import Linked
from api.store.tables.links import PlanLink
from api.store.unit_of_work import Store
from pathways.pathway import Pathway


def keep_link(store: Store, planning: Planning, actor: str, request: PlanRequest, lifetime: timedelta) -> Linked:
    """Compute a plan, and keep it for so long: the link, and its secret, told once."""
    dated = planning.dated(request)
    found = planning.compute(dated)
    with store.write(actor) as unit:
        return unit.directory.links.add(dated.plain(), found.model_dump(mode="json"), lifetime)


def open_link(store: Store, secret: str) -> PlanLink:
    """The plan of a secret; see :func:`linked_request` and :func:`linked_pathway`.

    Raises
    ------
    Absent
        There is none, it was deleted, or its time is over.
    """
    with store.read() as unit:
        return unit.directory.links.get(secret)


def rewrite_link(
    store: Store,
    planning: Planning,
    actor: str,
    secret: str,
    revision: int,
    request: PlanRequest,
    lifetime: timedelta,
) -> PlanLink:
    """Compute another plan, and keep it in place of the one before, for so long again.

    Raises
    ------
    Absent
        As for :func:`open_link`.
    Conflict
        Somebody else with the same link has written it since.
    """
    open_link(store, secret)
    dated = planning.dated(request)
    found = planning.compute(dated)
    with store.write(actor) as unit:
        return unit.directory.links.write(secret, revision, dated.plain(), found.model_dump(mode="json"), lifetime)


def delete_link(store: Store, actor: str, secret: str) -> None:
    """Forget a plan at once.

    Raises
    ------
    Absent
        As for :func:`open_link`.
    """
    with store.write(actor) as unit:
        unit.directory.links.delete(secret)


def linked_request(link: PlanLink) -> PlanRequest:
    """The profile and the question that were kept."""
    return kept_request(link.question)


def linked_pathway(link: PlanLink) -> Pathway:
    """The answer that was kept."""
    return Pathway.model_validate(link.pathway)
