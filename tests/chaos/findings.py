"""What must be true afterwards, whatever was killed: each finding is a sentence, and there should be none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from countries.country import Country
from sql import warehouse
from tests.chaos.actors import Acts
from tests.transforms.identity.conftest import MONTH, PARENTS
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.audit import verify
from transforms.identity.person import Person
from transforms.intake.raw_store import fetch
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

TOTALS = """
    SELECT area_code, scheme, sum(beneficiaries)::bigint AS persons FROM mart.scheme_total
    WHERE period = :month GROUP BY area_code, scheme
"""
FIGURES = {
    "mart.scheme_total": "area_code, scheme, period, sex, age_group, disability, beneficiaries",
    "mart.indicator_value": "indicator, area_code, period, sex, age_group, numerator, denominator, value, lower_bound,"
    " upper_bound, completeness",
    "mart.reporting_rate": "area_code, period, scheme, expected, received",
    "mart.scheme_return": "area_code, scheme, period, sex, age_group, beneficiaries",
}
SUBMITTED = """
    SELECT receipt, filename, sha256, submitted_by, via, state FROM ledger.submission ORDER BY turn
"""


def _read(query: str, **params: object) -> pd.DataFrame:
    with warehouse.transaction() as connection:
        return warehouse.read(connection, query, **params)


def expected(acts: Acts) -> dict[tuple[str, str], int]:
    """(area, scheme) → persons at every layer, from what was acknowledged."""
    totals: dict[tuple[str, str], int] = {}
    for (area, scheme), persons in acts.sent.items():
        at: str | None = area
        while at:
            totals[at, scheme] = totals.get((at, scheme), 0) + persons
            at = PARENTS[at]
    return totals


def of_figures(acts: Acts) -> Iterator[str]:
    """Of the figures that are published now."""
    shown = {(a, s): int(n) for a, s, n in _read(TOTALS, month=MONTH).itertuples(index=False)}
    for key, persons in expected(acts).items():
        if shown.get(key) != persons:
            yield f"{key} shows {shown.get(key)}, and {persons} were sent"


def of_ledger(acts: Acts) -> Iterator[str]:
    """Of receipts, signatures, drafts and the audit log."""
    ledger = _read(SUBMITTED)
    yield from (
        f"{one} is there twice" for one in ledger.loc[ledger["sha256"].map(bytes).duplicated(), "receipt"]
    )
    states = ledger.set_index("receipt")["state"]
    for receipt in acts.receipts:
        if states.get(receipt) != "loaded":
            yield f"{receipt} is {states.get(receipt, 'not in the ledger')}"
    verdicts = _read("SELECT receipt, count(*) AS n FROM mart.verdict GROUP BY receipt HAVING count(*) > 1")
    yield from (f"{receipt} was judged {n} times" for receipt, n in verdicts.itertuples(index=False))
    signatures = set(
        _read("SELECT person, fingerprint FROM mart.signature").itertuples(index=False, name=None)
    )
    yield from (f"the signature {one} is lost" for one in acts.signed if one not in signatures)
    with warehouse.transaction() as connection:
        if broken := verify(connection).broken:
            yield f"the audit log is broken: {broken}"
    drafts = _read("SELECT code, content FROM core.flash_draft JOIN core.area USING (area_id)")
    kept = {area: content["axes"]["process_tools"] for area, content in drafts.itertuples(index=False)}
    for area, number in acts.drafted.items():
        if kept.get(area) != number:
            yield f"the draft of {area} says {kept.get(area)}, and {number} was saved"
    yield from acts.dishonest


def figures() -> dict[str, pd.DataFrame]:
    """Every published figure, without the moments at which it became known."""
    return {
        name: _read(f"SELECT {columns} FROM {name} ORDER BY {columns}")  # noqa: S608
        for name, columns in FIGURES.items()
    }


def handed_in() -> list[tuple[bytes, str, str]]:
    """The files of people in the ledger in the order of their turns: bytes, name and sender."""
    ledger = _read(SUBMITTED)
    people = ledger[ledger["via"].isin(["api", "inbox"])]
    return [(fetch(bytes(row.sha256)), row.filename, row.submitted_by) for row in people.itertuples()]


def undisturbed(
    country: Country, people: Mapping[str, Person], files: Sequence[tuple[bytes, str, str]]
) -> dict[str, pd.DataFrame]:
    """The figures of the same files in the same order, in a warehouse in which nothing else happens."""
    for raw, name, sender in files:
        submit(raw, name, by=people[sender], via="api")
    for period in receive_waiting(country):
        compile_and_publish(period)
    return figures()
