"""How far one sheet, and the mean of several, can be relied on; pure."""

import statistics
from collections.abc import Mapping
from typing import Any

import msgspec


class Reliability(msgspec.Struct, frozen=True):
    """Of a single sheet, and of the mean of `sheets` corrected ones: 0 is chance, 1 is certain."""

    single: float
    mean: float
    sheets: int


def reliability(result: Mapping[str, Any]) -> Reliability:
    """st2/(st2 + ss2 + se2) and st2/(st2 + se2/k), k the usual number of sheets (the median)."""
    variances = result["variances"]
    of, juror, noise = (variances[name] for name in ("nomination", "juror", "residual"))
    sheets = round(statistics.median(one["sheets"] for one in result["nominations"]))
    return Reliability(_share(of, juror + noise), _share(of, noise / sheets), sheets)


def _share(of: float, other: float) -> float:
    return of / (of + other) if of + other > 0 else 0.0
