"""What a format adds to the words of a document (*mentions de mise en page*): pages, labels, what to fill in by hand."""

from __future__ import annotations

from collections.abc import Mapping

from reports.language import Words, to_say

WORDS: Mapping[str, str] = Words(
    {
        "illustrative": to_say("Données illustratives"),
        "contents": to_say("Sommaire"),
        "skip": to_say("Aller au contenu"),
        "page": to_say("Page"),
        "of": to_say("sur"),
        "reference": to_say("Référence"),
        "data": to_say("Les données du dessin"),
        "summary": to_say("Résumé"),
        "name": to_say("Nom"),
        "at": to_say("Fait à"),
        "on": to_say("Le"),
        "signature": to_say("Signature"),
        "substitute": to_say(
            "Un carré □ tient la place d’un caractère que la police de ce document ne sait pas dessiner."
        ),
    }
)
"""By what each is for."""
