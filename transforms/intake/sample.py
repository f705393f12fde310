"""The sample round goes in by the same door as everyone else's files."""

from __future__ import annotations

from collections.abc import Callable

from countries.country import Country
from countries.gazetteer import areas
from countries.population import population
from countries.sample import files
from transforms.intake.door import submit


def submit_sample(country: Country, report: Callable[[str], None]) -> int:
    """Submit a country's made-up round; files that came before change nothing. Returns how many there are."""
    people = population(country) if country.population else None
    count = 0
    for count, file in enumerate(files(country, areas(country), people), start=1):
        submit(
            file.raw,
            file.name,
            by=file.submitted_by,
            via="sample",
            dataset=file.dataset,
            received_at=file.received_at,
        )
        if count % 25 == 0:
            report(f"{count} files submitted")
    report(f"{count} files submitted")
    return count
