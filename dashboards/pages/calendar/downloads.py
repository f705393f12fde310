"""The tables of an area's calendar as files."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from flask import Blueprint, Response

from countries.country import current
from dashboards.components.table_data import Table, csv_text
from dashboards.pages.calendar.dwell_times import dwell_table
from dashboards.pages.calendar.management_index import index_table
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.pages.calendar.outcomes_below import below_table
from dashboards.pages.calendar.queries import reporting_calendar
from dashboards.pages.calendar.service_levels import service_table
from dashboards.queries.access import must_read
from dashboards.server.downloads import csv_attachment
from dashboards.server.view import View, request_view
from sala.errors import NotFound
from sala.translation.translator import Translator, translator

TABLES: dict[str, Callable[[ReportingCalendar, View, Translator], Table]] = {
    "index": index_table,
    "below": below_table,
    "service": service_table,
    "dwell": dwell_table,
}

blueprint = Blueprint("calendar_downloads", __name__)


@blueprint.get("/download/calendar/<table>/<code>.csv")
def download(table: str, code: str) -> Response:
    """One of `TABLES` as CSV, unrounded. Raises NotFound for another table, NotAllowed for an area of others."""
    if table not in TABLES:
        raise NotFound("unknown_table", what=table)
    must_read(code)
    view = request_view()
    today = dt.datetime.now(ZoneInfo(current().timezone)).date()
    calendar = reporting_calendar(code, view.period, today)
    rows = TABLES[table](calendar, view, translator(view.language))
    return csv_attachment([csv_text(rows)], table, code)
