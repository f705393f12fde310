"""What goes down the chain: notices, operational guidelines, the parameters of schemes, and money.

Nothing that was published is ever changed: a newer version holds from its own day, and is acknowledged anew.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from sqlalchemy import Connection, text

from countries.country import Country
from countries.period import Period
from sala.errors import Conflict, Invalid, NotAllowed, NotFound
from transforms.identity.audit import record
from transforms.identity.person import Person
from transforms.intake.submit import Receipt, submit

Kind = Literal["notice", "guideline", "parameters"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PER = ("month", "year", "once")
MOST_LETTERS = 20_000

_PUBLISH = """
WITH address AS (
    SELECT a.area_id, by.area_id AS publisher_id
    FROM core.area a, core.area by
    WHERE a.code = :area_code AND a.valid_to = 'infinity' AND by.code = :publisher AND by.valid_to = 'infinity'
)
INSERT INTO core.notice (number, version, kind, publisher_id, area_id, scheme_id, titles, texts, benefit, benefit_per,
                         valid_from, everybody, person_id, person)
SELECT :number, :version, :kind, publisher_id, area_id,
       coalesce((SELECT scheme_id FROM core.scheme WHERE code = :scheme), 0),
       CAST(:titles AS jsonb), CAST(:texts AS jsonb), :benefit, :benefit_per, :valid_from,
       :everybody, core.current_person(), :person
FROM address
RETURNING notice_id
"""
_ACKNOWLEDGE = """
INSERT INTO core.acknowledgement (notice_id, area_id, person_id, person)
SELECT n.notice_id, a.area_id, core.current_person(), :person
FROM core.notice n
JOIN core.area top ON top.area_id = n.area_id
JOIN core.area a ON a.tree_left BETWEEN top.tree_left AND top.tree_right
    AND a.valid_to = 'infinity' AND a.code = :area_code
WHERE n.notice_id = :notice_id AND a.area_id <> n.publisher_id
ON CONFLICT DO NOTHING
RETURNING notice_id
"""
_ACKNOWLEDGE_MONEY = """
INSERT INTO core.allocation_acknowledgement (return_id, area_id, person_id, person)
SELECT g.return_id, g.area_id, core.current_person(), :person
FROM core.granted g
JOIN core.area a USING (area_id)
WHERE g.return_id = :allocation AND a.code = :area_code
ON CONFLICT DO NOTHING
RETURNING return_id
"""


@dataclass(frozen=True)
class Notice:
    """What is to be published. `renews` is the number of the notice of which this is a newer version."""

    kind: str
    area_code: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    valid_from: dt.date
    scheme: str | None = None
    benefit: Decimal | None = None
    benefit_per: str | None = None
    everybody: bool = False
    renews: int | None = None


def publish(connection: Connection, person: Person, notice: Notice, country: Country) -> int:
    """Publish a notice to an area and all below it. Returns the number of this version.

    Raises NotAllowed where the person may not publish there, Invalid where something is missing.
    """
    person.must("publish", notice.area_code)
    _check(notice, country)
    number, version = _number(connection, notice)
    notice_id = connection.execute(
        text(_PUBLISH),
        {
            "number": number,
            "version": version,
            "kind": notice.kind,
            "publisher": person.area_code or country.root,
            "area_code": notice.area_code,
            "scheme": notice.scheme,
            "titles": _json(notice.titles),
            "texts": _json(notice.texts),
            "benefit": notice.benefit,
            "benefit_per": notice.benefit_per,
            "valid_from": notice.valid_from,
            "everybody": notice.everybody,
            "person": person.name,
        },
    ).scalar()
    if notice_id is None:
        raise NotFound("choose_area")
    detail = {
        "version": version,
        "kind": notice.kind,
        "scheme": notice.scheme,
        "valid_from": notice.valid_from,
    }
    record(connection, person, "notice published", f"notice {number}", notice.area_code, detail)
    return int(notice_id)


def acknowledge(connection: Connection, person: Person, notice_id: int, area_code: str) -> bool:
    """Say that an area has read a notice. False where it had said so before, or is not asked.

    Raises NotAllowed: an area answers by its own people.
    """
    _must_answer(connection, person, area_code)
    done = connection.execute(
        text(_ACKNOWLEDGE), {"notice_id": notice_id, "area_code": area_code, "person": person.name}
    ).scalar()
    if done is not None:
        record(connection, person, "notice acknowledged", f"notice version {notice_id}", area_code)
    return done is not None


def acknowledge_allocation(connection: Connection, person: Person, allocation: int, area_code: str) -> bool:
    """Say that an area has taken note of a grant. False where it had before, or the grant is not the area's."""
    _must_answer(connection, person, area_code)
    done = connection.execute(
        text(_ACKNOWLEDGE_MONEY), {"allocation": allocation, "area_code": area_code, "person": person.name}
    ).scalar()
    if done is not None:
        record(connection, person, "allocation acknowledged", f"allocation {allocation}", area_code)
    return done is not None


