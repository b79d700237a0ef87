"""`award rank`: the ranking from files, so that anybody can compute it again."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from award.cli.group import Failed, main

if TYPE_CHECKING:
    from award.ranking.maths.ranking import Options, Ranking
    from award.ranking.maths.sheets import Composites, Criterion, Sheets
    from award.ranking.maths.table import Table

INFEASIBLE = 3
_FILE = click.Path(path_type=Path)


def _as_list(_context: click.Context, _option: click.Parameter, given: str) -> list[str]:
    return [one.strip() for one in given.split(",") if one.strip()]


def _as_caps(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> dict[str, int]:
    caps = {}
    for one in given:
        field, _, limit = one.partition("=")
        if not field.strip() or not limit.strip().isdigit() or int(limit) < 1:
            raise Failed(f"--cap {one}: expected is FIELD=N, for example state=1.")
        caps[field.strip()] = int(limit)
    return caps


@main.command()
@click.argument("sheets", type=_FILE)
@click.option(
    "--criteria", type=_FILE, help="Weights and scales, for a file with a criterion column."
)
@click.option("--percent", is_flag=True, help="Show 0 to 100, the share of the declared scale.")
@click.option(
    "--tie-breakers",
    default="",
    metavar="C2,C1",
    callback=_as_list,
    help="Criteria that part equals, in order.",
)
@click.option("--winners", type=click.IntRange(1), default=5, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option("--draws", type=click.IntRange(100, 1_000_000), default=4000, show_default=True)
@click.option(
    "--min-weight-present",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Sheets with less of the weight do not count.",
)
@click.option(
    "--min-sheets",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="Nominations with fewer sheets have no place.",
)
@click.option(
    "--cap",
    multiple=True,
    metavar="FIELD=N",
    callback=_as_caps,
    help="At most N winners of each FIELD of --nominations.",
)
@click.option("--nominations", type=_FILE, help="A file with the columns nomination and FIELD.")
@click.option(
    "--among",
    type=_FILE,
    help="A file with a column nomination: only these are ranked, as in a later round. The sheets "
    "of the others tell about the jurors.",
)
@click.option(
    "--variances",
    type=click.Choice(["own", "all"]),
    default="own",
    help="Beside those of the method also the closed form and the random model.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print all of the result, the same bytes for the same input and seed.",
)
def rank(sheets: Path, as_json: bool, variances: str, **given: Any) -> None:  # noqa: FBT001
    """Rank nominations from a CSV file of scores, corrected for strict and lenient jurors.

    SHEETS has the columns nomination, juror, criterion and score, one row for each score (empty:
    missing), or nomination, juror and score for ready values. Exit status: 0 all is well, 2 the
    input is bad, 3 the caps cannot be kept.
    """
    from award.ranking.reading import BadInput

    try:
        told, is_infeasible = _ranked(sheets, with_all=variances == "all", **given)
    except BadInput as error:
        raise Failed(str(error)) from error
    if as_json:
        from award.ranking import export

        click.echo(export.as_json(told), nl=False)
    else:
        from award.cli.standings import show

        show(told)
    if is_infeasible:
        raise SystemExit(INFEASIBLE)


def _ranked(  # noqa: PLR0913 - all that may be asked for
    path: Path,
    *,
    with_all: bool,
    criteria: Path | None,
    percent: bool,
    min_weight_present: float,
    nominations: Path | None,
    among: Path | None,
    cap: Mapping[str, int],
    tie_breakers: Sequence[str],
    **options: Any,
) -> tuple[dict[str, Any], bool]:
    from award.ranking.maths.ranking import Options, TooFew
    from award.ranking.maths.ranking import rank as compute
    from award.ranking.outcome import input_hash
    from award.ranking.reading import BadInput, read_names

    read, measures = _read(path, criteria, percent=percent)
    digest = input_hash(read)
    table, composites = _valued(read, percent=percent, min_weight_present=min_weight_present)
    if len(table) == 0:
        raise BadInput(f"{path}: no sheet has enough of the weight to count.")
    asked = Options(
        tie_breakers=_places(tie_breakers, measures),
        lot=digest,
        caps=_caps(cap, nominations),
        among=read_names(among) if among else None,
        **options,
    )
    try:
        found = compute(table, composites, asked)
    except TooFew as error:
        raise BadInput(
            f"{path}: {asked.winners} winners are asked for, and {error.ranked} nominations"
            f"{f' of {among}' if among else ''} have at least {asked.min_sheets} sheets."
        ) from error
    return _told(read, found, measures, asked, with_all=with_all, digest=digest), bool(
        found.capped and found.capped.missing
    )


def _read(
    path: Path, criteria: Path | None, *, percent: bool
) -> tuple["Sheets | Table", "tuple[Criterion, ...]"]:
    from award.ranking.reading import has_criteria, read_criteria, read_sheets, read_values

    if has_criteria(path):
        if criteria is None:
            raise Failed(f"{path} has a column criterion: --criteria must say their weights.")
        measures = read_criteria(criteria)
        return read_sheets(path, measures), measures
    if criteria is not None:
        raise Failed(f"{path} has no column criterion, so --criteria says nothing about it.")
    if percent:
        raise Failed("--percent needs criteria: ready values have no declared scale.")
    return read_values(path), ()


def _valued(
    read: "Sheets | Table", *, percent: bool, min_weight_present: float
) -> tuple["Table", "Composites | None"]:
    from award.ranking.maths.sheets import Sheets, composites

    if not isinstance(read, Sheets):
        return read, None
    found = composites(read, min_weight_present=min_weight_present, in_percent=percent)
    return found.table, found


def _places(keys: Sequence[str], criteria: "Sequence[Criterion]") -> dict[str, int]:
    known = [one.id for one in criteria]
    for key in keys:
        if key not in known:
            raise Failed(f"--tie-breakers: “{key}” is no criterion; there are: {', '.join(known)}.")
    return {key: known.index(key) for key in keys}


def _caps(
    limits: Mapping[str, int], nominations: Path | None
) -> dict[str, tuple[int, dict[str, str]]]:
    from award.ranking.reading import read_column

    if limits and nominations is None:
        raise Failed("--cap needs --nominations, a file with the column that it names.")
    return {
        field: (limit, read_column(nominations, field))
        for field, limit in limits.items()
        if nominations is not None
    }


def _told(  # noqa: PLR0913 - what was found, and what was asked for
    read: "Sheets | Table",
    found: "Ranking",
    criteria: "Sequence[Criterion]",
    asked: "Options",
    *,
    with_all: bool,
    digest: str,
) -> dict[str, Any]:
    from award.programmes.rules import METHOD
    from award.ranking import outcome
    from award.ranking.maths.sheets import Sheets

    table = read.table if isinstance(read, Sheets) else read
    told = outcome.outcome(found, criteria, seed=asked.seed)
    if with_all:
        told["variances"] |= outcome.all_variances(found.table)
    return {
        "method": METHOD,
        "seed": asked.seed,
        "draws": asked.draws,
        "sha256": digest,
        "sheets": len(found.table),
        **told,
        "not_ranked": outcome.not_ranked(
            sorted(asked.among or table.nominations), found.table, found
        ),
        "warnings": outcome.warnings(read, found),
    }
