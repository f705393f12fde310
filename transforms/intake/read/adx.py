"""ADX, the exchange format of IHE that openIMIS and DHIS2 speak: groups of values, disaggregated by
attributes.
"""

import re
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

from transforms.intake.read.exchange import Value
from validators.unreadable import Unreadable

NAMESPACE = "{urn:ihe:qrph:adx:2015}"
PERIOD = re.compile(r"(\d{4})-(\d{2})-(\d{2})/P(1M|1Y|7D|1W)")
OWN = {
    "dataElement", "value", "orgUnit", "period", "dataSet", "comment",
    "completeDate", "dataSetComplete", "created", "lastUpdated", "storedBy", "followup", "followUp",
}  # fmt: skip
"""Attributes that are not a disaggregation: what a value is of, and when and by whom it was written down."""


def is_xml(text: bytes) -> bool:
    """Whether a text is an XML document."""
    return text.lstrip().startswith(b"<")


def from_xml(text: bytes) -> list[Value]:
    """The values of an ADX document, in their order. Raises `Unreadable`."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Unreadable("broken_exchange", format="ADX", why="document type declarations are not read")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise Unreadable("broken_exchange", format="ADX", why=str(error)) from error
    if root.tag != f"{NAMESPACE}adx":
        raise Unreadable("not_a_table", what="XML")
    return list(_values(root))


def _values(root: ElementTree.Element) -> Iterator[Value]:
    number = 0
    for group in root.iter(f"{NAMESPACE}group"):
        for value in group.iter(f"{NAMESPACE}dataValue"):
            number += 1
            yield Value(
                number,
                value.get("dataElement", ""),
                _period(group.get("period", "")),
                group.get("orgUnit", ""),
                value.get("value", ""),
                {
                    name: code
                    for name, code in {**group.attrib, **value.attrib}.items()
                    if name not in OWN and not name.startswith("{")
                },
            )


def _period(text: str) -> str:
    """`2015-06-01/P1M` is 2015-06. Anything else stays, and is a problem at its row."""
    match = PERIOD.fullmatch(text)
    if not match:
        return text
    year, month, day, length = match.groups()
    if length == "1M" and day == "01":
        return f"{year}-{month}"
    if length == "1Y" and (month, day) == ("01", "01"):
        return year
    try:
        monday = date(int(year), int(month), int(day))
    except ValueError:
        return text
    iso_year, week, weekday = monday.isocalendar()
    return f"{iso_year}-W{week:02}" if length in ("7D", "1W") and weekday == 1 else text
