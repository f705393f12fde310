"""A made-up round as people would have left it after some weeks: a release, a draft, a meeting, a notice, a remark,
a question that waits, a token.
"""

import datetime as dt

from sqlalchemy import Connection, text

from countries.country import Country
from sql import warehouse
from transforms.identity.accounts import account_named
from transforms.identity.demo_accounts import load_demo_accounts
from transforms.identity.person import Person
from transforms.identity.tokens import make_token
from transforms.items.consultation import record_consultation
from transforms.notices.notices import Notice, publish
from transforms.release.acts import answer, approve, publish_release
from transforms.release.draft import draft

RELEASED, DRAFTED = "2026-09", "2026-10"
_TODAY = dt.date(2026, 11, 20)


def live_in(country: Country) -> None:
    """Do so in the warehouse that is in use, which has the two months."""
    load_demo_accounts(country)
    people = {name: account_named(name, country) for name in ("board", "chair", "mande", "office-02")}
    release(country, RELEASED, people)
    draft(country, DRAFTED, people["mande"], "Figures of October.")
    make_token(people["mande"], "Spreadsheet of the ministry", ["read"])
    with warehouse.transaction() as connection:
        record_consultation(
            connection,
            people["board"],
            country.root,
            _TODAY,
            "Largest movements",
            heard="The ministry of labour and two unions.",
            decision="Send a second registrar to the three districts with the fewest returns.",
            holder="02",
            due=_TODAY + dt.timedelta(days=30),
        )
        publish(connection, people["board"], _notice(country.root), country)
        publish(connection, people["office-02"], _notice("02"), country)


def release(country: Country, period: str, people: dict[str, Person]) -> str:
    """Draft the period, answer what stands open, have it signed and make it public. Returns the release's name."""
    name = draft(country, period, people["mande"], "First figures.")
    with warehouse.transaction() as connection:
        for check in _open(connection, name):
            answer(connection, name, check, "The figures are made up.", people["board"])
        seen = warehouse.read(
            connection, "SELECT content_hash FROM mart.release WHERE release = :name", name=name
        )
        for signer in ("board", "chair"):
            approve(connection, name, seen.iat[0, 0], people[signer])
    publish_release(name)
    return name


_OPEN = """
SELECT c.name FROM core.release_check c JOIN core.release r USING (release_id)
WHERE r.code = :release AND NOT c.clear ORDER BY c.name
"""


def _open(connection: Connection, release: str) -> list[str]:
    return list(connection.execute(text(_OPEN), {"release": release}).scalars())


def _notice(area: str) -> Notice:
    return Notice(
        kind="guideline",
        area_code=area,
        titles={"en": "Payments in November", "km": "ការបើកប្រាក់ក្នុងខែវិច្ឆិកា", "fr": "Paiements de novembre"},
        texts={
            "en": "Pay before the water festival.",
            "km": "សូមបើកប្រាក់មុនបុណ្យអុំទូក។",
            "fr": "Payer avant la fête des eaux.",
        },
        valid_from=_TODAY,
    )
