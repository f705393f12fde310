"""The sample round is submitted like everyone else's files, each by an account that may file it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlalchemy import text

from countries.country import Country
from countries.gazetteer import areas
from countries.population import population
from countries.sample import SampleFile, files
from sql import warehouse
from transforms.identity.demo_accounts import sample_account
from transforms.identity.person import SYSTEM, Person
from transforms.intake.submit import submit


def submit_sample(country: Country, report: Callable[[str], None]) -> int:
    """Submit a country's made-up round, once: files that came before change nothing. Returns how many went in."""
    with warehouse.transaction() as connection:
        if connection.execute(text("SELECT sampled_at FROM core.country")).scalar():
            return 0
    count = 0
    for count, file in enumerate(sample_files(country), start=1):
        submit_file(file, country)
        if count % 25 == 0:
            report(f"{count} files submitted")
    with warehouse.transaction() as connection:
        connection.execute(text("UPDATE core.country SET sampled_at = clock_timestamp()"))
    report(f"{count} files submitted")
    return count


def sample_files(country: Country) -> Iterator[SampleFile]:
    """The files of the round in the order in which they arrive."""
    return files(
        country,
        areas(country),
        population(country) if country.population and country.population.made else None,
    )


def submit_file(file: SampleFile, country: Country) -> None:
    """Submit one file in the name of its sender."""
    submit(
        file.raw,
        file.name,
        by=_person(file, country),
        via="sample",
        dataset=file.dataset,
        received_at=file.received_at,
    )


def _person(file: SampleFile, country: Country) -> Person:
    """The sender's account; Sala itself where no role of the country files what the sender sends."""
    return sample_account(file.sender, country) or replace(SYSTEM, name=file.sender.name)
