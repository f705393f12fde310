"""What the forms of notices, grants and the inbox send; their tables and those of the calendar as files."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from sqlalchemy import text
from werkzeug.wrappers import Response as AnyResponse

from countries.country import current
from dashboards.components.table_data import csv_text
from dashboards.pages.calendar.management import TABLES
from dashboards.pages.calendar.queries import calendar_facts
from dashboards.pages.notices.allocations import absorption_table
from dashboards.pages.notices.notices import reach_table
from dashboards.pages.notices.queries import notice_facts
from dashboards.queries.access import must_read
from dashboards.server.current_user import acting, person
from dashboards.server.downloads import csv_attachment
from dashboards.server.forms import back
from dashboards.server.view import request_view
from sala.errors import Conflict, Invalid, NotFound
from sala.translation.translator import translator
from transforms.notices.acknowledgements import acknowledge, acknowledge_allocation
from transforms.notices.allocations import allocate, parse_amount
from transforms.notices.notices import Notice, publish

blueprint = Blueprint("downwards", __name__)


@blueprint.post("/notices/<code>/publish")
def post_notice(code: str) -> AnyResponse:
    """A notice, a guideline or the parameters of a scheme, to the area and all below it."""
    with acting() as connection:
        publish(connection, person(), _notice(code), current())
    return back("published")


@blueprint.post("/notices/<code>/acknowledge")
def post_acknowledgement(code: str) -> AnyResponse:
    """The area has read a notice, or has taken note of a grant."""
    form = request.form
    with acting() as connection:
        if form.get("notice", "").isdigit():
            done = acknowledge(connection, person(), int(form["notice"]), code)
        elif form.get("allocation", "").isdigit():
            done = acknowledge_allocation(connection, person(), int(form["allocation"]), code)
        else:
            done = False
    if not done:
        raise Conflict("nothing_to_acknowledge")
    return back("acknowledged")


@blueprint.post("/notices/<code>/allocate")
def post_allocation(code: str) -> AnyResponse:
    """Money for an area and a scheme: a file of one line, through the door."""
    form = request.form
    with acting() as connection:
        receipt = allocate(
            connection,
            person(),
            form.get("period", "").strip(),
            form.get("to") or code,
            form.get("scheme", ""),
            form.get("amount", ""),
            current(),
        )
    return back("known" if receipt.known else "allocated")


@blueprint.post("/inbox/read")
def post_read() -> AnyResponse:
    """Every reminder of the reader's own is read."""
    with acting() as connection:
        connection.execute(
            text(
                "UPDATE core.reminder SET read_at = clock_timestamp()"
                " WHERE person_id = core.current_person() AND read_at IS NULL"
            )
        )
    return back("read")


@blueprint.get("/download/absorption/<code>.csv")
def download_absorption(code: str) -> Response:
    """Grants against payments of an area and those right below it, unrounded."""
    return _file("absorption", code)


@blueprint.get("/download/notice/<int:notice>/<code>.csv")
def download_reach(notice: int, code: str) -> Response:
    """Who has acknowledged a version of a notice, of the areas right below."""
    return _file("notice", code, notice)


@blueprint.get("/download/calendar/<table>/<code>.csv")
def download_calendar(table: str, code: str) -> Response:
    """A table of an area's calendar: index, below, service or dwell."""
    return _file(table, code)


def _file(table: str, code: str, notice: int | None = None) -> Response:
    view = request_view()
    t, country = translator(view.language), current()
    must_read(code)
    if table == "absorption":
        made = absorption_table(notice_facts(code), country, t)
    elif table == "notice":
        facts = notice_facts(code)
        shown = next((one for one in facts.notices if one.notice_id == notice), None)
        if shown is None:
            raise NotFound("unknown_table", what=f"notice {notice}")
        made = reach_table(shown, facts, view, t)
    elif table in TABLES:
        today = dt.datetime.now(ZoneInfo(country.timezone)).date()
        made = TABLES[table](calendar_facts(code, view.period, today), view, t)
    else:
        raise NotFound("unknown_table", what=table)
    return csv_attachment([csv_text(made)], table, str(notice or ""), code)


def _notice(code: str) -> Notice:
    """What the form says. Raises Invalid for a day or an amount that is none."""
    form = request.form
    try:
        valid_from = dt.date.fromisoformat(form.get("valid_from", "").strip())
    except ValueError as wrong:
        raise Invalid("notice_valid_from") from wrong
    written = form.get("benefit", "").strip()
    benefit: Decimal | None = parse_amount(written) if written else None
    if written and benefit is None:
        raise Invalid("allocation_amount")
    renews = form.get("renews", "")
    return Notice(
        kind=form.get("kind", ""),
        area_code=code,
        titles={language: form.get(f"title_{language}", "") for language in current().languages},
        texts={language: form.get(f"text_{language}", "") for language in current().languages},
        valid_from=valid_from,
        scheme=form.get("scheme") or None,
        benefit=benefit,
        benefit_per=form.get("benefit_per") if benefit is not None else None,
        everybody=bool(form.get("everybody")),
        renews=int(renews) if renews.isdigit() else None,
    )
