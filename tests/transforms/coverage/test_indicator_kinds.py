"""Indicators of every kind, over the raw files of a small country, are those of the oracle to the last digit."""

from __future__ import annotations

import math
import tempfile
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
import yaml

from countries.country import Country, load
from dashboards.app import server
from sql import warehouse
from tests.conftest import country_in_use, reset
from tests.reference import sums
from tests.reference.sums import Row, Sum
from tests.reference.world import AGES, WORDS, Scheme, World
from tests.transforms.identity.client import page
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

WORLD = World(
    {"R": None, "R1": "R", "R2": "R", "R11": "R1", "R12": "R1", "R21": "R2", "R22": "R2"},
    (
        Scheme("cash", 2, more={"kind": "means_tested", "reports": ["applied", "refused", "paid_on_time"]}),
        Scheme("grant", 2, more={"kind": "means_tested", "due_days": 400}),
        Scheme("pension", 1, ages=("Y_GE60",), more={"kind": "social_insurance"}),
    ),
    (),
    {
        (area, sex, age): 1000 + 10 * n
        for n, area in enumerate(("R11", "R12", "R21", "R22"))
        for sex in "FM"
        for age in AGES
    },
)
MONTHS = ("2026-09", "2026-10")
HALF = Fraction(1, 2)
LINE = Fraction(125)
"""Currency for a person and month."""
UNION: dict[str, Any] = {"together": "overlapping", "because": "nothing is known of who is in both"}
DECLARED: dict[str, dict[str, Any]] = {
    "union": {"numerator": {"schemes": ["cash", "grant"], **UNION}, "over_time": "last_month"},
    "punctual": {
        "numerator": {"measure": "paid_on_time"},
        "denominator": {"measure": "beneficiaries"},
        "over_time": "sum_of_months",
    },
    "refused": {
        "direction": "down",
        "numerator": {"measure": "refused"},
        "denominator": {"measure": "applied"},
        "over_time": "mean_of_months",
    },
    "mean_benefit": {
        "unit": "currency",
        "shown_in": "currency",
        "numerator": {"measure": "amount_paid", "kinds": ["means_tested"]},
        "denominator": {"measure": "beneficiaries"},
    },
    "adequacy": {
        "unit": "currency",
        "shown_in": "ratio",
        "numerator": {"measure": "amount_paid", "schemes": ["pension"]},
        "denominator": {"measure": "beneficiaries", "times": "line"},
    },
    "expenditure": {
        "unit": "currency",
        "shown_in": "currency",
        "numerator": {"measure": "amount_paid"},
        "levels": ["layer0", "layer1"],
        "over_time": "sum_of_months",
    },
    "enrolled": {
        "shown_in": "persons",
        "numerator": {"measure": "new_enrolments", "age_groups": ["Y_GE60"], "schemes": ["cash"]},
        "over_time": "sum_of_months",
    },
    "disabled": {
        "shown_in": "percent",
        "numerator": {"measure": "beneficiaries", "schemes": ["grant"], "disability": ["Y"]},
        "denominator": {"measure": "beneficiaries", "schemes": ["grant"]},
    },
    "enrolling": {
        "numerator": {"measure": "new_enrolments", "schemes": ["cash"]},
        "denominator": {},
        "over_time": "sum_of_months",
    },
    "came": {"unit": "return", "numerator": {"measure": "received"}, "denominator": {"measure": "expected"}},
    "in_time": {
        "unit": "return",
        "numerator": {"measure": "on_time"},
        "denominator": {"measure": "expected"},
    },
    "absorbed": {
        "unit": "currency",
        "numerator": {"measure": "spent"},
        "denominator": {"measure": "allocated"},
        "levels": ["layer0", "layer1"],
    },
    "vulnerable": {
        "numerator": {"schemes": ["grant"], "together": "disjoint", "because": "one scheme and no other one"},
        "denominator": {"less": [{"measure": "beneficiaries", "schemes": ["pension"]}]},
    },
    "at_risk": {
        "numerator": {"schemes": ["grant"], "together": "disjoint", "because": "one scheme and no other one"},
        "denominator": {"missing": WORDS},
    },
    "nothing": {"numerator": {"functions": ["unemployment"], "missing": WORDS}, "denominator": {}},
    "gap": {"gap": {"of": "vulnerable", "shown_in": "points"}, "shown_in": "points"},
    "parity": {"gap": {"of": "vulnerable", "shown_in": "ratio"}, "shown_in": "ratio"},
    "gap_of_union": {"gap": {"of": "union", "shown_in": "points"}, "shown_in": "points"},
    "parity_of_union": {"gap": {"of": "union", "shown_in": "ratio"}, "shown_in": "ratio"},
    "covered": {
        "title": {"en": "Covered by {scheme}"},
        "each": "scheme",
        "numerator": {
            "kinds": ["means_tested"],
            "together": "disjoint",
            "because": "one scheme and no other one",
        },
    },
}
PLAN = {
    "targets": {"file": "targets.csv"},
    "administration_rate": 0.1,
    "extensions": [{"indicator": "covered_grant", "accountable": "office", "scheme": "grant", "monthly": 20}],
    "risks": [
        {
            "id": "late",
            "indicator": "covered_grant",
            "text": WORDS,
            "likelihood": "low",
            "impact": "high",
            "mitigation": WORDS,
            "owner": "office",
        }
    ],
    "reviews": [{"on": "2026-06-30", "conclusion": WORDS}],
}
TARGETS = [
    ("covered_grant", "R", "_T", 2024, "baseline", 0.01),
    ("covered_grant", "R", "_T", 2025, "baseline", 0.02),
    ("covered_grant", "R", "_T", 2030, "target", 0.9),
    ("covered_grant", "R", "F", 2027, "milestone", 0.001),
    ("refused", "R", "_T", 2027, "target", 0.0),
]


