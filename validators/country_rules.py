"""What a country folder says to the validators: `checks` and `exchange`, to the last name."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from countries.checks.reference_checks import Broken
from countries.checks.rules import Rule
from countries.country import load
from countries.declarations.exchange import Dimension, Element
from countries.folder.raw_declarations import RawDeclarations, did_you_mean
from countries.folder.yaml_positions import Place
from countries.model import Country
from validators.contracts.contract import Column, contracts
from validators.messages import STRICTNESS, rules
from validators.values import clean, codes

LISTS = ("schemes", "indicators", "layers", "administrators", "age_groups", "groups", "grievances")
"""The sections that say which codes a column may hold."""


def checks_name_rules(declared: RawDeclarations) -> Broken:
    """Yields unknown rules and limits, and what would make a structural rule milder."""
    known = {name: rule for name, rule in rules().items() if name != "candidates"}
    for name, check in (declared.parsed.get(("checks",)) or {}).items():
        place = ("checks", name)
        rule = known.get(name)
        if rule is None:
            yield place, f"`{name}` is no rule{did_you_mean(name, known)}"
            continue
        if check.severity and not rule.allows(check.severity):
            allowed = [severity for severity in STRICTNESS if rule.allows(severity)]
            yield (
                place,
                f"`{name}` cannot be `{check.severity}`: without it figures would be wrong. It can be "
                f"{' or '.join(map(repr, allowed))}",
            )
        for limit, value in check.limits.items():
            there = (*place, "limits", limit)
            if limit not in rule.limits:
                yield there, f"`{limit}` is no limit of `{name}`{did_you_mean(limit, rule.limits)}"
            elif rule.kind == "structural":
                yield there, f"`{name}` keeps its limits: without it figures would be wrong"
            elif not value > 0:
                yield there, f"`{limit}` is {value:g}; a number above 0 belongs here"


def exchange_names_columns(declared: RawDeclarations) -> Broken:
    """Yields datasets, columns and codes of `exchange` that there are not."""
    exchange = declared.parsed.get(("exchange",))
    for name in ("dhis2", "adx"):
        if system := getattr(exchange, name, None):
            datasets = {element.dataset for element in system.elements.values()} & set(contracts())
            columns = [column for dataset in sorted(datasets) for column in contracts()[dataset].columns]
            for id, element in system.elements.items():
                yield from _element(("exchange", name, "elements", id), element, declared)
            for id, dimension in system.dimensions.items():
                yield from _dimension(("exchange", name, "dimensions", id), dimension, columns, declared)


def published_tables_name_columns(declared: RawDeclarations) -> Broken:
    """Yields datasets, columns and codes of `exchange: tables` that there are not, and columns that nothing fills."""
    exchange = declared.parsed.get(("exchange",))
    titles: dict[tuple[str, ...], str] = {}
    for id, table in (exchange.tables if exchange else {}).items():
        place: Place = ("exchange", "tables", id)
        if (other := titles.setdefault(table.titles, id)) != id:
            yield place, f"`{id}` has the same titles as `{other}`, and no file could tell which it is"
        if table.dataset not in contracts():
            hint = did_you_mean(table.dataset, contracts())
            yield (*place, "dataset"), f"`{table.dataset}` is no dataset{hint}"
            continue
        contract = contracts()[table.dataset]
        for title, column in table.columns.items():
            yield from _values((*place, "columns", title), {column: None}, contract.columns, declared)
        for title, measure in table.measures.items():
            element = Element(dataset=table.dataset, column=measure.column, row=measure.row, dimensions={})
            yield from _element((*place, "measures", title), element, declared)
        yield from _values((*place, "row"), table.row, contract.columns, declared)
        filled = [*table.columns.values(), *table.row]
        for column, translations in table.values.items():
            if column not in table.columns.values():
                yield (*place, "values", column), f"`{column}` is under no title of `columns`"
            for text, value in translations.items():
                there = (*place, "values", column, text)
                yield from _values(there, {column: value}, contract.columns, declared)
        lines: dict[tuple[object, ...], str] = {}
        for title, measure in table.measures.items():
            line = (measure.column, *sorted(measure.row.items()))
            if (other := lines.setdefault(line, title)) != title:
                yield (*place, "measures", title), f"`{title}` makes the same line as `{other}`"
        for measure in table.measures.values() or [None]:
            of_line = [*filled, *([measure.column, *measure.row] if measure else [])]
            wrong = {"nothing fills": [name for name in contract.required if name not in of_line]}
            wrong["more than one thing fills"] = sorted({n for n in of_line if of_line.count(n) > 1})
            faults = [
                f"{what} {', '.join(f'`{name}`' for name in names)}" for what, names in wrong.items() if names
            ]
            if faults:
                yield place, f"{'; '.join(faults)} of {contract.dataset}"
                break


def _element(place: Place, element: Element, declared: RawDeclarations) -> Broken:
    if element.dataset not in contracts():
        yield (
            (*place, "dataset"),
            f"`{element.dataset}` is no dataset{did_you_mean(element.dataset, contracts())}",
        )
        return
    contract = contracts()[element.dataset]
    numeric = [column.name for column in contract.columns if column.numeric]
    if element.column not in numeric:
        yield (
            (*place, "column"),
            f"`{element.column}` is no column of {contract.dataset} that holds numbers"
            f"{did_you_mean(element.column, numeric)}",
        )
    yield from _values((*place, "row"), element.row, contract.columns, declared)
    for id, dimension in element.dimensions.items():
        yield from _dimension((*place, "dimensions", id), dimension, contract.columns, declared)


def _dimension(
    place: Place, dimension: Dimension, columns: Iterable[Column], declared: RawDeclarations
) -> Broken:
    for option, value in dimension.options.items():
        there = (*place, "options", option)
        if isinstance(value, Mapping):
            yield from _values(there, value, columns, declared)
        elif dimension.column is None:
            yield there, f"`{option}` is one value; without `column` write {{column: value}}"
        else:
            yield from _values(there, {dimension.column: value}, columns, declared)
    if dimension.column and not dimension.options:
        yield from _values((*place, "column"), {dimension.column: None}, columns, declared)


def _values(
    place: Place, row: Mapping[str, str | None], columns: Iterable[Column], declared: RawDeclarations
) -> Broken:
    """Columns that no dataset of the system has, and codes that are on no list of theirs."""
    by_name: dict[str, list[Column]] = {}
    for column in columns:
        by_name.setdefault(column.name, []).append(column)
    for name, value in row.items():
        if name not in by_name:
            yield place, f"`{name}` is no column{did_you_mean(name, by_name)}"
        elif value is not None and (unknown := _unknown(value, by_name[name], declared)):
            yield place, unknown


def _unknown(value: str, columns: Iterable[Column], declared: RawDeclarations) -> str | None:
    if not declared.sound(*LISTS):
        return None
    country: Country = declared.country()
    for column in columns:
        allowed = codes(column, country)
        if not column.listed or clean(column, [value], country)[0] in allowed:
            return None
    return f"`{value}` is no {column.name}{did_you_mean(value, allowed)}"


RULES: tuple[Rule, ...] = (checks_name_rules, exchange_names_columns, published_tables_name_columns)


@cache
def refuse_unsound(folder: Path) -> None:
    """Raises `CountryError` where the folder says to the validators what they cannot heed. Read once a process."""
    load(folder, RULES)
