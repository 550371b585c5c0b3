"""What people can add to a plan, by name (*champs des renseignements*), and what only the data or the request can bring.

The keys are the fields of :class:`reports.particulars.Particulars`, as the mentions of a document name them.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.language import Words, to_say

FIELDS: Mapping[str, str] = Words(
    {
        "person.name": to_say("nom de la personne"),
        "body.name": to_say("nom de l'organisme"),
        "body.declaration": to_say("numéro de déclaration d'activité"),
        "project": to_say("projet de la personne"),
        "objectives": to_say("objectifs"),
        "programme": to_say("programme"),
        "methods": to_say("méthodes pédagogiques"),
        "prerequisites": to_say("prérequis"),
        "means": to_say("moyens"),
        "resources": to_say("accès aux ressources"),
        "follow_up": to_say("déroulement, suivi et sanction"),
        "evaluation": to_say("modalités d'évaluation"),
        "proofs": to_say("preuves à produire"),
        "payment": to_say("modalités de règlement"),
        "place": to_say("lieu"),
        "group_size": to_say("effectif"),
        "commitments": to_say("engagements"),
        "trainers": to_say("formateurs"),
        "positioning.procedure": to_say("procédure de positionnement"),
        "positioning.method": to_say("méthode du positionnement"),
        "positioning.effects": to_say("ce que les résultats du positionnement changent"),
        "support.referent": to_say("référent"),
        "support.meetings": to_say("points d'accompagnement"),
        "support.reply_delay": to_say("délai de réponse"),
        "distance.assistance": to_say("assistance technique et pédagogique"),
        "distance.activities": to_say("activités à distance, chacune avec sa durée moyenne"),
        "distance.evaluations": to_say("évaluations de la part à distance"),
        "distance.skills": to_say("compétences des personnes qui assistent"),
        "distance.contact": to_say("moyens de joindre ces personnes"),
        "distance.reply_delay": to_say("délai de réponse à distance"),
        "workplace.analysis": to_say("analyse de l'activité de travail"),
        "workplace.trainer": to_say("formateur désigné"),
        "workplace.reflection": to_say("phases réflexives"),
        "workplace.evaluations": to_say("évaluations en situation de travail"),
        "alternation.entry": to_say("façon dont les exigences à l'entrée sont remplies"),
        "alternation.rhythm": to_say("structure et rythme de l'alternance"),
        "alternation.tutor": to_say("tuteur"),
        "alternation.booklet": to_say("livret de formation"),
    }
)
"""What each field that a mention needs is called."""

ELSEWHERE: Mapping[str, str] = Words(
    {
        "referential": to_say("à compléter par l'organisme, car ni le référentiel ni l'offre ne le disent"),
        "can_give": to_say("des durées ou des dates manquent, dites combien d'heures par semaine vous pouvez donner"),
        "prices": to_say("des prix ne sont pas connus, demandez-les aux organismes"),
    }
)
"""What to do about what no particular can bring."""
