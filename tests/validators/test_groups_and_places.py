"""What a country may declare of its schemes: population groups, persons of no known place, other units than persons."""

import pytest

from countries.country import Country
from countries.declarations.layers import GroupDimension, PopulationGroup
from tests.validators.dialects import workbook
from transforms.intake.read.file import read
from validators.contracts.contract import contract
from validators.crosscheck import CrosscheckData, crosscheck
from validators.outputs.documentation import page
from validators.outputs.json_schema import schema
from validators.outputs.template import csv_template
from validators.reference import Reference
from validators.verdict import judge

HEADER = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries", "group"]
NAMES = {"en": "Name", "km": "ឈ្មោះ", "fr": "Nom"}


@pytest.fixture(scope="module")
def declaring(tamara: Country) -> Country:
    """Tamara with two groups of one dimension, and a scheme whose communes report persons of no known village."""
    schemes = tuple(
        scheme.model_copy(update={"place_not_known": ("commune",), "reports": ("applied",)})
        if scheme.id == "cash"
        else scheme
        for scheme in tamara.schemes
    )
    groups = tuple(
        PopulationGroup(id=name, names=NAMES, dimension="poverty") for name in ("poor", "near_poor")
    )
    dimensions = (GroupDimension(id="poverty", names=NAMES),)
    return tamara.model_copy(update={"schemes": schemes, "groups": groups, "group_dimensions": dimensions})


def problems(country: Country, reference: Reference, *rows: str) -> list[tuple[int | None, str, str]]:
    """(row, rule, severity) of what a file's rows break."""
    cells = [[*row.split(), ""][:7] for row in rows]
    own = Reference.of(country, reference.areas, reference.today)
    verdict = crosscheck(judge(read(workbook(HEADER, cells), country), country, own), own, CrosscheckData())
    return [(p.row_number, p.rule, p.severity) for p in verdict.listed() if p.rule != "missing_lines"]


def test_groups_break_down_the_lines_without_a_group(declaring, reference) -> None:
    total = "2026-10 010101 cash F Y0T17 30"
    assert problems(declaring, reference, total, f"{total[:-2]}20 poor", f"{total[:-2]}10 near_poor") == []
    assert problems(declaring, reference, total, f"{total[:-2]}20 poor", f"{total[:-2]}11 near_poor") == [
        (3, "groups_above_total", "warn")
    ]
    assert problems(declaring, reference, total, "2026-10 010101 cash M Y0T17 3 poor") == [
        (3, "group_without_total", "reject")
    ]


def test_a_group_that_the_country_does_not_declare_is_refused(tamara, reference) -> None:
    rows = ("2026-10 010101 cash F Y0T17 30", "2026-10 010101 cash F Y0T17 3 poor")
    assert problems(tamara, reference, *rows) == [(3, "unlisted", "reject")]


def test_persons_of_no_known_place_are_accepted_with_a_question(declaring, tamara, reference) -> None:
    rows = ("2026-10 010101 cash F Y0T17 30", "2026-10 0101 cash F Y0T17 4")
    assert problems(declaring, reference, *rows) == [(3, "place_not_known", "warn")]
    assert problems(tamara, reference, *rows) == [(3, "wrong_layer", "reject")]


def test_the_total_of_those_below_is_no_return_of_persons_who_cannot_be_placed(declaring, reference) -> None:
    rows = ("2026-10 010101 cash F Y0T17 30", "2026-10 0101 cash F Y0T17 20", "2026-10 0101 cash M Y0T17 10")
    rejected = [row for row, rule, _ in problems(declaring, reference, *rows) if rule == "total_as_remainder"]
    assert rejected == [3, 4]


def test_other_units_are_not_compared_with_those_for_whom_a_scheme_is_meant(tamara, reference) -> None:
    row = "2026-10 010101 maternity F Y_GE60 5"
    scheme = tamara.scheme("maternity")
    works = scheme.model_copy(update={"unit": "job_days"})
    other = tamara.model_copy(
        update={"schemes": tuple(works if s.id == "maternity" else s for s in tamara.schemes)}
    )
    assert problems(tamara, reference, row) == [(2, "outside_eligible", "warn")]
    assert problems(other, reference, row) == []


def test_columns_are_offered_where_a_country_asks_for_them(declaring, tamara) -> None:
    assert b"applied,group" in csv_template("scheme_returns", declaring)
    assert b"applied" not in csv_template("scheme_returns", tamara)
    properties = schema(contract("scheme_returns"), declaring)["properties"]
    assert properties["group"]["enum"] == ["poor", "near_poor"]
    assert "group" not in schema(contract("scheme_returns"), tamara)["properties"]
    assert "`group`" in page(declaring, "en")
    assert "`group`" not in page(tamara, "en")
