"""The cluster: what workers of Dask do is what would be done here; what goes wrong is told, and never waited for."""

from collections.abc import Iterator
from pathlib import Path
from socket import socket
from typing import Any

import pytest

from api.bulk import cluster
from api.bulk.cluster import Certificates, Cluster, OutOfReach
from api.bulk.run import run
from api.bulk.work import Refused, Work, in_order
from api.bulk.workforce import Here
from tests.api.bulk.tasks import counted
from tests.soaking import SOAKING


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    """A scheduler and two workers, in threads of this process."""
    from distributed import LocalCluster

    options = {"dashboard_address": ":0", "protocol": "tcp", "silence_logs": 50}
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, **options) as found:
        yield found


def test_the_bytes_are_those_of_one_process(dask: Any) -> None:
    work, workforce = counted(40), Cluster(dask.scheduler_address)
    assert workforce.hands == 2
    told: list[tuple[int, int]] = []
    found = list(in_order(run(work, workforce, tell=lambda done, of: told.append((done, of)))))
    assert found == list(run(work, Here()))
    assert told == [(done, 40) for done in range(1, 41)]
    stopped = list(run(work, workforce, should_stop=lambda: len(told) >= 50, tell=lambda *one: told.append(one)))
    assert len(stopped) == 10


def test_what_goes_wrong_on_a_worker_is_told(dask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    workforce = Cluster(dask.scheduler_address)
    found = {one.rank: one for one in run(Work("tests.api.bulk.tasks:failing", b"", (b"a", b"wrong")), workforce)}
    assert found[0].content == b"a"
    assert found[1].problem.startswith("ValueError (tasks.py:")
    with pytest.raises(Refused, match="Rien à faire"):
        list(run(Work("tests.api.bulk.tasks:failing", b"no", (b"a",)), workforce))
    monkeypatch.setattr(cluster, "engine", lambda: "another")
    with pytest.raises(Refused, match="autre version"):
        list(run(counted(1), workforce))


def test_nobody_is_waited_for_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    with socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(OutOfReach, match="ne répond pas"):
        list(run(counted(1), Cluster(address)))
    from distributed import LocalCluster

    options = {"dashboard_address": ":0", "protocol": "tcp", "silence_logs": 50}
    with LocalCluster(n_workers=0, processes=False, **options) as empty, pytest.raises(OutOfReach, match="aucun poste"):
        list(run(counted(1), Cluster(empty.scheduler_address)))


def test_an_encrypted_cluster_is_asked_with_the_certificates_of_the_settings() -> None:
    given = Certificates("ca.pem", "poste.pem", "poste.key")
    security = Cluster("tls://10.0.0.1:8786", given).security()
    assert security.require_encryption
    assert (security.tls_ca_file, security.tls_client_cert, security.tls_client_key) == given
    assert Cluster("tcp://10.0.0.1:8786", given).security() is None


@pytest.mark.hypothesis
@pytest.mark.skipif(not SOAKING, reason="in the soak")
def test_an_encrypted_cluster_works_for_whoever_has_the_certificates(tmp_path: Path) -> None:
    from distributed import LocalCluster, Security

    secret = Security.temporary()
    for name in ("tls_ca_file", "tls_client_cert", "tls_client_key"):
        (tmp_path / name).write_text(getattr(secret, name), "utf-8")
    options = {"dashboard_address": ":0", "protocol": "tls", "silence_logs": 50, "security": secret}
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, **options) as found:
        address = found.scheduler_address
        assert address.startswith("tls://")
        given = Certificates(*(str(tmp_path / name) for name in ("tls_ca_file", "tls_client_cert", "tls_client_key")))
        work = counted(5)
        assert list(in_order(run(work, Cluster(address, given)))) == list(run(work, Here()))
