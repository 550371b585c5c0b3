"""LHEO and EDOF in and out: real files, codes that mislead, limits and encoding of EDOF, what can come back, hostile files."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.formats import edof, lheo
from referentials.formats.exchange import Record
from referentials.formats.lheo_codes import LEVELS, in_library
from referentials.formats.text import plain
from referentials.library import Library
from referentials.model import Block, Referential
from referentials.offer import Body, Module, ModuleHours, Offer, Session
from referentials.provenance import Code
from referentials.writer import plain as values
from tests.referentials import strategies
from tests.referentials.formats.round_trip import SAMPLES, again, of_file, read, rules, upload, write

LHEO, EDOF = lheo.STANDARD, edof.STANDARD
SAMPLE = SAMPLES / "catalogue_lheo.xml"


@pytest.fixture(scope="module")
def catalogue() -> Any:
    return read(LHEO, of_file(SAMPLE))


def test_a_catalogue_is_read_into_one_offer_for_each_body(catalogue: Any) -> None:
    (workshop, other), _findings = catalogue
    assert (workshop.id, workshop.body.name, workshop.body.siret) == (
        "of-12345678900011",
        "L'Atelier d’à côté",
        "12345678900011",
    )
    assert (workshop.body.location.postcode, workshop.body.location.city) == ("13001", "Marseille")
    assert (other.id, other.body.siret, [module.id for module in other.modules]) == ("of-non-nomme", None, ["f2"])


def test_a_formation_is_a_module_with_the_sessions_of_all_its_places(catalogue: Any) -> None:
    module = catalogue[0][0].modules[0]
    assert (module.id, module.title, module.price) == ("m1", "Accueillir & écouter", 1200.5)
    assert module.hours == ModuleHours(onsite=21, unspecified=14)
    assert module.prepares == ("rncp37873/RNCP37873BC02", "rncp37873/RNCP37873BC03")
    assert [(one.id, str(one.start), one.place) for one in module.sessions] == [
        ("s-1", "2027-01-11", "Ici"),
        ("s-1-2", "2027-04-01", "Là"),
    ]
    assert module.note == "Accueillir\nÉcouter\nNiveau 4 à la sortie.\nDont 14 h en entreprise."
    assert "Personne" not in str(catalogue)


def test_what_comes_before_the_level_and_permanent_entries_are_read(catalogue: Any) -> None:
    module = catalogue[0][0].modules[1]
    assert module.requires.model_dump() == {"all_of": ("of-12345678900011:m1",)}
    assert module.hours == ModuleHours(unspecified=30)
    assert (module.sessions, str(module.available.start), str(module.available.end)) == ((), "2027-01-01", "2027-12-31")
    assert module.price is None
    assert module.note.split("\n") == [
        "Prépare la certification entière : RS6117",
        "Niveau 5 à la sortie.",
        "Contient les modules : m1.",
        "Entièrement à distance.",
    ]


def test_what_a_catalogue_has_wrong_is_told_with_its_place(catalogue: Any) -> None:
    findings = catalogue[1]
    errors = [(finding.where.line, finding.message) for finding in findings if finding.severity == "error"]
    assert errors == [
        (5, "Les dates de la session 2 ne se lisent pas : elle est laissée de côté."),
        (64, "Cette formation n'a pas d'intitulé : elle est laissée de côté."),
        (65, "Le SIRET « 123 » n'a pas 14 chiffres : il n'est pas repris."),
    ]
    assert {"lheo-prealable", "lheo-prix", "lheo-bloc", "lheo-contenu-formation"} <= rules(findings)


def test_a_level_code_is_not_the_level() -> None:
    assert (LEVELS["5"], LEVELS["15"], LEVELS["4"], LEVELS["14"]) == (4, 5, 3, 4)
    assert not {"0", "1", "2", "3", "8", "12"} & set(LEVELS)


def test_blocks_become_those_of_the_library_that_has_their_code() -> None:
    blocks = [Block(code="CCP1", codes=(Code(code="RNCP37873BC02"),)), Block(code="CCP2")]
    values = {"title": "X", "kind": "titre-professionnel", "confidence": "official", "codes": {"rs": ["RS6117"]}}
    library = Library.of(Referential(id="tp-x", version="2023", blocks=blocks, **values))
    assert LHEO.read is not None
    record = next(one for one in LHEO.read(of_file(SAMPLE)) if isinstance(one, Record))
    first, second = in_library(record.values, library)["modules"]
    assert first["prepares"] == ["tp-x@2023/CCP1", "rncp37873/RNCP37873BC03"]
    assert second["prepares"] == ["tp-x@2023/CCP1", "tp-x@2023/CCP2"]


# -- out


def offer_of(*modules: Module) -> Offer:
    body = Body(name="Cœur d’atelier", siret="12345678900011")
    return Offer(id="atelier", title="Offre", body=body, modules=modules, confidence="official")


LONG = Module(
    id="long",
    title="L’œuvre " * 100,
    hours=ModuleHours(onsite=7),
    price=840,
    prepares=("rncp37873/RNCP37873BC02",),
    develops=tuple(f"ref@1/B/{'x' * 60}{rank}" for rank in range(60)),
    sessions=(Session(id="s1", start="2027-01-11", end="2027-02-26", place="Nîmes", seats=12),),
    funding={"cpf": True},
)


def test_edof_is_in_its_encoding_and_within_its_limits() -> None:
    written = write(EDOF, Library.of(offer_of(LONG)), "atelier")
    text = written.content.decode("iso-8859-1")
    assert text.startswith("<?xml version='1.0' encoding='ISO-8859-1'?>")
    assert "N\u00eemes" in text
    assert "&#339;uvre" in text
    root = etree.fromstring(written.content)
    assert root.tag == "{https://www.of.moncompteformation.gouv.fr}lheo"
    for element in root.iter():
        room = 255 if etree.QName(element).localname == "intitule-formation" else 3000
        assert len(element.text or "") <= room
    assert str(root.findtext(".//{*}objectif-formation")).endswith(" …")
    assert [one.text for one in root.iter("{*}extra")] == ["840.00", "RNCP37873BC02"]
    told = rules(written.left_out)
    assert {"edof-texte-coupe", "edof-develops", "edof-seats", "edof-contenu-formation", "edof-frais-ht"} <= told
    (found,), _findings = again(EDOF, written)
    (module,) = found.modules
    assert (module.price, module.hours, module.prepares, module.funding.cpf) == (840, LONG.hours, LONG.prepares, True)
    assert module.title.startswith("L’œuvre L’œuvre")


def test_lheo_keeps_blocks_prerequisites_and_whole_certifications() -> None:
    blocks = [Block(code="CCP1", title="Un", codes=(Code(code="RNCP1BC01"),)), Block(code="CCP2", title="Deux")]
    values = {"title": "X", "kind": "titre-professionnel", "confidence": "official", "codes": {"rncp": ["RNCP1"]}}
    item = Referential(id="tp-x", version="1", blocks=blocks, **values)
    offer = offer_of(
        Module(id="a", title="A", prepares=("tp-x@1/CCP1",)),
        Module(id="b", title="B", requires={"all_of": ["atelier:a", "bafd"]}, prepares=("tp-x@1/CCP2",)),
    )
    written = write(LHEO, Library.of(item, offer), "atelier")
    (found,), _findings = again(LHEO, written)
    assert [module.prepares for module in found.modules] == [("rncp1/RNCP1BC01",), ()]
    assert found.modules[1].requires.model_dump() == {"all_of": ("of-12345678900011:a",)}
    assert b"RNCP1</code-RNCP>" in written.content.split(b"</formation>")[0]
    assert b"RNCP1</code-RNCP>" not in written.content.split(b"</formation>")[1]  # not the whole of it
    assert {"lheo-conditions", "lheo-code-bloc", "lheo-title"} <= rules(written.left_out)


def test_an_invented_module_is_never_put_in_a_catalogue() -> None:
    offer = offer_of(Module(id="a", title="Réel"), Module(id="b", title="Inventé", illustrative=True))
    written = write(LHEO, Library.of(offer), "atelier", "atelier:b")
    assert "Inventé" not in written.content.decode()
    assert "lheo-demonstration" in rules(written.left_out)
    with pytest.raises(UnknownReference):
        lheo.write(Library.of(offer), ["atelier:absent"])


def dated(module: Module) -> list[tuple[Any, Any]]:
    return sorted((one.start, one.end) for one in module.sessions if one.end >= one.start)


TOLD = {
    "available": {"available"},
    "confidence": {"confidence"},
    "develops": {"develops"},
    "funding": {"funding"},
    "group_price": {"group-price"},
    "hours": {"heures", "modalites", "nombre-heures-centre"},
    "includes_assessment": {"includes-assessment"},
    "languages": {"langues"},
    "prepares": {"code-bloc"},
    "requires": {"conditions", "requires"},
}
"""The fields of a module that may not come back whole, with the rules that say so."""


def _differ(had: Any, has: Any) -> bool:
    return str(had).lower() != str(has).lower()


@given(strategies.offers)
@settings(max_examples=60)
def test_what_a_catalogue_can_carry_comes_back(offer: Offer) -> None:
    real = {module.id: module for module in offer.modules if not offer.is_illustrative(module)}
    kept = [
        one
        for one in real.values()
        if plain(one.title).lower().rstrip(".") not in ("", "-", "néant", "aucun", "aucune")
    ]
    once = offer.model_copy(update={"modules": tuple(real.values())})
    for standard in (LHEO, EDOF):
        written = write(standard, Library.of(once), offer.id)
        if not real:
            continue
        found, _findings = again(standard, written)
        modules = [module for one in found for module in one.modules]
        assert [module.title for module in modules] == [plain(module.title)[:255] for module in kept]
        for module, own in zip(modules, kept, strict=True):
            assert dated(module) == dated(own)
            assert module.price == (None if own.price is None else float(f"{own.price:.2f}"))
            lost = {name for name in TOLD if (had := values(own).get(name)) and _differ(had, values(module).get(name))}
            assert all(rules(written.left_out) & {f"{standard.id}-{rule}" for rule in TOLD[name]} for name in lost), (
                lost
            )


def test_real_catalogues_are_read(samples: Path) -> None:
    folder = samples / "data/lheo"
    if not folder.is_dir():
        pytest.skip("sample data not found")
    (onisep,), _left = read(LHEO, of_file(folder / "exemple-bts-onisep.xml"))
    assert (onisep.id, len(onisep.modules), onisep.modules[0].hours) == ("of-19290076900014", 1, None)
    assert "Prépare la certification entière : RNCP474\nNiveau 5 à la sortie." in onisep.modules[0].note
    (caisse,), _left = read(EDOF, of_file(folder / "edof_exemple_catalogue_EXCERPT_1formation.xml"))
    assert (caisse.modules[0].price, caisse.modules[0].hours.onsite) == (600.6, 21)
    assert [block.rpartition("BC")[2] for block in caisse.modules[0].prepares] == ["01", "02", "03", "04"]
    for standard, offer in ((LHEO, onisep), (EDOF, caisse)):
        written = write(standard, Library.of(offer), offer.id)
        (same,), _left = again(standard, written)
        assert write(standard, Library.of(same), same.id).content == written.content
    with pytest.raises(FileProblem) as refusal:
        read(LHEO, of_file(folder / "lheo-dict-FORMACODE.xml"))
    assert rules(refusal.value.findings) == {"lheo-catalogue"}


def test_one_catalogue_is_not_taken_for_the_other() -> None:
    for standard, other in ((LHEO, EDOF), (EDOF, LHEO)):
        written = write(other, Library.of(offer_of(LONG)), "atelier")
        with pytest.raises(FileProblem) as refusal:
            again(standard, written)
        assert rules(refusal.value.findings) == {"lheo-ou-edof"}


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><lheo><formation>&b;</formation></lheo>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><lheo><formation>&a;</formation></lheo>'


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "xml-illisible"),
        (SAMPLE.read_bytes()[:1500], "xml-illisible"),
        (SAMPLE.read_bytes().replace(b"UTF-8", b"US-ASCII"), "xml-illisible"),
        (b"<lheo/>", "lheo-catalogue"),
        (LAUGHS.encode(), "xml-doctype"),
        (OUTSIDE.encode(), "xml-doctype"),
        (("<!--" + "x" * 5000 + "-->" + OUTSIDE).encode(), "xml-doctype"),
        (LAUGHS.encode("utf-16"), "xml-doctype"),
        (b"<lheo>" * 100_000, "xml-illisible"),
        (b"<lheo><formation>" + b"<x>" * 300 + b"</x>" * 300 + b"</formation></lheo>", "xml-illisible"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(content: bytes, rule: str) -> None:
    with pytest.raises(FileProblem) as refusal:
        read(LHEO, upload("x.xml", content))
    assert rules(refusal.value.findings) == {rule}
