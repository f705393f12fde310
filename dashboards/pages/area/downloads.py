"""The tables of an area's page as CSV files: what stands under each chart, unrounded."""

from flask import Blueprint, Response

from dashboards.components.table_data import csv_text
from dashboards.pages.area.tables import page_table
from dashboards.server.downloads import csv_attachment
from dashboards.server.view import request_view
from sala.translation.translator import translator

blueprint = Blueprint("area_downloads", __name__)


@blueprint.get("/download/<table>/<code>.csv")
def get_table(table: str, code: str) -> Response:
    """One table of one area's page. 404 where the area, the period or the table does not exist."""
    view = request_view()
    rows, period = page_table(table, code, view, translator(view.language))
    return csv_attachment([csv_text(rows)], table, code, period, view.indicator)
