"""``passerelles work``: a worker of its own, for jobs that take long."""

from __future__ import annotations

import signal
from typing import Any

import typer

from api.commands.store_options import opened_store
from api.terminal.screen import notice

HELP = """
Faire les travaux longs (plans en nombre…) dans un programme à part, sur cette machine ou sur une autre qui voit la même base.
Chaque étape faite est gardée : un programme arrêté ou tué est relayé par un autre, qui reprend là où il en était.

« serve » fait aussi ces travaux, sauf avec PASSERELLES_JOBS_HERE=false. Ctrl+C rend le travail en cours et finit.
"""
EXAMPLES = ("work", "work --once")


def command(
    once: bool = typer.Option(False, "--once", help="Finir quand il n'y a plus rien à faire."),
) -> None:
    """Do jobs until interrupted, or until there are none."""
    from api.jobs.workshop import Workshop
    from api.request_log import log_to_standard_error
    from api.settings import settings
    from api.store.library import Libraries

    log_to_standard_error()
    with opened_store() as store:
        workshop = Workshop(settings(), store, Libraries(store), jobs=False).open()
        _leave_when_asked(workshop.runner.leaving)
        notice().line("Les travaux sont faits ici, l'un après l'autre.", "bold")
        try:
            if once:
                while not workshop.runner.leaving.is_set() and workshop.runner.work_once():
                    pass
            else:
                workshop.runner.run()
        finally:
            workshop.close()


def _leave_when_asked(leaving: Any) -> None:
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: leaving.set())
