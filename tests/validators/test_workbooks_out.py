"""What goes back to officers: templates that are accepted when filled, files that show their faults."""

import io

import openpyxl
import pandas as pd
import pytest

from countries.gazetteer import areas
from sala.errors import NotFound
from tests.validators.dialects import workbook
from transforms.intake.read.file import Unreadable, read
from validators.contracts.contract import contracts
from validators.outputs.annotated import annotate
from validators.outputs.template import template
from validators.verdict import judge

PERIODS = {"flash_reports": "2026-W46", "flash_items": "2026-W46", "population": "2026", "targets": ""}


@pytest.fixture(scope="session")
def places(tamara) -> pd.DataFrame:
    return areas(tamara).areas


def opened(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw))


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("dataset", list(contracts()))
def test_a_template_fits_its_dataset(dataset, tamara, places) -> None:
    raw = template(dataset, tamara, places, "01", PERIODS.get(dataset, "2026-10"))
    if dataset in (
        "beneficiary_list",
        "flash_items",
        "grievances",
        "targets",
        "control_totals",
    ):  # nobody can know the lines
        with pytest.raises(Unreadable, match="a header and no rows"):
            read(raw, tamara, dataset)
    else:
        assert read(raw, tamara).dataset == dataset


def test_a_filled_template_is_accepted_as_it_is(tamara, places, reference) -> None:
    last = pd.DataFrame(
        [["2026-09", "010102", "cash", "F", "Y0T17", 41]],
        columns=["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"],
    )
    book = opened(template("scheme_returns", tamara, places, "0101", "2026-10", last))
    sheet = book["scheme_returns"]
    title = {cell.value: cell.column for cell in sheet[1]}
    names = {row[title["# ឈ្មោះ (km)"] - 1].value for row in sheet.iter_rows(min_row=2)}
    assert names == {"ស្ពាន", "ដើមស្វាយ", "ត្រពាំង", "មាត់ទន្លេ"}
    shown = title["# beneficiaries, រយៈពេលមុន"] - 1
    assert [row[shown].value for row in sheet.iter_rows(min_row=2) if row[shown].value] == [41]
    for row in sheet.iter_rows(min_row=2):
        row[title["beneficiaries"] - 1].value = 7
    verdict = judge(read(saved(book), tamara), tamara, reference)
    assert (verdict.outcome, verdict.counts) == ("accepted", {})
    assert set(verdict.good["scheme"]) == {"cash", "maternity", "pension"}  # of those that run in that month
    assert set(verdict.good.loc[verdict.good["scheme"] == "maternity", "sex"]) == {"F"}


def test_a_template_guides_the_hand(tamara, places) -> None:
    sheet = opened(template("scheme_returns", tamara, places, "0101", "2026-10"))["scheme_returns"]
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert not sheet["A2"].protection.locked
    lists = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
    assert lists["F"].formula1 == '"F,M,X,U"'
    count = next(rule for rule in lists.values() if rule.type == "whole")
    assert (count.operator or "between", count.formula1) == ("between", "0")
    assert "Persons" not in sheet["A1"].comment.text  # it speaks the country's own language
    assert sheet["A2"].number_format == "@"


def test_an_area_that_does_not_exist(tamara, places) -> None:
    with pytest.raises(NotFound, match="There is no area 99 in Tamara"):
        template("flash_reports", tamara, places, "99")


def test_the_file_comes_back_with_its_faults_marked(tamara, reference) -> None:
    header = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"]
    rows = [
        ["2026-10", "010101", "cash", "F", "Y0T17", 5],
        ["2026-10", "010101", "cash", "Q", "Y0T17", "many"],
        ["2026-10", "10102", "cash", "F", "Y0T17", 6],
    ]
    verdict = judge(read(workbook(header, rows, top=2), tamara), tamara, reference)
    book = opened(annotate(verdict, "en"))
    sheet = book["scheme_returns"]
    assert [cell.value for cell in sheet[4]][:6] == rows[0]
    assert sheet["F5"].comment.text.startswith("“many” is not a whole number.")
    assert sheet["F5"].fill.fgColor.rgb == sheet["D5"].fill.fgColor.rgb == "FFF8B4B4"
    assert sheet["B6"].fill.fgColor.rgb == "FFFDE68A"
    assert book["Problems"].max_row == 5  # two faults, a restored code, and lines left out
    sheet["D5"].value, sheet["F5"].value = "M", 8
    assert judge(read(saved(book), tamara), tamara, reference).outcome == "accepted"
