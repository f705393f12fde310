"""Money that the centre grants downwards."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from sqlalchemy import Connection

from countries.country import Country
from countries.period import Period
from sala.errors import Invalid
from transforms.identity.audit import record
from transforms.identity.filing import must_file_return
from transforms.identity.person import Person
from transforms.intake.submit import Receipt, submit


def allocate(
    connection: Connection,
    person: Person,
    period: str,
    area_code: str,
    scheme: str,
    amount: Decimal,
    country: Country,
) -> Receipt:
    """Grant money to an area for a scheme: a file of one line, submitted like everybody's.

    Raises NotAllowed and Invalid.
    """
    try:
        kind = Period.parse(period).kind
    except ValueError:
        kind = "?"
    if kind not in ("M", "Y"):
        raise Invalid("allocation_period")
    if scheme not in {declared.id for declared in country.schemes}:
        raise Invalid("choose_scheme")
    must_file_return(connection, person, "allocations", area_code, scheme)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(
        [("period", "area_code", "scheme", "amount"), (period, area_code, scheme, f"{amount:f}")]
    )
    receipt = submit(
        out.getvalue().encode(),
        f"allocation-{period}-{area_code}-{scheme}.csv",
        by=person,
        via="page",
        dataset="allocations",
        again=True,  # a grant that was changed can be changed back
    )
    detail = {"period": period, "scheme": scheme, "receipt": receipt.receipt}
    record(connection, person, "allocation handed in", f"allocation {receipt.receipt}", area_code, detail)
    return receipt
