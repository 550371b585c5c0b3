"""The last sections of a plan on paper (*financement, engagements, annexe*)."""

from __future__ import annotations

from reports import cells
from reports.language import say
from reports.library_wording import label
from reports.paper import Block, Cell, ColumnKind, Facts, Items, Section, Signature, Signatures, Table, Text
from reports.plan_document import PlanDocument
from reports.wording import date_fr, euros

BLANK_ROWS = 3
"""Lines left to write by hand when no funding was said."""


def funding(plan: PlanDocument) -> Section | None:
    """Who pays what, against the cost of the plan; then the dated rules with their source."""
    if not plan.modules and not plan.funding.asked and not plan.particulars.funding:
        return None
    blocks: list[Block] = [_lines(plan)]
    if plan.particulars.payment:
        blocks.append(Text(text=say("Modalités de règlement : {terms}", terms=plan.particulars.payment)))
    return Section(id="financement", title=say("Financement"), blocks=tuple(blocks))


def _lines(plan: PlanDocument) -> Table:
    part = plan.funding
    given = tuple(
        (cells.text(one.funder), _amount(one.amount), cells.text(one.note)) for one in plan.particulars.funding
    )
    blank = (cells.text(""), cells.text(""), cells.text(""))
    return Table(
        name=say("Budget"),
        caption=say("Le coût du plan, et qui le paie"),
        columns=(
            cells.column(say("Qui paie"), weight=2),
            cells.column(say("Montant"), ColumnKind.EUROS),
            cells.column(say("Accord, condition"), weight=2),
        ),
        rows=(
            (
                cells.text(say("Coût du plan")),
                cells.in_euros(part.asked, at_least=part.partial),
                cells.text(_partial(plan)),
            ),
            *(given or (blank,) * BLANK_ROWS),
        ),
        total=(cells.text(say("Reste à financer")), _left(plan), cells.text("")),
    )


def _amount(value: float | None) -> Cell:
    return cells.text(say("à préciser")) if value is None else cells.in_euros(value)


def _partial(plan: PlanDocument) -> str:
    return say("des prix ne sont pas connus") if plan.funding.partial else say("avant tout financement")


def _left(plan: PlanDocument) -> Cell:
    part = plan.funding
    if part.asked is None or not plan.particulars.funding:
        return cells.text("") if part.asked is not None else cells.unknown()
    left = part.asked - part.covered
    if left < 0:
        return Cell(text=say("{amount} de trop", amount=euros(-left)), value=round(left, 2))
    return cells.in_euros(left, at_least=part.partial)


def commitments(plan: PlanDocument) -> Section:
    """What each party undertakes, and where each signs."""
    added = plan.particulars
    said = tuple(say("{party} : {text}", party=one.party, text=one.text) for one in added.commitments)
    offered = (
        say("La personne : suivre les modules et les évaluations de ce plan, et signaler toute difficulté."),
        say("L'organisme : assurer les modules prévus, le suivi et l'accompagnement, et adapter le plan s'il le faut."),
        say("L'employeur : rendre possible le temps de formation prévu au calendrier."),
    )
    support = added.support
    told = [
        (say("Référent"), support.referent),
        (say("Points d'accompagnement"), support.meetings),
        (say("Délai de réponse"), support.reply_delay),
    ]
    facts = tuple(cells.fact(name, words) for name, words in told if words)
    blocks: list[Block] = [Facts(facts=facts)] if facts else []
    blocks.append(Items(items=said or offered))
    blocks.append(
        Text(text=say("Ce plan est une annexe : il ne remplace ni une convention, ni un contrat de formation."))
    )
    blocks.append(Signatures(signatures=_signatures(plan)))
    title = say("Accompagnement, engagements et signatures")
    return Section(id="engagements", title=title, blocks=tuple(blocks), new_page=True)


def _signatures(plan: PlanDocument) -> tuple[Signature, ...]:
    added = plan.particulars
    return (
        Signature(role=say("La personne"), name=added.person.name),
        Signature(role=say("L'organisme de formation"), name=added.body.name),
        Signature(role=say("L'employeur"), name=added.employer.name or added.employer.organisation),
        Signature(role=say("Le conseiller"), name=added.adviser.name),
    )


def funding_rules(plan: PlanDocument) -> Section | None:
    """The dated rules and amounts of funding, each with its source."""
    if not plan.funding.parameters or not plan.modules:
        return None
    told = Text(text=say("Règles et montants datés, à vérifier avec le financeur :"))
    blocks = (told, Items(items=plan.funding.parameters))
    return Section(id="regles-de-financement", title=say("Annexe : règles de financement"), blocks=blocks)


def annex(plan: PlanDocument) -> Section:
    """How the plan was computed: status, bound, versions, day, verifier; and the texts that the target was read in."""
    trace = plan.computation
    told = [
        cells.fact(say("Résultat"), trace.quality or plan.summary),
        cells.fact(say("Ce qui a été réduit"), cells.lines(trace.objectives) or say("rien")),
        cells.fact(say("Textes et titres pris au"), date_fr(trace.on)),
        cells.fact(say("Vérification"), _verified(plan)),
        cells.fact(say("Programme"), say("Passerelles, version {version}", version=trace.engine)),
        cells.fact(
            say("Référence du plan"),
            say("{reference}, édition {number}", reference=plan.reference, number=plan.revision + 1),
        ),
    ]
    blocks: list[Block] = [Facts(facts=tuple(told)), Text(text=say("Données utilisées :")), Items(items=trace.data)]
    if plan.target.sources:
        about = say(
            "La certification a été lue dans ces textes et pages ({confidence}) :",
            confidence=label(plan.target.confidence),
        )
        blocks += [Text(text=about), Items(items=plan.target.sources)]
    return Section(id="annexe", title=say("Annexe : comment ce plan a été calculé"), blocks=tuple(blocks))


def _verified(plan: PlanDocument) -> str:
    if plan.computation.verified:
        return say("rejoué étape par étape depuis le profil, par un programme distinct du calcul")
    if plan.impasse is not None and plan.steps:
        return say("ce qui peut déjà se préparer a été rejoué étape par étape, par un programme distinct du calcul")
    return say("sans objet : aucun plan à rejouer") if plan.impasse is not None else say("non vérifié")
