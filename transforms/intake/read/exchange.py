"""Values from other systems become rows of a contract, through the mapping in the country's `exchange`.

A value there is one number with an element, a place, a period and options; a row here is all the numbers that
share the rest. What the mapping does not name is a problem at its row, never a guess.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from countries.declarations.exchange import System
from countries.model import Country
from transforms.intake.read import limits
from transforms.intake.read.raw_table import RawTable, RowFault, gather
from transforms.intake.read.workbook import number_text
from validators.contracts.contract import Contract, Text, contracts
from validators.country_rules import refuse_unsound
from validators.messages import words
from validators.unreadable import Unreadable
from validators.values import MACHINE_NUMBER


@dataclass(frozen=True)
class Value:
    """One number of another system. `options`: dimension → code; `number`: its place in the file, from 1."""

    number: int
    element: str
    period: str
    place: str
    value: str
    options: Mapping[str, str] = field(default_factory=dict)


def system(country: Country, name: Literal["dhis2", "adx"]) -> System:
    """How the country reads the codes of a system. Raises `Unreadable` where it does not say, and `CountryError` where
    it names what there is not."""
    refuse_unsound(country.folder)
    mapping: System | None = getattr(country.exchange, name)
    if mapping is None:
        raise Unreadable("no_mapping", format=name.upper())
    return mapping


def to_raw_table(
    values: Iterable[Value], mapped: System, country: Country, dataset: str | None, notes: dict[str, str]
) -> RawTable:
    """The rows that the values make, in the order in which they begin. Raises `Unreadable`."""
    values = list(values)
    contract = _contract(values, mapped, dataset)
    rows: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    number_of: dict[tuple[tuple[str, str], ...], int] = {}
    faults: list[RowFault] = []
    for value in values:
        row, unknown = _row(value, mapped, contract)
        column = mapped.elements[value.element].column if value.element in mapped.elements else ""
        key = tuple(sorted(row.items()))
        if unknown or column in rows.get(key, {}):
            key = (*key, ("#", str(value.number)))  # a row of its own, so that its problem has a place
        number_of.setdefault(key, value.number)
        faults += [
            RowFault(value.number, "unmapped", {"what": what, "value": code}) for what, code in unknown
        ]
        if len(faults) > limits.FAULTS:
            raise Unreadable("too_many_problems", limit=limits.FAULTS)
        rows.setdefault(key, dict(row))[column] = _number(value.value, country)
    ordered = ((number_of[key], [row.get(name, "") for name in contract.names]) for key, row in rows.items())
    table = gather(contract.names, ordered, notes, keep_empty=True)
    return RawTable(table.header, table.columns, table.row_number, table.notes, tuple(faults))


def _contract(values: list[Value], mapped: System, dataset: str | None) -> Contract:
    if not values:
        raise Unreadable("no_rows")
    datasets = sorted({mapped.elements[v.element].dataset for v in values if v.element in mapped.elements})
    if dataset is None and len(datasets) > 1:
        raise Unreadable("ambiguous_header", candidates=datasets)
    if dataset is None and not datasets:
        raise Unreadable("unmapped", what=words()["data_element"], value=values[0].element)
    return contracts()[dataset or datasets[0]]


def _row(
    value: Value, mapped: System, contract: Contract
) -> tuple[dict[str, str], list[tuple[str | Text, str]]]:
    """(the columns that say what the number is about, what is not in the mapping)."""
    dating = contract.period.name if contract.period else "period"
    row = {dating: value.period, "area_code": mapped.places.get(value.place, value.place)}
    unknown: list[tuple[str | Text, str]] = []
    element = mapped.elements.get(value.element)
    if element is None or element.dataset != contract.dataset:
        unknown.append((words()["data_element"], value.element or "—"))
    else:
        row |= element.row
    for name, code in value.options.items():
        own = element.dimensions.get(name) if element else None
        dimension = own or mapped.dimensions.get(name)
        mapped_to: Any = (
            dimension.options.get(code, code if dimension.column else None) if dimension else None
        )
        if mapped_to is None:
            unknown.append((name, code))
        elif isinstance(mapped_to, Mapping):
            row |= mapped_to
        elif dimension and dimension.column:
            row[dimension.column] = mapped_to
    return row, unknown


def _number(text: str, country: Country) -> str:
    return number_text(float(text), country.locale) if MACHINE_NUMBER.fullmatch(text) else text
