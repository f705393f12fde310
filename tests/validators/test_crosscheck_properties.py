"""Whatever stands and whatever came before: the cross-checks find what a plain reckoning finds, and nothing else."""

from __future__ import annotations

from statistics import median

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.validators.dialects import workbook
from transforms.intake.read.file import read
from validators.crosscheck import CrosscheckData, crosscheck
from validators.rules.history import CONSISTENT
from validators.verdict import judge_many

HEADER = ("period", "area_code", "scheme", "sex", "age_group", "beneficiaries")
AREAS = ("010101", "010102", "010103", "020101")
PERIODS = ("2026-08", "2026-09", "2026-10")
EARLIER = tuple(f"2025-{month:02}" for month in range(3, 11))
SCORE, RATIO, LEAST, LONG = 5, 3, 20, 6

lines = st.lists(
    st.tuples(
        st.tuples(*map(st.sampled_from, (PERIODS, AREAS, ("cash",), ("F", "M"), ("Y0T17", "Y18T59")))),
        st.integers(0, 300),
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda line: line[0],
)
keys = st.tuples(st.sampled_from(PERIODS), st.sampled_from(AREAS))
standing = st.dictionaries(keys, st.tuples(st.integers(1, 5), st.integers(0, 400)), max_size=6)
history = st.dictionaries(
    st.tuples(st.sampled_from(EARLIER), st.sampled_from(AREAS)), st.integers(0, 400), max_size=24
)
Totals = dict[tuple[str, str], int]


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(lines, standing, history), min_size=1, max_size=8))
def test_found_is_what_a_plain_reckoning_finds(tamara, reference, cases) -> None:
    files = [read(workbook(HEADER, [[*key, n] for key, n in rows]), tamara) for rows, _, _ in cases]
    for (rows, present, past), verdict in zip(cases, judge_many(files, tamara, reference), strict=True):
        data = CrosscheckData(present=_standing(present), history=_history(past))
        checked = crosscheck(verdict, reference, data)
        rules = ("fewer_lines", "same_as_before", "jump")
        problems = checked.problems[checked.problems["rule"].isin(rules)]
        reported = {
            (rule, int(row)) for rule, row in zip(problems["rule"], problems["row_number"], strict=True)
        }
        assert reported == _reckoned(rows, present, past)


def _reckoned(rows: list, present: dict, past: Totals) -> set[tuple[str, int]]:
    first: Totals = {}
    counted: Totals = {}
    total: Totals = {}
    for number, ((period, area, *_), n) in enumerate(rows, 2):
        first.setdefault((period, area), number)
        counted[period, area] = counted.get((period, area), 0) + 1
        total[period, area] = total.get((period, area), 0) + n
    problems = set()
    same = [key for key in first if present.get(key) == (counted[key], total[key])]
    if same:
        problems.add(("same_as_before", min(first[key] for key in same)))
    for key, row in first.items():
        if key in present and counted[key] < present[key][0]:
            problems.add(("fewer_lines", row))
        if _jumped(key, total, past):
            problems.add(("jump", row))
    return problems


def _jumped(key: tuple[str, str], total: Totals, past: Totals) -> bool:
    period, area = key
    earlier = [n for (then, where), n in (past | total).items() if where == area and then < period]
    if not earlier:
        return False
    usual = median(earlier)
    apart, deviation = abs(total[key] - usual), median(abs(n - usual) for n in earlier)
    if apart < LEAST:
        return False
    if len(earlier) >= LONG and deviation > 0:
        return CONSISTENT * apart / deviation > SCORE
    ratio = max(total[key], 1) / max(usual, 1)
    return ratio > RATIO or ratio < 1 / RATIO


def _standing(present: dict) -> pd.DataFrame:
    rows = [(p, a, "cash", lines, total, False, False) for (p, a), (lines, total) in present.items()]
    return pd.DataFrame(rows, columns=["period", "area_code", "scheme", "lines", "total", "partial", "newer"])


def _history(past: Totals) -> pd.DataFrame:
    rows = [(area, "cash", period, total) for (period, area), total in past.items()]
    return pd.DataFrame(rows, columns=["area_code", "scheme", "period", "total"])
