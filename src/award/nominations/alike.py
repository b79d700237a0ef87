"""Nominations that may be the same one twice: of one network, with titles or texts alike; pure.

Two are alike when enough of what either has stands in both (Jaccard): of a title its runs of three
letters, of a text its runs of three words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeVar
from zlib import crc32

import msgspec

from award.nominations.answers import Values, sections
from award.nominations.folded import folded

NETWORK, TITLE, TEXT = "network", "title", "text"
_TITLES, _TEXTS = 60, 30  # per cent; texts of their own have next to nothing in common
_RUN = 3
_ONE_IN = 4  # so many runs of words are looked at; the same words choose the same runs
_PHRASE = 5  # what more than so many say is a phrase of the trade and tells nothing
_WORD = re.compile(r"[^\W_]+")
P = TypeVar("P", bound=Hashable)
Ids = tuple[str, str]


class Sketch(msgspec.Struct, frozen=True):
    """What is compared of a nomination; `text` are the runs of its words, none of a draft."""

    id: str
    network_id: str
    network_name: str
    title: str
    text: frozenset[int] = frozenset()


class Pair(msgspec.Struct, frozen=True):
    """Two that may be the same, and why: network, title, text."""

    first: str
    second: str
    reasons: tuple[str, ...]


def pairs(sketches: tuple[Sketch, ...]) -> list[Pair]:
    """The pairs, those with more reasons first, in the order given.

    Of many that are the same in one thing, each is paired with the next of them only.
    """
    found: dict[Ids, list[str]] = defaultdict(list)
    for reason, alike_ones in (
        (NETWORK, _of_one_network(sketches)),
        (TITLE, alike({one.id: _letters(one.title) for one in sketches}, _TITLES)),
        (TEXT, alike(_without_phrases(sketches), _TEXTS)),
    ):
        for pair in alike_ones:
            found[pair].append(reason)
    place = {one.id: number for number, one in enumerate(sketches)}
    ordered = [
        Pair(min(ids, key=place.__getitem__), max(ids, key=place.__getitem__), tuple(reasons))
        for ids, reasons in found.items()
    ]
    return sorted(ordered, key=lambda one: (-len(one.reasons), place[one.first], place[one.second]))


def alike(given: Mapping[str, frozenset[P]], per_cent: int) -> set[Ids]:
    """The pairs of ids whose sets have at least so much of their union in common.

    Of two such sets the rarest parts meet: in a set of n it is enough to look at all but as many
    as have to be in common, less one. So not every set is compared with every other.
    """
    groups: dict[frozenset[P], list[str]] = defaultdict(list)
    for id_, parts in given.items():
        if parts:
            groups[parts].append(id_)
    found = {_pair(*two) for ids in groups.values() for two in pairwise(ids)}
    often = Counter(part for parts in groups for part in parts)
    shared = sorted((part for part in often if often[part] > 1), key=often.__getitem__)
    rank = {part: number for number, part in enumerate(shared)}
    met: dict[P, list[frozenset[P]]] = defaultdict(list)
    for parts in sorted(groups, key=len):
        for part in _rarest(parts, rank, per_cent):
            for other in met[part]:
                if _share(parts, other) >= per_cent:
                    found.add(_pair(groups[parts][0], groups[other][0]))
            met[part].append(parts)
    return found


def _rarest(parts: frozenset[P], rank: Mapping[P, int], per_cent: int) -> list[P]:
    """The parts to look at, but for those that no other set has."""
    ranked = [part for part in parts if part in rank]
    in_common = -(-per_cent * len(parts) // 100)
    many = len(ranked) - in_common + 1
    return sorted(ranked, key=rank.__getitem__)[:many] if many > 0 else []


def text_runs(definition: Mapping[str, Any], answers: Mapping[str, Values]) -> frozenset[int]:
    """What of the long texts of a submission is compared."""
    texts = (
        str(answers.get(section["key"], {}).get(field["key"]) or "")
        for section in sections(definition)
        for field in section["fields"]
        if field["kind"] == "long_text"
    )
    return frozenset(run for text in texts for run in _runs(text))


def _of_one_network(sketches: Sequence[Sketch]) -> set[Ids]:
    """Of the same network, or of two that give the same name."""
    same: dict[str, list[str]] = defaultdict(list)
    for one in sketches:
        same[one.network_id].append(one.id)
        if name := folded(one.network_name):
            same[f"named {name}"].append(one.id)
    return {_pair(*two) for ids in same.values() for two in pairwise(ids)}


def _without_phrases(sketches: Sequence[Sketch]) -> dict[str, frozenset[int]]:
    often = Counter(run for one in sketches for run in one.text)
    phrases = {run for run, number in often.items() if number > _PHRASE}
    return {one.id: one.text - phrases for one in sketches}


@lru_cache(4096)
def _letters(title: str) -> frozenset[str]:
    plain = " ".join(_WORD.findall(folded(title)))
    padded = f" {plain} "
    return frozenset(padded[at : at + _RUN] for at in range(len(plain))) if plain else frozenset()


def _runs(text: str) -> Iterator[int]:
    words = [_plain(word) for word in _WORD.findall(text.casefold())]
    for at in range(len(words) - _RUN + 1):
        if _is_chosen(words[at]):
            yield crc32(" ".join(words[at : at + _RUN]).encode())


# Texts have many words, and few different ones.
@lru_cache(65_536)
def _plain(word: str) -> str:
    return folded(word)


@lru_cache(65_536)
def _is_chosen(word: str) -> bool:
    return crc32(word.encode()) % _ONE_IN == 0


def _share(one: frozenset[P], other: frozenset[P]) -> float:
    common = len(one & other)
    return 100 * common / (len(one) + len(other) - common)


def _pair(one: str, other: str) -> Ids:
    return (one, other) if one < other else (other, one)
