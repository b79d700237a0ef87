"""A few values are kept by their keys, the oldest goes first."""

from award.kit.lately import Lately


def test_a_value_is_made_once_for_each_key() -> None:
    made: list[str] = []
    kept: Lately[str] = Lately(2)

    def ask(key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key.upper())

    assert [ask(key) for key in "aab"] == ["A", "A", "B"]
    assert made == ["a", "b"]
    ask("a")
    ask("c")
    ask("a")
    assert made == ["a", "b", "c"]
    ask("b")
    assert made == ["a", "b", "c", "b"]
