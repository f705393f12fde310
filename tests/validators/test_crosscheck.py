"""Good rows against what is known already. Small tables in, the rules they break out."""

import pandas as pd
import pytest

from countries.declarations.exchange import Check
from tests.validators.dialects import workbook
from transforms.intake.read.file import read
from validators.crosscheck import CrosscheckData, crosscheck
from validators.reference import Reference
from validators.verdict import judge

HEADER = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"]


def table(text: str) -> pd.DataFrame:
    """A small table: names, then rows."""
    names, *rows = (line.split() for line in text.strip().splitlines())
    counts = {"year", "population", "total", "lines"} & set(names)
    return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(counts, "int64"))


@pytest.fixture
def problems_of(tamara, reference):
    """(row, column, rule, severity) of what a cross-check finds in a file's rows."""

    def check(rows: list[str], data: CrosscheckData, **changes: Check) -> list[list[object]]:
        country = tamara.model_copy(update={"checks": changes})
        cells = [[int(cell) if i == 5 else cell for i, cell in enumerate(row.split())] for row in rows]
        verdict = judge(read(workbook(HEADER, cells), country), country, reference)
        assert verdict.outcome == "accepted"
        checked = crosscheck(verdict, Reference.of(country, reference.areas, reference.today), data)
        columns = ["row_number", "column", "rule", "severity"]
        problems = checked.problems.loc[checked.problems["rule"] != "missing_lines", columns].astype(object)
        return problems.where(problems.notna(), None).values.tolist()

    return check


ROWS = [
    "2026-10 010101 cash F Y0T17 30",
    "2026-10 010101 cash M Y0T17 10",
    "2026-10 010102 cash F Y0T17 5",
]


def test_nothing_known_nothing_found(problems_of) -> None:
    assert problems_of(ROWS, CrosscheckData()) == []


def test_returns_that_the_sender_may_not_file(problems_of) -> None:
    refused = table("""
        period  area_code scheme reason
        2026-10 010102    cash   other_administrator
        2026-10 010101    cash   filed_by_others
        2026-09 010102    cash   out_of_scope
    """)
    assert problems_of(ROWS, CrosscheckData(refused=refused)) == [
        [2, "area_code", "filed_by_others", "reject"],
        [3, "area_code", "filed_by_others", "reject"],
        [4, "scheme", "other_administrator", "reject"],
    ]


def test_closed_period(problems_of) -> None:
    rows = [ROWS[0], "2026-09 010101 cash F Y0T17 30"]
    assert problems_of(rows, CrosscheckData(closed=frozenset({"2026-09"}))) == [
        [3, "period", "closed_period", "reject"]
    ]


def test_more_than_live_there(problems_of) -> None:
    population = table("""
        year area_code sex age_group population
        2025 010101    F   Y0T17     29
        2025 010101    M   Y0T17     9
        2027 010101    F   Y0T17     1000
        2025 010102    F   Y0T17     5
    """)
    data = CrosscheckData(population=population, population_years={"2026-10": 2025})
    assert problems_of(ROWS, data) == [
        [2, "beneficiaries", "above_population", "warn"],
        [2, "beneficiaries", "above_eligible", "warn"],
        [3, "beneficiaries", "above_population", "warn"],
    ]


def test_what_cannot_be_is_held_where_the_country_asks_for_it(problems_of) -> None:
    population = table("""
        year area_code sex age_group population
        2025 010101    F   Y0T17     30
        2025 010102    F   Y0T17     30
        2025 010102    M   Y0T17     0
    """)
    data = CrosscheckData(population=population, population_years={"2026-10": 2025})
    rows = [
        f"2026-10 {line}"
        for line in ("010101 cash F Y0T17 90", "010102 cash F Y0T17 91", "010102 cash M Y0T17 9")
    ]
    held = {
        rule: Check(severity="hold", limits={"times": 3}) for rule in ("beyond_population", "beyond_eligible")
    }
    merely = [[2, "beneficiaries", rule, "warn"] for rule in ("above_population", "above_eligible")]
    of_few = [4, "beneficiaries", "above_population", "warn"]  # a few more than nobody may live there
    beyond = [[3, "beneficiaries", rule, "hold"] for rule in ("beyond_population", "beyond_eligible")]
    assert problems_of(rows, data, **held) == [*merely, *beyond, of_few]
    assert not [problem for problem in problems_of(rows, data) if "beyond" in str(problem[2])]


def test_all_ages_against_all_who_live_there(problems_of) -> None:
    population = table("""
        year area_code sex age_group population
        2026 010101    F   Y0T17     20
        2026 010101    F   Y18T59    15
    """)
    rows = ["2026-10 010101 cash F _T 35", "2026-10 010102 cash F _T 999", "2026-09 010101 cash F _T 36"]
    data = CrosscheckData(population=population, population_years={"2026-10": 2026, "2026-09": 2026})
    assert problems_of(rows, data) == [
        [4, "beneficiaries", "above_population", "warn"],
        [4, "beneficiaries", "above_eligible", "warn"],
    ]


def _history(*figures: int) -> pd.DataFrame:
    rows = [["010101", "cash", f"2025-{month:02}", count] for month, count in enumerate(figures, 1)]
    return pd.DataFrame(rows, columns=["area_code", "scheme", "period", "total"])


@pytest.mark.parametrize(
    ("history", "jumps"),
    [
        ((38, 41, 40, 39, 42, 40), False),  # 40 is what it usually is
        ((118, 121, 120, 119, 122, 120), True),  # 80 below the median, deviation 1
        ((10, 80, 30, 120, 60, 5), False),  # far, but this area always jumps
        ((120, 120, 120, 120, 120, 120), False),  # no deviation: the ratio is 3, and not above it
        ((130, 121), True),  # short: the ratio is above 3
        ((100,), False),  # short: the ratio is 2.5
        ((2, 1, 2, 1, 2, 1), True),
        ((30, 22, 25, 24, 26, 25), False),  # fewer than 20 persons apart
    ],
)
def test_jump_against_the_area_s_own_history(history, jumps, problems_of) -> None:
    expected = [[2, "beneficiaries", "jump", "warn"]] if jumps else []
    assert problems_of(ROWS, CrosscheckData(history=_history(*history))) == expected


def test_thresholds_are_the_country_s(problems_of) -> None:
    strict = Check(severity="reject", limits={"ratio": 2})
    problems = problems_of(ROWS, CrosscheckData(history=_history(100)), jump=strict)
    assert problems == [[2, "beneficiaries", "jump", "reject"]]


def test_a_value_copied_down_the_column(problems_of) -> None:
    codes = ["010101", "010102", "010103", "020101"]
    rows = [
        f"2026-10 {code} cash {sex} {age} 17" for code in codes for sex in "FM" for age in ("Y0T17", "Y18T59")
    ]
    assert problems_of(rows[:9], CrosscheckData()) == []
    assert problems_of(rows, CrosscheckData()) == [[2, "beneficiaries", "repeated_value", "warn"]]
    assert problems_of([row.replace(" 17", " 0") for row in rows], CrosscheckData()) == []


def test_against_the_return_that_stands(problems_of) -> None:
    standing = table("""
        period  area_code scheme lines total
        2026-10 010101    cash   3     45
        2026-10 010102    cash   1     5
        2026-10 020101    cash   9     90
    """)
    assert problems_of(ROWS, CrosscheckData(present=standing)) == [
        [2, None, "fewer_lines", "hold"],
        [4, None, "same_as_before", "warn"],
    ]
