"""What a committee should look at before it signs: figures far from the usual, and warnings of the files that stand."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.pages.review.figures import cell_name, written
from dashboards.pages.review.models import Review, UnusualChange, WarningsOfRule
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST_UNUSUAL = 8


def findings(review: Review, view: View, t: Translator) -> Component:
    """Both as one list, as they were stored when the files were received and the layers compiled."""
    unusual = review.unusual_changes
    lines = [_unusual_change(change, review, view, t) for change in unusual[:_MOST_UNUSUAL]]
    if len(unusual) > _MOST_UNUSUAL:
        more = t("review.more_unusual", n=len(unusual) - _MOST_UNUSUAL)
        lines.append(html.Li([html.Span(), html.Span(more, className="tag")]))
    lines += [_warnings(warnings, view, t) for warnings in review.warnings]
    body: Component = (
        html.Ul(lines, className="items") if lines else html.P(t("review.no_findings"), className="empty")
    )
    return html.Section([html.H2(t("review.findings")), body], className="card", id="findings")


def _unusual_change(change: UnusualChange, review: Review, view: View, t: Translator) -> Component:
    area = review.area_of(change.area)
    link = dcc.Link(
        t.name(area.names if area else {}, change.area),
        href=view.review_href(change.area, review.dataset, review.period.code),
    )
    text = t(
        "review.unusual_change",
        cell=cell_name(review, change.cell, t),
        now=written(change.value, review, t),
        usual=written(change.usual, review, t),
    )
    return html.Li([html.Span(className="mark soon"), html.Span([link, f" {text}"])])


def _warnings(warnings: WarningsOfRule, view: View, t: Translator) -> Component:
    count = t(
        "review.warning",
        n=warnings.count,
        areas=t.number(warnings.areas),
        where=t.name(warnings.names, warnings.area),
    )
    link = dcc.Link(
        warnings.receipt, href=view.href("/submissions", receipt=warnings.receipt), className="receipt"
    )
    example = t.name(warnings.message, warnings.rule)
    return html.Li([html.Span(className="mark"), html.Span([f"{count}: {example} ", link])])
