"""What a country or a developer adds, added: each costs what docs/developer.md says, and shows wherever it should."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import yaml
from flask.testing import FlaskClient
from sqlalchemy import text

from countries.country import load
from countries.gazetteer import areas
from dashboards.app import server
from dashboards.pages.area.page import body
from dashboards.queries.area_profile import area_profile
from dashboards.server.current_user import reading
from dashboards.server.view import View
from sala.translation.translator import translator
from sql import definitions, deploy, dictionary, warehouse
from tests.dashboards.made_up import TODAY
from tests.dashboards.test_page import texts
from tests.reference.world import AGES, Indicator, Scheme, World
from tests.transforms.compilation.test_compiling import MONTH, as_csv, play
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import EVERYBODY, SYSTEM
from transforms.intake import check as check_module
from transforms.intake import receive as receive_module
from transforms.intake.check import check
from transforms.intake.line_tables import LINE_TABLES
from transforms.intake.read.file import read
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from validators.contracts import contract as contracts_module
from validators.outputs.annotated import annotate
from validators.outputs.json_schema import schema
from validators.outputs.template import template

WORLD = World(
    {"R": None, "R1": "R", "R2": "R"},
    (Scheme("s", 1),),
    (Indicator("first", ("s",), guarantee="older"),),
    {(area, sex, age): 100 for area in ("R1", "R2") for sex in "FM" for age in AGES},
)
RETURNS = {(area, "s"): [("F", "_T", 30), ("M", "_T", 20)] for area in ("R1", "R2")}
COLUMN = {
    "name": "visits",
    "type": "count",
    "label": {"en": "Visits", "km": "ដំណើរទស្សនកិច្ច", "fr": "Visites"},
    "description": {"en": "Visits to homes.", "km": "ដំណើរទស្សនកិច្ចតាមផ្ទះ។", "fr": "Visites à domicile."},
}


@pytest.fixture
def client(empty_warehouse: None) -> FlaskClient:
    return server.test_client()


@pytest.fixture
def column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`scheme_returns` with one column more, in a copy of the contracts."""
    folder = tmp_path / "contracts"
    shutil.copytree(contracts_module.FOLDER, folder)
    file = folder / "scheme_returns.yaml"
    declared = yaml.safe_load(file.read_text("utf-8"))
    declared["columns"].append(COLUMN)
    file.write_text(yaml.safe_dump(declared, allow_unicode=True), "utf-8")
    monkeypatch.setattr(contracts_module, "FOLDER", folder)
    contracts_module.contracts.cache_clear()
    # The process that reads foreign files knows the repository's contracts only.
    for module in (check_module, receive_module):
        monkeypatch.setattr(module, "read", read)
    yield
    monkeypatch.undo()
    contracts_module.contracts.cache_clear()


def _migrate() -> None:
    """The migration and the mart's file of the new column."""
    marts = warehouse.FOLDER / "marts"
    history = (
        (marts / "scheme_return_history.sql")
        .read_text()
        .replace("l.amount_paid,", "l.amount_paid, l.visits,")
    )
    present = (marts / "scheme_return.sql").read_text()
    with warehouse.transaction() as connection:
        connection.execute(text("ALTER TABLE core.scheme_line ADD COLUMN visits integer"))
        connection.execute(text("ALTER TABLE core.group_line ADD COLUMN visits integer"))
        connection.execute(text("DROP VIEW mart.scheme_return, mart.scheme_return_history CASCADE"))
        connection.execute(text(history))
        connection.execute(text(present))


@pytest.mark.usefixtures("empty_warehouse", "column")
def test_a_column_of_a_dataset_costs_its_contract_a_migration_and_its_mart() -> None:
    country = play(WORLD)
    _migrate()
    gazetteer = areas(country).areas
    header = next(
        openpyxl.load_workbook(io.BytesIO(template("scheme_returns", country, gazetteer, "R")))[
            "scheme_returns"
        ].values
    )
    assert "visits" in header
    assert (
        schema(contracts_module.contract("scheme_returns"), country)["properties"]["visits"]["type"]
        == "integer"
    )

    rows = pd.read_csv(io.BytesIO(as_csv(RETURNS))).assign(visits=[1, 2, 3, "many"])
    verdict = check(rows.to_csv(index=False).encode(), country)
    assert [(p.row_number, p.column, p.rule) for p in verdict.listed()] == [(5, "visits", "malformed")]
    annotated = openpyxl.load_workbook(io.BytesIO(annotate(verdict)))["scheme_returns"]
    assert "visits" in [cell.value for cell in annotated[1]]

    submit(rows.assign(visits=[1, 2, 3, 4]).to_csv(index=False).encode(), "new.csv", by=SYSTEM, via="cli")
    receive_waiting(country)
    with warehouse.transaction() as connection:
        stored = warehouse.read(connection, "SELECT visits FROM mart.scheme_return ORDER BY visits")
    assert stored["visits"].tolist() == [1, 2, 3, 4]


