"""What surrounds every page (*cadre*): the language, where one is, who one is, and what was just done."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request
from pydantic import Field

from api.auth.actor import Actor
from api.state import Services
from api.web.messages import message_in
from referentials.provenance import Value
from reports.language import Language, spoken


class Frame(Value):
    """What the layout receives."""

    language: Language = Field(description="La langue de la page.")
    other: Language = Field(description="L'autre langue.")
    other_href: str = Field(description="L'adresse qui passe à l'autre langue, et revient ici.")
    here: str = Field(description="L'entrée du menu où l'on est.")
    path: str = Field(description="L'adresse de la page, sans ce qui suit « ? ».")
    signed_in: bool = Field(description="Vrai pour qui s'est connecté.")
    roles: frozenset[str] = Field(description="Les rôles de qui s'est connecté.")
    message: str = Field(description="Ce qui vient d'être fait, dit une fois ; vide : rien.")
    themed: bool = Field(description="Vrai quand l'organisme a ses propres couleurs.")


def frame_of(request: Request, services: Services, actor: Actor, here: str, *, quiet: bool = False) -> Frame:
    """The frame of the page that answers a request."""
    language = spoken()
    other = Language.ENGLISH if language is Language.FRENCH else Language.FRENCH
    path = request.url.path
    where = f"{path}?{request.url.query}" if request.url.query and request.method == "GET" else path
    return Frame(
        language=language,
        other=other,
        other_href=f"/langue/{other.value}?{urlencode({'vers': where})}",
        here=here,
        path=path,
        signed_in=actor.is_known,
        roles=frozenset(role.value for role in actor.roles),
        message="" if quiet else message_in(request, services),
        themed=bool(services.settings.theme_file),
    )