def declare(folder: Path, **changed: dict[str, Any]) -> Country:
    """Write each indicator into a file of its own, and the reference amount."""
    country = yaml.safe_load((folder / "country.yaml").read_text())
    country["reference_amounts"] = [
        {
            "id": "line",
            "names": WORDS,
            "amounts": [
                {"valid_from": "2020-01-01", "monthly": 99},
                {"valid_from": "2026-01-01", "monthly": 125},
            ],
            "source": "made up",
        }
    ]
    country.pop("indicators", None)
    country["plan"] = PLAN
    pd.DataFrame(TARGETS, columns=["indicator", "area_code", "sex", "year", "kind", "value"]).to_csv(
        folder / "targets.csv", index=False
    )
    (folder / "country.yaml").write_text(yaml.safe_dump(country))
    (folder / "indicators").mkdir(exist_ok=True)
    for name, own in DECLARED.items():
        indicator = {
            "id": name,
            "title": WORDS,
            "why": WORDS,
            "caveats": WORDS,
            "series": name.upper(),
            "unit": "person",
            "direction": "up",
            "source": "made up",
            "version": 1,
            "valid_from": "2020-01-01",
            **own,
            **changed.get(name, {}),
        }
        (folder / "indicators" / f"{name}.yaml").write_text(yaml.safe_dump(indicator))
    return load(folder)


def made_up(rng: Random) -> list[Row]:
    """Returns with empty cells here and there, of every area but one; a scheme that tells disability apart."""
    rows: list[Row] = []
    for month in MONTHS:
        for scheme in WORLD.schemes:
            for area in [code for code in WORLD.parents if WORLD.depth(code) == scheme.layer]:
                if (month, scheme.id, area) == ("2026-10", "cash", "R22"):
                    continue
                for sex in "FM":
                    for age in scheme.ages or AGES:
                        for disability in ("Y", "N") if scheme.id == "grant" else ("",):
                            rows.append(_line(rng, month, area, scheme.id, sex, age, disability))
    return rows


def _line(rng: Random, month: str, area: str, scheme: str, sex: str, age: str, disability: str) -> Row:
    persons = rng.randint(5, 60)
    row: Row = {
        "period": month,
        "area_code": area,
        "scheme": scheme,
        "sex": sex,
        "age_group": age,
        "disability": disability or None,
        "beneficiaries": persons,
        "new_enrolments": rng.randint(0, 5) if area != "R11" else None,
        "amount_paid": f"{persons * rng.randint(10, 99)}.{rng.randint(0, 99):02}"
        if rng.random() < 0.7
        else None,
        "applied": None,
        "refused": None,
        "paid_on_time": None,
    }
    if scheme == "cash":
        applied = rng.randint(1, 9)
        row |= {
            "applied": applied if rng.random() < 0.8 else None,
            "refused": rng.randint(0, applied) if rng.random() < 0.8 else None,
            "paid_on_time": rng.randint(0, persons) if area != "R21" and rng.random() < 0.8 else None,
        }
    return row


