"""What a data team has to mend: files that a fault of Sala keeps from being taken in."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.operations.queries import Failure, failures
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/operations", menu=95, group="data", may="administer")
def operations_page(view: View, country: Country, t: Translator) -> Page:
    """The files that wait for a mend, and a button to try them all again after it."""
    listed = failures()
    waiting = sum(failure.state == "failed" for failure in listed)
    parts: list[Component] = [
        html.H1(
            t("operations.headline", n=waiting) if waiting else t("operations.none"),
            id="headline",
            tabIndex=-1,
        ),
        html.P(t("operations.lede"), className="lede") if listed else html.Span(),
        *outcome(view, t, "operations"),
    ]
    if listed:
        parts.append(
            html.Section(data_table(_table(listed, view, country, t), t, "stacked"), className="card one")
        )
    if waiting:
        parts.append(form("/operations/retry", [], t("operations.retry"), view, look="inline"))
    return Page(title=t("operations.title"), body=parts, section="operations")


def _table(listed: Sequence[Failure], view: View, country: Country, t: Translator) -> Table:
    """A file a row."""
    columns = (
        Column("filename", t("column.file"), "text"),
        Column("state", t("column.state"), "text"),
        Column("attempts", t("column.attempts")),
        Column("failed_at", t("column.failed_at"), "moment"),
        Column("fault", t("column.fault"), "text"),
        Column("says", t("column.what"), "text"),
        Column("alerted_at", t("column.alerted_at"), "moment"),
        Column("receipt", t("column.receipt"), "text"),
    )
    rows = [
        (
            failure.filename,
            t(f"state.{failure.state}"),
            failure.attempts,
            t.moment(failure.failed_at, country.timezone),
            failure.fault,
            t.name(failure.says) if failure.says else None,
            t.moment(failure.alerted_at, country.timezone) if failure.alerted_at else None,
            failure.receipt,
        )
        for failure in listed
    ]
    hrefs = [view.href("/submissions", receipt=failure.receipt) for failure in listed]
    return Table(t("operations.title"), columns, rows, hrefs)
