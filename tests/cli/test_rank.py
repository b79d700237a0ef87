"""`award rank` as anybody runs it, against the acceptance tables."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import award.demo
from award.cli import main
from tests.ranking.maths.tables import DATA, expected

SCORES = Path(award.demo.__file__).parent / "data" / "scores.csv"
WEIGHTS = {"C1": 40, "C2": 30, "C3": 20, "C4": 10}


def rank(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["rank", *map(str, arguments)])


def told(*arguments: object) -> dict[str, Any]:
    result = rank(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def criteria(tmp_path: Path) -> Path:
    given = [{"id": key, "weight": weight, "min": 1, "max": 5} for key, weight in WEIGHTS.items()]
    return written(tmp_path / "criteria.json", json.dumps(given))


@pytest.fixture
def values(tmp_path: Path) -> Path:
    text = (DATA / "miniA_composite.csv").read_text().replace("juror,y", "juror,score", 1)
    return written(tmp_path / "values.csv", text)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_the_mini_table_agrees_with_the_reference(criteria: Path) -> None:
    found = told(DATA / "miniA_scores.csv", "--criteria", criteria, "--min-weight-present", 0)
    right = expected("miniA_expected.json")["severity_corrected"]
    assert found["method"] == "severity-corrected"
    assert (found["sheets"], found["components"]) == (86, 1)
    assert found["mu"] == pytest.approx(right["mu"], abs=1e-5)
    for one in found["nominations"]:
        reference = right["nominations"][one["id"]]
        assert one["rank"] == reference["rank"]
        assert one["score"] == pytest.approx(reference["final"], abs=1e-5)
        assert one["corrected"] == pytest.approx(reference["raw"], abs=1e-5)
        assert one["p_winner"] == pytest.approx(reference["p_top5_mc"], abs=0.01)
        assert one["rank_low"] == pytest.approx(reference["rank90_mc"][0], abs=1)
        assert one["rank_high"] == pytest.approx(reference["rank90_mc"][1], abs=1)
    assert [one["winner"] for one in found["nominations"]] == [True] * 5 + [False] * 19
    assert found["weights"]["smaa"].keys() == right["nominations"].keys()
    for key, (low, high) in found["weights"]["stability"].items():
        assert low <= WEIGHTS[key] / 100 <= high


def test_ready_values_and_scores_give_the_same_places(criteria: Path, values: Path) -> None:
    from_scores = told(DATA / "miniA_scores.csv", "--criteria", criteria, "--min-weight-present", 0)
    from_values = told(values)
    for one, other in zip(from_scores["nominations"], from_values["nominations"], strict=True):
        assert one["id"] == other["id"]
        assert one["score"] == pytest.approx(other["score"])
    assert from_values["weights"] == {"stability": {}, "smaa": {}, "winners_without": {}}


def test_the_same_input_and_seed_give_the_same_bytes(values: Path, tmp_path: Path) -> None:
    first, *others = values.read_text().splitlines()
    turned = written(tmp_path / "turned.csv", "\n".join([first, *reversed(others)]))
    assert rank(values, "--json").stdout == rank(turned, "--json").stdout
    assert rank(values, "--json").stdout != rank(values, "--json", "--seed", 2).stdout


def test_all_variances(values: Path) -> None:
    found = told(values, "--variances", "all")["variances"]
    right = expected("miniA_expected.json")
    assert found["henderson"]["juror"] == pytest.approx(right["henderson3"]["juror"], abs=1e-6)
    crossed = right["crossed_reml"]
    assert found["crossed"]["nomination"] == pytest.approx(crossed["nomination"], rel=1e-4)
    assert found["crossed"]["mu"] == pytest.approx(crossed["mu"], abs=1e-5)
    assert found["crossed"]["reml_criterion"] == pytest.approx(crossed["criterion"], abs=1e-4)
    assert found["crossed"]["juror_effects"] == pytest.approx(crossed["juror_blup"], abs=1e-5)


@pytest.fixture
def practice(tmp_path: Path) -> tuple[Path, Path]:
    """The practice round up to the first round's end, in the columns of the command."""
    weights = {"K1": 25, "K2": 25, "K3": 15, "K4": 15, "K5": 10, "K6": 10}
    given = [{"id": key, "weight": weight, "min": 1, "max": 5} for key, weight in weights.items()]
    path = tmp_path / "practice.csv"
    with path.open("w", newline="", encoding="utf-8") as source:
        writer = csv.writer(source)
        writer.writerow(["nomination", "juror", "criterion", "score"])
        for row in csv.DictReader(io.StringIO(SCORES.read_text("utf-8"))):
            if row["stage"] in ("kalibrierung", "vorrunde") and row["status"] == "gueltig":
                names = (row["nomination_id"], row["juror_id"], row["criterion_id"])
                writer.writerow([*names, row["points"]])
    return path, written(tmp_path / "practice.json", json.dumps(given))


