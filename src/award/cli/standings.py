"""A ranking as a table that people read."""

from typing import Any

from rich.console import Console
from rich.table import Table


def show(told: dict[str, Any]) -> None:
    """The places with their certainty, then the jurors, then what must be known."""
    console = Console()
    console.print(_nominations(told["nominations"]))
    console.print(_jurors(told["jurors"]))
    console.print("tied: does better than the last winner in 5 to 95 of 100 draws")
    for one in told["not_ranked"]:
        console.print(f"Not ranked: {one['id']} ({one['sheets']} sheets, {one['reason']})")
    for one in told["warnings"]:
        console.print(f"Please note: {one}")
    console.print(f"{told['sheets']} sheets, seed {told['seed']}, input {told['sha256'][:16]}")


def _nominations(rows: list[dict[str, Any]]) -> Table:
    table = Table(title="Corrected for strict and lenient jurors")
    names = ("place", "nomination", "sheets", "score", "90 %", "wins in", "mean", "border")
    for name in names:
        table.add_column(name, justify="left" if name in ("nomination", "border") else "right")
    for one in rows:
        table.add_row(
            str(one["rank"]),
            one["id"],
            str(one["sheets"]),
            f"{one['score']:.2f}",
            f"{one['rank_low']}–{one['rank_high']}",
            f"{one['p_winner']:.0%}",
            f"{one['mean']:.2f}",
            _said(one),
        )
    return table


def _said(one: dict[str, Any]) -> str:
    said = ["winner"] if one["winner"] else []
    said += ["tied"] if one["tied_with_last_winner"] else []
    return ", ".join(said)


def _jurors(rows: list[dict[str, Any]]) -> Table:
    table = Table(title="Jurors: how lenient (above 0) or strict (below)")
    for name in ("juror", "sheets", "mean", "leniency", "±", "to ask about"):
        table.add_column(name, justify="left" if name in ("juror", "to ask about") else "right")
    for one in rows:
        table.add_row(
            one["id"],
            str(one["sheets"]),
            f"{one['mean']:.2f}",
            f"{one['effect']:+.2f}",
            f"{one['effect_sd']:.2f}",
            ", ".join(flag.replace("_", " ") for flag in one["flags"]),
        )
    return table
