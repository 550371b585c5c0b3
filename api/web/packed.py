"""An offer that a page shows before it is kept (*offre proposée*), packed into the page itself.

What is kept is exactly what was shown: nothing waits on the server, nothing can take its place in between.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib

from referentials.document import MAX_BYTES, Document
from referentials.findings import FileProblem, error
from referentials.loader import OFFER, load_document
from referentials.offer import Offer
from referentials.writer import plain

LONGEST = 600_000
"""Characters of a packed offer, at most."""


def packed(offer: Offer) -> str:
    """An offer as a short text of letters and figures.

    Examples
    --------
    >>> offer = Offer.model_validate({"id": "o", "title": "O", "body": {"name": "B"}, "modules": [], "confidence": "official"})
    >>> unpacked(packed(offer)) == offer
    True
    """
    text = json.dumps(plain(offer), separators=(",", ":")).encode("ascii")
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode("ascii")


def unpacked(text: str) -> Offer:
    """The offer of a packed text, checked again as any file would be.

    Raises
    ------
    FileProblem
        It is none.
    """
    try:
        opened = zlib.decompressobj().decompress(base64.urlsafe_b64decode(text[:LONGEST]), MAX_BYTES)
        values = json.loads(opened)
    except (binascii.Error, zlib.error, ValueError):
        message = "Ce qui devait être enregistré n'est pas arrivé entier."
        raise FileProblem([error("proposition-coupee", message, "Recommencez depuis l'offre.")]) from None
    found: Offer = load_document(Document(values), OFFER).items[0]
    return found
