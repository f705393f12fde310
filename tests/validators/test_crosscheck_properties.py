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
    for (rows, stands, past), verdict in zip(cases, judge_many(files, tamara, reference), strict=True):
        known = CrosscheckData(present=_standing(stands), history=_history(past))
        found = crosscheck(verdict, reference, known)
        rules = ("fewer_lines", "same_as_before", "jump")
        problems = found.problems[found.problems["rule"].isin(rules)]
        told = {(rule, int(row)) for rule, row in zip(problems["rule"], problems["row_number"], strict=True)}
        assert told == _reckoned(rows, stands, past)


def _reckoned(rows: list, stands: dict, past: Totals) -> set[tuple[str, int]]:
    first: Totals = {}
    counted: Totals = {}
    total: Totals = {}
    for number, ((period, area, *_), n) in enumerate(rows, 2):
        first.setdefault((period, area), number)
        counted[period, area] = counted.get((period, area), 0) + 1
        total[period, area] = total.get((period, area), 0) + n
    found = set()
    same = [key for key in first if stands.get(key) == (counted[key], total[key])]
    if same:
        found.add(("same_as_before", min(first[key] for key in same)))
    for key, row in first.items():
        if key in stands and counted[key] < stands[key][0]:
            found.add(("fewer_lines", row))
        if _jumped(key, total, past):
            found.add(("jump", row))
    return found


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


def _standing(stands: dict) -> pd.DataFrame:
    rows = [(p, a, "cash", lines, total, False, False) for (p, a), (lines, total) in stands.items()]
    return pd.DataFrame(rows, columns=["period", "area_code", "scheme", "lines", "total", "partial", "newer"])


def _history(past: Totals) -> pd.DataFrame:
    rows = [(area, "cash", period, total) for (period, area), total in past.items()]
    return pd.DataFrame(rows, columns=["area_code", "scheme", "period", "total"])
