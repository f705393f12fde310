"""The tables of a review page as files."""

from flask import Blueprint, Response, request
from sqlalchemy.exc import DBAPIError

from dashboards.components.table_data import Table, csv_text
from dashboards.pages.area.downloads import attachment
from dashboards.pages.review.comparison import comparison_table
from dashboards.pages.review.figures_by_area import areas_table
from dashboards.pages.review.missing_returns import missing_table
from dashboards.pages.review.models import Review
from dashboards.pages.review.queries import review
from dashboards.queries.not_found import UnknownArea, UnknownPeriod
from dashboards.server.routing import view_of
from sala.translation.translator import Translator, translator
from sql.warehouse import NoWarehouse
from transforms.identity.person import NotAllowed
from transforms.review.review import REVIEWED

blueprint = Blueprint("review_downloads", __name__)


@blueprint.get("/download/review/<table>/<dataset>/<code>.csv")
def download(table: str, dataset: str, code: str) -> Response:
    """The figures by area, the area's own by scheme or axis, or the returns missing; unrounded."""
    view = view_of(request.path, request.query_string.decode())
    t = translator(view.language)
    signed = view.version == "signed"
    if table not in ("areas", "cells", "missing") or dataset not in REVIEWED:
        return Response(t("trouble.address.text", what=request.path), 404, mimetype="text/plain")
    try:
        shown = review(code, dataset, view.period, signed)
    except (UnknownArea, UnknownPeriod) as unknown:
        return Response(t("trouble.area.text", what=unknown), 404, mimetype="text/plain")
    except NotAllowed as refused:
        return Response(str(refused), 403, mimetype="text/plain")
    except (NoWarehouse, DBAPIError):
        return Response(t("trouble.warehouse.text"), 503, mimetype="text/plain")
    parts = ("sala", "review", table, dataset, code, shown.period.code)
    return attachment([csv_text(_table(table, shown, t, signed))], "-".join(parts) + ".csv")


def _table(name: str, shown: Review, t: Translator, signed: bool) -> Table:
    match name:
        case "areas":
            return areas_table(shown, t, signed)
        case "cells":
            return comparison_table(shown, t("review.title"), t)
        case _:
            return missing_table(shown, t)
