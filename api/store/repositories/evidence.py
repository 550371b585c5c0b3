"""Evidence: files bounded in size and in number, kept with what they prove."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from sqlalchemy import func, select

from api.store.conflict import WrongState
from api.store.repositories.personal import PersonalRepository, enter
from api.store.tables.evidence import EvidenceFile

LARGEST_FILE = 5_000_000
"""The size of a file, in bytes, at most."""

LARGEST_PERSON = 50_000_000
"""The size of all the files of a person, in bytes, at most."""


class TooLarge(WrongState):
    """The file, or all the files of the person together, would pass the limit."""


class Evidence(PersonalRepository[EvidenceFile]):
    """The evidence of the people of a scope."""

    table = EvidenceFile
    kind = "evidence"
    largest_file: ClassVar[int] = LARGEST_FILE
    largest_person: ClassVar[int] = LARGEST_PERSON

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
        if len(content) > self.largest_file or self.session.scalars(total).one() + len(content) > self.largest_person:
            raise TooLarge(str(len(content)))
        return self._add(
            person_id=person_id,
            name=name,
            media_type=media_type,
            about=about,
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
        )
