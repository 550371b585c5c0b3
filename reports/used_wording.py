"""What an answer rests on, in words (*données utilisées*): versions, rights and offers by their title, then their reference."""

from __future__ import annotations

from referentials.library import Library
from reports.language import say


def used(version: str, library: Library) -> str:
    """One thing that was used: a version, ``right:…`` or ``offer:…``; its reference alone where the library has no title."""
    kind, _colon, name = version.rpartition(":")
    if kind == "offer":
        title = next((one.title for one in library.offers if one.id == name), name)
        return say("offre de modules : {title} ({name})", title=title, name=name)
    if kind == "right":
        text = next((one.source.title for one in library.recognitions if one.id == name), name)
        return say("droit : {text} ({name})", text=text, name=name)
    found = getattr(library.find(version), "title", None)
    return f"{found} ({version})" if found else version
