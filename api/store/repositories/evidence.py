"""Evidence: files bounded in size and in number, kept with what they prove."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select

from api.store.conflict import WrongState
from api.store.repositories.personal import PersonalRepository, enter
from api.store.tables.evidence import EvidenceFile


class TooLarge(WrongState):
    """The file, or all the files of the person together, would pass the limit."""


class Evidence(PersonalRepository[EvidenceFile]):
    """The evidence of the people of a scope."""

    table = EvidenceFile
    kind = "evidence"

    def add(
        self, person_id: str, name: str, content: bytes, *, media_type: str, about: str | None = None
    ) -> EvidenceFile:
        """Keep a file.

        Parameters
        ----------
        about : str, optional
            The reference that it proves: ``tp-remn@2019/CCP1``.

        Raises
        ------
        TooLarge
            It is larger than a file, or than the files of a person, may be.
        """
        enter(self.unit, self.scope, person_id)
        total = select(func.coalesce(func.sum(EvidenceFile.size), 0)).where(EvidenceFile.person_id == person_id)
        limits, size = self.unit.limits, len(content)
        if size > limits.evidence or self.session.scalars(total).one() + size > limits.evidence_per_person:
            raise TooLarge(str(size))
        return self._add(
            person_id=person_id,
            name=name,
            media_type=media_type,
            about=about,
            size=size,
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
        )
