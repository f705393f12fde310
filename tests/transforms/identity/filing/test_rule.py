"""The warehouse's rule asked for everybody and everything at once, beside plain Python that reads roles.yaml alone."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import text

from sql import warehouse
from sql.policies import policies
from tests.reference.filing import DATASETS, ReturnOf, Rules
from tests.transforms.identity.filing.filed import SUBJECTS, Filed, fill
from tests.transforms.identity.filing.office import Office
from tests.transforms.identity.filing.people import PEOPLE, SALA

NUMBERS = """
    SELECT coalesce(a.area_id, 0), coalesce(s.scheme_id, 0), coalesce(m.administrator_id, 0)
    FROM unnest(CAST(:areas AS text[]), CAST(:schemes AS text[]), CAST(:administrators AS text[]))
        WITH ORDINALITY AS asked (area, scheme, administrator, position)
    LEFT JOIN core.area a ON a.code = asked.area
    LEFT JOIN core.scheme s ON s.code = asked.scheme
    LEFT JOIN core.administrator m ON m.code = asked.administrator
    ORDER BY position
"""
REFUSED = """
    SELECT d.dataset, r.position
    FROM unnest(CAST(:datasets AS text[])) AS d (dataset)
    CROSS JOIN LATERAL core.refused(
        d.dataset, CAST(:areas AS integer[]), CAST(:schemes AS smallint[]), CAST(:administrators AS smallint[])) AS r
"""
# what row-level security asks of every return that is written
WRITTEN = """
    SELECT dataset, position
    FROM unnest(CAST(:datasets AS text[])) AS d (dataset)
    CROSS JOIN unnest(CAST(:areas AS integer[]), CAST(:schemes AS smallint[]), CAST(:administrators AS smallint[]))
        WITH ORDINALITY AS r (area_id, scheme_id, administrator_id, position)
    WHERE
"""


@pytest.fixture(scope="module")
def asked(office: Office) -> dict[str, list[object]]:
    """Every area with every scheme and administrator, or none, as the warehouse numbers them."""
    areas, schemes, administrators = (list(part) for part in zip(*SUBJECTS, strict=True))
    with warehouse.transaction() as connection:
        rows = connection.execute(
            text(NUMBERS), {"areas": areas, "schemes": schemes, "administrators": administrators}
        )
        numbers = [list(part) for part in zip(*rows, strict=True)]
    return dict(zip(("areas", "schemes", "administrators"), numbers, strict=True)) | {
        "datasets": list(DATASETS)
    }


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_file_what(office: Office, rules: Rules, asked: dict[str, list[object]], name: str) -> None:
    every = set(product(DATASETS, range(len(SUBJECTS))))
    expected = {(d, n) for d, n in every if rules.may_file(PEOPLE[name], ReturnOf(d, *SUBJECTS[n]))}
    with office.people[name].acting() as connection:
        refused = {(d, n - 1) for d, n in connection.execute(text(REFUSED), asked)}
    with warehouse.transaction() as connection, office.people[name].rights.filing(connection):
        written = {
            (d, n - 1) for d, n in connection.execute(text(WRITTEN + policies().scopes["filed"]), asked)
        }
    assert every - refused == expected == written
    assert len(expected) < len(every) / 4


def test_somebody_files_everything_and_every_role_is_asked(rules: Rules) -> None:
    every = [ReturnOf(dataset, *subject) for dataset, subject in product(DATASETS, SUBJECTS)]
    filed = {what.dataset for what in every for who in PEOPLE.values() if rules.may_file(who, what)}
    assert filed == set(DATASETS)
    assert {who.role for who in PEOPLE.values()} | {"public"} == set(rules.roles)


MAY_REPLACE = "UPDATE core.return SET known_to = known_to WHERE known_to = 'infinity' RETURNING return_id"
OF_OTHERS = """
    SELECT r.return_id
    FROM unnest(CAST(:datasets AS text[])) AS d (dataset)
    CROSS JOIN core.returns_of_others(d.dataset, ARRAY(SELECT period_id FROM core.period), NULL) AS o
    JOIN core.return r USING (period_id, area_id)
    WHERE r.dataset = d.dataset AND r.known_to = 'infinity'
      AND o.subject_id = r.scheme_id + r.indicator_id + r.administrator_id
"""
MAY_CORRECT = "SELECT submission_id FROM ledger.submission WHERE core.may_correct(submission_id)"
SEES = "SELECT submission_id FROM ledger.submission"


@pytest.fixture(scope="module")
def filed(office: Office, rules: Rules) -> list[Filed]:
    """What each sender may file, in files of one return and of all."""
    return fill(office, rules, [*PEOPLE.values(), SALA])


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_replace_and_correct_what_stands(
    office: Office, rules: Rules, filed: list[Filed], name: str
) -> None:
    who, person = PEOPLE[name], office.people[name]
    theirs = {(number, of, one.sender) for one in filed for number, of in one.returns.items()}
    with warehouse.transaction() as connection, person.rights.filing(connection):
        replaced = set(connection.execute(text(MAY_REPLACE)).scalars())
        corrected = set(connection.execute(text(MAY_CORRECT)).scalars())
        of_others = set(connection.execute(text(OF_OTHERS), {"datasets": list(DATASETS)}).scalars())
    with person.acting() as connection:
        seen = set(connection.execute(text(SEES)).scalars())
    known = {one.submission for one in filed}
    assert replaced & {n for n, *_ in theirs} == {n for n, of, by in theirs if rules.may_replace(who, of, by)}
    assert of_others & {n for n, *_ in theirs} == {
        n
        for n, of, by in theirs
        if rules.where(who, of.area) != "outside" and not rules.may_touch(who, of.dataset, by)
    }
    assert seen & known == {one.submission for one in filed if rules.sees(who, one.sender)}
    assert corrected & known == {
        one.submission
        for one in filed
        if rules.may_correct(who, one.sender, one.dataset, one.returns.values())
    }
