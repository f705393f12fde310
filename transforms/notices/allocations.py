"""Money that the centre grants downwards."""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation

from sqlalchemy import Connection

from countries.country import Country
from countries.period import Period
from sala.errors import Invalid
from transforms.identity.audit import record
from transforms.identity.person import Person
from transforms.intake.submit import Receipt, submit


def allocate(
    connection: Connection,
    person: Person,
    period: str,
    area_code: str,
    scheme: str,
    amount: str,
    country: Country,
) -> Receipt:
    """Grant money to an area for a scheme: a file of one line, submitted like everybody's.

    Raises NotAllowed and Invalid.
    """
    person.must("allocate", area_code)
    try:
        kind = Period.parse(period).kind
    except ValueError:
        kind = "?"
    if kind not in ("M", "Y"):
        raise Invalid("allocation_period")
    if scheme not in {declared.id for declared in country.schemes}:
        raise Invalid("choose_scheme")
    granted = parse_amount(amount)
    if granted is None:
        raise Invalid("allocation_amount")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(
        [("period", "area_code", "scheme", "amount"), (period, area_code, scheme, f"{granted:f}")]
    )
    receipt = submit(
        out.getvalue().encode(),
        f"allocation-{period}-{area_code}-{scheme}.csv",
        by=person.name or "visitor",
        via="page",
        person_id=person.person_id,
        dataset="allocations",
        again=True,  # a grant that was changed can be changed back
    )
    detail = {"period": period, "scheme": scheme, "receipt": receipt.receipt}
    record(connection, person, "allocation handed in", f"allocation {receipt.receipt}", area_code, detail)
    return receipt


def parse_amount(text: str) -> Decimal | None:
    """An amount above nothing, with spaces and commas between thousands; None where it is none."""
    digits = "".join(c for c in text if c not in " ,\u00a0\u202f")
    try:
        amount = Decimal(digits)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < 10**16 else None