def allocate(
    connection: Connection,
    person: Person,
    period: str,
    area_code: str,
    scheme: str,
    amount: str,
    country: Country,
) -> Receipt:
    """Grant money to an area for a scheme: a file of one line, through the door like everybody's.

    Raises NotAllowed and Invalid.
    """
    person.must("allocate", area_code)
    try:
        kind = Period.parse(period).kind
    except ValueError:
        kind = "?"
    if kind not in ("M", "Y"):
        raise Invalid("allocation_period")
    if scheme not in {known.id for known in country.schemes}:
        raise Invalid("choose_scheme")
    granted = money(amount)
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


def money(written: str) -> Decimal | None:
    """An amount above nothing, with spaces and commas between thousands; None where it is none."""
    digits = "".join(c for c in written if c not in " ,\u00a0\u202f")
    try:
        amount = Decimal(digits)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < 10**16 else None


def _must_answer(connection: Connection, person: Person, area_code: str) -> None:
    person.must("draft", area_code)
    own = text("SELECT core.answers_for(area_id) FROM core.area WHERE code = :code AND valid_to = 'infinity'")
    if not connection.execute(own, {"code": area_code}).scalar():
        raise NotAllowed("not_own_area")


def _check(notice: Notice, country: Country) -> None:
    if notice.kind not in KINDS:
        raise Invalid("notice_kind")
    for language in country.languages:
        for written, most in ((notice.titles, 200), (notice.texts, MOST_LETTERS)):
            said = written.get(language, "").strip()
            if not said or len(said) > most:
                raise Invalid("notice_languages")
    if notice.scheme is not None and notice.scheme not in {scheme.id for scheme in country.schemes}:
        raise Invalid("choose_scheme")
    if notice.kind == "parameters" and notice.scheme is None:
        raise Invalid("notice_parameters")
    if notice.benefit is not None and (notice.kind != "parameters" or notice.benefit_per not in PER):
        raise Invalid("notice_benefit")


def _number(connection: Connection, notice: Notice) -> tuple[int, int]:
    """The notice's number and the version that this one is."""
    if notice.renews is None:
        return int(connection.execute(text("SELECT nextval('core.notice_number')")).scalar_one()), 1
    connection.execute(text("SELECT pg_advisory_xact_lock(-6, :number)"), {"number": notice.renews})
    row = connection.execute(
        text(
            "SELECT n.version, n.kind, n.valid_from, core.may_renew(n.number) AS may FROM core.notice n"
            " WHERE n.number = :number ORDER BY n.version DESC LIMIT 1"
        ),
        {"number": notice.renews},
    ).one_or_none()
    if row is None or not row.may or row.kind != notice.kind or notice.valid_from < row.valid_from:
        raise Conflict("notice_renews")
    return notice.renews, row.version + 1


def _json(words: Mapping[str, Any]) -> str:
    return json.dumps({language: text.strip() for language, text in words.items()}, ensure_ascii=False)
