"""What the loader and the pages read off a verdict."""

import pandas as pd
import pytest

from tests.validators.dialects import workbook
from transforms.intake.read import limits
from transforms.intake.read.file import Unreadable, read
from validators.rules import suite
from validators.rules.checks import Check
from validators.verdict import judge, judge_many, unreadable

HEADER = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"]


def verdict_on(rows, country, reference):
    return judge(read(workbook(HEADER, rows), country), country, reference)


def test_a_return_with_a_rejected_line_is_partial(tamara, reference) -> None:
    verdict = verdict_on(
        [
            ["2026-10", "010101", "cash", "F", "Y0T17", 1],
            ["2026-10", "010101", "cash", "M", "Y0T17", -1],
            ["2026-10", "010102", "cash", "F", "Y0T17", 2],
            ["2026-10", "010103", "cash", "F", "Y0T17", -2],
        ],
        tamara,
        reference,
    )
    assert (verdict.rows_read, verdict.rows_accepted, verdict.rows_rejected) == (4, 2, 2)
    assert verdict.partial_returns.values.tolist() == [["2026-10", "010101", "cash", 1, 1]]
    assert verdict.good["row_number"].tolist() == [2, 4]


def test_files_judged_together_get_the_verdicts_they_get_alone(tamara, reference) -> None:
    files = [
        [["2026-10", "010101", "cash", "F", "Y0T17", 1]],
        [["2026-10", "10102", "cash", "Q", "Y0T17", None], ["2026-10", "010103", "cash", "F", "Y0T17", 3]],
        [["2026-10", "010101", "cash", "F", "Y0T17", 1], ["2026-10", "010101", "cash", "F", "Y0T17", 2]],
    ]
    tables = [read(workbook(HEADER, rows), tamara) for rows in files]
    for table, together in zip(tables, judge_many(tables, tamara, reference), strict=True):
        alone = judge(table, tamara, reference)
        pd.testing.assert_frame_equal(alone.problems, together.problems)
        pd.testing.assert_frame_equal(alone.good, together.good)


def test_the_country_may_be_stricter_or_milder(tamara, reference) -> None:
    from countries.declarations.exchange import Check

    rows = [
        ["2026-10", "10101", "cash", "F", "Y0T17", 1],
        ["2026-10", "010101", "maternity", "M", "Y18T59", 2],
        ["2026-10", "010101", "maternity", "F", "Y18T59", 0],
    ]
    strict = tamara.model_copy(
        update={
            "checks": {"restored_code": Check(severity="reject"), "outside_eligible": Check(severity="off")}
        }
    )
    own = type(reference).of(strict, reference.areas, reference.today)
    problems = verdict_on(rows, strict, own).problems[["row_number", "rule", "severity"]].values.tolist()
    assert problems == [[2, "restored_code", "reject"]]


def test_an_expectation_that_raises_is_our_fault() -> None:
    broken = Check("malformed", "exits", "exits", "regex", {"regex": "("})
    with pytest.raises(suite.CheckFailed, match="could not run malformed on exits"):
        suite.run([broken], {"exits": pd.Series(["1"], dtype="str")})


def test_an_unreadable_file_has_a_verdict_too(tamara) -> None:
    with pytest.raises(Unreadable) as refused:
        read(b"", tamara)
    verdict = unreadable(None, refused.value)
    assert (verdict.outcome, verdict.rows_read) == ("unreadable", 0)
    problem = verdict.as_json()["problems"][0]
    assert problem["message"]["fr"] == "Le fichier est vide."
    assert problem["fix"]["en"] == "Send the file again."


def test_the_verdict_for_programs(tamara, reference) -> None:
    verdict = verdict_on([["2026-10", "010101", "cash", "Q", "Y0T17", 1]], tamara, reference)
    answer = verdict.as_json()
    assert (answer["outcome"], answer["rows_read"], answer["counts"]) == ("rejected", 1, {"unlisted": 1})
    assert {name: answer["problems"][0][name] for name in ("sheet", "row", "column", "value", "rule")} == {
        "sheet": "Sheet1",
        "row": 2,
        "column": "sex",
        "value": "Q",
        "rule": "unlisted",
    }


def test_a_private_value_is_not_repeated(tamara, reference) -> None:
    header = "period,area_code,scheme,person_id,sex,birth_year"
    secret = "K-" + "9" * 80
    raw = f"{header}\n2026-10,010101,cash,{secret},F,1990\n".encode()
    verdict = judge(read(raw, tamara), tamara, reference)
    assert verdict.counts == {"too_long": 1}
    assert secret not in str(verdict.as_json())


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [("SIZE", 20, "too_large"), ("UNPACKED", 20, "too_large"), ("ROWS", 1, "too_many_rows")],
)
def test_limits_have_their_own_message(limit, value, code, tamara, monkeypatch) -> None:
    import gzip

    rows = "".join(f"2026-10,01010{i},cash,F,Y0T17,1\n" for i in (1, 2))
    raw = (",".join(HEADER) + "\n" + rows).encode()
    monkeypatch.setattr(limits, limit, value)
    with pytest.raises(Unreadable) as refused:
        read(gzip.compress(raw) if limit == "UNPACKED" else raw, tamara)
    assert refused.value.code == code


def test_another_country_writes_numbers_its_own_way(tamara, reference) -> None:
    from countries.declarations.conventions import Locale

    comma = tamara.model_copy(update={"locale": Locale(decimal=",", thousands=".", dates="dmy")})
    header = "period,area_code,scheme,amount"
    raw = f'{header}\n2026-10,01,cash,"1.234,5"\n2026-10,02,cash,1.234\n2026-10,00,cash,12.5\n'.encode()
    good = judge(read(raw, comma), comma, reference).good
    assert good["amount"].tolist() == [1234.5, 1234.0, 12.5]
    stored = workbook(header.split(","), [["2026-10", "01", "cash", 1.234]])
    assert judge(read(stored, comma), comma, reference).good["amount"].tolist() == [1.234]


@pytest.mark.parametrize(
    ("wrong", "beside", "meant"),
    [
        ("001101", "010102", ["010101"]),  # two digits changed over, under the commune of the file
        ("001101", "020101", []),  # that area is in a province from which the file says nothing
        ("01011", "010101", []),  # one digit less is a commune, and the file is of villages
        ("01011", "0103", ["0101"]),  # it is of communes
    ],
)
def test_a_hint_stays_within_the_layer_and_the_area_of_the_file(
    wrong: str, beside: str, meant: list[str], tamara, reference
) -> None:
    rows = "".join(f"2026-10,{code},cash,{sex},Y0T17,5\n" for code in (wrong, beside) for sex in "FM")
    table = read(b"period,area_code,scheme,sex,age_group,beneficiaries\n" + rows.encode(), tamara)
    unlisted = judge(table, tamara, reference).problems.query("rule == 'unlisted' and column == 'area_code'")
    assert unlisted["params"].map(lambda params: params["candidates"]).tolist() == [meant, meant]


@pytest.mark.parametrize(("own", "meant"), [("", ["0101"]), ("01", ["0101"]), ("02", [])])
def test_a_hint_stays_within_the_area_of_the_sender(own: str, meant: list[str], tamara, reference) -> None:
    table = read(b"period,area_code,scheme,amount\n2026-10,01011,pension,5\n", tamara)
    (problem,) = (
        judge(table, tamara, reference, own_area=own).problems.query("rule == 'unlisted'").itertuples()
    )
    assert problem.params["candidates"] == meant
