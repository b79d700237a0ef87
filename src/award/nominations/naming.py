"""Places in what a network wrote that say who it is, where judging is blind; pure.

A name is found whole, or by a word of it that few others have: four letters or more, no word that
such names are made of, and none of the place, which the jury reads anyway.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from award.kit.i18n import local
from award.nominations.answers import Field, Values, answerable
from award.nominations.audiences import BLIND_JURY, reads
from award.nominations.canonical import normal
from award.nominations.conditions import applicable
from award.nominations.folded import folded

_WORD = re.compile(r"[^\W_]+")
_LEAST = 4  # letters of a word that is a name by itself
_PLACES = ("region", "state", "districts")
# What names of organisations are made of. They are compared as they are folded.
_COMMON = frozenset(
    folded(
        "Agentur Agenturen Akademie Allianz Amt Arbeit Arbeitgeber Arbeitgeberverband "
        "Arbeitsagentur Arbeitskreis Berufsschule Betrieb Betriebe Bezirk Bildung Bildungswerk "
        "Bund Bundesagentur Bündnis Caritas Diakonie eingetragener Fachkraft Fachkräfte "
        "Fachkräftebündnis Fachkräftenetzwerk Fachkräftesicherung Familie Förderung Forum "
        "Gemeinde Gesellschaft Gewerkschaft gGmbH GmbH Handel Handelskammer Handwerk "
        "Handwerkskammer Handwerkerschaft Hochschule Industrie Initiative Innovation Institut "
        "Integration Jobcenter Jugend Kammer Klinik Klinikum Kommune Kreis "
        "Kreishandwerkerschaft Landesverband Landkreis Land Landrat Mittelstand Netz Netzwerk "
        "Netzwerke Pflege Pflegenetzwerk Region regional regionale regionales Regionen Rathaus "
        "Schule Stadt Stadtwerke Stiftung Technik Technologie Universität Unternehmen "
        "Unternehmerverband Verband Verbund Verein Verwaltung Volkshochschule Weiterbildung "
        "Werk Wirtschaft Wirtschaftsförderung Zentrum Zukunft association agency alliance "
        "centre center chamber commerce council county district employment federation "
        "foundation group industry initiative institute labour network region regional school "
        "skilled society trade university workers eine einer eines unser unsere über unter "
        "zwischen oder with from"
    ).split()
)
_TITLES = frozenset({"dipl", "dr", "frau", "herr", "ing", "prof", "professor", "professorin"})
# Addresses there are everybody's.
_EVERYBODYS = frozenset(
    {
        *("aol.com", "freenet.de", "gmail.com", "gmx.de", "gmx.net", "googlemail.com"),
        *("hotmail.com", "icloud.com", "mail.de", "mailbox.org", "outlook.com", "outlook.de"),
        *("posteo.de", "t-online.de", "web.de", "yahoo.com", "yahoo.de"),
    }
)

Phrase = tuple[str, ...]


class Person(msgspec.Struct, frozen=True):
    """Somebody of the network."""

    name: str
    email: str = ""


class Place(msgspec.Struct, frozen=True):
    """A field that names somebody: the input to go to, what it is called, and the words found.

    `file` is the name of the file whose name or description it is.
    """

    section: str
    target: str
    label: str
    words: tuple[str, ...]
    file: str = ""


def places(
    definition: Mapping[str, Any],
    answers: Mapping[str, Values],
    network: str,
    people: Sequence[Person],
) -> list[Place]:
    """Where the texts that a blind jury reads name the network, its partners or its people."""
    names = _names(definition, answers, network, people)
    return [
        msgspec.structs.replace(place, words=found)
        for place, text in _read_by_jury(definition, answers)
        if (found := tuple(naming(text, names)))
    ]


def naming(text: str, names: Iterable[Phrase]) -> Iterator[str]:
    """The names in a text as they stand there, each once; `names` are phrases of folded words."""
    by_first: dict[str, list[Phrase]] = {}
    for name in sorted(set(names), key=len, reverse=True):
        by_first.setdefault(name[0], []).append(name)
    plain = unicodedata.normalize("NFC", text)
    tokens = [(folded(found.group()), found.span()) for found in _WORD.finditer(plain)]
    told: set[str] = set()
    at = 0
    while at < len(tokens):
        length = _length_here(tokens, at, by_first)
        if length:
            words = plain[tokens[at][1][0] : tokens[at + length - 1][1][1]]
            if folded(words) not in told:
                told.add(folded(words))
                yield words
        at += length or 1


def _length_here(
    tokens: Sequence[tuple[str, Any]], at: int, by_first: Mapping[str, list[Phrase]]
) -> int:
    """How many words the longest name has that begins here, 0 for none. A genitive is one too."""
    word = tokens[at][0]
    for name in (*by_first.get(word, ()), *by_first.get(word.removesuffix("s"), ())):
        here = [one for one, _span in tokens[at : at + len(name)]]
        if here and (*here[:-1], here[-1].removesuffix("s")) == (
            *name[:-1],
            name[-1].removesuffix("s"),
        ):
            return len(name)
    return 0


def _names(
    definition: Mapping[str, Any],
    answers: Mapping[str, Values],
    network: str,
    people: Sequence[Person],
) -> set[Phrase]:
    organisations, persons, place = [network], list(people), set[str]()
    for section in applicable(definition, answers):
        for field in answerable(section):
            value = normal(answers.get(section["key"], {}).get(field["key"]))
            organisations += _organisations(field, value)
            if field["kind"] == "person" and value:
                persons.append(Person(value.get("name", ""), value.get("email", "")))
            if field["key"] in _PLACES and reads(field, BLIND_JURY):
                place |= set(_words(_place(field, value)))
    found = {name for one in organisations for name in _of_organisation(one, place)}
    return found | {name for one in persons for name in _of_person(one)}


def _organisations(field: Field, value: Any) -> list[str]:
    if field["key"] == "networkName":
        return [str(value or "")]
    if field["kind"] == "organisation":
        return [(value or {}).get("name", "")]
    if field["kind"] == "organisations":
        return [row.get("name", "") for row in value or ()]
    return []


def _place(field: Field, value: Any) -> str:
    """The place in words; of choices what they are called."""
    chosen = set(value) if isinstance(value, list) else {value}
    called = [str(local(one)) for one in field.get("choices", ()) if one["key"] in chosen]
    return " ".join(called) if called else str(value or "")


def _of_organisation(name: str, place: set[str]) -> Iterator[Phrase]:
    words = _words(name)
    if len(words) > 1:
        yield words
    for word in words:
        if len(word) >= _LEAST and not word.isdigit() and word not in _COMMON | place:
            yield (word,)


def _of_person(person: Person) -> Iterator[Phrase]:
    """The whole name, the surname, and the domain of the mail address."""
    last, comma, first = person.name.partition(",")
    words = tuple(
        word
        for word in _words(f"{first} {last}" if comma else person.name)
        if len(word) > 1 and word not in _TITLES
    )
    if len(words) > 1:
        yield words
    if words and len(words[-1]) >= _LEAST and words[-1] not in _COMMON:
        yield words[-1:]
    domain = person.email.rpartition("@")[2].casefold()
    if "." in domain and domain not in _EVERYBODYS:
        yield _words(domain)


def _words(text: str) -> Phrase:
    plain = unicodedata.normalize("NFC", text)
    return tuple(folded(word) for word in _WORD.findall(plain) if folded(word))


def _read_by_jury(
    definition: Mapping[str, Any], answers: Mapping[str, Values]
) -> Iterator[tuple[Place, str]]:
    """What was typed of all that a blind jury reads, each text with its place."""
    for section in applicable(definition, answers):
        for field in answerable(section):
            if not reads(field, BLIND_JURY):
                continue
            key, label = field["key"], str(local(field["label"]))
            value = normal(answers.get(section["key"], {}).get(key))
            if field["kind"] == "files":
                for one in value or ():
                    target, name = f"{key}-{one['id']}", one["name"]
                    text = f"{name}\n{one['description']}"
                    yield Place(section["key"], target, label, (), name), text
            elif field["kind"] in {"short_text", "long_text", "link"}:
                yield Place(section["key"], key, label, ()), str(value or "")
