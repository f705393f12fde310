"""Every figure of a period as one CSV file."""

import csv
import io
from collections.abc import Iterator

from flask import Blueprint, Response

from dashboards.pages.data.queries import COLUMNS, everything
from dashboards.server.downloads import csv_attachment
from dashboards.server.view import request_view

blueprint = Blueprint("data_downloads", __name__)


@blueprint.get("/download/figures/<period>.csv")
def get_figures(period: str) -> Response:
    """Every figure of a period, at every area, or at the areas of the layer `level`; sent as it is read."""
    level = request_view().level
    return csv_attachment(_lines(period, level), "figures", period, level)


def _lines(period: str, level: str | None) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\n"
    for part in everything(period, level):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(part)
        yield out.getvalue()
