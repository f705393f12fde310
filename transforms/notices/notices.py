"""What is published down the chain: notices, operational guidelines, and the parameters of schemes.

Nothing that was published is ever changed: a newer version holds from its own day, and is acknowledged anew.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from sqlalchemy import Connection, text

from countries.country import Country
from sala.errors import Conflict, Invalid, NotFound
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import Person

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
            "benefit_per": notice.benefit_per if notice.benefit is not None else None,
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


def _check(notice: Notice, country: Country) -> None:
    if notice.kind not in KINDS:
        raise Invalid("notice_kind")
    for language in country.languages:
        for written, most in ((notice.titles, 200), (notice.texts, MOST_LETTERS)):
            words = written.get(language, "").strip()
            if not words or len(words) > most:
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
    warehouse.take_lock(connection, "notice", notice.renews)
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
