"""Which nominations look like one another, told from titles, networks and texts."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.nominations.alike import NETWORK, TEXT, TITLE, Pair, Sketch, alike, pairs, text_runs
from tests.cast import SHIPPED

SETS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.frozensets(st.integers(0, 15)))
STORY = (
    "Im Sommer fehlen in den Häfen der Küste viele Hände. Das Netzwerk verbindet deshalb "
    "Betriebe, Schulen und Kammern, damit aus zwei Stellen der Saison eine ganze wird. "
) * 3 + "Die Kreise tragen gemeinsam eine Börse, in der alle freien Stellen des Jahres stehen. " * 2
OTHER = (
    "Werkstätten der Oberlausitz bilden junge Menschen aus Nachbarländern aus und begleiten sie "
    "beim Ankommen, mit Sprachkursen am Abend, Paten im Betrieb und Wohnungen in der Stadt. "
) * 4


def titled(*titles: str) -> tuple[Sketch, ...]:
    return tuple(Sketch(str(n), f"n{n}", f"Netz {n}", title) for n, title in enumerate(titles))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saison wird Stelle", "Saison wird Stelle"),
        ("Saison wird Stelle", "SAISON WIRD STELLE!"),
        ("Saison wird Stelle", "Aus Saison wird Stelle"),
        ("Fachkräfte für die Küste", "Fachkraefte für die Küste"),
        ("Główka Straße", "Glowka Strasse"),
        ("Start in den Beruf", "Start in den Beruf 2"),
    ],
)
def test_titles_that_are_alike(one: str, other: str) -> None:
    assert pairs(titled(one, other)) == [Pair("0", "1", (TITLE,))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saison wird Stelle", "Duale Dörfer"),
        ("Strom aus, Licht an", "Ladung sicher, Zukunft auch"),
        ("", ""),
        ("!!!", "!!!"),
        ("A", "B"),
    ],
)
def test_titles_that_are_not(one: str, other: str) -> None:
    assert pairs(titled(one, other)) == []


def test_networks_are_the_same_by_row_or_by_name() -> None:
    found = pairs(
        (
            Sketch("a", "n1", "Nordlicht", "Eins"),
            Sketch("b", "n1", "Nordlicht e.V.", "Zwei"),
            Sketch("c", "n2", "NORDLICHT", "Drei"),
            Sketch("d", "n3", "", "Vier"),
            Sketch("e", "n4", "", "Fünf"),
        )
    )
    assert found == [Pair("a", "b", (NETWORK,)), Pair("a", "c", (NETWORK,))]


def test_texts_are_alike_where_much_of_them_is_the_same() -> None:
    def runs(summary: str) -> frozenset[int]:
        return text_runs(SHIPPED["form"], {"summary": {"summary": summary}})

    own, changed, other = runs(STORY), runs(f"Neu: {STORY.replace('ganze', 'volle')}"), runs(OTHER)
    assert own
    assert other
    sketches = tuple(
        Sketch(str(n), f"n{n}", "", f"{title} {n}", text)
        for n, (title, text) in enumerate(
            [("Erste", own), ("Ganz anders", changed), ("Drittes", other), ("Viertes", frozenset())]
        )
    )
    assert pairs(sketches) == [Pair("0", "1", (TEXT,))]


def test_what_many_say_makes_no_two_alike() -> None:
    phrase = frozenset(range(20))
    own = [phrase | frozenset(range(100 * n, 100 * n + 10)) for n in range(1, 8)]
    found = pairs(tuple(Sketch(str(n), f"n{n}", "", "", text) for n, text in enumerate(own)))
    assert found == []
    assert len(pairs(tuple(Sketch(str(n), f"n{n}", "", "", own[n]) for n in range(3)))) == 3


def test_more_reasons_come_first_and_the_earlier_one_stands_left() -> None:
    found = pairs(
        (
            Sketch("z", "n1", "Eins", "Licht an"),
            Sketch("y", "n2", "Zwei", "Strom weg"),
            Sketch("x", "n3", "Zwei", "Strom weg"),
            Sketch("w", "n4", "Vier", "Licht an"),
        )
    )
    assert found == [Pair("y", "x", (NETWORK, TITLE)), Pair("z", "w", (TITLE,))]


def test_of_many_that_are_the_same_each_meets_the_next() -> None:
    assert len(pairs(titled(*["Test"] * 300))) == 299


@given(SETS, st.integers(1, 100))
def test_it_finds_what_comparing_each_with_each_finds(
    sets: dict[str, frozenset[int]], per_cent: int
) -> None:
    different = {parts: id_ for id_, parts in sorted(sets.items(), reverse=True) if parts}
    given_sets = {id_: parts for parts, id_ in different.items()}
    expected = {
        (one, other)
        for one, other in combinations(sorted(given_sets), 2)
        if 100 * len(given_sets[one] & given_sets[other])
        >= per_cent * len(given_sets[one] | given_sets[other])
    }
    assert alike(given_sets, per_cent) == expected


@given(SETS)
def test_the_same_sets_are_in_one_row(sets: dict[str, frozenset[int]]) -> None:
    found = alike(sets, 100)
    groups = {parts for parts in sets.values() if parts}
    assert len(found) == sum(1 for parts in sets.values() if parts) - len(groups)
    assert all(sets[one] == sets[other] for one, other in found)
