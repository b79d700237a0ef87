"""A run as tables for a spreadsheet, a sheet for each of them; pure."""

from collections.abc import Sequence

from award.accounts.states import states
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.kit.tables import Cell, Table, as_book
from award.ranking import said
from award.ranking.drawn import HALF
from award.ranking.exported import Exported
from award.ranking.methods import METHODS, places_by
from award.ranking.standings import Standing


def workbook(run: Exported) -> bytes:
    """XLSX; a text that begins like a formula stays a text."""
    return as_book(tables(run))


def tables(run: Exported) -> list[Table]:
    """Places, methods, criteria, weights, jurors, and how it was computed."""
    ranked = run.ranked
    return [
        _places(run, ranked),
        _methods(run, ranked),
        _criteria(run, ranked),
        _weights(run),
        _jurors(run),
        _about(run),
    ]


def _places(run: Exported, ranked: Sequence[Standing]) -> Table:
    named_states = {one["key"]: local(one) for one in states()}
    headings = (
        *(_("Place"), _("Reference"), _("Title"), _("Network"), _("Federal state")),
        *(_("Sheets"), _("Score"), _("Score from"), _("Score to"), _("Place from"), _("Place to")),
        *(_("Chance of winning"), _("Among the winners"), _("Mean"), _("Note")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.rank, *_who(run, one), run.named[one.id].network_name),
            *(named_states.get(run.named[one.id].state, run.named[one.id].state), one.sheets),
            *(one.score, one.score_low, one.score_high, one.rank_low, one.rank_high),
            *(one.p_winner, _("yes") if one.winner else _("no"), one.mean),
            said.decided_by(one, run.criteria),
        )
        for one in ranked
    ]
    return Table(_("Places"), headings, rows)


def _methods(run: Exported, ranked: Sequence[Standing]) -> Table:
    """The place of each nomination by each method."""
    columns = [places_by(ranked, method) for method in METHODS[1:]]
    rows: list[tuple[Cell, ...]] = [
        (*_who(run, one), one.rank, *(column[one.id] for column in columns)) for one in ranked
    ]
    return Table(_("Methods"), (_("Reference"), _("Title"), *said.methods().values()), rows)


def _criteria(run: Exported, ranked: Sequence[Standing]) -> Table:
    """The mean points of each nomination on each criterion, 0 to 100."""
    keys = [one["key"] for one in run.input["criteria"]]
    headings = [f"{key} {run.criteria.get(key, '')}".strip() for key in keys]
    rows: list[tuple[Cell, ...]] = [
        (*_who(run, one), *(one.criteria.get(key) for key in keys)) for one in ranked
    ]
    return Table(_("Criteria"), (_("Reference"), _("Title"), *headings), rows)


def _who(run: Exported, one: Standing) -> tuple[str, str]:
    return run.named[one.id].reference, run.named[one.id].title


def _weights(run: Exported) -> Table:
    """In which interval of a weight the same nominations win."""
    given, whole = run.input["criteria"], sum(one["weight"] for one in run.input["criteria"])
    stable = run.result.get("weights", {}).get("stability", {})
    rows = []
    for one in given:
        low, high = stable.get(one["key"], (None, None))
        name = run.criteria.get(one["key"], "")
        rows.append((one["key"], name, one["weight"] / whole, low, high))
    headings = (
        *(_("Criterion"), _("Name"), _("Weight")),
        *(_("The same win from"), _("The same win up to")),
    )
    return Table(_("Weights"), headings, rows)


def _jurors(run: Exported) -> Table:
    headings = (
        *(_("Member of the jury"), _("Sheets"), _("Mean"), _("milder (+) or stricter (−)")),
        *(_("give or take"), _("uses the scale"), _("agrees")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *(one["id"], one["sheets"], one["mean"], one["effect"], HALF * one["effect_sd"]),
            *(one["range"], one["reliability"]),
        )
        for one in run.result["jurors"]
    ]
    return Table(_("Jurors"), headings, rows)


def _about(run: Exported) -> Table:
    """The rules and hashes, to compute it again."""
    rules = run.parameters
    rows: list[tuple[Cell, ...]] = [
        (_("Edition"), run.edition),
        (_("Round"), run.round),
        (_("Computed"), run.at),
        (_("Software"), run.software),
        (_("Method"), run.method),
        (_("Winners"), rules["winners"]),
        (_("Least number of sheets"), rules["min_sheets"]),
        (_("Least share of the weight on a sheet"), rules["min_weight_present"]),
        (_("Among equals decide"), ", ".join(rules["tie_breakers"])),
        (_("Draws"), rules["draws"]),
        (_("Seed"), rules["seed"]),
        (_("Hash of the input"), run.input_sha256),
        (_("Hash in the result"), run.result["sha256"]),
    ]
    return Table(_("How it was computed"), (_("What"), _("Value")), rows)
