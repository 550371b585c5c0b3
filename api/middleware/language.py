"""The language of an answer (*langue*): the one that a person chose here, else French, unless whoever asks prefers English."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from reports.language import Language

COOKIE = "langue"
"""Keeps what somebody chose on a page; it is no secret."""


def chosen(headers: Headers) -> Language:
    """The language of a request.

    Examples
    --------
    >>> chosen(Headers({"accept-language": "fr", "cookie": "langue=en"})).value
    'en'
    """
    found = cookie_parser(headers.get("cookie", "")).get(COOKIE)
    return Language(found) if found in set(Language) else language_of(headers.get("accept-language", ""))


def language_of(accepted: str) -> Language:
    """The language that an ``Accept-Language`` header prefers, of those we speak.

    Examples
    --------
    >>> [language_of(text).value for text in ("", "en-GB,en;q=0.9,fr;q=0.8", "de, fr;q=0.5, en;q=0.4", "en;q=x")]
    ['fr', 'en', 'fr', 'fr']
    """
    best, weight = Language.FRENCH, 0.0
    for part in accepted[:200].split(","):
        tag, _, quality = part.strip().partition(";")
        name = tag.strip().lower().partition("-")[0]
        found = _weight(quality)
        if found > weight and name in (language.value for language in Language):
            best, weight = Language(name), found
    return best


def _weight(quality: str) -> float:
    name, _, value = quality.strip().partition("=")
    if not name:
        return 1.0
    return float(value) if name.strip() == "q" and value.replace(".", "", 1).isdecimal() else 0.0
