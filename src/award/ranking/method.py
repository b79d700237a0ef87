"""The whole way from frozen sheets to standings, as anyone can compute it again; pure.

The input is plain data, as it is stored, hashed and exported:

    {"round": id, "nominations": [id …], "criteria": [{"key", "weight"} …],
     "sheets": [{"id", "nomination", "juror", "round", "low", "high", "points": {key: n | null}} …]}

Points stand on the scale of their round (`low` to `high`) and are computed with as 0 to 100.
"""

from typing import Any

from award.ranking.composite import Composites, Measure, ScoredSheet, composites
from award.ranking.mean import means
from award.ranking.order import Order, order

METHOD = "weighted-mean"
_LOW, _HIGH = 0.0, 100.0
_DIGITS = 10


def compute(frozen: dict[str, Any], parameters: dict[str, Any]) -> dict[str, Any]:
    """Standings, sheet values and what did not count, rounded to 10 significant digits.

    `parameters`: `min_weight_present`, `min_sheets`, `tie_breakers` (keys, in order), `seed`.
    Earlier rounds' sheets count too; only the round's own nominations are ranked.
    """
    measures = [Measure(one["key"], one["weight"], _LOW, _HIGH) for one in frozen["criteria"]]
    found = composites(
        [_shares(one) for one in frozen["sheets"]],
        measures,
        min_weight_present=parameters["min_weight_present"],
        in_percent=True,
    )
    judged = set(frozen["nominations"])
    ranked = order(
        means(one for one in found.counted if one.sheet.nomination in judged),
        min_sheets=parameters["min_sheets"],
        tie_breakers=parameters["tie_breakers"],
        seed=parameters["seed"],
    )
    return _as_data(found, ranked, sorted(judged))


def _shares(sheet: dict[str, Any]) -> ScoredSheet:
    low, high = sheet["low"], sheet["high"]
    points = {
        key: None if given is None else _HIGH * (given - low) / (high - low)
        for key, given in sheet["points"].items()
    }
    return ScoredSheet(sheet["id"], sheet["nomination"], sheet["juror"], points)


def _as_data(found: Composites, ranked: Order, judged: list[str]) -> dict[str, Any]:
    placed = {one.mean.nomination for one in ranked.standings}
    few = {one.nomination: one.sheets for one in ranked.not_enough}
    return {
        "standings": [
            {
                "place": one.place,
                "nomination": one.mean.nomination,
                "mean": rounded(one.mean.value),
                "sheets": one.mean.sheets,
                "criteria": {key: rounded(value) for key, value in one.mean.criteria.items()},
                "decided_by": one.decided_by,
            }
            for one in ranked.standings
        ],
        "not_ranked": [
            {"nomination": one, "sheets": few.get(one, 0), "reason": "not enough scores"}
            for one in judged
            if one not in placed
        ],
        "sheets": {one.sheet.id: rounded(one.value) for one in found.counted},
        "left_out": {one.sheet.id: rounded(one.weight_present) for one in found.left_out},
        "centres": {key: rounded(value) for key, value in found.centres.items()},
    }


def rounded(value: float) -> float:
    """To 10 significant digits, so that all machines agree on the bytes."""
    return float(f"{value:.{_DIGITS}g}")
