"""What is wrong in a workbook, and where (*constats*): the sheet, the row and the column, in the words that the reader sees."""

from __future__ import annotations

from referentials.findings import Finding, error, warning


class Told:
    """The findings of one file, in the order in which they were met."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.findings: list[Finding] = []

    def wrong(
        self, rule: str, message: str, remedy: str, sheet: str, row: int = 0, column: str = "", at: str = ""
    ) -> None:
        """What forbids the use of a row."""
        said, path = _said(message, sheet, row, column), f"{sheet}!{at}{row}" if row else sheet
        self.findings.append(error(f"classeur-{rule}", said, remedy, file=self._file, line=row or None, path=path))

    def note(
        self, rule: str, message: str, remedy: str, sheet: str, row: int = 0, column: str = "", at: str = ""
    ) -> None:
        """What the reader should know, and that forbids nothing."""
        said, path = _said(message, sheet, row, column), f"{sheet}!{at}{row}" if row else sheet
        self.findings.append(warning(f"classeur-{rule}", said, remedy, file=self._file, line=row or None, path=path))


def _said(message: str, sheet: str, row: int, column: str) -> str:
    """``Feuille « Modules », ligne 12, colonne « Prix » : « x » n'est pas un nombre.``"""
    place = f"Feuille « {sheet} »" + (f", ligne {row}" if row else "") + (f", colonne « {column} »" if column else "")
    return f"{place} : {message.rstrip('.')}."
