"""DHIS2 data value sets, JSON and CSV.

https://docs.dhis2.org/en/develop/using-the-api/dhis-core-version-master/data-values.html: values are
strings; the CSV is read by position (data element, period, organisation unit, category option
combination, attribute option combination, value), for its header varies.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from countries.declarations.exchange import Element, System
from transforms.intake.read.exchange import Value
from transforms.intake.read.raw_table import RawTable
from validators.contracts.contract import contract
from validators.messages import words
from validators.unreadable import Unreadable
from validators.values import sound

BEGINNINGS = (["dataelement", "period", "orgunit"], ["dataelement", "period", "organisationunit"])
OPTIONS = ("categoryOptionCombo", "attributeOptionCombo")
FIELDS = ("dataElement", "period", "orgUnit", *OPTIONS, "value")
"""The columns of the CSV in their order, by the names that the JSON gives them."""
SHORT_FIELDS = ("dataElement", "period", "orgUnit", "value")
DELETED = 10
"""Where a CSV of all columns says whether a value was deleted."""


def is_json(text: bytes) -> bool:
    """Whether a text is a JSON document; no table begins with a brace or a bracket."""
    return text.lstrip()[:1] in (b"{", b"[")


def is_csv(header: Sequence[str]) -> bool:
    """Whether a header is that of a data value set."""
    begins = ["".join(filter(str.isalpha, name.casefold())) for name in header[:3]]
    return [name.removesuffix("id") for name in begins] in BEGINNINGS


def from_json(text: bytes) -> list[Value]:
    """The values of a JSON data value set that were not deleted; what its head says holds for values that do not say
    otherwise. Raises `Unreadable`.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _broken(str(error)[:120]) from error
    if not isinstance(document, dict):
        raise Unreadable("not_a_table", what=words()["json_list"])
    if "dataValues" not in document:
        raise Unreadable("not_a_table", what=words()["other_json"])
    values = document["dataValues"]
    if not isinstance(values, list):
        raise _broken("`dataValues` is no list")
    head = {name: document[name] for name in FIELDS if name in document}
    for number, value in enumerate(values, 1):
        if not isinstance(value, dict):
            raise _broken(f"value {number} in `dataValues` is no object")
    return [
        _value(number, head | value)
        for number, value in enumerate(values, 1)
        if not _is_true(value.get("deleted"))
    ]


def _broken(why: str) -> Unreadable:
    return Unreadable("broken_exchange", format="DHIS2 JSON", why=why)


def from_csv(table: RawTable, mapped: System) -> list[Value]:
    """The values of a CSV data value set that were not deleted, read by position. Raises `Unreadable`.

    A table of four columns has no category options; it can be read where each element says all that they would.
    """
    fields = SHORT_FIELDS if len(table.columns) == len(SHORT_FIELDS) else FIELDS
    if len(table.columns) < len(fields):
        raise Unreadable("broken_exchange", format="DHIS2 CSV", why=f"fewer than {len(FIELDS)} columns")
    if fields == SHORT_FIELDS and not all(map(_says_all, mapped.elements.values())):
        raise Unreadable("no_options", format="DHIS2 CSV", columns=list(table.header))
    texts = [[*column.categories, None] for column in table.columns]
    codes = [column.codes for column in table.columns]
    deleted = _deleted(table)
    return [
        _value(int(number), {name: texts[i][codes[i][place]] for i, name in enumerate(fields)})
        for place, number in enumerate(table.row_number)
        if not deleted[place]
    ]


def _deleted(table: RawTable) -> np.ndarray:
    """Which rows are values that were deleted: by the column of that name, or else the eleventh."""
    titles = [title.strip().casefold() for title in table.header]
    place = titles.index("deleted") if "deleted" in titles else DELETED
    if place >= len(table.columns):
        return np.zeros(len(table.row_number), dtype=bool)
    column = table.columns[place]
    return np.array([*map(_is_true, column.categories), False])[column.codes]


def _is_true(text: object) -> bool:
    return str(text).strip().casefold() in ("true", "1", "yes")


def _says_all(element: Element) -> bool:
    """Whether an element by itself says everything that a row needs."""
    needed = set(contract(element.dataset).required) - {"period", "area_code", element.column}
    return needed <= set(element.row)


def _value(number: int, fields: Mapping[str, Any]) -> Value:
    given = {name: sound(str(fields[name]).strip()) for name in FIELDS if fields.get(name) not in (None, "")}
    return Value(
        number,
        given.get("dataElement", ""),
        given.get("period", ""),
        given.get("orgUnit", ""),
        given.get("value", ""),
        {name: given[name] for name in OPTIONS if name in given},
    )
