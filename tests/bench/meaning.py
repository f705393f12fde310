"""Correct files, and the ways in which an office changes what a file means without meaning to."""

from __future__ import annotations

import csv
import io
import random
import string
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import xlsxwriter

from transforms.flash.flash_report import AXES

PROVINCES = ("01", "02")
VILLAGES = ("010101", "010102", "010103", "010301", "020101")
COMMUNES = ("0001", "0101", "0103", "0201")
AGES = ("Y0T17", "Y18T59", "Y_GE60")
NUMBERS = {
    *AXES,
    *("beneficiaries", "registered", "amount_paid", "population", "amount", "received", "resolved", "value"),
    "birth_year",
}
Rows = list[list[str]]


@dataclass(frozen=True)
class File:
    """A file's rows, the header first, each as long as the header."""

    dataset: str
    rows: Rows

    def csv(self, delimiter: str = ",") -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(self.rows)
        return text.getvalue().encode()

    def at(self, name: str) -> int | None:
        """The place of a column."""
        return self.rows[0].index(name) if name in self.rows[0] else None

    def with_rows(self, rows: Rows) -> File:
        """The same header above other rows."""
        return replace(self, rows=[self.rows[0], *rows])

    def with_cells(self, change: Callable[[str], str], *columns: int, rows: set[int] | None = None) -> File:
        """Changed in some columns, of all rows or of those numbered (from 1)."""
        changed = [
            [
                change(cell) if place in columns and (rows is None or number in rows) else cell
                for place, cell in enumerate(row)
            ]
            for number, row in enumerate(self.rows[1:], 1)
        ]
        return self.with_rows(changed)


def _file(dataset: str, header: str, rows: list[tuple[object, ...]]) -> File:
    return File(dataset, [header.split(), *([str(cell) for cell in row] for row in rows)])


def _correct() -> tuple[File, ...]:
    number = random.Random(7)
    few, many = partial(number.randint, 3, 90), partial(number.randint, 1_000, 3_000)
    header = "period area_code scheme sex age_group beneficiaries registered amount_paid"
    returns = [
        (month, area, "cash", sex, age, n := few(), n + few(), n * number.randint(2, 9) * 500)
        for month in ("2026-09", "2026-10")
        for area in VILLAGES
        for sex in "FM"
        for age in AGES
    ]
    of_month = {month: [row for row in returns if row[0] == month] for month in ("2026-09", "2026-10")}
    pensions = [
        ("2026-10", area, "pension", sex, "Y_GE60", n := few(), n + few(), n * 2_500)
        for area in COMMUNES
        for sex in "FM"
    ]
    people = [
        (2026, area, sex, age, many(), "E", "a projection")
        for area in VILLAGES
        for sex in "FM"
        for age in AGES
    ]
    grants = [("2026-10", area, "pension", few() * 100_000) for area in COMMUNES]
    complaints = [
        ("2026-10", area, category, sex, (n := few()) + 9, n, 3, 6, number.randint(2, 40))
        for area in VILLAGES
        for category in ("exclusion", "payment")
        for sex in "FM"
    ]
    persons = [
        (
            "2026-08",  # for which no return counts them, too
            area,
            "cash",
            f"{few():02}{number.randint(10**8, 10**9 - 1)}",
            sex,
            number.randint(1950, 2010),
            500 * few(),
        )
        for area in VILLAGES
        for sex in "FMFM"
    ]
    percent = partial(number.randint, 5, 95)
    sheets = [("2026-W46", area, *(percent() for _ in range(5))) for area in COMMUNES[1:]]
    items = [
        ("2026-W46", area, kind, f"{kind} of {area}, number {few()}")
        for area in COMMUNES[1:]
        for kind in ("done", "next", "risk")
    ]
    plan = [
        (2030, area, "older", sex, "target", f"0.{percent():02}")
        for area in PROVINCES
        for sex in ("_T", "F", "M")
    ]
    return (
        _file("scheme_returns", header, of_month["2026-09"]),
        _file("scheme_returns", header, of_month["2026-10"]),
        _file("scheme_returns", header, pensions),
        _file("population", "year area_code sex age_group population status source", people),
        _file("allocations", "period area_code scheme amount", grants),
        _file(
            "grievances",
            "period area_code category sex received resolved escalated pending median_days",
            complaints,
        ),
        _file("beneficiary_list", "period area_code scheme person_id sex birth_year amount_paid", persons),
        _file("flash_reports", f"week area_code {' '.join(AXES)}", sheets),
        _file("flash_items", "week area_code kind text", items),
        _file("targets", "year area_code indicator sex kind value", plan),
    )


