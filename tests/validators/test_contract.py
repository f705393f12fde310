"""A column is declared once: everything that knows it follows from the contract's file."""

import io
import shutil

import openpyxl
import pytest
import yaml
from pydantic import ValidationError

from countries.gazetteer import areas
from sala.errors import NotFound
from tests.validators.conftest import TODAY
from transforms.intake.read.file import read
from validators.contracts import contract as contracts_module
from validators.contracts.contract import FOLDER, contract, contracts
from validators.messages import rules
from validators.outputs.documentation import page
from validators.outputs.json_schema import schema
from validators.outputs.template import csv_template, template
from validators.rules.checks import checks
from validators.rules.suite import expectation_suite, stacked_checks
from validators.verdict import judge

DATASETS = {
    "scheme_returns": "period area_code scheme sex age_group beneficiaries "
    "disability contributors registered new_enrolments exits amount_paid applied refused waiting accepted "
    "first_paid paid_on_time records_updated group",
    "beneficiary_list": "period area_code scheme person_id sex birth_year disability amount_paid",
    "flash_reports": "week area_code institutional_arrangement human_resources communication_enrolment "
    "process_tools project_management administrator",
    "flash_items": "week area_code kind text needs_layer due administrator origin sources stays_because",
    "grievances": "period area_code category sex received resolved escalated pending median_days channel",
    "population": "year area_code sex age_group population status source",
    "targets": "indicator area_code sex year kind value cost responsible",
    "allocations": "period area_code scheme amount",
    "control_totals": "period area_code scheme sex beneficiaries amount_paid",
}


def test_datasets_and_their_columns() -> None:
    assert {name: " ".join(contract.names) for name, contract in contracts().items()} == DATASETS


@pytest.fixture
def with_a_new_column(tmp_path, monkeypatch):
    """Flash reports with one more column, declared in their one file."""
    folder = tmp_path / "contracts"
    shutil.copytree(FOLDER, folder)
    file = folder / "flash_reports.yaml"
    file.write_text(
        file.read_text("utf-8")
        + """
  - name: meetings
    type: count
    unit: persons
    maximum: 7
    label: {en: Meetings, km: ការប្រជុំ, fr: Réunions}
    description: {en: Meetings held., km: ការប្រជុំដែលបានធ្វើ។, fr: Réunions tenues.}
"""
    )
    monkeypatch.setattr(contracts_module, "FOLDER", folder)
    contracts.cache_clear()
    yield
    contracts.cache_clear()


@pytest.mark.usefixtures("with_a_new_column")
def test_adding_a_column_touches_one_file(tamara, reference) -> None:
    about = contract("flash_reports")
    assert about.dtypes["meetings"] == "Int64"
    assert "meetings" in schema(about, tamara)["properties"]
    assert "`meetings`" in page(tamara)
    assert b"meetings" in csv_template("flash_reports", tamara)
    places = areas(tamara).areas
    book = openpyxl.load_workbook(io.BytesIO(template("flash_reports", tamara, places, "01", "2026-W46")))
    assert "meetings" in [cell.value for cell in book["flash_reports"][1]]
    raw = b",".join(name.encode() for name in about.names) + b"\n2026-W46,0101,1,2,3,4,5,,8\n"
    problem = next(judge(read(raw, tamara), tamara, reference).listed())
    assert problem.text("fr").startswith("Réunions vaut 8, plus que 7.")


def test_a_contract_without_a_language_is_refused() -> None:
    declared = yaml.safe_load((FOLDER / "allocations.yaml").read_text("utf-8"))
    del declared["title"]["km"]
    with pytest.raises(ValidationError, match="`title` is missing in km"):
        contracts_module.Contract.model_validate(declared | {"columns": contract("allocations").columns})


def test_unknown_dataset_names_the_known_ones() -> None:
    with pytest.raises(NotFound, match=r"There is no dataset “sales”.*scheme_returns"):
        contract("sales")


def test_the_row_rules_are_great_expectations(tamara) -> None:
    """Columns of which the same is asked share an expectation."""
    wanted = checks(contract("scheme_returns"), tamara, TODAY)
    stacked = stacked_checks([check for check in wanted if check.column in ("sex", "beneficiaries", "exits")])
    suite = expectation_suite(stacked)
    expected = [(each.expectation_type, each.configuration.kwargs["column"]) for each in suite.expectations]
    assert expected == [
        ("expect_column_values_to_not_be_null", "sex, beneficiaries"),
        ("expect_column_values_to_be_in_set", "sex"),
        ("expect_column_values_to_match_regex", "beneficiaries, exits"),
        ("expect_column_values_to_be_between", "beneficiaries.value, exits.value"),
    ]
    assert suite.expectations[1].configuration.kwargs["value_set"] == ["F", "M", "X", "U"]


def test_every_rule_has_its_words() -> None:
    assert {"required", "malformed", "unlisted", "duplicate_line", "encoding", "jump"} <= set(rules())
    for rule in rules().values():
        assert set(rule.message) == set(rule.fix) == {"en", "km", "fr"}
