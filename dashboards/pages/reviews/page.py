"""The worklist of reviews: the compilations of the reader's area and of those right below, by what is to be done."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.reviews.queries import ReviewTask, review_tasks
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST = 40  # of one group


@page("/reviews", menu=10, group="committee")
def reviews_page(view: View, country: Country, t: Translator) -> Page:
    """What is to be reviewed, first what waits for the reader's own committee."""
    groups = _grouped(review_tasks())
    parts: list[Component] = [
        html.H1(
            t("reviews.headline", n=len(groups["mine"]) + len(groups["returned"])), id="headline", tabIndex=-1
        ),
        html.P(t("reviews.lede"), className="lede"),
    ]
    parts += [
        _group(name, tasks, view, country, t) for name, tasks in groups.items() if tasks or name == "mine"
    ]
    return Page(title=t("reviews.title"), body=parts, section="reviews")


def _grouped(tasks: Sequence[ReviewTask]) -> dict[str, list[ReviewTask]]:
    """Group → its tasks, in the order in which the page shows them."""
    own = [task for task in tasks if task.own]
    below = [task for task in tasks if not task.own]
    return {
        "mine": [task for task in own if task.state in ("compiled", "reopened", "open")],
        "returned": [task for task in own if task.state == "returned"],
        "below": [task for task in below if task.state in ("reopened", "returned")],
        "later": [task for task in below if task.state in ("compiled", "open")],
        "signed": [task for task in tasks if task.state == "endorsed"],
    }


def _group(name: str, tasks: list[ReviewTask], view: View, country: Country, t: Translator) -> Component:
    title = t(f"reviews.{name}")
    if not tasks:
        return html.Section(
            [html.H2(title), html.P(t("reviews.nothing"), className="empty")], className="card one"
        )
    parts: list[Component] = [
        html.H2(title),
        data_table(_tasks_table(title, tasks[:_MOST], view, country, t), t),
    ]
    if len(tasks) > _MOST:
        parts.append(html.P(t("reviews.more", n=len(tasks) - _MOST), className="note"))
    return html.Section(parts, className="card one", id=f"reviews-{name}")


def _tasks_table(
    title: str, tasks: Sequence[ReviewTask], view: View, country: Country, t: Translator
) -> Table:
    """A compilation a row."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("dataset", t("column.dataset"), "text"),
        Column("period", t("column.period"), "text"),
        Column("state", t("column.state"), "state"),
        Column("completeness", t("column.completeness"), "share"),
        Column("since", t("column.since"), "moment"),
    )
    rows = [
        (
            t.name(task.names, task.area),
            t(f"dataset.{task.dataset}"),
            t.period(task.period),
            task.state,
            task.completeness,
            t.moment(task.since, country.timezone) if task.since else None,
        )
        for task in tasks
    ]
    hrefs = [view.review_href(task.area, task.dataset, task.period) for task in tasks]
    return Table(title, columns, rows, hrefs)
