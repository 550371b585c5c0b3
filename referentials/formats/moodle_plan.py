"""What is left to acquire → learning plan templates for Moodle (*modèles de plan de formation Moodle*), in CSV.

Moodle itself has no import of templates; the columns are those of the plugin ``tool_lptmanager``. The framework must be there first, by
our own export, whose id numbers these are. A template speaks of one framework: a plan over several makes as many.
"""

from __future__ import annotations

from collections.abc import Iterable

from referentials.formats.moodle_rows import csv_of, id_number, short_name

_COLUMNS = {
    "short": "Short name",
    "description": "Description",
    "format": "Description format",
    "framework": "Competency Framework ID Number",
    "competencies": "Cross-referenced competency ID numbers",
}
_PLAIN_TEXT = "2"


def learning_plans(title: str, description: str, references: Iterable[str]) -> bytes:
    """The templates of one plan.

    Parameters
    ----------
    title : str
        What Moodle calls the plan; numbered when there are several frameworks.
    description : str
        In plain text.
    references : iterable of str
        Full references of what is to be acquired: competencies, or blocks whose competencies are not known.
    """
    frameworks: dict[str, dict[str, None]] = {}
    for reference in references:
        key, _slash, part = reference.partition("/")
        frameworks.setdefault(key, {})[id_number(part)] = None
    several = len(frameworks) > 1
    rows = [
        {
            "short": short_name(f"{rank}. {title}" if several else title),
            "description": description,
            "format": _PLAIN_TEXT,
            "framework": id_number(key),
            "competencies": ",".join(parts),
        }
        for rank, (key, parts) in enumerate(frameworks.items(), 1)
    ]
    return csv_of(_COLUMNS, rows)
