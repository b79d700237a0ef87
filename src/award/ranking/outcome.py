"""A ranking as plain data, in the form that `award rank --json` prints; pure.

Numbers are rounded to 10 significant digits, so that all machines agree on the bytes.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from award.ranking.maths import others
from award.ranking.maths.agreement import concordance, intraclass
from award.ranking.maths.alpha import alpha
from award.ranking.maths.checks import checks
from award.ranking.maths.corrected import posterior
from award.ranking.maths.crossed import crossed
from award.ranking.maths.leaving import winners_without
from award.ranking.maths.ranking import Ranking
from award.ranking.maths.severity import Variances, henderson
from award.ranking.maths.sheets import Composites, Criterion, Sheets
from award.ranking.maths.table import Floats, Ints, Table
from award.ranking.maths.weights import acceptability, by_criterion, filled, stability, without_each

CALIBRATED = 10  # sheets, from which on a juror's range and reliability are told
_DIGITS = 10
_HALF = 1.6448536269514722  # standard deviations to each side hold 90 % of a normal distribution


def rounded(value: float | None) -> float | None:
    """To 10 significant digits; None for what is no number."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{_DIGITS}g}") + 0.0  # never minus zero


def input_hash(sheets: Sheets | Table) -> str:
    """SHA-256 of the input in canonical form: a line for each criterion, then for each score.

    Criteria are `id,weight,min,max`, scores `nomination,juror,criterion,score` (ready composites
    without the criterion), as JSON lists, sorted; a missing score has no line.
    """
    found = hashlib.sha256()
    for line in _lines(sheets):
        found.update(msgspec.json.encode(line) + b"\n")
    return found.hexdigest()


def _lines(sheets: Sheets | Table) -> Iterable[list[Any]]:
    if isinstance(sheets, Table):
        for at, by, value in _named(sheets, sheets.value):
            yield [at, by, value]
        return
    for one in sheets.criteria:
        yield [one.id, one.weight, one.low, one.high]
    for at, by, points in _named(sheets.table, sheets.points):
        for one, score in zip(sheets.criteria, points, strict=True):
            if score == score:  # noqa: PLR0124 - not a number is missing
                yield [at, by, one.id, score]


def _named(table: Table, values: Floats) -> Iterable[tuple[str, str, Any]]:
    places = zip(table.nomination.tolist(), table.juror.tolist(), values.tolist(), strict=True)
    return ((table.nominations[at], table.jurors[by], value) for at, by, value in places)


def outcome(ranking: Ranking, criteria: Sequence[Criterion], *, seed: int) -> dict[str, Any]:
    """Nominations from the first place on, jurors, variances, agreement and weights."""
    table, found = ranking.table, ranking.found
    return {
        "nominations": _nominations(ranking),
        "jurors": _jurors(ranking),
        "variances": _variances(_of_w(ranking)),
        "mu": rounded(found.mu),
        "components": table.groups[0],
        "agreement": _agreement(ranking, criteria),
        "weights": _weights(ranking, criteria, seed),
    }


def _nominations(ranking: Ranking) -> list[dict[str, Any]]:
    table, found, certain = ranking.table, ranking.found, ranking.chance
    plain = _renormalised(ranking)
    half = _HALF * np.sqrt(posterior(table, found, np.arange(len(table.nominations))))
    columns = {
        "mean": table.nomination_means(table.value),
        "trimmed_mean": others.trimmed_means(table).value,
        "median": others.medians(table),
        "z_score": others.z_scores(table),
        "borda": others.borda(table),
        "additive": others.additive(plain).value,
        "corrected": found.raw,
        "score": found.score,
        "score_low": found.score - half,
        "score_high": found.score + half,
        "full": ranking.full.score,
        "p_winner": certain.p_winner,
    }
    rows = {name: [rounded(one) for one in value.tolist()] for name, value in columns.items()}
    return [
        {
            "id": table.nominations[at],
            "sheets": int(table.per_nomination[at]),
            **{name: row[at] for name, row in rows.items()},
            "rank": rank,
            "rank_low": int(certain.rank_low[at]),
            "rank_high": int(certain.rank_high[at]),
            "winner": bool(ranking.border.inside[at]),
            "tied_with_last_winner": bool(certain.tied[at]),
            "decided_by": why,
        }
        for rank, (at, why) in enumerate(
            zip(ranking.places.order.tolist(), ranking.places.decided_by, strict=True), 1
        )
    ]


def _renormalised(ranking: Ranking) -> Table:
    """What `additive` is customarily computed from."""
    if ranking.composites is None:
        return ranking.table
    return ranking.table.with_values(ranking.composites.renormalised)


def _jurors(ranking: Ranking) -> list[dict[str, Any]]:
    table, learnt, full = ranking.table, ranking.found.severity, ranking.full
    additive = others.additive(_renormalised(ranking)).effects
    deviation = np.sqrt((learnt.spread**2).sum(axis=1))
    mean = table.juror_sums(table.value) / table.per_juror
    others_win = winners_without(table, ranking.found, ranking.border)
    flags = checks(table, ranking.found, full, others_win)
    many = (table.per_juror >= CALIBRATED).tolist()
    return [
        {
            "id": name,
            "sheets": int(table.per_juror[j]),
            "mean": rounded(mean[j]),
            "effect": rounded(learnt.effects[j]),
            "effect_sd": rounded(deviation[j]),
            "effect_additive": rounded(additive[j]),
            "range": rounded(full.range[j]) if many[j] else None,
            "reliability": rounded(full.reliability[j]) if many[j] else None,
            "flags": flags[j],
            "winners_without": names(table, others_win[j]) if j in others_win else None,
        }
        for j, name in enumerate(table.jurors)
    ]


