"""Who may file, replace, withdraw and confirm: what the warehouse's one rule says (sql/functions/filing)."""

from __future__ import annotations

from sqlalchemy import Connection, text

from countries.declarations.filing import FILINGS, Dataset
from sala.errors import NotAllowed
from transforms.identity.person import Person
from validators.contracts.contract import contract


def files(person: Person, dataset: str | None = None) -> bool:
    """Whether somebody files returns of a dataset, or of any, for any area at all."""
    with person.acting() as connection:
        return bool(connection.execute(text("SELECT core.files(:dataset)"), {"dataset": dataset}).scalar())


def must_file(person: Person, dataset: str | None) -> None:
    """Return where somebody `files` returns of the dataset. Raises NotAllowed."""
    if not person.unbound and not files(person, dataset):
        raise NotAllowed("not_filing")


def must_hand_in(person: Person, dataset: str | None) -> None:
    """Likewise, for whoever hands in a file of any making, and not by a form of Sala's own. Raises NotAllowed."""
    person.must("submit", person.area_code)
    must_file(person, dataset)


def must_file_return(
    connection: Connection, person: Person, dataset: Dataset, area_code: str, scheme: str
) -> None:
    """Return where the connection's person `may_file` it. Raises NotAllowed."""
    if not may_file(connection, dataset, area_code, scheme):
        person.must(FILINGS[dataset].by[0], area_code)
        raise NotAllowed("not_filing_there", dataset=contract(dataset).title, area=area_code)


def may_file(
    connection: Connection,
    dataset: str,
    area_code: str,
    scheme: str | None = None,
    administrator: str | None = None,
) -> bool:
    """Whether the connection's person may file a return of a dataset, area (by code), scheme and administrator."""
    return bool(
        connection.execute(
            text(
                "SELECT core.may_file(:dataset, a.area_id, coalesce(s.scheme_id, 0::smallint),"
                " coalesce(m.administrator_id, 0::smallint)) FROM core.area a"
                " LEFT JOIN core.scheme s ON s.code = :scheme LEFT JOIN core.administrator m ON m.code = :administrator"
                " WHERE a.code = :area ORDER BY a.valid_to DESC LIMIT 1"
            ),
            {"dataset": dataset, "area": area_code, "scheme": scheme, "administrator": administrator},
        ).scalar()
    )


def may_correct(person: Person, submission_id: int) -> bool:
    """Whether somebody may confirm, retry or withdraw a submission as a whole."""
    with person.acting() as connection:
        return bool(connection.execute(text("SELECT core.may_correct(:id)"), {"id": submission_id}).scalar())
