"""How far a cohort is (*avancement d'une cohorte*): the people who were called, then the problems that were answered, and what is left."""

from __future__ import annotations

from types import TracebackType

from api.services.cohort import Stage
from api.terminal.estimate import Estimate
from api.terminal.progress import Progress
from reports.wording import number, plural


class CohortProgress:
    """A bar; silent where nobody looks."""

    def __init__(self) -> None:
        self._progress, self._estimate = Progress(), Estimate()

    def __enter__(self) -> CohortProgress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        self._progress.__exit__(kind, what, where)

    def tell(self, stage: Stage, done: int, of: int | None) -> None:
        """Say how far a stage is."""
        if of is None:
            if done % 100 == 0:
                self._progress.tell(f"{plural(done, 'personne lue', 'personnes lues')}", done, done)
            return
        left = self._estimate.left(done, of)
        doing = f"{number(done)} problèmes sur {number(of)}"
        self._progress.tell(f"{doing}, {left}" if left else doing, done, of)
