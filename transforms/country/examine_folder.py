"""A country folder looked at by all who will read it: the declarations, the validators, and the door for files."""

from __future__ import annotations

from pathlib import Path

from countries.country import Country, Examined, examine, load
from countries.errors import Fault
from countries.population import population
from countries.tables import locate
from transforms.intake.check import judged_alone
from validators.country_rules import RULES


def examine_folder(folder: Path) -> Examined:
    """What is wrong and what is odd in a country folder; its table of people is judged as it will be when it is handed
    in. Needs no warehouse.
    """
    examined = examine(folder, RULES)
    return examined if examined.faults else Examined(_people(load(folder)), examined.doubts)


def _people(country: Country) -> list[Fault]:
    """The rows of the country's table of people that would be rejected."""
    if country.population is None or country.population.table is None:
        return []
    verdict = judged_alone(population(country).to_csv(index=False).encode(), country, "population")
    file = locate(country.population.table, country.folder)
    rejected = (problem for problem in verdict.listed() if problem.severity == "reject")
    return [Fault(file, problem.row_number or 1, problem.text("en")) for problem in rejected]
