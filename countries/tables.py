"""A table that a country folder names, read as the text that stands in it."""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

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

    Raises `CountryError` where the file is missing, is not a table, or lacks one of `columns`.
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
        raise CountryError(folder, [Fault(file, HEADER_LINE, f"is not a table in UTF-8: {error}")]) from error
    if missing := [column for column in dict.fromkeys(columns) if column not in frame]:
        message = f"has no column {', '.join(missing)}; it has {', '.join(frame.columns)}"
        raise CountryError(folder, [Fault(file, HEADER_LINE, message)])
    frame.index = pd.RangeIndex(HEADER_LINE + 1, HEADER_LINE + 1 + len(frame), name="line")
    return frame


def numbers(texts: pd.Series, table: Table, folder: Path) -> pd.Series:
    """A column of a table that was read as numbers. Raises `CountryError` with each line that holds none."""
    values = pd.to_numeric(texts, errors="coerce")
    if bad := [
        Fault(locate(table, folder), int(line), f"`{texts.name}` is {texts[line]!r}; a number belongs here")
        for line in texts.index[values.isna()]
    ]:
        raise CountryError(folder, bad)
    return values
