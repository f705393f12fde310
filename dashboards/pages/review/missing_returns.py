"""Who has not reported: areas, each with the schemes for which it has still to report."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.table_data import Column, Table
from dashboards.pages.review.download_link import download_link
from dashboards.pages.review.figures import cell_name
from dashboards.pages.review.models import MissingReturn, Review
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST_AREAS = 12


def missing_returns(review: Review, view: View, t: Translator) -> Component:
    """The first of them, and the file with all."""
    title = html.H2(t("review.missing"))
    by_area: dict[str, list[MissingReturn]] = {}
    for entry in review.missing:
        by_area.setdefault(entry.area, []).append(entry)
    if not by_area:
        return html.Section([title, html.P(t("review.all_reported"), className="empty")], className="card")
    count = t("review.missing.count", n=len(review.missing), areas=t.number(len(by_area)))
    lines = [_area(entries, review, view, t) for entries in list(by_area.values())[:_MOST_AREAS]]
    if len(by_area) > _MOST_AREAS:
        more = t("review.more_areas", n=len(by_area) - _MOST_AREAS)
        lines.append(html.Li([html.Span(), html.Span(more, className="tag")]))
    return html.Section(
        [
            title,
            html.P(count, className="note"),
            html.Ul(lines, className="items"),
            download_link(review, "missing", view, t),
        ],
        className="card",
        id="missing",
    )


def _area(entries: list[MissingReturn], review: Review, view: View, t: Translator) -> Component:
    area, names = entries[0].area, entries[0].names
    schemes = [cell_name(review, entry.scheme, t) for entry in entries if entry.scheme]
    return html.Li(
        [
            html.Span(className="mark late"),
            html.Span(
                [
                    dcc.Link(t.name(names, area), href=view.area_href(area)),
                    html.Span(f" {area}", className="tag"),
                ]
            ),
            html.Span(", ".join(schemes), className="where"),
        ]
    )


def missing_table(review: Review, t: Translator) -> Table:
    """The file: every return that was expected and does not stand."""
    columns = (
        Column("area_code", t("column.code"), "text"),
        Column("area", t("column.area"), "text"),
        Column("scheme", t("column.scheme"), "text"),
    )
    rows = [(entry.area, t.name(entry.names, entry.area), entry.scheme) for entry in review.missing]
    return Table(t("review.missing"), columns, rows)
