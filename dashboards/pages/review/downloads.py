"""The tables of a review page as files."""

from flask import Blueprint, Response

from dashboards.components.table_data import Table, csv_text
from dashboards.pages.review.comparison import comparison_table
from dashboards.pages.review.figures_by_area import areas_table
from dashboards.pages.review.missing_returns import missing_table
from dashboards.pages.review.models import Review
from dashboards.pages.review.queries import review
from dashboards.server.downloads import csv_attachment
from dashboards.server.view import request_view
from sala.errors import NotFound
from sala.translation.translator import Translator, translator
from transforms.review.review import REVIEWED

blueprint = Blueprint("review_downloads", __name__)


@blueprint.get("/download/review/<table>/<dataset>/<code>.csv")
def download(table: str, dataset: str, code: str) -> Response:
    """The figures by area, the area's own by scheme or axis, or the returns missing; unrounded."""
    view = request_view()
    signed = view.version == "signed"
    if table not in ("areas", "cells", "missing") or dataset not in REVIEWED:
        raise NotFound("unknown_table", what=f"{table}/{dataset}")
    shown = review(code, dataset, view.period, signed)
    rows = _table(table, shown, translator(view.language), signed)
    return csv_attachment([csv_text(rows)], "review", table, dataset, code, shown.period.code)


def _table(name: str, shown: Review, t: Translator, signed: bool) -> Table:
    match name:
        case "areas":
            return areas_table(shown, t, signed)
        case "cells":
            return comparison_table(shown, t("review.title"), t)
        case _:
            return missing_table(shown, t)
