"""The public page about the ranking: its example adds up, and nobody is promised too much."""

import re

import pytest

from tests.world import World, words

ROW = re.compile(
    r"<tr><th scope=\"row\">(\w+)</th><td>[^<]*</td>"
    r"<td class=\"num\">(\d+)</td><td class=\"num\">([+−]\d+)</td><td class=\"num\">(\d+)</td>"
)
MEAN = re.compile(
    r"<th scope=\"row\">(\w+)</th><td><strong>[^<]*</strong></td>"
    r"<td class=\"num\"><strong>(\d+)</strong></td><td></td>"
    r"<td class=\"num\"><strong>(\d+)</strong></td>"
)


@pytest.mark.parametrize(
    ("language", "names", "final"),
    [
        ("", ("Heide", "Hafen"), ("75 − 15 : 5 = 72", "76 − 16 : 5 = 72,8")),
        ("/en", ("Heath", "Harbour"), ("75 − 15 ÷ 5 = 72", "76 − 16 ÷ 5 = 72.8")),
    ],
)
def test_the_example_adds_up(
    world: World, language: str, names: tuple[str, str], final: tuple[str, str]
) -> None:
    page = world.visitor().get(f"{language}/method")
    rows, means = ROW.findall(page.text), MEAN.findall(page.text)
    assert tuple(name for name, *_ in means) == names
    for name, given, corrected in means:
        own = [[int(one.replace("−", "-")) for one in cells] for who, *cells in rows if who == name]
        assert len(own) == 3
        assert all(points - milder == left for points, milder, left in own)
        assert sum(points for points, *_ in own) == 3 * int(given)
        assert sum(left for *_, left in own) == 3 * int(corrected)
    assert [60 + 4 * (int(mean) - 60) / 5 for *_, mean in means] == [72, 72.8]
    for sentence in final:
        assert sentence in words(page)


def test_it_says_what_is_told_and_what_is_not(world: World) -> None:
    said = words(world.visitor().get("/en/method"))
    assert "Places and points are not published" in said
    assert "in which range of places your nomination lies" in said
    assert "Who of the jury read it and what each of them gave" in said
    assert "weighted mean" not in said
