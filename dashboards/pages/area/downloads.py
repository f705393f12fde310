"""The tables of an area's page as CSV files: what stands under each chart, unrounded."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from flask import Blueprint, Response, request, stream_with_context
from sqlalchemy.exc import DBAPIError

from dashboards.components.table_data import csv_text
from dashboards.pages.area.tables import page_table
from dashboards.pages.data.queries import COLUMNS, everything
from dashboards.queries.not_found import UnknownArea, UnknownPeriod, UnknownTable
from dashboards.server.routing import view_of
from sala.translation.translator import translator
from sql.warehouse import NoWarehouse
from transforms.identity.person import NotAllowed

blueprint = Blueprint("downloads", __name__)


@blueprint.get("/download/<table>/<code>.csv")
def download(table: str, code: str) -> Response:
    """One table of one area's page. 404 where the area, the period or the table does not exist."""
    view = view_of(request.path, request.query_string.decode())
    t = translator(view.language)
    try:
        made, period = page_table(table, code, view, t)
    except UnknownTable:
        return Response(t("trouble.address.text", what=request.path), 404, mimetype="text/plain")
    except NotAllowed as refused:
        return Response(str(refused), 403, mimetype="text/plain")
    except (UnknownArea, UnknownPeriod) as unknown:
        return Response(t("trouble.area.text", what=unknown), 404, mimetype="text/plain")
    except (NoWarehouse, DBAPIError):
        return Response(t("trouble.warehouse.text"), 503, mimetype="text/plain")
    return attachment([csv_text(made)], _filename(table, code, period, view.indicator))


@blueprint.get("/download/figures/<period>.csv")
def figures(period: str) -> Response:
    """Every figure of a period, at every area, or at the areas of the layer `level`; sent as it is read."""
    level = request.args.get("level")
    return attachment(_lines(period, level), _filename("figures", period, level))


def _lines(period: str, level: str | None) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\n"
    for part in everything(period, level):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(part)
        yield out.getvalue()


def _filename(*parts: str | None) -> str:
    return "-".join(["sala", *(part for part in parts if part)]) + ".csv"


def attachment(lines: Iterable[str], filename: str) -> Response:
    # Excel takes CSV for UTF-8 only when it begins with a byte order mark, and names are in Khmer.
    body = (line.encode() for line in chain(["\ufeff"], lines))
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(stream_with_context(body), mimetype="text/csv", headers=headers)