def names(table: Table, at: Ints) -> list[str]:
    """Of the nominations at these places."""
    return [table.nominations[one] for one in at.tolist()]


def _of_w(ranking: Ranking) -> Variances:
    learnt = ranking.found.severity
    return Variances(ranking.found.nomination, learnt.juror, learnt.residual)


def _variances(found: Variances) -> dict[str, Any]:
    return {
        "nomination": rounded(found.nomination),
        "juror": rounded(found.juror),
        "residual": rounded(found.residual),
    }


def all_variances(table: Table) -> dict[str, Any]:
    """Henderson's closed form and the random model beside W."""
    model = crossed(table)
    return {
        "henderson": _variances(henderson(table)),
        "crossed": {
            **_variances(model.variances),
            "mu": rounded(model.mu),
            "reml_criterion": rounded(model.criterion),
            "nomination_effects": _by_name(table.nominations, model.nominations),
            "juror_effects": _by_name(table.jurors, model.jurors),
        },
    }


def _by_name(names: Sequence[str], value: Floats) -> dict[str, float | None]:
    return {name: rounded(one) for name, one in zip(names, value.tolist(), strict=True)}


def _agreement(ranking: Ranking, criteria: Sequence[Criterion]) -> dict[str, Any]:
    table = ranking.table
    icc, w = intraclass(table), concordance(table)
    return {
        "alpha_interval": rounded(alpha(table, "interval")),
        "alpha_ordinal_by_criterion": _by_criterion(ranking, criteria),
        "icc": _icc(msgspec.structs.asdict(icc)) if icc else None,
        "kendall_w": rounded(w.w) if w else None,
    }


def _by_criterion(ranking: Ranking, criteria: Sequence[Criterion]) -> dict[str, float | None]:
    if ranking.composites is None:
        return {}
    found = {}
    for one, column in zip(criteria, ranking.composites.points.T, strict=True):
        scored = ranking.table.with_values(column).only(~np.isnan(column))
        found[one.id] = rounded(alpha(scored, "ordinal"))
    return found


def _icc(found: Mapping[str, float | None]) -> dict[str, float | None]:
    """By their customary names, such as ICC2k."""
    return {name.replace("icc", "ICC"): rounded(value) for name, value in found.items()}


def _weights(ranking: Ranking, criteria: Sequence[Criterion], seed: int) -> dict[str, Any]:
    given = ranking.composites
    if given is None:
        return {"stability": {}, "smaa": {}, "winners_without": {}}
    scores, winners = parts(ranking, given), int(ranking.border.inside.sum())
    intervals = stability(scores, given.weights, ranking.border).tolist()
    among = scores[ranking.ranked]
    share = acceptability(among, given.weights, winners=winners, seed=seed)
    without = without_each(among, given.weights, winners)
    first, won = share.p_first.tolist(), share.p_winner.tolist()
    return {
        "stability": {
            one.id: [rounded(low), rounded(high)]
            for one, (low, high) in zip(criteria, intervals, strict=True)
        },
        "smaa": {
            name: {"p_first": rounded(first[at]), "p_winner": rounded(won[at])}
            for at, name in enumerate(names(ranking.table, ranking.ranked))
        },
        "winners_without": {
            one.id: names(ranking.table, ranking.ranked[won])
            for one, won in zip(criteria, without, strict=True)
        },
    }


def parts(ranking: Ranking, given: Composites) -> Floats:
    """The score of each nomination by criterion (n, C): times the weights it is W's score."""
    points = filled(given.points, given.weights, np.nan_to_num(given.centres))
    return by_criterion(ranking.table, points, ranking.found)


def not_ranked(named: Iterable[str], table: Table, ranking: Ranking | None) -> list[dict[str, Any]]:
    """Who of those named has no place, and why; who has no sheet at all is not in the table.

    Without a ranking nobody has one.
    """
    counted = dict(zip(table.nominations, table.per_nomination.tolist(), strict=True))
    placed = set() if ranking is None else set(names(table, ranking.ranked))
    return [
        {"id": one, "sheets": counted.get(one, 0), "reason": "not enough scores"}
        for one in named
        if one not in placed
    ]


def warnings(given: Sheets | Table, ranking: Ranking) -> list[str]:
    """What whoever reads the result must know beside it."""
    found = []
    groups = ranking.table.groups[0]
    if groups > 1:
        found.append(
            f"The jurors form {groups} groups that share no nomination, so they cannot be compared "
            f"with each other. {groups - 1} further sheet(s) across them would link all."
        )
    left_out = 0 if isinstance(given, Table) else len(given.table) - len(ranking.table)
    if left_out:
        found.append(f"{left_out} sheet(s) score too little of the weight and do not count.")
    if ranking.found.nomination <= 0:
        found.append("There is no measurable difference between the nominations.")
    limited = ranking.capped
    if limited is not None and limited.missing:
        found.append(f"The caps leave {limited.missing} place(s) of the winners empty.")
    return found
