"""Publishing: what the chain compiled becomes the indicators that everybody sees."""

from __future__ import annotations

from sqlalchemy import text

from countries.period import Period
from sala.events import happened
from sql import warehouse
from transforms.compilation.compiling import claim, compile_layer
from transforms.compile_queue import lowest_layer, open_period
from transforms.coverage.persons import count_persons, listed_persons

INDICATORS = (
    "1_indicator_scheme",
    "2_disaggregation",
    "3_counted",
    "4_reported",
    "5_unreported",
    "6_completeness",
    "7_figure",
    "7a_sum",
    "7b_less",
)
"""Each makes one temporary table of its name, from those before it and from what was compiled; from the figure on, each
adds to it."""

_NEWS = text("""
    SELECT receipt FROM ledger.submission
    WHERE submission_id IN (
        SELECT r.submission_id
        FROM core.return r JOIN core.period p USING (period_id)
        WHERE r.period_id = :period_id AND r.known_to = 'infinity'
          AND r.area_id = ANY (ARRAY(SELECT area_id FROM claimed))
          AND r.known_from > coalesce(p.published_at, '-infinity'))
    ORDER BY submission_id
    LIMIT 20
""")
"""Of the files whose returns are published for the first time; of many, some."""

_MONTHS_MAKE_YEARS = text("SELECT EXISTS (SELECT FROM core.indicator WHERE over_time IS NOT NULL)")


def publish(period: str) -> None:
    """Bring the indicators of one period up to date where something was compiled; figures that did not move keep
    their `known_from`. With the last of the months that wait, those of their year."""
    key = Period.parse(period)
    if _publish(key) and key.kind == "M" and not _a_month_waits(key):
        _publish(_year_of(key))


def _publish(key: Period) -> bool:
    """False where nothing was compiled."""
    with warehouse.transaction() as connection:
        warehouse.take_lock(connection, "publication", key.id)
        if key.kind != "W":  # persons who moved between areas are published with the rest
            count_persons(connection, key)
        if not claim(connection, key, stage=-1):
            return False
        # read after the lock, so that a later publication never carries an earlier moment
        now = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        if key.kind != "W":  # a week holds flash reports, which have no indicators
            listed_persons(connection, key)
            made_of_months = ("7c_over_time",) if key.kind == "Y" else ()
            for step in (*INDICATORS, *made_of_months, "7d_gap"):
                warehouse.run(connection, f"indicators/{step}.sql", period_id=key.id)
            warehouse.run(connection, "indicators/8_history.sql", period_id=key.id, now=now)
        warehouse.run(connection, "reviews/reopen.sql", period_id=key.id)
        receipts = connection.execute(_NEWS, {"period_id": key.id}).scalars().all()
        warehouse.run(connection, "indicators/9_published.sql", period_id=key.id, now=now)
        if key.kind == "M" and connection.execute(_MONTHS_MAKE_YEARS).scalar_one():
            open_period(connection, _year_of(key))
            warehouse.run(connection, "indicators/enqueue_year.sql", year_id=_year_of(key).id)
    happened("published", period=key.key, receipts=receipts)
    return True


def _year_of(month: Period) -> Period:
    return Period.parse(str(month.starts_on.year))


def _a_month_waits(month: Period) -> bool:
    """Whether anything of a month of the same year is in the queue: its publication brings the year up to date."""
    with warehouse.transaction() as connection:
        waiting = warehouse.run(connection, "indicators/waiting_months.sql", year_id=_year_of(month).id)
        return bool(waiting.scalar_one())


def compile_and_publish(period: str) -> None:
    """The whole chain for one period, without Airflow: the same calls in the same order."""
    with warehouse.transaction() as connection:
        lowest = lowest_layer(connection)
    for layer_id in range(lowest, -1, -1):
        compile_layer(period, layer_id)
    publish(period)
