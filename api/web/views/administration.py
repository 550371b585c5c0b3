"""The words of the administration (*mots de l'administration*): roles, states of jobs, and what a line of the audit trail says."""

from __future__ import annotations

from api.store.tables import JobState, Role
from api.store.tables.jobs import Job
from reports.language import Words, say, to_say

ROLES = Words(
    {
        Role.PROFESSIONAL.value: to_say("Professionnel en poste"),
        Role.ADVISER.value: to_say("Conseil"),
        Role.TRAINING_BODY.value: to_say("Organisme de formation"),
        Role.DESIGNER.value: to_say("Conception de référentiels"),
        Role.ADMINISTRATOR.value: to_say("Administration"),
    }
)
STATES = Words(
    {
        JobState.WAITING.value: to_say("en attente"),
        JobState.RUNNING.value: to_say("en cours"),
        "stopping": to_say("arrêt demandé"),
        JobState.DONE.value: to_say("fini"),
        JobState.FAILED.value: to_say("en échec"),
        JobState.CANCELLED.value: to_say("arrêté"),
    }
)
JOBS = Words(
    {
        "plans": to_say("Plans pour plusieurs personnes"),
        "plans-again": to_say("Plans recalculés"),
        "cohort": to_say("Point sur une cohorte"),
        "territory": to_say("Chiffres par territoire"),
        "import": to_say("Import d'un fichier"),
    }
)
THINGS = Words(
    {
        "account": to_say("Compte"),
        "organisation": to_say("Organisme"),
        "session": to_say("Session"),
        "token": to_say("Jeton"),
        "person": to_say("Dossier d'une personne"),
        "people-list": to_say("Classeur de personnes"),
        "profile": to_say("Acquis d'une personne"),
        "plan": to_say("Plan"),
        "evidence": to_say("Pièce justificative"),
        "link": to_say("Lien d'un plan"),
        "job": to_say("Travail"),
        "import": to_say("Import"),
        "imported": to_say("Document importé"),
        "offer": to_say("Offre"),
        "mapping-decision": to_say("Suggestion d'une offre"),
        "draft": to_say("Brouillon"),
        "draft-comment": to_say("Commentaire d'un brouillon"),
        "draft-review": to_say("Relecture d'un brouillon"),
        "territory": to_say("Chiffres d'un territoire"),
        "draft-link": to_say("Remplacement dans un brouillon"),
        "version": to_say("Version d'un référentiel"),
        "recognition": to_say("Passerelle"),
        "correspondence": to_say("Correspondance"),
    }
)
ACTS = Words(
    {
        "add": to_say("ajout"),
        "edit": to_say("modification"),
        "put": to_say("enregistrement"),
        "delete": to_say("suppression"),
        "expire": to_say("suppression, la durée de conservation étant passée"),
        "assign": to_say("rôles donnés"),
        "open": to_say("ouverture"),
        "revoke": to_say("fermeture"),
        "issue": to_say("création"),
        "identify": to_say("identité notée"),
        "situate": to_say("service, territoire ou métier notés"),
        "agree": to_say("accord noté"),
        "withdraw": to_say("accord retiré"),
        "share": to_say("partage avec un organisme"),
        "let-go": to_say("fin du partage avec un organisme"),
        "hand": to_say("dossier proposé à la personne"),
        "publish": to_say("publication"),
        "finish": to_say("fin"),
        "resume": to_say("reprise"),
        "done": to_say("mené à bien"),
        "failed": to_say("échec"),
        "cancelled": to_say("arrêt"),
    }
)


def act_in_words(action: str) -> str:
    """What was done: the thing, then what became of it; as the trail writes it where nobody has words for it.

    Examples
    --------
    >>> act_in_words("person.delete"), act_in_words("lune.vue")
    ("Dossier d'une personne : suppression", 'lune.vue')
    """
    thing, _dot, verb = action.rpartition(".")
    if thing not in set(THINGS) or verb not in set(ACTS):
        return action
    return say("{thing} : {act}", thing=THINGS[thing], act=ACTS[verb])


def state_of(job: Job) -> str:
    """Where a job stands, by its name: one that was asked to stop says so until it has."""
    return "stopping" if job.cancel_asked and not JobState(job.state).is_over else job.state