FILES = _correct()
Change = Callable[[random.Random, File], "File | bytes"]


def _some_rows(chance: random.Random, file: File) -> set[int]:
    """One row, a block, the rows of one area, or all."""
    last = len(file.rows) - 1
    area = chance.choice(file.rows[1:])[1] if last else ""
    first = chance.randint(1, max(1, last))
    return chance.choice(
        [
            {first},
            set(range(first, min(last, first + chance.randint(1, 9)) + 1)),
            {number for number, row in enumerate(file.rows) if number and row[1] == area},
            set(range(1, last + 1)),
        ]
    )


def _column(chance: random.Random, file: File) -> int:
    return chance.randrange(len(file.rows[0]))


def _number_column(chance: random.Random, file: File) -> int:
    return chance.choice([place for place, name in enumerate(file.rows[0]) if name in NUMBERS] or [0])


def swap_columns(chance: random.Random, file: File) -> File:
    one, other = _column(chance, file), _column(chance, file)
    header = list(file.rows[0])
    header[one], header[other] = header[other], header[one]
    return replace(file, rows=[header, *file.rows[1:]])


def swap_cells(chance: random.Random, file: File) -> File:
    one, other, rows = _column(chance, file), _column(chance, file), _some_rows(chance, file)

    def swapped(row: list[str]) -> list[str]:
        row = list(row)
        row[one], row[other] = row[other], row[one]
        return row

    return file.with_rows([swapped(row) if n in rows else row for n, row in enumerate(file.rows[1:], 1)])


def drop_lines(chance: random.Random, file: File) -> File:
    """Those of one value, a sex for instance, everywhere or in some rows."""
    column, rows = _column(chance, file), _some_rows(chance, file)
    value = chance.choice(file.rows[1:])[column] if file.rows[1:] else ""
    return file.with_rows(
        [row for n, row in enumerate(file.rows[1:], 1) if not (n in rows and row[column] == value)]
    )


def drop_rows(chance: random.Random, file: File) -> File:
    rows = _some_rows(chance, file)
    return file.with_rows([row for n, row in enumerate(file.rows[1:], 1) if n not in rows])


def drop_column(chance: random.Random, file: File) -> File:
    column = _column(chance, file)
    return replace(file, rows=[row[:column] + row[column + 1 :] for row in file.rows])


def move_period(chance: random.Random, file: File) -> File:
    others = ["2026-08", "2026-09", "2026-10", "2026-11", "2025-10", "2016-10", "2026-01", "2062-10", "2026"]
    if file.rows[0][0] == "year":
        others = ["2025", "2026", "2016", "2027", "2030", "26"]
    if file.rows[0][0] == "week":
        others = ["2026-W45", "2026-W46", "2026-W47", "2026-W64", "2025-W46", "2026-46"]
    other = chance.choice(others)
    return file.with_cells(lambda _: other, 0, rows=_some_rows(chance, file))


def move_area(chance: random.Random, file: File) -> File:
    other = chance.choice([*VILLAGES, *COMMUNES, "010201", "0102"])
    return file.with_cells(lambda _: other, 1, rows=_some_rows(chance, file))


def other_word(chance: random.Random, file: File) -> File:
    """Another code of the same list: scheme, sex, age group, status, category."""
    words = {
        "scheme": ("cash", "pension", "maternity", "school", "relief"),
        "sex": ("F", "M", "X", "U", "_T", "f", "m"),
        "age_group": (*AGES, "_T"),
        "status": ("A", "E"),
        "category": ("exclusion", "payment", "other"),
        "kind": ("done", "next", "risk", "decision", "target", "milestone"),
    }
    column = chance.choice([place for place, name in enumerate(file.rows[0]) if name in words] or [0])
    word = chance.choice(words.get(file.rows[0][column], ("",)))
    return file.with_cells(lambda _: word, column, rows=_some_rows(chance, file))