ROWS = made_up(Random(5))
GRANTED = {("R1", "cash"): 50_000, ("R11", "cash"): 20_000, ("R2", "pension"): 9_000}


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    """The country loaded, two months of returns and the grants of one published."""
    request.getfixturevalue("server")
    reset()
    folder = Path(tempfile.mkdtemp())
    WORLD.country(folder)
    country = declare(folder)
    load_country(country)
    grants = [("2026-10", *key, amount) for key, amount in GRANTED.items()]
    send(pd.DataFrame(ROWS), "scheme_returns", country)
    send(pd.DataFrame(grants, columns=["period", "area_code", "scheme", "amount"]), "allocations", country)
    return folder


def send(rows: pd.DataFrame, dataset: str, country: Country) -> None:
    submit(rows.to_csv(index=False).encode(), f"{dataset}.csv", by=SYSTEM, via="cli", dataset=dataset)
    for period in receive_waiting(country):
        compile_and_publish(period)


def published(indicator: str, period: str = "2026-10") -> dict[tuple[str, str], Any]:
    """(area, sex) → the row of the mart."""
    query = (
        "SELECT * FROM mart.indicator_history WHERE known_to = 'infinity' AND indicator = :indicator"
        " AND period = :period"
    )
    with warehouse.transaction() as connection:
        rows = warehouse.read(connection, query, indicator=indicator, period=period).astype(object)
    return {(row.area_code, row.sex): row for row in rows.where(rows.notna(), None).itertuples()}


def in_month(month: str = "2026-10") -> list[Row]:
    return [row for row in ROWS if row["period"] == month]


SUMS = {
    "punctual": Sum("paid_on_time", "beneficiaries", ("cash",)),
    "refused": Sum("refused", "applied", ("cash",)),
    "mean_benefit": Sum("amount_paid", "beneficiaries", ("cash", "grant")),
    "adequacy": Sum("amount_paid", "beneficiaries", ("pension",), each=LINE),
    "expenditure": Sum("amount_paid", None, ("cash", "grant", "pension")),
    "enrolled": Sum("new_enrolments", None, ("cash",), keep=lambda row: row["age_group"] == "Y_GE60"),
}


