"""The modules, the calendar and the assessments of a plan on paper (*modules, calendrier, évaluations*)."""

from __future__ import annotations

from pathways.pathway import StepKind
from referentials.offer import Modality
from reports import cells
from reports.language import say
from reports.library_wording import label
from reports.paper import Block, Cell, ColumnKind, Items, Section, Table, Text
from reports.pathway_wording import unknown_cost, unknown_hours
from reports.plan_document import AssessmentRow, ModuleRow, PlanDocument
from reports.plan_pictures import gantt, load, titled
from reports.wording import hours


def modules(plan: PlanDocument) -> Section:
    """The modules with hours by modality, price and prerequisites, then why each is there."""
    title = say("Modules")
    if not plan.modules:
        return Section(id="modules", title=title, blocks=(Text(text=say("Aucun module à suivre.")),))
    blocks: list[Block] = [_table(plan), *_by_modality(plan), _reasons(plan)]
    if plan.computation.set_aside:
        blocks += [Text(text=say("Modules écartés :")), Items(items=plan.computation.set_aside)]
    return Section(id="modules", title=title, blocks=tuple(blocks))


def _table(plan: PlanDocument) -> Table:
    lacking_hours, lacking_price = _lacking(plan)
    return Table(
        name=say("Modules"),
        caption=say("Les modules, dans leur ordre"),
        columns=(
            cells.column(say("Module"), weight=3),
            cells.column(say("Organisme"), weight=1.6),
            cells.column(say("Heures"), ColumnKind.HOURS, 0.9),
            cells.column(say("Prix"), ColumnKind.EUROS, 1.1),
            cells.column(say("Début"), ColumnKind.DAY, 1.1),
            cells.column(say("Fin"), ColumnKind.DAY, 1.1),
        ),
        rows=tuple(_row(one) for one in plan.modules),
        total=(
            cells.text(_sum_of(say("Total des modules"), lacking_hours or lacking_price)),
            cells.text(""),
            cells.in_hours(sum(one.hours or 0 for one in plan.modules), at_least=lacking_hours),
            cells.in_euros(sum(one.price or 0 for one in plan.modules), at_least=lacking_price),
            cells.text(""),
            cells.text(""),
        ),
        note=_note(lacking_hours or lacking_price),
    )


def _lacking(plan: PlanDocument) -> tuple[bool, bool]:
    """Whether the hours, and the price, of some module are not known."""
    return any(one.hours is None for one in plan.modules), any(one.price is None for one in plan.modules)


def _sum_of(name: str, partial: bool) -> str:
    """The name of a sum; one that leaves something out says so where only figures are kept too."""
    return say("{sum}, partiel", sum=name) if partial else name


def _note(unknown: bool) -> str:
    told = say("Prix avant tout financement.")
    return (
        f"{told} {say('Les totaux sont partiels : ils laissent de côté ce qui n’est pas connu.')}" if unknown else told
    )


def _row(one: ModuleRow) -> tuple[Cell, ...]:
    return (
        cells.text(titled(one)),
        cells.text(one.body),
        cells.in_hours(one.hours),
        cells.in_euros(one.price),
        cells.day(one.start, say("départ libre")),
        cells.day(one.end),
    )


def _by_modality(plan: PlanDocument) -> tuple[Table, ...]:
    """The hours of each module by modality, where there are several; a modality that a module leaves out is a dash."""
    used = [name for name in Modality if any(_spent(one, name) for one in plan.modules)]
    if len(used) < 2:
        return ()
    partial, _price = _lacking(plan)
    sums = [sum(_spent(one, name) for one in plan.modules) for name in used]
    return (
        Table(
            name=say("Modalités"),
            caption=say("Les heures de chaque module, par modalité"),
            columns=(
                cells.column(say("Module"), weight=3),
                *(cells.column(label(name), ColumnKind.HOURS) for name in used),
            ),
            rows=tuple((cells.text(titled(one)), *(_in_modality(one, name) for name in used)) for one in plan.modules),
            total=(
                cells.text(_sum_of(say("Total des modules"), partial)),
                *(cells.in_hours(total, at_least=partial) for total in sums),
            ),
        ),
    )


