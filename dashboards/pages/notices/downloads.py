"""Who has acknowledged a notice, and what of the grants was paid out, as files."""

from flask import Blueprint, Response

from countries.country import current
from dashboards.components.table_data import csv_text
from dashboards.pages.notices.absorption import absorption_table
from dashboards.pages.notices.queries import notice_board
from dashboards.pages.notices.reach import reach_table
from dashboards.queries.access import must_read
from dashboards.server.downloads import csv_attachment
from dashboards.server.view import request_view
from sala.errors import NotFound
from sala.translation.translator import translator

blueprint = Blueprint("notices_downloads", __name__)


@blueprint.get("/download/absorption/<code>.csv")
def download_absorption(code: str) -> Response:
    """Grants against payments of an area and those right below it, unrounded."""
    must_read(code)
    table = absorption_table(
        notice_board(code, all_periods=True), current(), translator(request_view().language)
    )
    return csv_attachment([csv_text(table)], "absorption", code)


@blueprint.get("/download/notice/<int:notice>/<code>.csv")
def download_reach(notice: int, code: str) -> Response:
    """Who has acknowledged a version of a notice, of the areas right below."""
    must_read(code)
    board, view = notice_board(code, all_periods=True), request_view()
    shown = next((one for one in board.notices if one.notice_id == notice), None)
    if shown is None:
        raise NotFound("unknown_table", what=f"notice {notice}")
    table = reach_table(shown, board, view, translator(view.language))
    return csv_attachment([csv_text(table)], "notice", str(notice), code)
