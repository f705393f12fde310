"""ADX, the exchange format of IHE that openIMIS and DHIS2 speak: groups of values, disaggregated by
attributes.
"""

import re
from datetime import date
from xml.etree import ElementTree

from transforms.intake.read.exchange import Value
from validators.unreadable import Unreadable

NAMESPACE = "{urn:ihe:qrph:adx:2015}"
GROUP, VALUE = f"{NAMESPACE}group", f"{NAMESPACE}dataValue"
BLOCK = 1 << 20
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
    document = _Document()
    parser = ElementTree.XMLParser(target=document, encoding="utf-8")  # whatever it says that it was
    try:
        for start in range(0, len(text), BLOCK):
            parser.feed(text[start : start + BLOCK])
        parser.close()
    except (ElementTree.ParseError, ValueError) as error:
        raise _broken(str(error)) from error
    return document.values


class _Document:
    """Is told of a document's elements as they come, and keeps the values alone."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._begun = False
        self._group: dict[str, str] | None = None

    def doctype(self, *_declared: object) -> None:
        raise _broken("document type declarations are not read")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._begun and tag != f"{NAMESPACE}adx":
            raise Unreadable("not_a_table", what="XML")
        self._begun = True
        if tag == GROUP:
            if self._group is not None:
                raise _broken("a group within a group")
            self._group = attributes
        elif tag == VALUE and self._group is not None:
            self.values.append(_value(len(self.values) + 1, self._group, attributes))

    def end(self, tag: str) -> None:
        if tag == GROUP:
            self._group = None


def _value(number: int, group: dict[str, str], value: dict[str, str]) -> Value:
    return Value(
        number,
        value.get("dataElement", ""),
        _period(group.get("period", "")),
        group.get("orgUnit", ""),
        value.get("value", ""),
        {
            name: code
            for name, code in {**group, **value}.items()
            if name not in OWN and not name.startswith("{")
        },
    )


def _broken(why: str) -> Unreadable:
    return Unreadable("broken_exchange", format="ADX", why=why)


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
