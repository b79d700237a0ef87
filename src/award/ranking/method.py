"""The whole way from frozen sheets to the result of a run, as anyone can compute it again; pure.

The input is plain data, as it is stored, hashed and exported:

    {"round": id, "nominations": [id …], "criteria": [{"key", "weight"} …],
     "sheets": [{"id", "nomination", "juror", "round", "low", "high", "points": {key: n | null}} …]}

Points stand on the scale of their round (`low` to `high`) and are computed with as 0 to 100. The
result is what `award rank --json` prints, with what the pages need beside it. It is imported
where it is used: numpy and scipy take a second and 80 MB.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from award.ranking.maths.health import Health, health
from award.ranking.maths.ranking import Options, Ranking, TooFew, criterion_means, rank
from award.ranking.maths.sharpen import sharpen
from award.ranking.maths.sheets import Composites, Criterion, Sheets, composites
from award.ranking.outcome import input_hash, names, not_ranked, outcome, parts, rounded, warnings
from award.ranking.scale import HIGH, LOW, share


def compute(frozen: Mapping[str, Any], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The result, numbers rounded to 10 significant digits.

    `parameters`: `winners`, `seed`, `draws`, `min_sheets`, `min_weight_present` (0 to 1) and
    `tie_breakers` (keys, in order). Earlier rounds' sheets count too; only the round's own
    nominations are ranked. If there are fewer than `winners` with enough sheets, all of them win.
    """
    ids, sheets = _sheets(frozen)
    found = composites(sheets, min_weight_present=parameters["min_weight_present"], in_percent=True)
    options = _options(frozen, parameters, input_hash(sheets))
    ranking = _ranking(found, options)
    return {
        "sha256": options.lot,
        **_ranked(sheets, found, ranking, options.seed),
        "not_ranked": not_ranked(frozen["nominations"], found.table, ranking),
        "sheets": len(found.table),
        "left_out": {
            id_: rounded(share)
            for id_, share in zip(ids[~found.kept], found.present[~found.kept], strict=True)
        },
        "centres": _by_key(sheets, found.centres.tolist()),
    }


def _sheets(frozen: Mapping[str, Any]) -> tuple[np.ndarray[Any, Any], Sheets]:
    """The sheets, and the id of each."""
    criteria = [
        Criterion(one["key"], float(one["weight"]), LOW, HIGH) for one in frozen["criteria"]
    ]
    by_name = {(one["nomination"], one["juror"]): one for one in frozen["sheets"]}
    points = {name: _shares(one) for name, one in by_name.items()}
    ids = np.array([by_name[name]["id"] for name in sorted(by_name)], dtype=object)
    return ids, Sheets.of(points, criteria)


def _shares(sheet: Mapping[str, Any]) -> dict[str, float]:
    return {
        key: share(given, sheet["low"], sheet["high"])
        for key, given in sheet["points"].items()
        if given is not None
    }


def _options(frozen: Mapping[str, Any], parameters: Mapping[str, Any], lot: str) -> Options:
    keys = [one["key"] for one in frozen["criteria"]]
    return Options(
        winners=parameters["winners"],
        seed=parameters["seed"],
        draws=parameters["draws"],
        min_sheets=parameters["min_sheets"],
        tie_breakers={key: keys.index(key) for key in parameters["tie_breakers"]},
        lot=lot,
        among=frozenset(frozen["nominations"]),
    )


def _ranking(found: Composites, options: Options) -> Ranking | None:
    """None where no nomination has enough sheets."""
    try:
        return rank(found.table, found, options)
    except TooFew as error:
        if not error.ranked:
            return None
        return rank(found.table, found, msgspec.structs.replace(options, winners=error.ranked))


def _ranked(
    sheets: Sheets, found: Composites, ranking: Ranking | None, seed: int
) -> dict[str, Any]:
    if ranking is None:
        return {"nominations": [], "jurors": [], "warnings": []}
    told = outcome(ranking, sheets.criteria, seed=seed)
    by_criterion = _rows(sheets, ranking, criterion_means(found))
    by_part = _rows(sheets, ranking, parts(ranking, found))
    given = _given(found)
    for one in told["nominations"]:
        one["criteria"], one["parts"] = by_criterion[one["id"]], by_part[one["id"]]
        one["given"] = given[one["id"]]
    return {
        **told,
        "health": _health(health(ranking.table)),
        "sharpen": [
            {
                "id": ranking.table.nominations[one.nomination],
                "now": rounded(one.now),
                "after": rounded(one.after),
            }
            for one in sharpen(ranking.table, ranking.found, ranking.border)
        ],
        "warnings": warnings(sheets, ranking),
    }


def _given(found: Composites) -> dict[str, dict[str, float | None]]:
    """The values of each nomination's sheets by juror."""
    table, given = found.table, defaultdict[str, dict[str, float | None]](dict)
    rows = zip(table.nomination.tolist(), table.juror.tolist(), table.value.tolist(), strict=True)
    for at, by, value in rows:
        given[table.nominations[at]][table.jurors[by]] = rounded(value)
    return given


def _rows(
    sheets: Sheets, ranking: Ranking, value: np.ndarray[Any, Any]
) -> dict[str, dict[str, float | None]]:
    """Of each ranked nomination its values by criterion."""
    ranked = zip(names(ranking.table, ranking.ranked), value[ranking.ranked].tolist(), strict=True)
    return {name: _by_key(sheets, row) for name, row in ranked}


def _by_key(sheets: Sheets, row: list[float]) -> dict[str, float | None]:
    return {one.id: rounded(value) for one, value in zip(sheets.criteria, row, strict=True)}


def _health(found: Health) -> dict[str, Any]:
    return {
        "groups": found.groups,
        "links": found.links,
        "fewest": found.fewest,
        "most": found.most,
        "efficiency": rounded(found.efficiency),
    }
