"""The application (*service web*): settings and a store → one ASGI application, with nothing global.

A request goes through the layers from the outside in: its identifier and its log; the security headers; where it comes from; its size; then its
route, which declares a permission. Whatever goes wrong on the way is answered by :mod:`api.errors`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from importlib import import_module
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from api import routes
from api.contract import Application
from api.errors import install
from api.middleware.body import Body
from api.middleware.headers import SecurityHeaders
from api.middleware.origin import Origin
from api.middleware.requests import Requests
from api.settings import Settings, settings
from api.state import Services
from api.store.unit_of_work import Store
from api.web import assets, pages
from api.web.desk import Desk
from api.web.problems import ProblemPages

DESCRIPTION = (
    "Ce que détient une personne, ce qui lui reste pour une cible, et le plus court chemin. Erreurs selon la RFC 9457 (docs/errors.md) ; "
    "`ETag` et `If-Match` sur tout ce qui se modifie ; listes par pages (`limit`, `cursor`)."
)


def create_app(given: Settings, store: Store | None = None) -> FastAPI:
    """An application.

    Parameters
    ----------
    given : Settings
    store : Store, optional
        Instead of the one that the settings name; whoever gives it closes it.
    """
    services = Services.of(given, store)
    app = Application(
        title="Passerelles",
        version=version("passerelles"),
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(services, closes=store is None),
        middleware=_layers(services),
    )
    app.state.services = services
    app.state.desk = Desk()
    install(app)
    for router in routers():
        app.include_router(router)
    app.router.routes.append(assets.mount())
    return app


def routers() -> list[APIRouter]:
    """Those of ``api/routes`` and ``api/web/pages``, in the order of their names."""
    found = [(place.__name__, one.name) for place in (routes, pages) for one in pkgutil.iter_modules(place.__path__)]
    return [import_module(f"{place}.{name}").router for place, name in sorted(found)]


def _layers(services: Services) -> list[Middleware]:
    given = services.settings
    return [
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
        Middleware(ProblemPages, services=services),
        Middleware(Requests, metrics=services.metrics),
        Middleware(SecurityHeaders, in_production=services.in_production),
        Middleware(Origin),
        Middleware(Body, most=given.body_bytes, most_in_a_form=given.evidence_bytes, most_to_import=given.import_bytes),
    ]


def _lifespan(services: Services, closes: bool) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with _workshop(services) if closes else nullcontext():
            yield
        if closes:
            services.store.close()

    return lifespan


@contextmanager
def _workshop(services: Services) -> Iterator[None]:
    """Plans are computed in processes of their own, and jobs are done, as long as the application runs."""
    from api.jobs.workshop import Workshop

    given = services.settings
    workshop = Workshop(given, services.store, services.libraries, jobs=given.jobs_here).open()
    services.solver = workshop.solver
    try:
        yield
    finally:
        workshop.close()


def application() -> FastAPI:
    """The application of the settings of this process, for the server."""
    from api.request_log import log_to_standard_error

    log_to_standard_error()
    return create_app(settings())
