"""Reviews in the national month that stands in the database: the page of a province, and what publishing looks up."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

from plotly.utils import PlotlyJSONEncoder
from sqlalchemy import text

from sql import warehouse
from tests.bench.figures import Figure

VILLAGES = 1_000
MONTH = "2026-10"

_PROVINCE = """
SELECT area_code, tree_right - tree_left AS below FROM mart.area
WHERE valid_to = 'infinity' AND depth > 0 ORDER BY abs(tree_right - tree_left - :villages) LIMIT 1
"""
# every area signs: the signed totals are those that stand
_EVERYBODY = """
WITH signed AS (
    INSERT INTO core.compilation
    SELECT DISTINCT r.period_id, r.dataset, r.area_id, CAST('endorsed' AS core.review_state),
           clock_timestamp(), clock_timestamp()
    FROM core.reporting r JOIN core.period p USING (period_id)
    WHERE p.key = :month AND r.dataset = 'scheme_returns'
    ON CONFLICT DO NOTHING
    RETURNING *
)
INSERT INTO core.endorsement (period_id, dataset, area_id, as_known_at, fingerprint, totals)
SELECT s.period_id, s.dataset, s.area_id, s.as_known_at, '', '{}' FROM signed s
"""
_TOUCHED = """
CREATE TEMP TABLE claimed ON COMMIT DROP AS
WITH RECURSIVE up AS (
    SELECT area_id, parent_id FROM core.area WHERE area_id IN (
        SELECT r.area_id FROM core.return r JOIN core.period p USING (period_id)
        WHERE p.key = :month AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity' LIMIT :returns)
    UNION
    SELECT a.area_id, a.parent_id FROM core.area a JOIN up ON a.area_id = up.parent_id
)
SELECT area_id FROM up
"""


def measure() -> Iterator[Figure]:
    """Server time of the page, and of what publishing asks about signatures. Leaves the database as it was."""
    yield Figure("review_page", page(), "ms", target=300)
    yield Figure("publishing_unsigned", notice(signed=False), "ms")
    yield Figure("publishing_all_signed", notice(signed=True), "ms")


def page() -> float:
    """Milliseconds from address to JSON of the review of the area with the nearest to so many villages below it."""
    from dashboards.app import server
    from dashboards.routing import page_of
    from dashboards.server.view import view_of

    with warehouse.transaction() as connection:
        area, _ = connection.execute(text(_PROVINCE), {"villages": VILLAGES}).one()

    def once() -> None:
        path, query = f"/review/{area}/scheme_returns", f"period={MONTH}"
        with server.test_request_context(f"{path}?{query}"):
            page = page_of(view_of(path, f"?{query}"))
            json.dumps(page.body, cls=PlotlyJSONEncoder)
            assert page.status == 200, f"{path} answers {page.status}"

    return _best(once)


def notice(signed: bool, returns: int = 100) -> float:
    """Milliseconds for core.update_reviews after so many returns were compiled anew."""
    with warehouse.engine().connect() as connection:
        if signed:
            connection.execute(text(_EVERYBODY), {"month": MONTH})
        connection.execute(text(_TOUCHED), {"month": MONTH, "returns": returns})
        period = connection.execute(
            text("SELECT period_id FROM core.period WHERE key = :m"), {"m": MONTH}
        ).scalar_one()
        # as if these returns had come after the signatures
        if signed:
            connection.execute(
                text(
                    "UPDATE core.return r SET known_from = clock_timestamp() FROM claimed"
                    " WHERE r.area_id = claimed.area_id AND r.period_id = :period AND r.known_to = 'infinity'"
                ),
                {"period": period},
            )
        began = time.perf_counter()
        connection.execute(text("SELECT core.update_reviews(:period)"), {"period": period})
        took = (time.perf_counter() - began) * 1000
        connection.rollback()
    return took


def _best(once: Callable[[], None], times: int = 5) -> float:
    milliseconds = []
    for _ in range(times):
        began = time.perf_counter()
        once()
        milliseconds.append((time.perf_counter() - began) * 1000)
    return min(milliseconds)
