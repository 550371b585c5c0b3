"""What every request is given (*moyens*): the settings, the store, the libraries, and what is counted and bounded in this process.

One object, made by :func:`api.app.create_app` and kept on the application: nothing is global, and a test makes as many services as it likes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from api.auth.attempts import Attempts, Turns
from api.middleware.metrics import Metrics
from api.services.solver import ThreadSolver
from api.settings import Environment, Settings
from api.store.library import Libraries
from api.store.unit_of_work import Store

if TYPE_CHECKING:
    from api.auth.openid import Provider

HASHES_AT_ONCE = 2
"""Passwords checked at the same time, each in 64 MiB."""


@dataclass
class Services:
    """The means of one application.

    Parameters
    ----------
    attempts : Attempts
        How often people try to sign in.
    work : Attempts
        How often they compute, and send files: counted apart, so that nobody makes the others be forgotten.
    turns : Turns
        Turns at checking passwords, which takes a processor and memory.
    provider : Provider or None
        The OpenID provider that the settings name.
    solver
        What computes plans: in the threads of the requests, until the application starts a pool.
    """

    settings: Settings
    store: Store
    libraries: Libraries
    attempts: Attempts
    work: Attempts
    metrics: Metrics = field(default_factory=Metrics)
    turns: Turns = field(default_factory=lambda: Turns(HASHES_AT_ONCE))
    provider: Provider | None = None
    solver: Any = field(default_factory=ThreadSolver)

    @classmethod
    def of(cls, settings: Settings, store: Store | None = None) -> Services:
        """The services that settings describe, on a store of their own unless one is given."""
        kept = store or Store.of(settings)
        found = cls(settings, kept, Libraries(kept), Attempts(kept.now), Attempts(kept.now))
        if settings.oidc_issuer:
            from api.auth.openid import Provider

            found.provider = Provider.of(settings)
        return found

    @property
    def in_production(self) -> bool:
        """Whether people rely on this server."""
        return self.settings.environment is Environment.PRODUCTION

    def now(self) -> datetime:
        """The moment, by the clock of the store."""
        return self.store.now()
