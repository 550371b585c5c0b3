"""Who does the work, as the settings and whoever asks say (*choix de l'équipe*)."""

from __future__ import annotations

from api.bulk.workforce import Here, Workforce
from api.settings import Settings


def chosen(settings: Settings, workers: int | None = None) -> Workforce:
    """The workforce to use.

    Parameters
    ----------
    workers : int, optional
        0: this process alone; so many processes of this machine; not said: the cluster of the settings, else a process for each processor.
    """
    if workers == 0:
        return Here()
    if workers is None and settings.dask:
        from api.bulk.cluster import Certificates, Cluster

        return Cluster(settings.dask, Certificates(settings.dask_ca, settings.dask_certificate, settings.dask_key))
    from api.bulk.processes import Processes

    return Processes(workers)
