"""``passerelles serve``: the web application and its API, on this machine."""

from __future__ import annotations

import typer

from api.commands.store_options import opened_store
from api.terminal.problems import WrongRequest
from api.terminal.screen import notice

HELP = """
Démarrer le service web et son API. Sur un poste, la base de données est créée ou mise à jour toute seule ; en production
(PASSERELLES_ENVIRONMENT=production), le service refuse de démarrer tant que « passerelles db upgrade » n'a pas été lancé.

Le journal des demandes, en JSON, sort sur la sortie d'erreur. Ctrl+C arrête le service, demandes en cours terminées.
"""
EXAMPLES = ("serve", "serve --host 0.0.0.0 --port 8080 --workers 2")

_SECONDS_TO_END = 20


def command(
    host: str = typer.Option("127.0.0.1", "--host", metavar="ADRESSE", help="L'adresse où écouter."),
    port: int = typer.Option(8000, "--port", min=1, max=65535, metavar="N", help="Le port où écouter."),
    workers: int = typer.Option(1, "--workers", min=1, max=64, metavar="N", help="Combien de processus répondent."),
) -> None:
    """Serve until interrupted."""
    import uvicorn

    from api.settings import settings

    _prepare()
    notice().line(f"Passerelles répond sur http://{host}:{port} (API : /api/openapi.json).", "bold")
    uvicorn.run(
        "api.app:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings().trusted_proxies,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )


def _prepare() -> None:
    """Have the database ready: brought up to date here, or required to be so in production."""
    from api.settings import Environment, WrongSettings, settings
    from api.store import schema
    from api.store.repositories.search import index_shipped
    from referentials.library import Library

    try:
        in_production = settings().environment is Environment.PRODUCTION
    except WrongSettings as problem:
        raise WrongRequest(str(problem)) from None
    with opened_store(up_to_date=in_production) as store:
        if not in_production:
            schema.upgrade(store.engine)
            with store.write() as unit:
                index_shipped(unit, Library.read())
