"""References: how one file names a thing that another file defines (*référence*).

Grammar, as in the data format::

    <referential>                                    any version (in a requirement), or the one in force (as a target)
    <referential>@<version>                          one dated version
    <referential>@<version>/<block>                  a block (CCP, UC, DC, bloc)
    <referential>@<version>/<block>/<competency>     a competency
    <offer>:<module>                                 a module of a training body

The version may be left out before a block too (``bpjeps-tic/UC1``). In a framework of competencies the block may be left
out (``pix@2023/1.1``); :class:`referentials.library.Library` finds it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

IDENTIFIER = r"[a-z0-9][a-z0-9._-]*"
VERSION = r"[A-Za-z0-9][A-Za-z0-9._-]*"
CODE = r"[A-Za-z0-9][A-Za-z0-9._+-]*"

_REFERENCE = re.compile(
    rf"(?P<referential>{IDENTIFIER})(?:@(?P<version>{VERSION}))?(?:/(?P<block>{CODE})(?:/(?P<competency>{CODE}))?)?"
)
_LONGEST = 400
_SHOWN = 120
_MODULE = re.compile(rf"(?P<offer>{IDENTIFIER}):(?P<module>{IDENTIFIER})")


class Ref(NamedTuple):
    """A parsed reference to a referential, one of its blocks, or one of its competencies."""

    referential: str
    version: str | None = None
    block: str | None = None
    competency: str | None = None

    @property
    def whole(self) -> Ref:
        """The referential that contains this item."""
        return Ref(self.referential, self.version)

    def __str__(self) -> str:
        text = self.referential + (f"@{self.version}" if self.version else "")
        return "/".join([text, *(part for part in (self.block, self.competency) if part)])


class ModuleRef(NamedTuple):
    """A parsed reference to a module of an offer."""

    offer: str
    module: str

    def __str__(self) -> str:
        return f"{self.offer}:{self.module}"


@lru_cache(maxsize=200_000)
def parse(text: str) -> Ref | ModuleRef:
    """Read a reference.

    Parameters
    ----------
    text : str
        A reference in the grammar of this module's docstring.

    Raises
    ------
    ValueError
        The text follows no form of the grammar; the message, in French, says which forms there are.

    Examples
    --------
    >>> parse("tp-remn@2019/CCP1/C1.1")
    Ref(referential='tp-remn', version='2019', block='CCP1', competency='C1.1')
    >>> str(parse("bafd")), parse("fabrique:accueil").module
    ('bafd', 'accueil')
    """
    if len(text) <= _LONGEST:
        if found := _REFERENCE.fullmatch(text):
            return Ref(**found.groupdict())
        if found := _MODULE.fullmatch(text):
            return ModuleRef(**found.groupdict())
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    raise ValueError(
        f"« {shown} » n'est pas une référence : on attend « referentiel@version/BLOC/COMPETENCE », "
        "par exemple « tp-remn@2019/CCP1 », ou « offre:module »"
    )


def parse_ref(text: str) -> Ref:
    """Read a reference that may not name a module (see :func:`parse`)."""
    ref = parse(text)
    if isinstance(ref, ModuleRef):
        raise ValueError(f"« {text} » désigne un module : ici on attend un référentiel, un bloc ou une compétence")
    return ref


def _checked(text: str) -> str:
    parse(text)
    return text


def _checked_ref(text: str) -> str:
    parse_ref(text)
    return text


Reference = Annotated[str, AfterValidator(_checked)]
"""A reference to anything, kept as its text."""

ItemReference = Annotated[str, AfterValidator(_checked_ref)]
"""A reference to a referential, a block or a competency, kept as its text."""
