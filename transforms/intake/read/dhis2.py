"""DHIS2 data value sets, JSON and CSV.

https://docs.dhis2.org/en/develop/using-the-api/dhis-core-version-master/data-values.html: values are
strings; the CSV is read by position (data element, period, organisation unit, category option
combination, attribute option combination, value), for its header varies.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transforms.intake.read.exchange import Value
from transforms.intake.read.raw_table import RawTable
from validators.unreadable import Unreadable

BEGINNINGS = (["dataelement", "period", "orgunit"], ["dataelement", "period", "organisationunit"])
OPTIONS = ("categoryOptionCombo", "attributeOptionCombo")
FIELDS = ("dataElement", "period", "orgUnit", *OPTIONS, "value")
"""The columns of the CSV in their order, by the names that the JSON gives them."""


def is_json(text: bytes) -> bool:
    """Whether a text is a JSON document; no table begins with a brace."""
    return text.lstrip()[:1] == b"{"


def is_csv(header: Sequence[str]) -> bool:
    """Whether a header is that of a data value set."""
    begins = ["".join(filter(str.isalpha, name.casefold())) for name in header[:3]]
    return [name.removesuffix("id") for name in begins] in BEGINNINGS


def from_json(text: bytes) -> Iterator[Value]:
    """The values of a JSON data value set; what its head says holds for values that do not say otherwise."""
    try:
        document = json.loads(text)
        head = {name: document[name] for name in FIELDS if name in document}
        for number, value in enumerate(document["dataValues"], 1):
            if value.get("deleted") not in (True, "true"):
                yield _value(number, head | value)
    except (ValueError, RecursionError) as error:
        raise Unreadable("broken_exchange", format="DHIS2 JSON", why=str(error)[:120]) from error
    except (KeyError, TypeError, AttributeError) as error:
        why = f"{error} is missing or not what it should be"
        raise Unreadable("broken_exchange", format="DHIS2 JSON", why=why) from error


def from_csv(table: RawTable) -> Iterator[Value]:
    """The values of a CSV data value set, read by position."""
    if len(table.columns) < len(FIELDS):
        raise Unreadable("broken_exchange", format="DHIS2 CSV", why=f"fewer than {len(FIELDS)} columns")
    texts = [[*column.categories, None] for column in table.columns]
    codes = [column.codes for column in table.columns]
    for place, number in enumerate(table.row_number):
        cells = (texts[i][codes[i][place]] for i in range(len(FIELDS)))
        yield _value(int(number), dict(zip(FIELDS, cells, strict=True)))


def _value(number: int, fields: Mapping[str, Any]) -> Value:
    given = {name: str(fields[name]).strip() for name in FIELDS if fields.get(name) not in (None, "")}
    return Value(
        number,
        given["dataElement"],
        given.get("period", ""),
        given.get("orgUnit", ""),
        given.get("value", ""),
        {name: given[name] for name in OPTIONS if name in given},
    )
