"""A very small national directory, for whoever tests imports: fiches that lead one to the next, each with one block."""

from collections.abc import Iterable

FICHE = """<FICHE><ID_FICHE>{number}</ID_FICHE><NUMERO_FICHE>RNCP{number}</NUMERO_FICHE><INTITULE>{title}</INTITULE>
<ETAT_FICHE>Publiée</ETAT_FICHE><NOMENCLATURE_EUROPE><NIVEAU>NIV5</NIVEAU><LIBELLE>Niveau 5</LIBELLE></NOMENCLATURE_EUROPE>
<CERTIFICATEURS><CERTIFICATEUR><NOM_CERTIFICATEUR>Organisme inventé</NOM_CERTIFICATEUR></CERTIFICATEUR></CERTIFICATEURS>
<ACTIF>Oui</ACTIF><DATE_DECISION>01/02/2024</DATE_DECISION><DATE_FIN_ENREGISTREMENT>01/02/2029</DATE_FIN_ENREGISTREMENT>
<BLOCS_COMPETENCES><BLOC_COMPETENCES><CODE>RNCP{number}BC01</CODE><LIBELLE>Bloc de {title}</LIBELLE>
<LISTE_COMPETENCES>- Accueillir des publics   - Animer un atelier</LISTE_COMPETENCES>
<MODALITES_EVALUATION>Mise en situation</MODALITES_EVALUATION></BLOC_COMPETENCES></BLOCS_COMPETENCES>
{right}</FICHE>"""
RIGHT = """<CORRESPONDANCES><CORRESPONDANCE>
<SOURCE><BLOC_COMPETENCES><CODE>RNCP{number}BC01</CODE></BLOC_COMPETENCES></SOURCE>
<DESTINATION><NUMERO_FICHE>RNCP{before}</NUMERO_FICHE>
<BLOC_COMPETENCES><CODE>RNCP{before}BC01</CODE></BLOC_COMPETENCES></DESTINATION></CORRESPONDANCE></CORRESPONDANCES>"""

FIRST = 90001
"""Numbers that no real certification has."""


def directory(*fiches: str) -> bytes:
    """The file of some fiches."""
    text = "<?xml version='1.0' encoding='UTF-8'?><FICHES><VERSION_FLUX>4.1</VERSION_FLUX>" + "\n".join(fiches)
    return (text + "</FICHES>").encode()


def fiche(number: int, title: str = "", before: int | None = None) -> str:
    """One fiche; a right gives its block to whoever has that of the one before."""
    right = RIGHT.format(number=number, before=before) if before else ""
    return FICHE.format(number=number, title=title or f"Titre numéro {number}", right=right)


def chain(count: int, first: int = FIRST) -> Iterable[str]:
    """Fiches that lead one to the next."""
    return (fiche(number, before=number - 1 if number > first else None) for number in range(first, first + count))
