"""Which dataset a header belongs to, and which of its columns is which."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from transforms.intake.read import limits
from validators import characters
from validators.contracts.contract import Contract, Text, contracts
from validators.messages import words
from validators.unreadable import Unreadable

SHOWN = 12
"""Names of a strange header that are repeated to the sender."""

LEAST = 3
"""Names of columns that make a row a header: a text can be one by chance."""

SEARCHED = 20
"""Rows among which the header is looked for."""

NOTE = "#"
"""A column whose name begins so is a note for people and is not read."""

Published = Mapping[tuple[str, ...], frozenset[str]]
"""The titles of each published table that the country names, plain and sorted → those of columns that are read."""
NO_TABLES: Published = MappingProxyType({})


def count_names(header: Sequence[str]) -> int:
    """How many names of the header are columns of some contract: most under the right delimiter, in the right sheet."""
    return sum(map(is_name, header[: 2 * limits.COLUMNS]))


def is_name(text: str) -> bool:
    """Whether a text is the name of a column of some contract."""
    name = plain(text)
    return any(name in contract.names for contract in contracts().values())


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names columns instead of holding values."""
    return count_names(cells) >= max(LEAST, sum(map(bool, cells)) / 2)


def is_published(cells: Sequence[str], published: Published) -> bool:
    """Whether a row holds the titles of a published table of the country, in any order."""
    return bool(published) and titles_of(cells) in published


def titles_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells that are not empty, plain and sorted."""
    return tuple(sorted(plain(cell) for cell in cells if cell.strip()))


def row_of(rows: Sequence[Sequence[str]], published: Published = NO_TABLES) -> int:
    """Which of the first rows is the header: the titles of a published table, else most names of columns.

    Offices like to put a title above. Where no row has any, it is the first that is not empty.
    """
    for place, row in enumerate(rows[:SEARCHED]):
        if is_published(row, published):
            return place
    counts = [count_names(row) for row in rows[:SEARCHED]]
    if any(counts):
        return counts.index(max(counts))
    return next((place for place, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)


def plain(name: str) -> str:
    """A column's name without differences that mean nothing, or that nobody sees: `Area Code` is `area_code`."""
    return "_".join(characters.plain(name).casefold().replace("-", " ").replace("_", " ").split())


def match(header: Sequence[str], dataset: str | None) -> tuple[Contract, dict[str, int]]:
    """(the contract, its column → place in the header). Raises `Unreadable` naming what does not fit."""
    names = [plain(name) for name in header]
    places = {name: place for place, name in enumerate(names) if name and not name.startswith(NOTE)}
    if twice := sorted({name for name in places if names.count(name) > 1}):
        raise Unreadable("repeated_columns", columns=_shown(twice, places, contracts().get(dataset or "")))
    contract = contracts()[dataset] if dataset else _only_fitting(places)
    _check(contract, places)
    return contract, places


def fits(header: Sequence[str], dataset: str | None = None) -> list[str]:
    """The datasets whose required columns are all there, and every other column is one of theirs; of the one that is
    named, or of those that are told by their columns."""
    names = {plain(name) for name in header if name.strip() and not name.strip().startswith(NOTE)}
    candidates = {dataset: contracts()[dataset]} if dataset else _told_by_columns()
    return [
        name
        for name, contract in candidates.items()
        if set(contract.required) <= names <= set(contract.names)
    ]


def _told_by_columns() -> dict[str, Contract]:
    return {name: contract for name, contract in contracts().items() if not contract.named_by_sender}


def _only_fitting(places: dict[str, int]) -> Contract:
    fitting = fits(list(places))
    if len(fitting) == 1:
        return contracts()[fitting[0]]
    if fitting:
        raise Unreadable("ambiguous_header", candidates=fitting)
    if not count_names(list(places)):
        raise Unreadable("no_header", datasets=list(contracts()))
    nearest = max(_told_by_columns().values(), key=lambda contract: _likeness(contract, places))
    if _likeness(nearest, places) >= 0.5:
        _check(nearest, places)
    shown = _shown(list(places)[:SHOWN], places, nearest)
    raise Unreadable(
        "unknown_header", header=shown, candidates=[nearest.dataset], columns=list(nearest.names)
    )


def _likeness(contract: Contract, places: dict[str, int]) -> float:
    """Columns in common, as a share of those that either needs; a misspelt name counts half."""
    common = sum(name in places for name in contract.names)
    strange = [name for name in places if name not in contract.names]
    close = sum(bool(get_close_matches(name, contract.names, 1, 0.75)) for name in strange)
    return (common + close / 2) / len(set(contract.required) | set(places))


def _check(contract: Contract, places: dict[str, int]) -> None:
    strange = [name for name in places if name not in contract.names]
    absent = [name for name in contract.required if name not in places]
    free = [name for name in contract.names if name not in places]
    if strange:
        near = {name: get_close_matches(name, free, 1, 0.6) for name in strange}
        shown = _shown(strange, places, contract)
        candidates = [
            f"{near[name][0]} ({label})" if label == name else near[name][0]
            for name, label in zip(strange, shown, strict=True)
            if near[name]
        ]
        raise Unreadable(
            "unknown_columns",
            dataset=contract.dataset,
            columns=shown,
            candidates=candidates,
            declared=list(contract.names),
        )
    if absent:
        raise Unreadable("missing_columns", dataset=contract.dataset, columns=absent)


def _shown(names: Sequence[str], places: dict[str, int], contract: Contract | None) -> list[str | Text]:
    """Names of a header as they are repeated to the sender: a column's letter in place of what may be no name.

    A list without a header has a person's row in its place, and an identifier can stand beside names. Only names of
    ours are known to be names, and what stands with them in a header that no list of persons has.
    """
    repeated = contract is not None and not _may_name_persons(contract, places)
    return [name if repeated or is_name(name) else _column(places[name]) for name in names]


def _may_name_persons(contract: Contract, places: dict[str, int]) -> bool:
    """Of a dataset that does, a row that may be no header, or one whose names are all those of such a dataset."""
    personal = [about for about in contracts().values() if about.names_persons]
    known = {name for name in places if is_name(name)}
    return (
        contract.names_persons
        or not is_header(list(places))
        or any(known <= set(about.names) for about in personal)
    )


def _column(place: int) -> Text:
    column = words()["column_letter"]
    return {language: text.format(letter=letter(place)) for language, text in column.items()}


def letter(column: int) -> str:
    """0 → A, 26 → AA, as the spreadsheet names its columns."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
