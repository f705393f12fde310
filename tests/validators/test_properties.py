"""What holds for every file: a good one is understood however it is written, a fault is named where it is."""

import csv
import io
import re
import unicodedata

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.validators.dialects import KHMER, dialects, workbook
from transforms.intake.read.file import read
from validators.contracts.contract import contract
from validators.values import DIGITS
from validators.verdict import judge_many

HEADER = ("period", "area_code", "scheme", "sex", "age_group", "beneficiaries", "registered")
PERIODS = ("2026-08", "2026-09", "2026-10")
AREAS = ("010101", "010102", "010103", "020101")
SEXES = ("F", "M", "X", "U")
AGES = ("Y0T17", "Y18T59", "Y_GE60")
LINES = st.tuples(*map(st.sampled_from, (PERIODS, AREAS, ("cash",), SEXES, AGES)))
COUNTS = st.integers(0, 2_000_000_000)

returns = st.lists(
    st.tuples(LINES, COUNTS, COUNTS), min_size=1, max_size=12, unique_by=lambda row: row[0]
).map(lambda rows: [[*key, beneficiaries, registered] for key, beneficiaries, registered in rows])
plain_text = st.text(
    st.characters(exclude_categories=["C"], include_characters="\n"), min_size=1, max_size=60
)
items = st.lists(
    st.tuples(st.just("2026-W46"), st.just("0101"), st.sampled_from(["done", "risk"]), plain_text).filter(
        lambda row: row[3].strip() != ""
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: " ".join(row[3].split()),
)

several = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""One example holds several files, which are judged together."""


@several
@given(st.lists(st.tuples(returns, dialects, st.permutations(range(len(HEADER)))), min_size=1, max_size=8))
def test_a_good_return_is_accepted_however_it_is_written(tamara, reference, files) -> None:
    tables = []
    for rows, dialect, order in files:
        header = [HEADER[place] for place in order]
        raw = dialect.write(header, [[row[place] for place in order] for row in rows])
        tables.append(read(raw, tamara))
    for (rows, _, _), verdict in zip(files, judge_many(tables, tamara, reference), strict=True):
        assert verdict.outcome == "accepted", list(verdict.listed())
        assert verdict.good[list(HEADER)].astype(object).values.tolist() == rows


@several
@given(st.lists(st.tuples(returns, st.integers(0, 15)), min_size=1, max_size=6))
def test_a_good_workbook_is_accepted(tamara, reference, files) -> None:
    tables = [read(workbook(HEADER, rows, top), tamara) for rows, top in files]
    for (rows, top), verdict in zip(files, judge_many(tables, tamara, reference), strict=True):
        assert verdict.outcome == "accepted", list(verdict.listed())
        assert verdict.good[list(HEADER)].astype(object).values.tolist() == rows
        assert verdict.good["row_number"].tolist() == [top + 2 + place for place in range(len(rows))]


@several
@given(st.lists(st.tuples(items, dialects), min_size=1, max_size=8))
def test_texts_survive_every_dialect(tamara, reference, files) -> None:
    header = ("week", "area_code", "kind", "text")
    tables = [read(dialect.write(header, rows), tamara) for rows, dialect in files]
    for (rows, _), table in zip(files, tables, strict=True):
        assert [squeezed(text) for text in table.frame["text"]] == [squeezed(row[3]) for row in rows]


MUTANT = st.characters(exclude_categories=["Cs", "Cc"])
spoilings = st.one_of(
    st.text(MUTANT, max_size=10),
    st.builds(
        lambda junk, place: ("insert", junk, place),
        st.text(MUTANT, min_size=1, max_size=2),
        st.integers(0, 9),
    ),
    st.builds(lambda place: ("drop", "", place), st.integers(0, 9)),
    st.sampled_from(
        [("swapcase", "", 0), ("repeat", "", 0), ("khmer", "", 0), ("negative", "", 0), ("decimal", "", 0)]
    ),
)


def spoilt(cell: str, how: str | tuple[str, str, int]) -> str:
    if isinstance(how, str):
        return how
    kind, junk, place = how
    return {
        "insert": cell[:place] + junk + cell[place:],
        "drop": cell[:place] + cell[place + 1 :],
        "swapcase": cell.swapcase(),
        "repeat": cell * 2,
        "khmer": cell.translate(KHMER),
        "negative": f"-{cell}",
        "decimal": f"{cell}.5",
    }[kind]


@several
@given(
    st.lists(
        st.tuples(returns, st.integers(0, 11), st.sampled_from(HEADER), spoilings), min_size=1, max_size=12
    )
)
def test_one_spoilt_cell_keeps_its_meaning_or_is_named(tamara, reference, files) -> None:
    tables = []
    for rows, place, name, how in files:
        cells = [[str(cell) for cell in row] for row in rows]
        row, column = place % len(rows), HEADER.index(name)
        cells[row][column] = spoilt(cells[row][column], how)
        text = io.StringIO(newline="")
        csv.writer(text).writerows([HEADER, *cells])
        tables.append((read(text.getvalue().encode(), tamara), row, name, cells[row][column]))
    verdicts = judge_many([table for table, *_ in tables], tamara, reference)
    for (rows, *_), (_, row, name, cell), verdict in zip(files, tables, verdicts, strict=True):
        assert verdict.rows_read == verdict.rows_accepted + verdict.rows_rejected == len(rows)
        problems = verdict.problems[verdict.problems["row_number"] == row + 2]
        expected = meaning(name, cell)
        loaded = verdict.good.set_index("row_number")
        if row + 2 in loaded.index:
            value = loaded.loc[row + 2, name]
            assert (None if pd.isna(value) else value) == expected, (name, cell)
        elif expected is None:
            assert name in set(problems["column"]), (name, cell)
        else:
            assert len(problems), (name, cell)


def meaning(name: str, cell: str) -> str | int | None:
    """What a cell says, by the instructions to officers and not by the code. None: nothing certain."""
    cell = re.sub("[\u200b\u200e\u200f\ufeff]", "", cell).strip().translate(DIGITS)
    if name in ("beneficiaries", "registered"):
        if not re.fullmatch(r"[0-9]+([.]0+)?|[0-9]{1,3}(,[0-9]{3})+([.]0+)?", cell):
            return None
        number = int(cell.replace(",", "").split(".")[0])
        return number if number <= 2_000_000_000 else None
    if name == "period":
        form = re.fullmatch(
            r"([0-9]{4})[-/.]?([0-9]{2})|([0-9]{4})[-/.]([0-9])|([0-9]{1,2})[-/.]([0-9]{4})", cell
        )
        if not form:
            return None
        year, month = (form[1] or form[3] or form[6]), int(form[2] or form[4] or form[5])
        return f"{year}-{month:02}" if 1 <= month <= 12 and f"{year}-{month:02}" <= "2026-11" else None
    if name == "area_code":
        cell = re.sub(r"[.]0+$", "", cell.removeprefix("'"))
        full = [area for area in (*AREAS, "010301") if area.lstrip("0") == cell.lstrip("0")]
        return full[0] if full and len(cell) <= 6 else None
    codes = {"scheme": ("cash",), "sex": SEXES, "age_group": (*AGES, "_T")}[name]
    cell = re.sub(r"(?<=^[0-9])[.]0+$", "", cell.removeprefix("'").strip())
    return next((code for code in codes if code.casefold() == cell.casefold()), None)


def squeezed(text: str) -> str:
    """Blanks at the ends and the kind of line end are not kept, and composed letters become one."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def test_dtypes_are_those_of_the_contract(tamara, reference) -> None:
    table = read(workbook(HEADER, [["2026-10", "010101", "cash", "F", "Y0T17", 5, 6]]), tamara)
    good = judge_many([table], tamara, reference)[0].good
    on_request = {column.name for column in contract("scheme_returns").columns if column.on_request}
    declared = {name: t for name, t in contract("scheme_returns").dtypes.items() if name not in on_request}
    assert {name: str(good[name].dtype) for name in good if name != "row_number"} == declared
