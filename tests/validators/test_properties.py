"""What holds for every file: a good one is understood however it is written, a fault is named where it is."""

import csv
import io
import re
import sys
import unicodedata
from collections.abc import Sequence

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.validators.dialects import KHMER, dialects, workbook
from transforms.intake.read.file import read
from validators.contracts.contract import contract
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
    cell = "".join(map(seen, cell)).strip()
    if name in ("beneficiaries", "registered"):
        if not re.fullmatch(r"[0-9]+([.]0+)?|[0-9]{1,3}(,[0-9]{3})+([.]0+)?", cell):
            return None
        if re.fullmatch(r"[1-9][0-9]{0,2}[.][0-9]{3}", cell):
            return None  # as many, or a thousand times as many
        number = int(cell.replace(",", "").split(".")[0])
        return number if number <= 2_000_000_000 else None
    if name == "period":
        form = re.fullmatch(
            r"([0-9]{4})[-/.,]?([0-9]{2})|([0-9]{4})[-/.,]([0-9])|([0-9]{1,2})[-/.]([0-9]{4})", cell
        )
        if not form or re.fullmatch(r"[0-9]{4}[.,]1", cell):
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


def seen(character: str) -> str:
    """What a reader sees of a character, by the Unicode database and not by the code."""
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    if unicodedata.category(character) == "Cf":
        return ""
    if unicodedata.decomposition(character).startswith("<wide>"):
        character = unicodedata.normalize("NFKC", character)
    if unicodedata.category(character) == "Pd" or character == "\u2212":
        return "-"
    return " " if unicodedata.category(character) == "Zs" else character


ZEROS = [chr(code) for code in range(sys.maxunicode) if unicodedata.decimal(chr(code), 1) == 0]
INVISIBLE = ["", "", "\u200b", "\u200c", "\u2060", "\u202d", "\u2066", "\u00ad", "\ufeff", "\ufe0f", "\u17b4"]
scripts = st.tuples(st.sampled_from(ZEROS), st.sampled_from(INVISIBLE), st.sampled_from("-‑–−－"))


def in_script(cell: str, script: tuple[str, str, str]) -> str:
    """The same to a reader: digits of another script, another dash, a mark that nobody sees behind each character."""
    zero, mark, dash = script
    return "".join((chr(ord(zero) + int(c)) if c.isdigit() else dash if c == "-" else c) + mark for c in cell)


@several
@given(st.lists(st.tuples(returns, scripts), min_size=1, max_size=8))
def test_a_return_in_any_script_is_the_same_return(tamara, reference, files) -> None:
    tables = [
        read(as_csv(HEADER, [[in_script(str(cell), script) for cell in row] for row in rows]), tamara)
        for rows, script in files
    ]
    for (rows, _), verdict in zip(files, judge_many(tables, tamara, reference), strict=True):
        assert verdict.outcome == "accepted", list(verdict.listed())
        assert verdict.good[list(HEADER)].astype(object).values.tolist() == rows


PERSONS = st.lists(st.text("0123456789ABCDE", min_size=9, max_size=9), min_size=2, max_size=8, unique=True)
PERSON_HEADER = ("period", "area_code", "scheme", "person_id", "sex", "birth_year")


@several
@given(st.lists(st.tuples(PERSONS, scripts, st.sampled_from(["", " ", "-", " - "])), min_size=1, max_size=8))
def test_a_person_in_any_script_is_the_same_person_and_no_other(tamara, reference, files) -> None:
    tables = []
    for persons, script, between in files:
        spelt = [in_script(p[:3] + between + p[3:6] + between + p[6:].lower(), script) for p in persons]
        rows = [["2026-10", "010101", "cash", person, "F", "1950"] for person in spelt]
        tables.append(read(as_csv(PERSON_HEADER, rows), tamara))
    for (persons, *_), table in zip(files, tables, strict=True):
        assert table.frame["person_id"].tolist() == persons


@several
@given(st.lists(items, min_size=1, max_size=6))
def test_a_text_is_the_same_in_every_kind_of_file(tamara, files) -> None:
    header = ("week", "area_code", "kind", "text")
    for rows in files:
        texts = [
            read(raw, tamara).frame["text"].tolist()
            for raw in (as_csv(header, rows), as_csv(header, rows, "\r\n"), workbook(header, rows))
        ]
        assert texts[0] == texts[1] == texts[2]


def as_csv(header: Sequence[str], rows: Sequence[Sequence[object]], line_end: str = "\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return re.sub("\r?\n", line_end, text.getvalue()).encode()


def squeezed(text: str) -> str:
    """Blanks at the ends and the kind of line end are not kept, and composed letters become one."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def test_dtypes_are_those_of_the_contract(tamara, reference) -> None:
    table = read(workbook(HEADER, [["2026-10", "010101", "cash", "F", "Y0T17", 5, 6]]), tamara)
    good = judge_many([table], tamara, reference)[0].good
    on_request = {column.name for column in contract("scheme_returns").columns if column.on_request}
    declared = {name: t for name, t in contract("scheme_returns").dtypes.items() if name not in on_request}
    assert {name: str(good[name].dtype) for name in good if name != "row_number"} == declared
