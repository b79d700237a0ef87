"""Standings without a database, for what is told of them."""

from typing import Any

from award.ranking.standings import Standing


def standing(rank: int, **other: Any) -> Standing:
    """A place whose values by all methods are its score."""
    score = other.setdefault("score", 100.0 - 10 * rank)
    methods = ("corrected", "mean", "full", "trimmed_mean", "median", "z_score", "borda")
    known: dict[str, Any] = {
        "id": f"N{rank}",
        "rank": rank,
        "winner": False,
        "sheets": 3,
        "score_low": score - 5,
        "score_high": score + 5,
        "rank_low": rank,
        "rank_high": rank,
        "p_winner": 0.0,
        "tied_with_last_winner": False,
        "decided_by": "",
        "criteria": {},
        "parts": {},
        "given": {},
        "additive": score,
        **dict.fromkeys(methods, score),
    }
    return Standing(**known | other)


def winners(*chances: float) -> list[Standing]:
    """Places with these chances, of which the first two win."""
    return [standing(n, p_winner=p, winner=n <= 2) for n, p in enumerate(chances, 1)]
