"""A country folder looked at by all who will read it: the declarations, the validators, and the door for files."""

from __future__ import annotations

from pathlib import Path

from countries.country import Country, Examined, examine, load
from countries.declarations.sources import Table
from countries.errors import Fault
from countries.population import population
from countries.tables import locate
from transforms.intake.check import judged_alone
from validators.country_rules import RULES


def examine_folder(folder: Path) -> Examined:
    """What is wrong and what is odd in a country folder; its tables of people and targets are judged as they will be
    when they are handed in. Needs no warehouse.
    """
    examined = examine(folder, RULES)
    if examined.faults:
        return examined
    country = load(folder)
    return Examined([*_people(country), *_targets(country)], examined.doubts)


def _people(country: Country) -> list[Fault]:
    """The rows of the country's table of people that would be rejected."""
    if country.population is None or country.population.table is None:
        return []
    raw = population(country).to_csv(index=False).encode()
    return _rejected(raw, country, "population", country.population.table)


def _targets(country: Country) -> list[Fault]:
    """The rows of the plan's table of targets that would be rejected."""
    if country.plan is None or country.plan.targets is None:
        return []
    file = locate(country.plan.targets, country.folder)
    if not file.is_file():
        return [Fault(file, 1, "is missing: `plan: targets:` names it")]
    return _rejected(file.read_bytes(), country, "targets", country.plan.targets)


def _rejected(raw: bytes, country: Country, dataset: str, table: Table) -> list[Fault]:
    rejected = (p for p in judged_alone(raw, country, dataset).listed() if p.severity == "reject")
    file = locate(table, country.folder)
    return [Fault(file, problem.row_number or 1, problem.text("en")) for problem in rejected]