def _spent(one: ModuleRow, modality: Modality) -> float:
    return getattr(one.hours_by_modality, modality.value) if one.hours_by_modality else 0


def _in_modality(one: ModuleRow, modality: Modality) -> Cell:
    if one.hours_by_modality is None:
        return cells.unknown()
    return cells.in_hours(_spent(one, modality)) if _spent(one, modality) else cells.text("—")


def _reasons(plan: PlanDocument) -> Table:
    priced = any(one.why for one in plan.modules)
    return Table(
        name=say("Pourquoi ces modules"),
        caption=_why(priced),
        columns=(
            cells.column(say("Module"), weight=1.8),
            cells.column(say("Apporte"), weight=2.2),
            cells.column(say("Demande d'abord"), weight=2.3),
            *([cells.column(say("Sans lui"), weight=1.4)] if priced else []),
            cells.column(say("Comment"), weight=1.6),
        ),
        rows=tuple(_reason(one, priced) for one in plan.modules),
    )


def _why(priced: bool) -> str:
    if priced:
        return say("Ce que chaque module apporte ici, ce qu'il demande, et ce que coûterait de s'en passer")
    return say("Ce que chaque module apporte ici, ce qu'il demande, et comment il se suit")


def _reason(one: ModuleRow, priced: bool) -> tuple[Cell, ...]:
    cpf = {True: say("CPF : oui"), False: say("CPF : non"), None: say("CPF : non connu")}[one.cpf]
    session = say("session {name}", name=one.session) if one.session else say("départ libre")
    reduced = _reduced(one)
    return (
        cells.text(one.title),
        cells.text(one.brings),
        cells.text(cells.lines(one.requires) or say("rien")),
        *([cells.text(one.why or say("non calculé"))] if priced else []),
        cells.text(cells.lines((one.modality or say("modalité non connue"), session, one.place, cpf, reduced))),
    )


def _reduced(one: ModuleRow) -> str:
    """The text that takes hours off, with the hours before and after."""
    if not one.reduced_by:
        return ""
    if one.hours is None or one.hours_before is None:
        return say("allégé par {right}", right=one.reduced_by)
    before, after = hours(one.hours_before), hours(one.hours)
    return say("allégé par {right} : {after} au lieu de {before}", right=one.reduced_by, after=after, before=before)


# -- calendar -------------------------------------------------------------------------------------------------------------


def calendar(plan: PlanDocument) -> Section | None:
    """The plan in weeks and the load of each, drawn, and in a table."""
    if not plan.steps:
        return None
    title = say("Calendrier")
    if all(one.kind is StepKind.RIGHT for one in plan.steps):
        told = say("Rien n'est à planifier : ces droits s'appliquent tels quels.")
        return Section(id="calendrier", title=title, blocks=(Text(text=told), _order(plan)))
    if not plan.periods and not any(one.start for one in plan.steps):
        told = say("Ce plan n'a pas de dates : vous n'avez pas dit combien d'heures vous pouvez donner.")
        return Section(id="calendrier", title=title, blocks=(Text(text=told), _order(plan)))
    drawn = (one.model_copy(update={"told": True}) for one in gantt(plan))
    return Section(id="calendrier", title=title, blocks=(*drawn, _order(plan), *load(plan)))


