"""All of a run in one ZIP, from which `award rank` makes the same result again; pure.

The same run gives the same bytes. Rounds may have different scales, so points stand in it as 0 to
100, the numbers that the run itself computed with.
"""

import csv
import io
import shlex
import textwrap
import zipfile
from collections.abc import Iterator
from typing import Any

from award.kit.i18n import gettext as _
from award.kit.i18n import local_time, moment
from award.ranking.export import as_csv, as_json
from award.ranking.exported import Exported
from award.ranking.scale import HIGH, LOW, share

_LETTERS = 88  # in a line of the text
_READABLE = 0o644 << 16
_OWN = {"criteria", "parts", "given"}  # of a nomination, for the pages


def pack(run: Exported) -> bytes:
    """The sheets with ids instead of names, weights, nominations, result, and how to go on."""
    made = io.BytesIO()
    at = local_time(run.at).timetuple()[:6]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("README.txt", readme(run).encode("utf-8-sig")),
            ("sheets.csv", _sheets(run)),
            ("criteria.json", _criteria(run)),
            ("nominations.csv", _nominations(run)),
            ("result.json", as_json(told(run))),
            ("run.json", as_json(whole(run))),
        ):
            info = zipfile.ZipInfo(name, at)
            info.external_attr = _READABLE
            info.create_system = 3  # as on Unix, wherever it is packed
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def command(run: Exported) -> str:
    """What to type to compute the result again from the files beside it."""
    rules = run.parameters
    options = {
        "criteria": "criteria.json",
        "among": "nominations.csv",
        "winners": run.winners,
        "seed": rules["seed"],
        "draws": rules["draws"],
        "min-sheets": rules["min_sheets"],
        "min-weight-present": rules["min_weight_present"],
    }
    if rules["tie_breakers"]:
        options["tie-breakers"] = ",".join(rules["tie_breakers"])
    given = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return shlex.join(["award", "rank", "sheets.csv", "--percent", *given, "--json"])


def told(run: Exported) -> dict[str, Any]:
    """The result as `award rank --json` prints it."""
    result = run.result
    nominations = [
        {name: value for name, value in one.items() if name not in _OWN}
        for one in result["nominations"]
    ]
    names = ("sha256", "jurors", "variances", "mu", "components", "agreement", "weights")
    return {
        "method": run.method,
        "seed": run.parameters["seed"],
        "draws": run.parameters["draws"],
        "sheets": result["sheets"],
        "nominations": nominations,
        "not_ranked": result["not_ranked"],
        "warnings": result["warnings"],
        **{name: result[name] for name in names if name in result},
    }


def whole(run: Exported) -> dict[str, Any]:
    """The run as it is stored, with the points as they were given."""
    names = ("id", "method", "software", "parameters", "input_sha256", "input", "result")
    return {
        **{name: getattr(run, name) for name in names},
        "computed_at": run.at.isoformat(),
    }


def readme(run: Exported) -> str:
    """What is in the ZIP, and how to go on, in the language of whoever asks for it."""
    heading = f"{run.programme}, {run.edition}: {run.round}"
    return "\n\n".join([f"{heading}\n{'=' * len(heading)}", *_paragraphs(run)]) + "\n"


def _paragraphs(run: Exported) -> Iterator[str]:
    yield _wrapped(
        _(
            "All that the ranking of %(when)s was computed from, and what came out.",
            when=moment(run.at),
        )
    )
    if run.is_invented:
        yield _wrapped(_("Practice round: all nominations, people and scores are invented."))
    if run.result["nominations"]:
        yield _wrapped(_("Whoever has the program can compute it again, in this folder:"))
        yield f"    {command(run)} > again.json"
        yield _wrapped(
            _("again.json is then the same as result.json, down to the last byte.")
            + " "
            + _("The ranking was computed by %(software)s.", software=run.software)
        )
    else:
        yield _wrapped(_("No nomination has enough scores for a place yet."))
    if run.source_url:
        yield _wrapped(_("The program and its source: %(address)s", address=run.source_url))
    yield "\n".join(_files())
    yield _wrapped(
        _(
            "The jurors stand here with ids, without names. Each of them has the same id in all "
            "files of this run. Names are with the administration of the award."
        )
    )
    yield _wrapped(_("Fingerprint of the input (SHA-256):")) + f"\n{run.input_sha256}"


def _files() -> Iterator[str]:
    for name, words in (
        ("sheets.csv", _("a line for each score: nomination, juror, criterion, 0 to 100")),
        ("criteria.json", _("the criteria with their weights")),
        ("nominations.csv", _("which nominations are ranked, and what they are called")),
        ("result.json", _("places, jurors, weights, and how certain all of it is")),
        ("run.json", _("the run as it is stored, with the points as they were given")),
    ):
        yield f"{name:<16} {words}"


def _wrapped(words: str) -> str:
    return textwrap.fill(words, _LETTERS, break_long_words=False, break_on_hyphens=False)


def _sheets(run: Exported) -> bytes:
    """For programs: nothing is quoted against spreadsheets, and missing scores are empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("nomination", "juror", "criterion", "score"))
    keys = [one["key"] for one in run.input["criteria"]]
    for sheet in sorted(run.input["sheets"], key=lambda one: (one["nomination"], one["juror"])):
        for key in keys:
            points = sheet["points"].get(key)
            score = "" if points is None else repr(share(points, sheet["low"], sheet["high"]))
            writer.writerow((sheet["nomination"], sheet["juror"], key, score))
    return text.getvalue().encode()


def _criteria(run: Exported) -> bytes:
    given = [
        {"id": one["key"], "weight": one["weight"], "min": LOW, "max": HIGH}
        for one in run.input["criteria"]
    ]
    return as_json(given)


def _nominations(run: Exported) -> bytes:
    rows = (
        (id_, who.reference, who.title, who.network_name, who.state)
        for id_, who in sorted(run.named.items())
    )
    return as_csv(("nomination", "reference", "title", "network", "state"), rows)