@pytest.mark.usefixtures("folder")
class TestKinds:
    @pytest.mark.parametrize("name", SUMS)
    def test_sums_pair_what_the_same_lines_state(self, name: str) -> None:
        figures = published(name)
        levels = [int(level[-1]) for level in DECLARED[name].get("levels", ("layer0", "layer1", "layer2"))]
        deepest = max(s.layer for s in WORLD.schemes if s.id in SUMS[name].schemes)
        for area in [code for code in WORLD.parents if WORLD.depth(code) in levels]:
            for sex in ("F", "M", "_T"):
                expected = sums.stated(WORLD, area, in_month(), SUMS[name], sex)
                row = figures.get((area, sex))
                if row is None:
                    assert expected.above is None
                    assert sex != "_T" or WORLD.depth(area) > deepest
                    continue
                value = expected.value if SUMS[name].below else expected.above
                assert row.value == (None if value is None else pytest.approx(float(value), rel=1e-14)), (
                    area,
                    sex,
                )
                assert row.numerator == (None if expected.above is None else int(expected.above + HALF)), (
                    area,
                    sex,
                )
        assert {WORLD.depth(area) for area, _ in figures} <= set(levels)

    def test_completeness_counts_the_returns_that_state_it(self) -> None:
        for name in ("punctual", "mean_benefit"):
            figure = published(name)["R", "_T"]
            schemes = SUMS[name].schemes
            stating = sums.stated(WORLD, "R", in_month(), SUMS[name]).returns
            assert figure.completeness == stating / (4 * len(schemes))

    def test_filters_of_the_two_sides_differ(self) -> None:
        rows = [row for row in in_month() if row["scheme"] == "grant"]
        above = sum(row["beneficiaries"] for row in rows if row["disability"] == "Y")
        figure = published("disabled")["R", "_T"]
        assert (figure.numerator, figure.denominator) == (above, sum(row["beneficiaries"] for row in rows))

    def test_a_sum_is_divided_by_a_population(self) -> None:
        expected = sums.stated(WORLD, "R", in_month(), Sum("new_enrolments", None, ("cash",)))
        figure = published("enrolling")["R", "_T"]
        assert (figure.numerator, figure.denominator) == (expected.above, sum(WORLD.people.values()))

    def test_returns_are_counted(self) -> None:
        """Nine returns of ten came; those of `grant` by their day, for it is more than a year away."""
        for area, came, in_time, expected in (("R", 9, 4, 10), ("R22", 1, 1, 2), ("R11", 2, 1, 2)):
            assert published("came")[area, "_T"].value == came / expected
            assert published("in_time")[area, "_T"].value == in_time / expected

    def test_money_is_compared_with_the_grants_of_those_who_spent_it(self) -> None:
        """The grant of R1 holds that of R11; what R2 paid in other schemes is not of its grant."""
        figures = published("absorbed")
        paid = {
            (area, scheme): sums.stated(WORLD, area, in_month(), Sum("amount_paid", None, (scheme,))).above
            or 0
            for area, scheme in GRANTED
        }
        spent = {"R1": paid["R1", "cash"], "R2": paid["R2", "pension"]}
        assert {area for area, _ in figures} == {"R", "R1", "R2"}
        assert figures["R1", "_T"].value == pytest.approx(float(spent["R1"] / 50_000), rel=1e-14)
        assert figures["R", "_T"].value == pytest.approx(float(sum(spent.values()) / 59_000), rel=1e-14)

    def test_persons_of_other_schemes_are_taken_away_where_all_of_them_are_known(self) -> None:
        figures = published("vulnerable")
        for area, sex in (("R", "_T"), ("R1", "F"), ("R2", "M")):
            people = sum(
                n
                for (code, s, _), n in WORLD.people.items()
                if code in WORLD.within(area) and sex in (s, "_T")
            )
            pensioners = [
                row["beneficiaries"]
                for row in in_month()
                if row["scheme"] == "pension"
                and row["area_code"] in WORLD.within(area)
                and sex in (row["sex"], "_T")
            ]
            assert figures[area, sex].denominator == sums.left_after(people, pensioners)
        assert figures["R11", "_T"].denominator is None, "pensions are reported by the layer above"
        assert figures["R11", "_T"].numerator is not None

    def test_an_unknown_denominator_leaves_counts_and_no_rate(self) -> None:
        figure = published("at_risk")["R", "_T"]
        assert figure.numerator == published("vulnerable")["R", "_T"].numerator
        assert (figure.denominator, figure.value, figure.lower_bound) == (None, None, None)
        assert published("nothing") == {}

    def test_women_are_compared_with_men(self) -> None:
        figures = published("vulnerable")
        women, men = ((int(f.numerator), int(f.denominator)) for f in (figures["R", "F"], figures["R", "M"]))
        points, ratio = sums.gap(women, men)
        assert published("gap")["R", "_T"].value == pytest.approx(float(points), rel=1e-14)
        assert published("parity")["R", "_T"].value == pytest.approx(float(ratio), rel=1e-14)
        assert published("gap")["R", "_T"].numerator is None
        union, bounds = published("union"), published("gap_of_union")["R", "_T"]
        assert bounds.value is None
        assert bounds.lower_bound == pytest.approx(union["R", "F"].lower_bound - union["R", "M"].upper_bound)
        assert bounds.upper_bound == pytest.approx(union["R", "F"].upper_bound - union["R", "M"].lower_bound)
        bounds = published("parity_of_union")["R", "_T"]
        assert bounds.value is None
        assert bounds.lower_bound == pytest.approx(union["R", "F"].lower_bound / union["R", "M"].upper_bound)
        assert bounds.upper_bound == pytest.approx(union["R", "F"].upper_bound / union["R", "M"].lower_bound)

    def test_one_file_makes_an_indicator_of_each_scheme(self) -> None:
        for scheme in ("cash", "grant"):
            counted = sums.stated(WORLD, "R", in_month(), Sum("beneficiaries", None, (scheme,)))
            assert published(f"covered_{scheme}")["R", "_T"].numerator == counted.above
        assert published("covered_pension") == {}

    def test_months_make_a_year_by_the_rule_of_each_indicator(self) -> None:
        """The last month has more than half its returns; rates are divided once, after the months are added."""
        for name in ("punctual", "refused", "expenditure", "enrolled"):
            expected = sums.stated(WORLD, "R", ROWS, SUMS[name])
            value = expected.value if SUMS[name].below else expected.above
            assert published(name, "2026")["R", "_T"].value == pytest.approx(float(value or 0), rel=1e-14)
        year, month = published("union", "2026"), published("union")
        for key in (("R", "_T"), ("R12", "F")):
            assert year[key].lower_bound == month[key].lower_bound
        assert published("enrolling", "2026")["R", "_T"].denominator == sum(WORLD.people.values())
        assert published("mean_benefit", "2026") == {}

    def test_the_plan_says_gap_pace_arrival_and_cost(self, folder: Path) -> None:
        """October 2026 ends ten twelfths of a year after the baseline, and 4 2/12 years before the end of 2030."""
        covered = published("covered_grant")["R", "_T"]
        present = Fraction(int(covered.numerator), int(covered.denominator))
        moment = Fraction(2025) + Fraction(10, 12)
        goal, baseline = Fraction(9, 10), Fraction(2, 100)
        seen = (present - baseline) / (moment - 2025)
        query = "?indicator=covered_grant&area_level=layer2&sex=F&administration_rate=0.5&monthly_benefit=7"
        with country_in_use(folder):
            answer = server.test_client().get("/api/v1/plan?area_code=R").get_json()
            dearer = server.test_client().get(f"/api/v1/plan{query}").get_json()
        progress = {(row["indicator"], row["sex"], row["kind"]): row for row in answer["progress"]}
        target = progress["covered_grant", "_T", "target"]
        assert (target["baseline_year"], target["as_of"], target["state"]) == (2025, "2026-10", "behind")
        assert target["shortfall"] == pytest.approx(float(goal - present))
        assert target["pace_needed"] == pytest.approx(float((goal - present) / (2030 - moment)))
        assert target["pace_seen"] == pytest.approx(float(seen))
        assert target["arrival_year"] == math.ceil(moment + (goal - present) / seen)
        assert progress["covered_grant", "F", "milestone"]["state"] == "reached"
        fewer = progress["refused", "_T", "target"]
        assert (fewer["shortfall"] < 0, fewer["arrival_year"], fewer["state"]) == (True, None, "unknown"), (
            "no baseline"
        )

        people, reached = int(covered.denominator), int(covered.numerator)
        (cost,) = (row for row in answer["cost"] if row["sex"] == "_T")
        assert (cost["uncovered"], cost["monthly_benefit"], cost["administration_rate"]) == (
            people - reached,
            20,
            0.1,
        )
        assert cost["monthly_cost"] == pytest.approx((people - reached) * 20 * 1.1)
        assert [risk["risk"] for risk in answer["risks"]] == ["late"]
        assert [review["reviewed_on"] for review in answer["reviews"]] == ["2026-06-30"]
        assert [row["monthly_cost"] for row in dearer["cost"]] == [
            pytest.approx(row["uncovered"] * 7 * 1.5) for row in dearer["left_out"]
        ]
        most = [row["uncovered"] for row in dearer["left_out"]]
        assert most == sorted(most, reverse=True)
        assert [row["place"] for row in dearer["left_out"]] == [1, 2, 3, 4]

    def test_each_definition_has_a_page(self, folder: Path) -> None:
        with country_in_use(folder):
            client = server.test_client()
            shown = page(client, "/definitions/adequacy", "?lang=en").text
            assert all(word in shown for word in ("amount paid", "beneficiaries", "made up"))
            assert client.get("/definitions/adequacy").status_code == 200
            assert "nobody is not an indicator" in page(client, "/definitions/nobody", "?lang=en").text

    def test_a_new_version_restates_and_the_old_figure_keeps_its_own(self, folder: Path) -> None:
        before, untouched = (published(name)["R", "_T"] for name in ("punctual", "refused"))
        changed = {"version": 2, "changes": {2: {"en": "grants too"}}}
        load_country(declare(folder, punctual=changed))
        for period in ("2026-09", "2026-10"):
            compile_and_publish(period)
        after = published("punctual")["R", "_T"]
        assert (before.version, after.version, after.value) == (1, 2, before.value)
        with warehouse.transaction() as connection:
            past = warehouse.read(
                connection,
                "SELECT version FROM mart.indicator_history WHERE indicator = 'punctual' AND period = '2026-10'"
                " AND area_code = 'R' AND sex = '_T' ORDER BY known_from",
            )
            versions = warehouse.read(
                connection,
                "SELECT version, changed ->> 'en' AS changed FROM mart.indicator_version"
                " WHERE indicator = 'punctual' ORDER BY version",
            )
        assert past["version"].tolist() == [1, 2]
        assert versions["changed"].tolist()[1:] == ["grants too"]
        assert published("refused")["R", "_T"].known_from == untouched.known_from