def exchange_words(chance: random.Random, file: File) -> File:
    """Every F an M and every M an F, or two ages, or two areas."""
    column = _column(chance, file)
    values = sorted({row[column] for row in file.rows[1:]})
    if len(values) < 2:
        return file
    one, other = chance.sample(values, 2)
    both = {one: other, other: one}
    return file.with_cells(lambda cell: both.get(cell, cell), column, rows=_some_rows(chance, file))


def other_digits(chance: random.Random, file: File) -> File:
    digits = chance.choice(["០១២៣៤៥៦៧៨៩", "๐๑๒๓๔๕๖๗๘๙", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩"])
    table = str.maketrans(string.digits, digits)
    return file.with_cells(lambda cell: cell.translate(table), _column(chance, file))


def other_letters(chance: random.Random, file: File) -> File:
    table = str.maketrans("FMYTEaceopxs", "ҒМҮТЕасеорхѕ")
    return file.with_cells(
        lambda cell: cell.translate(table), _column(chance, file), rows=_some_rows(chance, file)
    )


def cut(chance: random.Random, file: File) -> bytes:
    raw = file.csv()
    return raw[: chance.randint(len(raw) // 10, len(raw))]


def join(chance: random.Random, file: File) -> bytes:
    """Another file behind it, or itself, with its header or without."""
    other = chance.choice([file, *(f for f in FILES if f.dataset == file.dataset), chance.choice(FILES)])
    behind = other.csv()
    return file.csv() + (behind if chance.random() < 0.5 else behind.partition(b"\n")[2])


def duplicate_block(chance: random.Random, file: File) -> File:
    rows = _some_rows(chance, file)
    return file.with_rows(file.rows[1:] + [row for n, row in enumerate(file.rows[1:], 1) if n in rows])


def copy_block(chance: random.Random, file: File) -> File:
    """Some rows once more, for another area or period."""
    column = chance.choice([0, 1])
    other = chance.choice(
        [*VILLAGES, *COMMUNES] if column else ["2026-08", "2026-09", "2026-11", "2025-10", "2025"]
    )
    block = [list(file.rows[n]) for n in sorted(_some_rows(chance, file)) if n < len(file.rows)]
    for row in block:
        row[column] = other
    return file.with_rows(file.rows[1:] + block)


def lose_zeros(chance: random.Random, file: File) -> File:
    strip = chance.choice([lambda cell: cell.lstrip("0"), lambda cell: cell.rstrip("0")])
    return file.with_cells(strip, _column(chance, file), rows=_some_rows(chance, file))


def decimal_marks(chance: random.Random, file: File) -> bytes:
    mark, place = chance.choice(".,' "), chance.randint(1, 3)
    changed = file.with_cells(
        lambda cell: cell[:-place] + mark + cell[-place:] if len(cell) > place else cell,
        _number_column(chance, file),
        rows=_some_rows(chance, file),
    )
    return changed.csv(";")


def other_numbers(chance: random.Random, file: File) -> File:
    """A cipher too many or too few, thousands for units, the sign, rounded, or mistyped."""

    def rounded(cell: str) -> str:
        return str(round(int(cell), -1)) if cell.isdigit() else cell

    change = chance.choice(
        [
            lambda cell: cell + "0",
            lambda cell: cell[:-1],
            lambda cell: "-" + cell,
            lambda cell: cell + "000",
            lambda cell: cell[::-1],
            lambda cell: cell + "%",
            lambda cell: "0",
            lambda cell: "",
            lambda cell: "-",
            rounded,
        ]
    )
    return file.with_cells(change, _number_column(chance, file), rows=_some_rows(chance, file))


def shift_column(chance: random.Random, file: File) -> File:
    """One column a row down, or sorted by itself."""
    column = _column(chance, file)
    values = [row[column] for row in file.rows[1:]]
    values = sorted(values) if chance.random() < 0.5 else [values[-1:][0], *values[:-1]] if values else []
    return file.with_rows(
        [[*row[:column], value, *row[column + 1 :]] for row, value in zip(file.rows[1:], values, strict=True)]
    )


def fill_down(chance: random.Random, file: File) -> File:
    column, rows = _column(chance, file), _some_rows(chance, file)
    first = min(rows, default=len(file.rows))  # where another change left no row there is none
    value = file.rows[first][column] if first < len(file.rows) else ""
    return file.with_cells(lambda _: value, column, rows=rows)


def blanks_of_merged_cells(chance: random.Random, file: File) -> File:
    """Only the first of equal cells one below the other keeps its value."""
    column, last, rows = chance.choice([0, 1, 2]), None, []
    for row in file.rows[1:]:
        same = row[column] == last
        last = row[column]
        rows.append([*row[:column], "", *row[column + 1 :]] if same else row)
    return file.with_rows(rows)


def totals_for_parts(chance: random.Random, file: File) -> File:
    """The lines over the sexes or ages in place of them, or beside them and spoilt."""
    name = chance.choice(["sex", "age_group"])
    column = file.at(name)
    if column is None:
        return file
    numbers = [
        place
        for place, cells in enumerate(zip(*file.rows[1:], strict=True))
        if place > column and all(c.isdigit() for c in cells)
    ]
    totals: dict[tuple[str, ...], list[str]] = {}
    for row in file.rows[1:]:
        key = tuple(cell for place, cell in enumerate(row) if place != column and place not in numbers)
        total = totals.setdefault(
            key, [*row[:column], "_T", *("0" if p in numbers else c for p, c in enumerate(row) if p > column)]
        )
        for place in numbers:
            total[place] = str(int(total[place]) + int(row[place]))
    lines = list(totals.values())
    if chance.random() < 0.3 and lines and numbers:
        lines[0][numbers[0]] += "0"
    return file.with_rows(lines if chance.random() < 0.5 else file.rows[1:] + lines)


def shuffle(chance: random.Random, file: File) -> File:
    rows = file.rows[1:]
    return file.with_rows(chance.sample(rows, len(rows)))


def other_writing(chance: random.Random, file: File) -> bytes:
    raw = file.csv(chance.choice(",;\t|"))
    encoding = chance.choice(["utf-16", "utf-8-sig", "latin-1", "utf-8"])
    return raw.decode().encode(encoding, "replace")


def date_like_periods(chance: random.Random, file: File) -> File:
    def written(cell: str) -> str:
        year, _, month = cell.partition("-")
        if not month.isdigit():
            return f"{year}.0"
        forms = [
            f"{month}/{year}",
            f"{year}.{month}",
            f"{month}-{year}",
            f"Oct-{year[2:]}",
            f"{year}-{month}-01",
        ]
        return form(forms)

    place = chance.randrange(5)

    def form(forms: list[str]) -> str:
        return forms[place]

    return file.with_cells(written, 0, rows=_some_rows(chance, file))


def older_version(chance: random.Random, file: File) -> File:
    """Some numbers as they might have been before a correction."""
    column = _number_column(chance, file)
    return file.with_cells(
        lambda cell: str(int(cell) + chance.randint(-2, 2)) if cell.isdigit() else cell,
        column,
        rows=_some_rows(chance, file),
    )


def strange_columns(chance: random.Random, file: File) -> File:
    """A column renamed, made a note, or one more."""
    header, column = list(file.rows[0]), _column(chance, file)
    header[column] = chance.choice(
        [
            "#" + header[column],
            header[column].upper(),
            header[column].replace("_", " "),
            header[column] + "s",
            "",
        ]
    )
    return replace(file, rows=[header, *file.rows[1:]])


def hide(chance: random.Random, file: File) -> bytes:
    """A workbook of which rows or a column are hidden, other cells changed or not."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, row in enumerate(file.rows):
        for column, cell in enumerate(row):
            is_number = place and cell.isdigit() and not cell.startswith("0") and column > 1
            sheet.write(place, column, int(cell) if is_number else cell)
    if chance.random() < 0.5:
        for place in _some_rows(chance, file):
            sheet.set_row(place, options={"hidden": True})
    else:
        column = _column(chance, file)
        sheet.set_column(column, column, options={"hidden": True})
    book.close()
    return stream.getvalue()


WRITINGS: dict[str, Change] = {change.__name__: change for change in (shuffle, other_digits, other_writing)}
"""What changes no meaning."""
CHANGES: dict[str, Change] = WRITINGS | {
    change.__name__: change
    for change in (
        swap_columns, swap_cells, drop_lines, drop_rows, drop_column, move_period, move_area, other_word,
        exchange_words, other_letters, cut, join, duplicate_block, copy_block, lose_zeros, decimal_marks, other_numbers,
        shift_column, fill_down, blanks_of_merged_cells, totals_for_parts, date_like_periods, older_version,
        strange_columns, hide,
    )
}  # fmt: skip
"""Name → what is changed."""
