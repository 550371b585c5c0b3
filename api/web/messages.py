"""What a page says once about what was just done (*message*): kept in a cookie by its name, shown by the next page, forgotten.

Only sentences of this table can be shown: nobody else's words get into a page that way.
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from api.auth.cookies import name_of
from api.state import Services
from reports.language import Words, to_say

_COOKIE = "message"
_SECONDS = 60

MESSAGES = Words(
    {
        "parcours-efface": to_say("Vos réponses ont été effacées de cet appareil."),
        "parcours-garde": to_say("C'est gardé : ce parcours est maintenant le vôtre."),
        "etape-faite": to_say("C'est noté : le plan repart de là où vous en êtes."),
        "calcul-arrete": to_say("Le calcul est arrêté ; vos réponses sont intactes."),
        "lien-supprime": to_say("Le plan de ce lien est supprimé."),
        "lien-repris": to_say("Vos réponses sont revenues : vous pouvez continuer."),
        "exemple-charge": to_say("Voici une personne inventée, pour essayer : changez ce que vous voulez."),
        "cible-choisie": to_say("C'est noté : voici ce que vous visez."),
        "acquis-ajoute": to_say("C'est ajouté à ce que vous avez."),
        "acquis-retire": to_say("C'est retiré."),
        "competences-gardees": to_say(
            "C'est noté : rien de cela n'est encore une preuve, le plan dira ce que cela épargnerait."
        ),
        "conditions-gardees": to_say("C'est noté."),
        "dossier-repris": to_say("Voici ce que votre compte a gardé : vous pouvez continuer."),
        "mot-de-passe-change": to_say("Votre mot de passe est changé ; les autres sessions sont fermées."),
        "session-fermee": to_say("Cette session est fermée."),
        "compte-supprime": to_say("Votre compte est supprimé, avec le dossier qui n'était qu'à vous."),
        "appareil-note": to_say("C'est noté pour cet appareil."),
        "fichier-repris": to_say("C'est repris de votre fichier : relisez, et retirez ce qui ne va pas."),
        "offre-ajoutee": to_say("L'offre est ajoutée : mettez-y vos modules."),
        "offre-changee": to_say("Les changements sont enregistrés."),
        "offre-changee-ailleurs": to_say(
            "Quelqu'un d'autre a changé l'offre depuis : rien n'est annulé. Voici ce qui a été fait."
        ),
        "offre-annulee": to_say("La dernière opération est annulée."),
        "offre-remise": to_say("L'offre est remise comme elle était."),
        "offre-supprimee": to_say("L'offre est supprimée."),
        "module-copie": to_say("Le module est dupliqué : voici la copie, sans ses sessions."),
        "module-garde": to_say("Le module est enregistré."),
        "module-supprime": to_say("Le module est supprimé."),
        "correspondances-gardees": to_say("Ce que vos modules apportent est enregistré."),
        "suggestion-refusee": to_say("C'est noté : cette suggestion ne reviendra pas d'elle-même."),
        "suggestion-rouverte": to_say("Cette suggestion peut de nouveau être proposée."),
        "personne-ajoutee": to_say("Le dossier est ouvert, et l'accord noté."),
        "liste-reprise": to_say("C'est fait : voici ce que le classeur a changé."),
        "liste-laissee": to_say("Ce classeur est laissé de côté ; rien n'en est gardé."),
        "acquis-note": to_say("C'est noté dans son dossier."),
        "situation-notee": to_say("C'est noté : où cette personne travaille."),
        "plan-deplace": to_say("L'état du plan est changé."),
        "accord-retire": to_say("C'est noté : cette personne n'est plus suivie, et son dossier n'apparaît plus."),
        "dossier-recu": to_say("Ce dossier est maintenant le vôtre : voici ce qu'il dit."),
        "nouveau-pris": to_say("Le nouveau plan est pris ; l'ancien est abandonné et reste dans l'historique."),
        "ancien-garde": to_say("L'ancien plan est gardé tel quel ; le nouveau calcul est supprimé."),
        "travail-repris": to_say("Le travail reprend où il en était."),
        "travail-arrete": to_say("L'arrêt est demandé ; ce qui a été calculé reste."),
        "import-arrete": to_say("L'arrêt est demandé ; ce qui a été pris reste."),
        "fichier-oublie": to_say("Ce fichier est oublié : rien n'en a été importé."),
        "fichier-parti": to_say("Ce fichier n'est plus gardé : envoyez-le de nouveau."),
        "brouillon-commence": to_say("Le brouillon est commencé : chaque élément s'écrit à part."),
        "brouillon-enregistre": to_say("C'est enregistré."),
        "brouillon-ajoute": to_say("L'élément est ajouté : écrivez-le."),
        "brouillon-deplace": to_say("L'élément est déplacé."),
        "brouillon-annule": to_say("C'est annulé."),
        "brouillon-retabli": to_say("C'est rétabli."),
        "brouillon-rien": to_say("Il n'y a rien de plus à annuler ni à rétablir."),
        "brouillon-tranche": to_say("C'est tranché, et enregistré."),
        "brouillon-revenu": to_say("Le brouillon est revenu à cet état."),
        "brouillon-pas-certain": to_say("Rien n'est supprimé : cochez d'abord la case."),
        "brouillon-change": to_say(
            "Quelqu'un vient de modifier ce brouillon : rien n'est supprimé. Relisez-le d'abord."
        ),
        "brouillon-supprime": to_say("Le brouillon est supprimé."),
        "relecture-asked": to_say("La relecture est demandée : les personnes qui peuvent relire la verront ici."),
        "relecture-approved": to_say("Vous avez approuvé ce brouillon tel qu'il est."),
        "relecture-changes": to_say("Votre demande de changements est notée."),
        "version-publiee": to_say("La version est publiée et scellée."),
        "commentaire-ajoute": to_say("Le commentaire est ajouté."),
        "commentaire-regle": to_say("Le commentaire est réglé."),
        "commentaire-rouvert": to_say("Le commentaire est rouvert."),
        "recalcul-demande": to_say("Le recalcul est demandé : les plans se mettent à jour l'un après l'autre."),
        "lien-confirme": to_say("Le lien est confirmé."),
        "lien-refuse": to_say("Le lien est refusé : il ne sera plus proposé."),
        "lien-repropose": to_say("Le lien est de nouveau proposé."),
        "droit-garde": to_say("La passerelle de droit est enregistrée."),
        "droit-supprime": to_say("La passerelle de droit est retirée."),
        "proximite-gardee": to_say("La proximité est enregistrée."),
        "proximite-supprimee": to_say("La proximité est retirée."),
        "organisme-ajoute": to_say("L'organisme est ajouté."),
        "organisme-change": to_say("Les changements sont enregistrés."),
        "organisme-supprime": to_say("L'organisme est supprimé, avec ce qu'il gardait."),
        "compte-ajoute": to_say("Le compte est ajouté."),
        "compte-change": to_say("Les changements sont enregistrés."),
        "compte-enleve": to_say("Le compte est supprimé."),
        "mot-de-passe-donne": to_say("Le mot de passe est donné ; les sessions de ce compte sont fermées."),
        "sessions-fermees": to_say("Les sessions de ce compte sont fermées."),
        "jeton-ferme": to_say("Le jeton est fermé : plus aucun programme ne peut s'en servir."),
        "anciens-supprimes": to_say("Ce qui avait passé sa durée est supprimé."),
        "connecte": to_say("Vous êtes connecté."),
        "deconnecte": to_say("Vous êtes déconnecté."),
    }
)


def message_in(request: Request, services: Services) -> str:
    """The sentence that waits to be shown; empty when there is none."""
    key = request.cookies.get(name_of(services, _COOKIE), "")
    return MESSAGES[key] if key in set(MESSAGES) else ""


def go(to: str, services: Services, message: str = "") -> Response:
    """Send the browser on to another page, which may say something once."""
    answer = RedirectResponse(to, 303)
    if message:
        _set(answer, services, message, _SECONDS)
    return answer


def forget(answer: Response, services: Services) -> None:
    """What was shown is not shown again."""
    _set(answer, services, "", 0)


def _set(answer: Response, services: Services, value: str, seconds: int) -> None:
    answer.set_cookie(
        name_of(services, _COOKIE),
        value,
        max_age=seconds,
        path="/",
        secure=services.in_production,
        httponly=True,
        samesite="lax",
    )
