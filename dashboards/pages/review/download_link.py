"""The link to a table of the review page as a file."""

from dash.development.base_component import Component

from dashboards.components.data_table_disclosure import data_table_disclosure
from dashboards.pages.review.models import Review
from dashboards.server.view import View
from sala.translation.translator import Translator


def download_link(review: Review, table: str, view: View, t: Translator, signed: bool = False) -> Component:
    """The link to one table of a review as CSV: `table` is areas, cells or missing, as signed last where `signed`."""
    href = view.href(
        f"/download/review/{table}/{review.dataset}/{review.area.code}.csv",
        period=review.period.code,
        indicator=None,
        level=None,
        lang=view.language,
        version="signed" if signed else None,
    )
    return data_table_disclosure(href, t, table=False)