def test_the_practice_round_agrees_with_what_generated_it(practice: tuple[Path, Path]) -> None:
    sheets, weights = practice
    options = ("--percent", "--min-weight-present", 0.75, "--winners", 12, "--min-sheets", 1)
    found = told(sheets, "--criteria", weights, *options)
    right = expected("truth.json")["reference"]
    additive = {one["id"]: one["additive"] for one in found["nominations"]}
    assert additive == pytest.approx(right["adjustedPercent"], abs=0.001)
    effects = {one["id"]: one["effect_additive"] for one in found["jurors"]}
    assert effects == pytest.approx(right["jurorEffectPercent"], abs=0.001)
    best = sorted(additive, key=lambda one: -additive[one])[:12]
    assert best == right["top12Adjusted"]
    means = {one["id"]: one["mean"] for one in found["nominations"]}
    by_mean = sorted(means, key=lambda one: -means[one])[:12]
    assert set(best) - set(by_mean) == set(right["enteringThroughAdjustment"])
    # The method itself differs by up to 0.22, what it makes of missing criteria by up to 0.1.
    for one in found["nominations"]:
        assert one["corrected"] == pytest.approx(one["additive"], abs=0.3)


def test_caps_are_kept_and_who_cannot_be_is_said(tmp_path: Path, values: Path) -> None:
    states = "".join(f"N{n:02},{'BY' if n % 2 else 'NW'}\n" for n in range(1, 25))
    nominations = written(tmp_path / "nominations.csv", "nomination,state\n" + states)
    capped = ("--nominations", nominations, "--cap", "state=1")
    found = told(values, "--winners", 2, *capped)
    winners = [one["id"] for one in found["nominations"] if one["winner"]]
    assert winners == ["N11", "N10"]
    short = rank(values, "--winners", 3, *capped, "--json")
    assert short.exit_code == 3
    assert "The caps leave 1 place(s) of the winners empty." in json.loads(short.stdout)["warnings"]


def test_only_those_among_are_ranked_and_the_others_tell_about_the_jurors(
    tmp_path: Path, values: Path
) -> None:
    of_all = told(values)
    later = written(tmp_path / "later.csv", "nomination,title\nN24,A\nN11,B\nN08,C\nN77,D\n")
    found = told(values, "--among", later, "--winners", 2)
    scores = {one["id"]: one["score"] for one in of_all["nominations"]}
    assert {one["id"]: one["score"] for one in found["nominations"]} == {
        name: scores[name] for name in ("N24", "N11", "N08")
    }
    assert found["jurors"][0]["effect"] == of_all["jurors"][0]["effect"]
    assert found["not_ranked"] == [{"id": "N77", "sheets": 0, "reason": "not enough scores"}]
    short = rank(values, "--among", later, "--winners", 4)
    assert short.exit_code == 2
    assert "4 winners are asked for, and 3 nominations of " in short.stderr


def test_a_file_that_names_nobody_is_said(tmp_path: Path, values: Path) -> None:
    for text, said in (
        ("nomination,title\n", "there is no nomination in it"),
        ("title\nN24\n", "the column nomination is missing"),
    ):
        result = rank(values, "--among", written(tmp_path / "among.csv", text))
        assert result.exit_code == 2
        assert said in result.stderr


def test_a_table_for_people(values: Path) -> None:
    result = rank(values)
    assert result.exit_code == 0
    for word in ("N11", "winner", "tied", "J05", "86 sheets", "seed 1"):
        assert word in result.stdout


def test_groups_without_a_shared_nomination_are_a_warning(tmp_path: Path) -> None:
    sheets = "".join(
        f"{group}{n},{group}J{j},{n + j % 2 + 1}\n"
        for group in "AB"
        for n in range(4)
        for j in range(3)
    )
    found = told(written(tmp_path / "two.csv", "nomination,juror,score\n" + sheets), "--winners", 2)
    assert found["components"] == 2
    assert "1 further sheet(s) across them would link all" in found["warnings"][0]


def test_too_few_sheets_are_named_not_ranked(tmp_path: Path, values: Path) -> None:
    more = values.read_text() + "N98,J01,4\nN99,J01,\n"
    found = told(written(tmp_path / "more.csv", more))
    assert found["not_ranked"] == [
        {"id": "N98", "sheets": 1, "reason": "not enough scores"},
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--winners", "25"), "25 winners are asked for, and 24 nominations have at least 3"),
        (("--percent",), "--percent needs criteria"),
        (("--cap", "state=1"), "--cap needs --nominations"),
        (("--cap", "state"), "expected is FIELD=N"),
        (("--tie-breakers", "C9"), "“C9” is no criterion"),
        (("--draws", "1"), "--draws"),
    ],
)
def test_bad_options_are_said_with_status_2(
    values: Path, options: tuple[str, ...], said: str
) -> None:
    result = rank(values, *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_file_with_criteria_needs_their_weights(criteria: Path, values: Path) -> None:
    result = rank(DATA / "miniA_scores.csv")
    assert result.exit_code == 2
    assert "--criteria must say their weights" in result.stderr
    result = rank(values, "--criteria", criteria)
    assert result.exit_code == 2
    assert "has no column criterion" in result.stderr


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "bad.csv", "nomination,juror,score\nN,J,2\nN,K,x\n")
    result = rank(path)
    assert result.exit_code == 2
    assert "bad.csv, line 3, column score: “x” is not a number." in result.stderr
