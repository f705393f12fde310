"""Totals beside their parts: what is loaded where they differ, as the country folder says."""

from typing import Literal

import pytest

from countries.country import Country
from tests.validators.dialects import workbook
from transforms.intake.read.file import read
from validators.reference import Reference
from validators.verdict import Verdict, judge

HEADER = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"]
WOMEN_AND_MEN = ["2026-10 010101 cash F _T 40", "2026-10 010101 cash M _T 30"]


@pytest.fixture
def judged(tamara: Country, reference: Reference):
    """The verdict on rows, where the parts or the published total count."""

    def judged(rows: list[str], counts: Literal["parts", "published"]) -> Verdict:
        country = tamara.model_copy(update={"totals": counts})
        own = Reference.of(country, reference.areas, reference.today)
        return judge(read(workbook(HEADER, [row.split() for row in rows]), country), country, own)

    return judged


def lines(verdict: Verdict) -> list[tuple[str, str, int]]:
    good = verdict.good[["sex", "age_group", "beneficiaries"]].astype({"beneficiaries": "int"})
    return [tuple(line) for line in good.astype({"sex": "str", "age_group": "str"}).itertuples(index=False)]


@pytest.mark.parametrize(
    ("total", "counts", "remainder", "rule"),
    [
        (70, "parts", [], None),
        (70, "published", [], None),
        (75, "parts", [], "parts_count"),
        (75, "published", [("U", "_T", 5)], "published_total_counts"),
        (69, "published", [("U", "_T", -1)], "published_total_rounds"),
    ],
)
def test_the_country_says_which_counts(judged, total, counts, remainder, rule) -> None:
    verdict = judged([*WOMEN_AND_MEN, f"2026-10 010101 cash _T _T {total}"], counts)
    assert verdict.outcome == "accepted"
    assert verdict.partial_returns.empty
    assert lines(verdict) == [("F", "_T", 40), ("M", "_T", 30), *remainder]
    assert [problem.rule for problem in verdict.listed()] == [rule] * bool(rule)


def test_totals_of_totals_hold_what_no_total_below_them_holds(judged) -> None:
    rows = ["F Y0T17 10", "F Y18T59 5", "F _T 18", "M Y0T17 7", "M Y18T59 2", "M _T 9", "_T _T 30"]
    verdict = judged([f"2026-10 010101 cash {row}" for row in rows], "published")
    parts = [("F", "Y0T17", 10), ("F", "Y18T59", 5), ("M", "Y0T17", 7), ("M", "Y18T59", 2)]
    assert lines(verdict) == [*parts, ("F", "_T", 3), ("U", "_T", 3)]
    assert verdict.missing_lines.empty, "what a published total holds is told, if not told apart"


def test_a_total_beside_refused_parts_hides_none_of_them(judged) -> None:
    """Beside a good part it is compared with nothing; without one nothing of it counts, and it is refused as well."""
    spoilt = ["2026-10 010101 cash M _T many", "2026-10 010101 cash _T _T 70"]
    beside_a_good_one = judged([WOMEN_AND_MEN[0], *spoilt], "published")
    assert lines(beside_a_good_one) == [("F", "_T", 40)]
    assert len(beside_a_good_one.partial_returns) == 1
    assert beside_a_good_one.counts == {"malformed": 1, "total_not_compared": 1}
    other = [row.replace("010101", "010102") for row in WOMEN_AND_MEN]
    alone = judged([*other, *spoilt], "published")
    assert (alone.outcome, alone.rows_accepted, alone.rows_rejected) == ("partial", 2, 2)
    assert alone.counts == {"malformed": 1, "total_of_nothing": 1}
    assert judged(spoilt, "parts").outcome == "rejected"
    assert judged(spoilt, "parts").rows_accepted == 0


def test_a_spoilt_total_leaves_its_return_whole(judged) -> None:
    verdict = judged([*WOMEN_AND_MEN, "2026-10 010101 cash _T _T 7O"], "published")
    assert verdict.counts == {"malformed": 1}
    assert verdict.partial_returns.empty, "no line that counts is lost"


@pytest.mark.parametrize("counts", ["parts", "published"])
def test_amounts_that_add_up_in_cents_agree(tamara: Country, reference: Reference, counts: str) -> None:
    country = tamara.model_copy(update={"totals": counts})
    own = Reference.of(country, reference.areas, reference.today)
    rows = [["F", 1, 0.1], ["M", 1, 0.2], ["_T", 2, 0.3]]
    whole = [["2026-10", "010101", "cash", sex, "_T", n, paid] for sex, n, paid in rows]
    verdict = judge(read(workbook([*HEADER, "amount_paid"], whole), country), country, own)
    assert (verdict.outcome, verdict.counts) == ("accepted", {})
    assert lines(verdict) == [("F", "_T", 1), ("M", "_T", 1)]
    apart = [[*row[:-1], 4.4] if row[3] == "_T" else row for row in whole]
    verdict = judge(read(workbook([*HEADER, "amount_paid"], apart), country), country, own)
    (problem,) = verdict.listed()
    numbers = {"value": 4.4, "total": 0.3, "rest": 4.1}
    assert {name: problem.params[name] for name in numbers} == numbers
