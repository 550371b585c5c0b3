"""Where the processes of every pool come from."""

from multiprocessing import forkserver, set_forkserver_preload

import pytest


@pytest.fixture(scope="session", autouse=True)
def nursery() -> None:
    """One process that has read the solver, as in the service, and forks all others: each would read it again, for two seconds."""
    set_forkserver_preload(["api.jobs.solver", "tests.api.jobs.processes"])
    forkserver.ensure_running()
