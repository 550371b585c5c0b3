"""Sentences of the code → the English catalogue: ``reports/locale/en/LC_MESSAGES/passerelles.po`` and its compiled ``.mo``.

    python tools/words.py            add the new sentences, drop those that nobody says, compile
    python tools/words.py --check    fail where a sentence lacks its English, or where the catalogue is not what the code says

A sentence is found where ``say``, ``say_n`` or ``to_say`` is called with its text written out, in Python or in a template.
The English is written by hand, in the ``.po``.
"""

from __future__ import annotations

import ast
import io
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from reports.language import DOMAIN, LOCALE, Language

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("reports", "api")
KEYWORDS = {"say": None, "to_say": None, "say_n": (1, 2)}
TEMPLATES = [("**/templates/**.html", "jinja2"), ("**/templates/**.xml", "jinja2")]
LANGUAGES = tuple(language.value for language in Language if language is not Language.FRENCH)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""The catalogue depends on its words only, not on the day when it is written."""

HEAD = """# The English of what Passerelles says. The French is the key; terms that only France has keep their name, with a gloss.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def said() -> Catalog:
    """Every sentence of the code, with the files that say it."""
    found = Catalog(locale=LANGUAGES[0], creation_date=EPOCH)
    for file, call in calls():
        if texts := written_out(call):
            found.add(texts[0] if len(texts) == 1 else texts, locations=[(file, 1)])
    for package in PACKAGES:
        for name, _line, text, _comments, _context in extract_from_dir(ROOT / package, TEMPLATES, keywords=KEYWORDS):
            found.add(text, locations=[(f"{package}/{name}", 1)])
    return found


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call that says something, with its file, in the order of the lines; inside the places of other texts too."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            for call in _calls_in(file.read_text("utf-8")):
                yield str(file.relative_to(ROOT)), call


@cache
def _calls_in(source: str) -> tuple[ast.Call, ...]:
    if "reports.language" not in source:
        return ()
    nodes = list(ast.walk(ast.parse(source)))
    names = {name for node in nodes for name in _spoken_with(node)}
    found = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", None) in names]
    return tuple(sorted(found, key=lambda one: (one.lineno, one.col_offset)))


def _spoken_with(node: ast.AST) -> set[str]:
    """The names by which a module speaks; another ``say`` of its own is none."""
    if not isinstance(node, ast.ImportFrom) or node.module != "reports.language":
        return set()
    return {alias.name for alias in node.names} & KEYWORDS.keys()


def written_out(call: ast.Call) -> tuple[str, ...]:
    """The text of a call, or its two forms; nothing when it is computed."""
    asked = call.args[: 2 if isinstance(call.func, ast.Name) and call.func.id == "say_n" else 1]
    texts = [text.value for text in asked if isinstance(text, ast.Constant) and isinstance(text.value, str)]
    return tuple(texts) if all(texts) and len(texts) == len(asked) else ()


def written(path: Path) -> Catalog:
    """The catalogue as it stands; empty when there is none."""
    if not path.is_file():
        return Catalog(locale=LANGUAGES[0], creation_date=EPOCH)
    with path.open("rb") as file:
        found = read_po(file, locale=LANGUAGES[0])
    found.creation_date = EPOCH
    return found


def source_of(language: str) -> Path:
    """The file that people write."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


# -- to write -------------------------------------------------------------------------------------------------------------


def write(language: str) -> Catalog:
    """The catalogue with exactly what the code says, the new sentences without their English, compiled."""
    path = source_of(language)
    catalogue = updated(written(path), said())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEAD.format(language=language).encode() + _body(catalogue))
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, written(path))
    return catalogue


def updated(before: Catalog, code: Catalog) -> Catalog:
    """The sentences of the code with the translations that are known, in the order of the files."""
    found = Catalog(locale=LANGUAGES[0], creation_date=EPOCH)
    for message in _messages(code):
        known = before.get(key_of(message))
        text = known.string if known is not None and known.pluralizable == message.pluralizable else ""
        flags = () if known is None else known.flags - {"python-format"}
        found.add(message.id, text, locations=sorted({(name, 1) for name, _line in message.locations}), flags=flags)
    return found


def _body(catalogue: Catalog) -> bytes:
    for message in catalogue:
        message.flags.discard("python-format")  # « 40 % au plus » is no format
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, omit_header=True, include_lineno=False)
    return buffer.getvalue()


# -- to check -------------------------------------------------------------------------------------------------------------


def faults(language: str) -> Iterator[str]:
    """What is wrong with a catalogue, one line each; nothing when it is complete."""
    path = source_of(language)
    catalogue, code = written(path), said()
    yield from differences(catalogue, code)
    yield from not_written_out()
    if not compiled(path, catalogue):
        yield f"{path.with_suffix('.mo').name} is not what {path.name} says: make words"


def differences(catalogue: Catalog, code: Catalog) -> Iterator[str]:
    """Sentences without their English, translations of what nobody says, doubtful ones, and places that differ."""
    keys = {key_of(message) for message in _messages(code)}
    for message in _messages(code):
        known = catalogue.get(key_of(message))
        if known is None or known.pluralizable != message.pluralizable or not all(texts_of(known.string)):
            yield f"no translation: {key_of(message)}"
        elif known.fuzzy:
            yield f"fuzzy: {key_of(message)}"
        elif wrong := places(known):
            yield f"places differ ({', '.join(sorted(wrong))}): {key_of(message)}"
    yield from (f"nobody says: {key_of(message)}" for message in _messages(catalogue) if key_of(message) not in keys)
    yield from (f"nobody says any more: {key}" for key in catalogue.obsolete)


def places(message: Message) -> set[str]:
    """The ``{places}`` that a translation lacks or adds; ``{count}`` may be left to one form only."""
    asked = set().union(*(_places(text) for text in texts_of(message.id)))
    given = [_places(text) for text in texts_of(message.string)]
    every = set().union(*given)
    return (asked ^ every) | {place for one in given for place in every - one - {"count"}}


def _places(text: str) -> set[str]:
    return {name for _before, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def not_written_out() -> Iterator[str]:
    """Calls whose text is computed: nothing could find it."""
    for file, call in calls():
        if not written_out(call):
            yield f"{file}:{call.lineno}: the text is not written out"


def compiled(path: Path, catalogue: Catalog) -> bool:
    """Whether the compiled catalogue says the same."""
    if not path.with_suffix(".mo").is_file():
        return False
    with path.with_suffix(".mo").open("rb") as file:
        return _translations(read_mo(file)) == _translations(catalogue)


def _translations(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    every = {key_of(message): texts_of(message.string) for message in _messages(catalogue)}
    return {key: texts for key, texts in every.items() if all(texts)}


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def key_of(message: Message) -> str:
    """The French sentence; the singular one where it agrees with a count."""
    return texts_of(message.id)[0]


def texts_of(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a sentence: one, or one for each number."""
    return (value or "",) if value is None or isinstance(value, str) else tuple(value)


def main() -> int:
    """Write the catalogues, or say what is wrong with them."""
    if "--check" in sys.argv[1:]:
        found = [f"{language}: {fault}" for language in LANGUAGES for fault in faults(language)]
        print("\n".join(found), file=sys.stderr) if found else None
        return 1 if found else 0
    for language in LANGUAGES:
        lacking = [key_of(message) for message in _messages(write(language)) if not all(texts_of(message.string))]
        print("\n".join(f"to translate: {text}" for text in lacking)) if lacking else None
    return 0


if __name__ == "__main__":
    sys.exit(main())
