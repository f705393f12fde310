"""A table that a country folder names, read as the text that stands in it."""

import csv
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from countries.declarations.sources import Table
from countries.errors import CountryError, Fault

HEADER_LINE = 1


def locate(table: Table, folder: Path) -> Path:
    """The file, in the package that the table names or in the country folder. Raises `CountryError`."""
    home = folder
    if table.package:
        package = find_spec(table.package)
        if package is None or not package.submodule_search_locations:
            message = f"is in the package `{table.package}`, which is not installed; `pip install` it"
            raise CountryError(folder, [Fault(Path(table.package, table.file), 1, message)])
        home = Path(package.submodule_search_locations[0])
    if not (home / table.file).is_file():
        raise CountryError(
            folder, [Fault(home / table.file, 1, "is missing, and the country folder names it")]
        )
    return home / table.file


def read(table: Table, folder: Path, columns: Iterable[str]) -> pd.DataFrame:
    """All rows as text, empty where nothing stands, indexed by line number in the file.

    Raises `CountryError` where the file is missing, is not a table, or lacks one of `columns`: each of its lines that
    is no row is named.
    """
    file = locate(table, folder)
    try:
        frame = pd.read_csv(
            file,
            sep=table.delimiter,
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
            engine="pyarrow",
        )
    except (UnicodeDecodeError, ValueError) as error:
        faults = _no_rows(file, table.delimiter)
        raise CountryError(
            folder, faults or [Fault(file, HEADER_LINE, f"is not a table: {error}")]
        ) from error
    if missing := [column for column in dict.fromkeys(columns) if column not in frame]:
        message = f"has no column {', '.join(missing)}; it has {', '.join(frame.columns)}"
        raise CountryError(folder, [Fault(file, HEADER_LINE, message)])
    frame.index = pd.RangeIndex(HEADER_LINE + 1, HEADER_LINE + 1 + len(frame), name="line")
    return frame


def _no_rows(file: Path, delimiter: str) -> list[Fault]:
    """Every line that is not UTF-8, or else that has more or fewer cells than the header."""
    lines = file.read_bytes().split(b"\n")
    if unread := [number for number, line in enumerate(lines, HEADER_LINE) if not _is_utf8(line)]:
        return [Fault(file, number, "is not UTF-8 text; save the table as UTF-8") for number in unread]
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = csv.reader(text, delimiter=delimiter)
        expected = len(next(rows, []))
        return [
            Fault(
                file,
                rows.line_num,
                f"has {len(row)} cells, and the header {expected}; put a text that holds {delimiter!r} in quotes",
            )
            for row in rows
            if row and len(row) != expected
        ]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def numbers(
    rows: pd.DataFrame, columns: Iterable[str], table: Table, folder: Path, whole: bool = False
) -> pd.DataFrame:
    """Columns of a table that was read as numbers; `whole`: as whole ones, from 0.

    Raises `CountryError` with each cell that holds none.
    """
    values = rows[list(columns)].apply(pd.to_numeric, errors="coerce").astype("float64")
    good = np.isfinite(values)
    if whole:
        good &= (values % 1 == 0) & (values >= 0)
    wanted = "a whole number" if whole else "a number"
    if bad := [
        Fault(locate(table, folder), int(line), f"`{name}` is {rows[name][line]!r}; {wanted} belongs here")
        for name in values
        for line in rows.index[~good[name]]
    ]:
        raise CountryError(folder, bad)
    return values.astype("int64") if whole else values
