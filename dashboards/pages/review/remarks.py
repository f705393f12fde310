"""Remarks about single figures with their answers, and the forms for more."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form, select, text_area
from dashboards.components.scripts import scripts
from dashboards.pages.review.figures import cell_name
from dashboards.pages.review.form_address import form_address
from dashboards.pages.review.models import FLASH, Remark, Review
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST_LETTERS = 2000


def remarks(review: Review, view: View, country: Country, t: Translator) -> Component:
    """Every remark as a thread; answering and remarking for whoever may."""
    parts: list[Component] = [html.H2(t("review.remarks"))]
    first = [remark for remark in review.remarks if remark.answers is None]
    if not first:
        parts.append(html.P(t("review.no_remarks"), className="empty"))
    parts += [_thread(remark, review, view, country, t) for remark in first]
    if may_remark(review):
        parts.append(_remark_form(review, view, t))
    return html.Section(parts, className="card", id="remarks")


def may_remark(review: Review) -> bool:
    """Whether the reader may remark on a figure of the page."""
    return bool(review.may & {"draft", "return"})


def _thread(first: Remark, review: Review, view: View, country: Country, t: Translator) -> Component:
    """A remark and its answers."""
    answers = [remark for remark in review.remarks if remark.answers == first.id]
    thread = [_remark(remark, review, country, t) for remark in (first, *answers)]
    if review.may & {"draft", "return", "submit"}:
        thread.append(_answer_form(first, review, view, t))
    return html.Div(thread, className="thread")


def _remark(remark: Remark, review: Review, country: Country, t: Translator) -> Component:
    by = remark.by or t("review.somebody")
    when = t.moment(remark.at, country.timezone)
    head = [by, when] if remark.answers is not None else [*_subject(remark, review, t), by, when]
    return html.Div(
        [html.P(" · ".join(head), className="tag"), html.P(remark.text)],
        className="remark answer" if remark.answers else "remark",
    )


def _subject(remark: Remark, review: Review, t: Translator) -> list[str]:
    """The area that a remark is about, and the scheme or axis."""
    area = review.area_of(remark.child)
    name = t.name(area.names, remark.child) if area else remark.child
    return [name, cell_name(review, remark.cell.split("/")[0], t)] if remark.cell else [name]


def _answer_form(first: Remark, review: Review, view: View, t: Translator) -> Component:
    box = dcc.Input(
        type="text",
        name="text",
        required=True,
        maxLength=_MOST_LETTERS,
        id=f"answer-{first.id}",
        placeholder=t("review.answer"),
    )
    return form(
        form_address(review, "remark"),
        [html.Label([html.Span(t("review.answer"), className="unseen"), box])],
        t("review.answer.do"),
        view,
        {"answers": str(first.id), "period": review.period.code},
        look="inline",
    )


def _remark_form(review: Review, view: View, t: Translator) -> Component:
    areas = [(row.area.code, t.name(row.area.names, row.area.code)) for row in (review.own, *review.children)]
    cells = [("", t("review.whole_row")), *((cell, cell_name(review, cell, t)) for cell in review.cells)]
    fields = [
        select("child", t("column.area"), areas),
        select("cell", t("column.axis" if review.dataset == FLASH else "column.scheme"), cells),
        text_area("text", t("review.remark"), most=_MOST_LETTERS),
    ]
    hidden = {"period": review.period.code}
    drawn: dict[str, Any] = {"data-remark": "", "data-scripts": scripts("on_demand/remark.js")}
    return html.Div(
        form(form_address(review, "remark"), fields, t("review.remark.do"), view, hidden), **drawn
    )
