"""Problems (*problèmes*): the one shape of whatever the service refuses or fails to do, after RFC 9457.

``KINDS`` is the table: a stable name, the status, the title, what to do. ``docs/errors.md`` is written from it, and so are the answers that
OpenAPI announces. A problem never tells how the program is made, nor repeats what was sent.

References
----------
RFC 9457, *Problem Details for HTTP APIs*, sections 3.1 and 4.2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.responses import Response

from reports.language import to_say, translated

MEDIA_TYPE = "application/problem+json"
SPACE = "urn:passerelles:"
"""What the type of every problem starts with; the command line uses the same names."""


class Kind(NamedTuple):
    """One kind of problem: its status, its title, and what whoever meets it can do (French, said in the language of the request)."""

    status: int
    title: str
    remedy: str


KINDS: Mapping[str, Kind] = {
    "malformed": Kind(
        400, to_say("La demande est illisible"), to_say("Vérifiez que le corps est du JSON bien formé, en UTF-8.")
    ),
    "sign-in-lost": Kind(
        400,
        to_say("La connexion n'a pas abouti"),
        to_say("Recommencez la connexion depuis le début, dans la même fenêtre."),
    ),
    "not-signed-in": Kind(
        401, to_say("Il faut se connecter"), to_say("Connectez-vous, ou joignez un jeton d'API encore valable.")
    ),
    "wrong-password": Kind(
        401,
        to_say("Adresse ou mot de passe inexact"),
        to_say("Vérifiez l'adresse et le mot de passe, puis recommencez."),
    ),
    "forbidden": Kind(
        403,
        to_say("Ce compte n'a pas ce droit"),
        to_say("Demandez le rôle qu'il faut à la personne qui administre le service."),
    ),
    "token-too-narrow": Kind(
        403, to_say("Ce jeton ne le permet pas"), to_say("Créez un jeton qui porte la limite nommée.")
    ),
    "sign-in-again": Kind(
        403,
        to_say("Il faut se connecter à nouveau"),
        to_say("Cette action demande une connexion récente : reconnectez-vous."),
    ),
    "no-account": Kind(
        403, to_say("Aucun compte ici"), to_say("Demandez un compte à la personne qui administre le service.")
    ),
    "cross-site": Kind(
        403,
        to_say("La demande vient d'un autre site"),
        to_say("Passez par les pages de ce service, ou par un jeton d'API."),
    ),
    "not-found": Kind(
        404, to_say("Rien à cette adresse"), to_say("Vérifiez l'identifiant : ce qui est à d'autres ne se voit pas.")
    ),
    "unknown-reference": Kind(
        404,
        to_say("Cette référence n'existe pas"),
        to_say("Choisissez parmi les noms proches, ou cherchez dans la bibliothèque."),
    ),
    "method-not-allowed": Kind(
        405, to_say("Cela ne se fait pas à cette adresse"), to_say("Voyez les méthodes admises, dans l'en-tête Allow.")
    ),
    "conflict": Kind(
        409,
        to_say("Modifié entre-temps"),
        to_say("Relisez ce qui est là maintenant, puis refaites votre modification."),
    ),
    "clash": Kind(
        409,
        to_say("Quelqu'un d'autre a écrit autre chose au même endroit"),
        to_say("Comparez les deux, champ par champ (clashes), puis refaites votre modification sur ce qui est là."),
    ),
    "taken": Kind(409, to_say("Déjà pris"), to_say("Choisissez une autre valeur : celle-ci doit rester unique.")),
    "wrong-state": Kind(409, to_say("Pas dans cet état"), to_say("Voyez où en est la chose, et ce qui peut suivre.")),
    "review-needed": Kind(
        409,
        to_say("Une relecture manque"),
        to_say("Demandez à une autre personne de l'organisation d'approuver le brouillon tel qu'il est."),
    ),
    "stale": Kind(
        412,
        to_say("Modifié depuis votre lecture"),
        to_say("Relisez la version actuelle, puis refaites votre modification dessus."),
    ),
    "too-large": Kind(413, to_say("Trop volumineux"), to_say("Envoyez moins, ou en plusieurs fois.")),
    "unsupported-type": Kind(
        415,
        to_say("Ce type de contenu n'est pas lu ici"),
        to_say("Envoyez du JSON, avec l'en-tête Content-Type: application/json."),
    ),
    "invalid": Kind(
        422, to_say("Des valeurs ne conviennent pas"), to_say("Corrigez chaque valeur nommée dans errors.")
    ),
    "request": Kind(
        422, to_say("La demande ne convient pas"), to_say("Voyez le détail, et les noms proches quand il y en a.")
    ),
    "file": Kind(422, to_say("Un fichier ne convient pas"), to_say("Corrigez chaque point nommé dans findings.")),
    "not-in-force": Kind(
        422, to_say("Aucune version en vigueur ce jour-là"), to_say("Nommez une version, ou choisissez un autre jour.")
    ),
    "only-named": Kind(
        422, to_say("Cette fiche n'a pas été lue"), to_say("Importez-la, ou visez une certification qui a été lue.")
    ),
    "version-needed": Kind(
        428,
        to_say("Il faut dire quelle version vous modifiez"),
        to_say("Renvoyez l'ETag que vous avez lu, dans l'en-tête If-Match."),
    ),
    "too-many": Kind(
        429, to_say("Trop de tentatives"), to_say("Attendez le nombre de secondes que dit l'en-tête Retry-After.")
    ),
    "defect": Kind(
        500,
        to_say("Défaut de Passerelles"),
        to_say("Ce n'est pas votre faute. Signalez-le avec l'identifiant de la demande."),
    ),
    "busy": Kind(
        503,
        to_say("Trop de travail en ce moment"),
        to_say("Attendez le nombre de secondes que dit l'en-tête Retry-After."),
    ),
    "interrupted": Kind(
        503,
        to_say("Le calcul a été interrompu"),
        to_say("Relancez la demande ; si cela se répète, réduisez-la ou laissez-lui plus de temps."),
    ),
    "not-ready": Kind(
        503,
        to_say("Le service n'est pas prêt"),
        to_say("Voyez le détail ; la base de données est peut-être en cours de mise à jour."),
    ),
}
"""Every kind of problem; a name, once published, keeps its meaning."""


class Problem(Exception):
    """A problem, raised from anywhere while a request is answered.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    detail : str, optional
        A sentence about this very case, already in the language of the request; else the remedy of the kind.
    status : int, optional
        Where the same kind has another status in this place.
    headers : mapping, optional
    more
        Members beside those of the RFC: ``near``, ``errors``, ``findings``, ``current``…

    Examples
    --------
    >>> Problem("taken", near=["fabrique-2"]).plain("")["type"]
    'urn:passerelles:taken'
    """

    def __init__(
        self, kind: str, detail: str = "", *, status: int = 0, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        self.kind, self.detail, self.more = kind, detail, more
        self.status, self.headers = status or KINDS[kind].status, dict(headers or {})
        super().__init__(kind)

    def plain(self, request_id: str) -> dict[str, Any]:
        """The members of the answer; ``instance`` names the request, as the logs do."""
        kind = KINDS[self.kind]
        told: dict[str, Any] = {
            "type": SPACE + self.kind,
            "title": translated(kind.title),
            "status": self.status,
            "detail": self.detail or translated(kind.remedy),
        }
        if request_id:
            told["instance"] = f"urn:uuid:{request_id}"
        return told | self.more

    def answer(self, request_id: str = "") -> Response:
        """The answer to send."""
        text = json.dumps(self.plain(request_id), ensure_ascii=False, separators=(",", ":"), default=str)
        return Response(text.encode("utf-8", "replace"), self.status, self.headers, MEDIA_TYPE)