def _order(plan: PlanDocument) -> Table:
    cautious = any(one.cautions for one in plan.steps)
    dated = any(one.start for one in plan.steps)
    partial = bool(unknown_hours(plan.totals) or unknown_cost(plan.totals))
    days = (
        cells.column(say("Début"), ColumnKind.DAY, 1.1),
        cells.column(say("Fin"), ColumnKind.DAY, 1.1),
    )
    beside = (*(days if dated else ()), *([cells.column(say("À savoir"), weight=1.5)] if cautious else []))
    return Table(
        name=say("Étapes"),
        caption=say("Toutes les étapes, dans l'ordre"),
        columns=(
            cells.column("n°", ColumnKind.COUNT, 0.4),
            cells.column(say("Étape"), weight=3.5),
            cells.column(say("Heures"), ColumnKind.HOURS, 0.9),
            cells.column(say("Prix"), ColumnKind.EUROS, 1),
            *beside,
        ),
        rows=tuple(
            (
                cells.count(one.number),
                cells.text(one.title),
                cells.in_hours(one.hours),
                cells.in_euros(one.cost),
                *((cells.day(one.start), cells.day(one.end)) if dated else ()),
                *([cells.text(cells.lines(one.cautions))] if cautious else []),
            )
            for one in plan.steps
        ),
        total=(
            cells.text(""),
            cells.text(_sum_of(say("Total"), partial)),
            cells.in_hours(plan.totals.hours, at_least=bool(unknown_hours(plan.totals))),
            cells.in_euros(plan.totals.cost, at_least=bool(unknown_cost(plan.totals))),
            *(cells.text("") for _column in beside),
        ),
    )


# -- assessments ----------------------------------------------------------------------------------------------------------


def assessments(plan: PlanDocument) -> Section:
    """The assessments and the certification, block by block."""
    title = say("Évaluations et certification")
    told = plan.particulars.evaluation
    blocks: list[Block] = [Text(text=told)] if told else []
    if plan.assessments:
        blocks.append(_assessed(plan))
    else:
        blocks.append(Text(text=say("Aucune évaluation à passer dans ce plan.")))
    if plan.particulars.proofs:
        blocks.append(Text(text=say("Preuves à produire : {proofs}", proofs=plan.particulars.proofs)))
    return Section(id="evaluations", title=title, blocks=tuple(blocks))


def _assessed(plan: PlanDocument) -> Table:
    included = any(one.included_in for one in plan.assessments)
    return Table(
        name=say("Évaluations"),
        caption=say("Ce qui est évalué, comment, et quand"),
        columns=(
            cells.column(say("Évaluation"), weight=2.4),
            cells.column(say("Forme"), weight=2.2),
            cells.column(say("Durée"), ColumnKind.HOURS, 0.9),
            cells.column(say("Prix"), ColumnKind.EUROS, 1),
            *([cells.column(say("Comprise dans"), weight=1.5)] if included else []),
            cells.column(say("À partir du"), ColumnKind.DAY, 1.1),
            cells.column(say("Jusqu'au"), ColumnKind.DAY, 1.1),
        ),
        rows=tuple(_assessment(one, included) for one in plan.assessments),
    )


def _assessment(one: AssessmentRow, shown: bool) -> tuple[Cell, ...]:
    included = cells.text(say("compris"))
    return (
        cells.text(one.title),
        cells.text(one.form or say("non connue")),
        included if one.included_in and not one.hours else cells.in_hours(one.hours),
        included if one.included_in and not one.cost else cells.in_euros(one.cost),
        *([cells.text(one.included_in)] if shown else []),
        cells.day(one.start, say("à fixer")),
        cells.day(one.end, say("à fixer")),
    )


def remote_hours(plan: PlanDocument) -> str:
    """The hours at a distance, live or not, in words; empty when there are none."""
    return _in_all(plan, Modality.REMOTE, Modality.SELF_PACED)


def workplace_hours(plan: PlanDocument) -> str:
    """The hours at work, in words; empty when there are none."""
    return _in_all(plan, Modality.WORKPLACE)


def _in_all(plan: PlanDocument, *modalities: Modality) -> str:
    spent = sum(_spent(one, name) for one in plan.modules for name in modalities)
    return hours(spent) if spent else ""
