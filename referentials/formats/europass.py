"""Europass CV, XML 3.x (*CV Europass*): jobs with their length; diplomas, certificates and skills as words to recognise.

Everything under *Identification* — name, address, birth, nationality, picture — and every attachment is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from referentials.findings import Finding
from referentials.formats.claims import Claims, Moment, moment
from referentials.formats.exchange import PROFILE, Record, Standard, Upload
from referentials.formats.upload import content_of, refused
from referentials.formats.xml import root_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["STANDARD"]

AT_MOST = 20_000_000
"""How many bytes a CV may have: its attachments are in it."""

_SPACE = "http://europass.cedefop.europa.eu/Europass"
_IN = {"e": _SPACE}
_SKILLS = ("Communication", "Organisational", "JobRelated", "Computer", "Other")
_DIPLOMAS = ("certifications", "courses")
_LEFT = {
    "e:Skills/e:Linguistic": "les langues",
    "e:Skills/e:Driving": "les permis de conduire",
    "e:Skills/e:Computer/e:ProficiencyLevel": "l'auto-évaluation des compétences numériques",
}


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The claims of a CV.

    Raises
    ------
    FileProblem
        It is no CV of this format.
    """
    root = root_of(BytesIO(content_of(upload, AT_MOST)), upload.name)
    learner = root.find("e:LearnerInfo", _IN) if root.tag == f"{{{_SPACE}}}SkillsPassport" else None
    if learner is None:
        message = "Le fichier n'est pas un CV Europass XML de la version 3."
        raise refused(
            upload, "europass", message, "Un CV Europass plus récent s'enregistre en PDF : saisissez-le à la main."
        )
    claims = Claims(upload, *_holder(learner))
    until = moment(root.findtext("e:DocumentInfo/e:LastUpdateDate", None, _IN))
    for rank, one in enumerate(learner.iterfind("e:WorkExperienceList/e:WorkExperience", _IN), 1):
        start, end = _period(one, until)
        claims.job(_label(one, "e:Position"), start, end, f"WorkExperience[{rank}]")
    _diplomas(claims, learner)
    _skills(claims, learner)
    for path, words in _LEFT.items():
        if learner.find(path, _IN) is not None:
            claims.leave(path.rpartition(":")[2].lower(), words)
    return claims.read()


def _holder(learner: _Element) -> list[str | None]:
    """What the CV calls the person."""
    path = "e:Identification/e:PersonName/e:"
    first, last = (learner.findtext(f"{path}{name}", None, _IN) for name in ("FirstName", "Surname"))
    whole = [f"{first} {last}", f"{last} {first}"] if first and last else []
    return [*whole, last]


def _period(one: _Element, until: Moment | None) -> tuple[Moment | None, Moment | None]:
    start, end = (_moment(one.find(f"e:Period/e:{name}", _IN)) for name in ("From", "To"))
    goes_on = (one.findtext("e:Period/e:Current", "", _IN) or "").strip() == "true"
    return start, end or (until if goes_on else None)


def _moment(one: _Element | None) -> Moment | None:
    """``year="2001" month="--03" day="---10"``."""
    if one is None:
        return None
    parts = [one.get("year", ""), one.get("month", "").lstrip("-"), one.get("day", "").lstrip("-")]
    return moment("-".join(part.zfill(2) for part in parts[: parts.index("") if "" in parts else 3]))


def _diplomas(claims: Claims, learner: _Element) -> None:
    for rank, one in enumerate(learner.iterfind("e:EducationList/e:Education", _IN), 1):
        level = claims.words(_label(one, "e:Level"), 100)
        claims.mention("qualification", one.findtext("e:Title", None, _IN), f"Education[{rank}]", level=level)
    for title in learner.iterfind(".//e:VerifiedBy/e:Certificate/e:Title", _IN):
        claims.mention("qualification", title.text, "Certificate")
    for one in learner.iterfind("e:AchievementList/e:Achievement", _IN):
        if (one.findtext("e:Title/e:Code", "", _IN) or "").strip() in _DIPLOMAS:
            claims.mention("qualification", one.findtext("e:Description", None, _IN), "Achievement")


def _skills(claims: Claims, learner: _Element) -> None:
    for name in _SKILLS:
        text = learner.findtext(f"e:Skills/e:{name}/e:Description", None, _IN) or ""
        for line in text.replace("</li>", "\n").replace("</p>", "\n").splitlines():
            claims.mention("skill", line, name)


def _label(one: _Element, path: str) -> str | None:
    return one.findtext(f"{path}/e:Label", None, _IN)


STANDARD = Standard(
    id="europass",
    title="CV Europass (XML 3)",
    suffixes=(".xml",),
    media_type="application/xml",
    reads=(PROFILE,),
    read=read,
)
