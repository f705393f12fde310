"""The tables of an area's page as CSV files: what stands under each chart, unrounded."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from flask import Blueprint, Response, request
from sqlalchemy.exc import DBAPIError

from dashboards.facts import AreaFacts
from dashboards.queries.area import area_facts
from dashboards.queries.unknown import UnknownArea, UnknownPeriod
from dashboards.queries.values import COLUMNS, everything
from dashboards.router import view_of
from dashboards.sections.comparison import areas_table
from dashboards.sections.flash import flash_table
from dashboards.sections.guarantees import history_table
from dashboards.sections.headline import headline_indicator
from dashboards.sections.reporting import reporting_table
from dashboards.sections.schemes import schemes_table
from dashboards.tables import Table, csv_text
from dashboards.view import View
from dashboards.words import Words, words
from sql.warehouse import NoWarehouse

blueprint = Blueprint("downloads", __name__)


def _areas(facts: AreaFacts, view: View, spoken: Words) -> Table:
    return areas_table(facts, view.indicator or headline_indicator(facts) or "", view, spoken)


def _history(facts: AreaFacts, view: View, spoken: Words) -> Table:
    indicator = facts.reference.indicator(view.indicator or headline_indicator(facts) or "")
    if indicator is None:
        raise UnknownArea(f"no indicator {view.indicator!r}")
    return history_table(facts, indicator, spoken)


TABLES: dict[str, Callable[[AreaFacts, View, Words], Table]] = {
    "areas": _areas,
    "history": _history,
    "reporting": reporting_table,
    "flash": lambda facts, _, spoken: flash_table(facts, spoken),
    "schemes": lambda facts, _, spoken: schemes_table(facts, spoken),
}


@blueprint.get("/download/<table>/<code>.csv")
def download(table: str, code: str) -> Response:
    """One table of one area's page. 404 where the area, the period or the table does not exist."""
    view = view_of(request.path, request.query_string.decode())
    spoken = words(view.language)
    if table not in TABLES:
        return Response(spoken("trouble.address.text", what=request.path), 404, mimetype="text/plain")
    try:
        facts = area_facts(code, view.period)
        made = TABLES[table](facts, view, spoken)
    except (UnknownArea, UnknownPeriod) as unknown:
        return Response(spoken("trouble.area.text", what=unknown), 404, mimetype="text/plain")
    except (NoWarehouse, DBAPIError):
        return Response(spoken("trouble.warehouse.text"), 503, mimetype="text/plain")
    period = facts.period.code if facts.period else "none"
    return _attachment([csv_text(made)], _filename(table, code, period, view.indicator))


@blueprint.get("/download/figures/<period>.csv")
def figures(period: str) -> Response:
    """Every figure of a period, at every area, or at the areas of the layer `level`; sent as it is read."""
    level = request.args.get("level")
    return _attachment(_lines(period, level), _filename("figures", period, level))


def _lines(period: str, level: str | None) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\n"
    for part in everything(period, level):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(part)
        yield out.getvalue()


def _filename(*parts: str | None) -> str:
    return "-".join(["sala", *(part for part in parts if part)]) + ".csv"


def _attachment(lines: Iterable[str], filename: str) -> Response:
    # Excel takes CSV for UTF-8 only when it begins with a byte order mark, and names are in Khmer.
    body = (line.encode() for line in chain(["\ufeff"], lines))
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(body, mimetype="text/csv", headers=headers)
