"""Files made to break a reader, and a process that reads them one by one, under a watch.

``python -m tests.referentials.hostile FOLDER`` reads every entry of a folder and writes one JSON line for each: the rules of
the findings, or the exception that escaped. A file that takes too long ends the process, and its line is missing.
"""

import faulthandler
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from referentials.findings import FileProblem
from referentials.loader import load_file

LONGEST = 30
"""Seconds that one file may take on the slowest machine; all of them take less than one on an idle one."""

MB = 1_000_000


def files() -> Iterator[tuple[str, bytes, str]]:
    """The name of each hostile file, its bytes, and the rule of the only finding it must cause (empty: it loads)."""
    yield "vide.yaml", b"", "fichier-vide"
    yield "commentaires.yaml", b"# rien\n" * 700_000, "fichier-vide"
    yield "lignes-vides.yaml", b"\n" * (5 * MB - 1), "fichier-vide"
    yield "espaces.yaml", b" " * (5 * MB - 1), "fichier-vide"
    yield "latin-1.yaml", "title: été".encode("latin-1"), "encodage"
    yield "utf-16.yaml", "title: été".encode("utf-16"), "encodage"
    yield "utf-16-sans-marque.yaml", "title: été".encode("utf-16-be"), "encodage"
    yield "utf-32.yaml", "title: été".encode("utf-32"), "encodage"
    yield "binaire.yaml", bytes(range(256)) * 1000, "encodage"
    yield "nul.yaml", b"title: a\x00b", "caractere-interdit"
    yield "tabulations.yaml", b"\t" * MB, "tabulation"
    yield "cinquante-mo.yaml", b"a" * 50 * MB, "fichier-trop-gros"
    yield "cinquante-mo.json", b"[" * 50 * MB, "fichier-trop-gros"
    yield "cent-mille-crochets.yaml", b"[" * 100_000, "trop-profond"
    yield "cent-mille-accolades.yaml", b"{a: " * 100_000, "trop-profond"
    yield "cent-mille-tirets.yaml", b"- " * 100_000, "trop-profond"
    yield "cent-mille-retraits.yaml", b"".join(b" " * n + b"a:\n" for n in range(2000)), "trop-profond"
    yield "cent-mille-crochets.json", b"[" * 100_000, "trop-profond"
    yield "cent-mille-accolades.json", b'{"a":' * 100_000, "trop-profond"
    yield "milliard-de-rires.yaml", _laughs(), "ancre"
    yield "ancre-sur-elle-meme.yaml", b"a: &a [*a]", "ancre"
    yield "fusion.yaml", b"a: &a {b: c}\nd: {<<: *a}", "ancre"
    yield (
        "fusion-sans-ancre.yaml",
        b"id: x\nversion: '1'\ntitle: x\nkind: attestation\nconfidence: official\n<<: {note: x}",
        "champ-inconnu",
    )
    yield "objet.yaml", b"!!python/object/apply:os.system ['echo perdu']", "etiquette"
    yield "etiquettes.yaml", b"!" * MB, "etiquette"
    yield "documents.yaml", b"---\n" * MB, "plusieurs-documents"
    yield "cle-complexe.yaml", b"? " * MB, "cle-complexe"
    yield "cle-groupe.yaml", b"{" * MB, "cle-complexe"
    yield "deux-points.yaml", b": " * MB, "syntaxe-yaml"
    yield "apostrophes.yaml", b"'" * (MB + 1), "syntaxe-yaml"
    yield "guillemets.yaml", b'"' + b"\\n" * MB, "syntaxe-yaml"
    yield "directives.yaml", b"%" * MB, "syntaxe-yaml"
    yield "esperluettes.yaml", b"&" * MB, "syntaxe-yaml"
    yield "une-ligne.yaml", b"a: " + b"x" * 4_900_000, "format-inconnu"
    yield "une-longue-cle.yaml", b"x" * MB + b": a", "syntaxe-yaml"
    yield "un-long-bloc.yaml", b"a: |\n" + b"  x\n" * MB, "format-inconnu"
    yield "petits-elements.yaml", b"- a\n" * 1_200_000, "trop-de-valeurs"
    yield "petits-elements-en-ligne.yaml", b"[" + b"x," * 2_400_000 + b"]", "trop-de-valeurs"
    yield "petites-cles.json", b"{" + b",".join(b'"k%d":1' % n for n in range(300_000)) + b"}", "trop-de-valeurs"
    yield "petits-elements.json", b"[" + b"1," * 2_400_000 + b"1]", "trop-de-valeurs"
    yield "separateurs.yaml", "- \u2028".encode() * 900_000, "trop-de-valeurs"
    yield "double.json", b'{"a": 1, "a": 2}', "cle-en-double"
    yield "double-au-loin.json", b"{" + b",".join(b'"k%d":1' % n for n in range(50_000)) + b',"k0":2}', "cle-en-double"
    yield "nan.json", b'{"level": NaN}', "syntaxe-json"
    yield "infini.json", b'{"level": -Infinity}', "syntaxe-json"
    yield "commentaire.json", b'{"a": 1} // fin', "syntaxe-json"
    yield "demi-caractere.json", b'{"\\ud800": 1}', "caractere-interdit"
    yield "texte-ouvert.json", b'["' + b"x" * 4_900_000, "syntaxe-json"
    yield "anti-slash.json", b'["' + b"\\" * 4_000_001, "syntaxe-json"
    yield "grand-nombre.json", _framework(b"1" + b"0" * MB), "nombre-illisible"
    yield "nombre-sans-fin.json", _framework(b"1e999"), "nombre-illisible"
    yield "nombre-a-virgule.json", _framework(b"1.5"), "nombre-illisible"
    yield "tout-est-faux.yaml", b"- {relation: x, faux: y}\n" * 15_000, "trop-de-problemes"
    yield (
        "champs-inconnus.yaml",
        b"version: '1'\n" + b"".join(b"champ%d: a\n" % n for n in range(50_000)),
        "trop-de-problemes",
    )
    yield "long-champ-inconnu.json", b'{"version": "1", "' + b"title " * 800_000 + b'": 1}', "champ-inconnu"
    yield "longue-reference.yaml", _award(b"a" * 4_000_000 + b"!"), "reference-illisible"
    yield "reference-a-tirets.yaml", _award(b"a." * 2_000_000 + b"@" + b"-" * 100_000), "reference-illisible"
    yield "reference-a-barres.yaml", _award(b"a" + b"/a" * 1_000_000), "reference-illisible"
    yield "exigence-profonde.yaml", _award(b"{all_of: [" * 40 + b"a" + b"]}" * 40), "trop-profond"
    yield "exigence-moins-profonde.yaml", _award(b"{all_of: [" * 30 + b"a" + b"]}" * 30), ""
    yield "exigence-large.yaml", _award(b"{all_of: [" + b"a," * 50_000 + b"a]}"), ""
    yield "marque-d-ordre.yaml", b"\xef\xbb\xbf" + _award(b"a"), ""
    yield "fins-de-ligne.yaml", _award(b"a").replace(b"\n", b"\r\n"), ""
    yield (
        "mille-blocs.yaml",
        _award(b"a") + b"blocks:\n" + b"".join(b"  - {code: B%d}\n" % n for n in range(20_000)),
        "",
    )


def _laughs() -> bytes:
    lines = [b"a0: &a0 [rire, rire]"]
    lines += [b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 30)]
    return b"\n".join(lines)


def _award(requirement: bytes) -> bytes:
    return b"id: x\nversion: '1'\ntitle: x\nkind: attestation\nconfidence: to_confirm\naward: " + requirement + b"\n"


def _framework(level: bytes) -> bytes:
    return (
        b'{"id": "x", "version": "1", "title": "x", "kind": "attestation", "confidence": "official", "level": '
        + level
        + b"}"
    )


def read_all(folder: Path) -> None:
    """Read every entry of a folder, and write what came of it."""
    for path in sorted(folder.iterdir()):
        faulthandler.dump_traceback_later(LONGEST, exit=True)
        try:
            load_file(path)
            found = {"rules": [], "messages": []}
        except FileProblem as problem:
            found = {
                "rules": [finding.rule for finding in problem.findings],
                "messages": [str(finding) for finding in problem.findings],
            }
        except BaseException as problem:
            found = {"rules": [type(problem).__name__], "messages": [repr(problem)[:500]]}
        print(json.dumps({"name": path.name, **found}), flush=True)
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    read_all(Path(sys.argv[1]))