def test_an_indicator_is_one_file_and_a_second_one_of_a_guarantee_has_its_card(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    country = play(WORLD, as_csv(RETURNS))
    monkeypatch.setenv("SALA_COUNTRY", str(country.folder))
    file = country.folder / "indicators" / "second.yaml"
    file.parent.mkdir()
    first = yaml.safe_load((country.folder / "country.yaml").read_text())["indicators"][0]
    second = first | {"id": "second", "title": {"en": "Title of second"}}
    declared = yaml.safe_load((country.folder / "country.yaml").read_text())
    del declared["indicators"]
    (country.folder / "country.yaml").write_text(yaml.safe_dump(declared))
    (file.parent / "first.yaml").write_text(yaml.safe_dump(first))
    file.write_text(yaml.safe_dump(second))
    load_country(load(country.folder))
    compile_and_publish(MONTH)

    with warehouse.transaction() as connection:
        indicators = warehouse.read(connection, "SELECT indicator FROM mart.indicator ORDER BY indicator")
    assert indicators["indicator"].tolist() == ["first", "second"]
    with reading(EVERYBODY):
        profile = area_profile("R", MONTH)
        page = " ".join(texts(body(profile, View(), load(country.folder), translator("en"), TODAY)))
    assert "Title of second" in page
    answer = client.get(f"/api/v1/indicators?period={MONTH}&area_code=R&indicator=second&sex=_T").get_json()
    assert "indicators" in answer, answer
    assert [row["numerator"] for row in answer["indicators"]] == [100]
    history = client.get(f"/download/history/R.csv?indicator=second&period={MONTH}")
    assert history.status_code == 200
    assert f",{100 / 1200}," in history.text


def test_every_dataset_has_a_table_for_its_lines() -> None:
    assert LINE_TABLES.keys() == contracts_module.contracts().keys()


@pytest.fixture
def warehouse_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `sql/`, from which deploys are made."""
    folder = tmp_path / "sql"
    shutil.copytree(definitions.FOLDER, folder)
    for module in (definitions, deploy):
        monkeypatch.setattr(module, "FOLDER", folder)
    monkeypatch.setattr(dictionary, "MARTS", folder / "marts")
    return folder


@pytest.mark.usefixtures("empty_warehouse")
def test_a_mart_is_its_query_and_its_description(warehouse_folder: Path) -> None:
    query, description = (warehouse_folder / "marts" / f"area_count.{kind}" for kind in ("sql", "yml"))
    query.write_text(
        "CREATE VIEW mart.area_count WITH (security_invoker) AS\n"
        "SELECT area_level, count(*) AS areas FROM mart.area GROUP BY area_level;\n"
    )
    description.write_text(
        "meaning: How many areas a layer has.\n"
        "grain: layer\n"
        "owner: transforms/country\n"
        "columns:\n"
        "  area_level:\n"
        "  areas: How many they are\n"
    )
    deploy.migrate()
    play(WORLD)

    with warehouse.acting(EVERYBODY.person_id) as connection:
        counted = warehouse.read(connection, "SELECT current_user, areas FROM mart.area_count ORDER BY areas")
    assert counted.to_numpy().tolist() == [["sala_app", 1], ["sala_app", 2]]
    with warehouse.transaction() as connection:
        comments = text(
            "SELECT obj_description('mart.area_count'::regclass, 'pg_class'),"
            " col_description('mart.area_count'::regclass, 2)"
        )
        assert connection.execute(comments).one() == (
            "How many areas a layer has. Grain: layer.",
            "How many they are",
        )
    chapter = dictionary.markdown().split("## mart.area_count\n")[1].split("## mart.")[0]
    assert "How many areas a layer has." in chapter
    assert "| `areas` | How many they are |" in chapter
