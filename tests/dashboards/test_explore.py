"""Page, SQL, API and files give the same rows of a mart, and what is shown can be filtered as it is shown."""

import csv
import io
import json
import urllib.request

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest
from sqlalchemy import column, create_engine, func, select, table, text

from countries.country import CAMBODIA, load
from dashboards.models.reference import Reference
from dashboards.models.selection import Limit, Selection, parse
from dashboards.pages.explore.labels import Labels, find
from dashboards.pages.explore.page import address_of
from dashboards.queries.selection import as_sql, explored
from sala.errors import Invalid
from sala.translation.translator import translator

ZONE = "Asia/Phnom_Penh"
CHOICES = {
    "indicator_value": [("area_level", "province"), ("sex", "F"), ("sex", "M"), ("limit", "value>=0.2")],
    "scheme_total": [("within", "17"), ("area_level", "district"), ("sex", "F")],
    "group_total": [("area_level", "nation")],
    "reporting_rate": [("area_level", "province"), ("scheme", "_T")],
    "grievance": [("area_level", "nation")],
    "absorption": [("area_level", "nation")],
}


def chosen(mart: str, *more: tuple[str, str]) -> Selection:
    about = explored()[mart]
    pairs = [("period", "2026-10"), *CHOICES[mart], *more]
    return parse(about, pairs, (str(about.explored),), ZONE)


def fetched(served: str, selection: Selection, kind: str) -> bytes:
    with urllib.request.urlopen(f"{served}{address_of(selection)}&format={kind}", timeout=60) as answer:
        return bytes(answer.read())


def as_written(rows: list[list[object]]) -> list[list[str]]:
    """Rows in any order, numbers as short as they can be."""
    return sorted(
        ["" if v is None else f"{float(v):.9g}" if isinstance(v, int | float) else str(v) for v in row]
        for row in rows
    )


@pytest.mark.parametrize("mart", CHOICES)
def test_sql_and_api_give_the_same_rows(mart: str, filled: str, served: str) -> None:
    selection = chosen(mart)
    with create_engine(filled).connect() as connection:
        of_sql = [list(row) for row in connection.execute(text(as_sql(selection).replace(":", r"\:")))]
    of_api = [list(row.values()) for row in json.loads(fetched(served, selection, "json"))["rows"]]
    assert as_written(of_api) == as_written(
        [[float(v) if hasattr(v, "as_tuple") else v for v in r] for r in of_sql]
    )
    assert of_api or mart in ("group_total", "absorption")


def test_every_file_holds_the_rows_of_the_api(served: str) -> None:
    selection = chosen("indicator_value")
    rows = [list(row.values()) for row in json.loads(fetched(served, selection, "json"))["rows"]]
    _, *of_csv = csv.reader(io.StringIO(fetched(served, selection, "csv").decode("utf-8-sig")))
    assert [row[:-1] for row in of_csv] == [row[:-1] for row in rows]
    assert [float(row[-1]) for row in of_csv] == [row[-1] for row in rows]
    sheet = openpyxl.load_workbook(io.BytesIO(fetched(served, selection, "xlsx")), read_only=True).active
    assert sheet is not None
    assert [list(row) for row in sheet.values] == [list(selection.columns), *rows]
    read = pa.parquet.read_table(io.BytesIO(fetched(served, selection, "parquet")))
    assert [list(row.values()) for row in read.to_pylist()] == rows


def test_between_two_moments_the_difference_is_later_less_earlier(filled: str, served: str) -> None:
    with create_engine(filled).connect() as connection:
        first = connection.execute(text("SELECT min(known_from) FROM mart.indicator_value")).scalar_one()
    then = chosen("indicator_value", ("compared_with", first.isoformat()))
    rows = json.loads(fetched(served, then, "json"))["rows"]
    assert rows
    for row in rows:
        both = row["value"], row["value_before"]
        assert row["value_change"] == (None if None in both else pytest.approx(both[0] - both[1]))


def test_the_grain_of_a_mart_tells_its_rows_apart(filled: str) -> None:
    with create_engine(filled).connect() as connection:
        for mart in explored().values():
            rows = table(mart.name, *map(column, mart.dimensions), schema="mart")
            twice = connection.execute(
                select(*rows.c).where(rows.c.area_code == "KH").group_by(*rows.c).having(func.count() > 1)
            ).all()
            assert not twice, f"{mart.name}: {mart.grain}"


@pytest.mark.parametrize(
    ("language", "words", "values", "limits"),
    [
        ("en", "Women", {"sex": ("F",)}, []),
        ("fr", "femmes ; 20 %", {"sex": ("F",)}, [(">=", 0.195), ("<", 0.205)]),
        ("en", "20.5 %", {}, [(">=", 0.2045), ("<", 0.2055)]),
        ("km", "≥ 20%", {}, [(">=", 0.2)]),
        ("en", "Provinces", {"area_level": ("province",)}, []),
    ],
)
def test_filters_match_what_is_shown(
    language: str, words: str, values: dict[str, tuple[str, ...]], limits: list[tuple[str, float]]
) -> None:
    country = load(CAMBODIA)
    labels = Labels(country, Reference(), translator(language), {})
    present = {"area_level": ["province"], "sex": ["F", "M", "_T"]}
    if language == "en":
        words = words.replace("Provinces", labels.value("area_level", "province"))
    found = find(words, Selection(explored()["indicator_value"]), present, labels, "value")
    assert found.unknown == ()
    assert found.selection.values == values
    assert found.selection.limits == tuple(Limit("value", o, pytest.approx(n)) for o, n in limits)


@pytest.mark.parametrize(
    "pair",
    [("measure", "hash"), ("limit", "value;1"), ("sort", "'"), ("known_at", "soon"), ("shape", "cake")],
)
def test_an_address_that_says_what_cannot_be_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(Invalid, match=pair[0]):
        chosen("indicator_value", pair)


@pytest.mark.parametrize("period", ["2026-13", "soon", "1999"])
def test_of_a_period_that_is_none_there_are_no_rows(period: str, served: str) -> None:
    address = f"{served}/api/v1/marts/indicator_value?period={period}&measure=value&format=json"
    with urllib.request.urlopen(address, timeout=60) as answer:
        assert json.loads(answer.read())["rows"] == []
