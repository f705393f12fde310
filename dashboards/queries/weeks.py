"""Weeks, as an address names them and one after the other."""

import datetime as dt

from countries.period import Period
from sala.errors import NotFound


def week_of(text: str) -> Period:
    """The week that an address names. Raises NotFound."""
    try:
        week = Period.parse(text)
    except ValueError as wrong:
        raise NotFound("unknown_period", what=text) from wrong
    if week.kind != "W":
        raise NotFound("unknown_period", what=text)
    return week


def week_on(day: dt.date) -> Period:
    """The week in which a day lies."""
    year, week, _ = day.isocalendar()
    return Period.parse(f"{year}-W{week:02}")


def week_before(week: Period) -> Period:
    """The ISO week that ends the day before this one starts."""
    return week_on(week.starts_on - dt.timedelta(days=1))


def week_after(week: Period) -> Period:
    """The ISO week that starts the day after this one ends."""
    return week_on(week.ends_on + dt.timedelta(days=1))
