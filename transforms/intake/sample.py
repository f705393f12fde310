"""The sample round is submitted like everyone else's files."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from countries.country import Country
from countries.gazetteer import areas
from countries.population import population
from countries.sample import files
from sql import warehouse
from transforms.intake.submit import submit


def submit_sample(country: Country, report: Callable[[str], None]) -> int:
    """Submit a country's made-up round, once: files that came before change nothing. Returns how many went in."""
    with warehouse.transaction() as connection:
        if connection.execute(text("SELECT sampled_at FROM core.country")).scalar():
            return 0
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
    with warehouse.transaction() as connection:
        connection.execute(text("UPDATE core.country SET sampled_at = clock_timestamp()"))
    report(f"{count} files submitted")
    return count
