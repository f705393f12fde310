"""Returns that stand, of every sender and dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from random import Random

from sqlalchemy import text

from sql import warehouse
from tests.reference.filing import DATASETS, Account, ReturnOf, Rules
from tests.transforms.identity.conftest import PARENTS
from tests.transforms.identity.filing.office import Office, Return, file_of
from tests.transforms.identity.filing.people import ADMINISTRATORS, SALA, SCHEMES
from transforms.identity.person import SYSTEM
from transforms.intake.submit import submit

COMMUNES = tuple(area for area in PARENTS if area.startswith("C"))
YEARLY, WEEKLY = ("population", "targets"), ("flash_reports", "flash_items")
WRITTEN = """
    SELECT r.return_id, a.code, s.code AS scheme, m.code AS administrator
    FROM core.return r
    JOIN core.area a USING (area_id)
    LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0
    LEFT JOIN core.administrator m ON m.administrator_id = r.administrator_id AND r.administrator_id > 0
    WHERE r.submission_id = :submission AND r.known_to = 'infinity'
"""


@dataclass(frozen=True)
class Filed:
    """A submission by its number, with the returns of it that stand."""

    submission: int
    receipt: str
    sender: Account
    dataset: str
    returns: Mapping[int, ReturnOf]


SUBJECTS = tuple(product(PARENTS, (None, *SCHEMES), (None, *ADMINISTRATORS)))
"""Every area with every scheme and administrator, or none."""

POSSIBLE = tuple(
    of
    for dataset, subject in product(DATASETS, SUBJECTS)
    if (of := ReturnOf(dataset, *subject)).fits
    and (dataset != "scheme_returns" or of.area in COMMUNES)  # the layer at which schemes report
)
"""Every return that there can be, whoever may file it."""


def period_of(dataset: str, number: int) -> str:
    """One of the periods of a dataset."""
    if dataset in YEARLY:
        return f"{2040 + number}"
    return (
        f"{2010 + number // 12}-{number % 12 + 1:02}"
        if dataset not in WEEKLY
        else f"{2010 + number // 50}-W{number % 50 + 1:02}"
    )


@dataclass
class Periods:
    """For each return the periods in which nobody has filed it yet."""

    taken: Counter[ReturnOf] = field(default_factory=Counter)  # a report and its items share their weeks

    def free(self, *returns: ReturnOf) -> list[Return]:
        """The same returns for the first period that is free for all of them, which it is no more."""
        keys = [replace(of, dataset="flash_reports") if of.dataset in WEEKLY else of for of in returns]
        number = max(self.taken[key] for key in keys)
        self.taken |= dict.fromkeys(keys, number + 1)
        return [
            Return(of.dataset, period_of(of.dataset, number), of.area, of.scheme or of.administrator or "")
            for of in returns
        ]


def fill(office: Office, rules: Rules, senders: Iterable[Account]) -> list[Filed]:
    """From each sender and of each dataset that it files, a file with all that it may file, or a part of it."""
    periods, chance, sent = Periods(), Random(9), []
    for number, sender in enumerate(senders):
        by = office.people.get(sender.name, SYSTEM)
        for dataset in DATASETS:
            every = [of for of in POSSIBLE if of.dataset == dataset and may_file(rules, sender, of)]
            if every:
                part = every if number % 4 == 0 else chance.sample(every, min(2, len(every)))
                raw = file_of(periods.free(*part), 5)
                receipt = submit(raw, "filed.csv", by=by, via="api", dataset=dataset).receipt
                sent.append((receipt, sender, dataset, part))
    office.receive()
    return [_filed(*one) for one in sent]


def may_file(rules: Rules, sender: Account, of: ReturnOf) -> bool:
    """Sala itself files everything."""
    return sender == SALA or rules.may_file(sender, of)


def _filed(receipt: str, sender: Account, dataset: str, expected: list[ReturnOf]) -> Filed:
    with warehouse.transaction() as connection:
        submission = connection.execute(
            text("SELECT submission_id FROM ledger.submission WHERE receipt = :receipt"), {"receipt": receipt}
        ).scalar_one()
        rows = connection.execute(text(WRITTEN), {"submission": submission})
        returns = {row[0]: ReturnOf(dataset, *row[1:]) for row in rows}
    assert set(returns.values()) == set(expected), (sender, dataset)
    return Filed(submission, receipt, sender, dataset, returns)
