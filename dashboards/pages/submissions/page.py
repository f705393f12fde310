"""Files that were sent: send one and watch it, the latest ones, and every problem of one of them."""

from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.submissions.actions import (
    confirmation,
    further,
    moved,
    template_form,
)
from dashboards.pages.submissions.queries import (
    FINAL,
    Problem,
    Submission,
    changes,
    doubts,
    latest,
    one,
)
from dashboards.queries.places import for_template
from dashboards.server.current_user import person
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from validators.contracts.contract import contracts, in_language

_MOST_PROBLEMS = 200
_MOST_CHANGES = 60


@page("/submissions", "/submissions/<receipt>", menu=90)
def submissions_page(view: View, country: Country, t: Translator, receipt: str | None = None) -> Page:
    """The list with its upload box, or one file's verdict when the address names a receipt."""
    view = replace(view, receipt=receipt.upper() if receipt else view.receipt)
    body = _overview(view, country, t) if view.receipt is None else _verdict_page(view, country, t)
    return Page(title=t("submissions.title"), body=body, section="submissions")


def _overview(view: View, country: Country, t: Translator) -> list[Component]:
    files = latest()
    listed: Component = html.P(t("submissions.none"), className="empty")
    if files:
        listed = data_table(submissions_table(files, view, country, t), t)
    return [
        html.H1(t("submissions.title"), id="headline", tabIndex=-1),
        html.P(t("submissions.lede"), className="lede"),
        *_sending(view, country, t),
        html.Section(
            [html.H2(t("submissions.list"), id="files"), listed],
            className="card",
            **aria(labelledby="files"),
        ),
    ]


def _sending(view: View, country: Country, t: Translator) -> list[Component]:
    """Hand a file in, have it checked, take a template: for whoever may report for an area."""
    sender = person()
    if "submit" not in sender.actions:
        return []
    datasets = [(name, in_language(about.title, t.language)) for name, about in contracts().items()]
    areas = [(place.code, t.name(place.names, place.code)) for place in for_template(sender.area_code)]
    return [
        _boxes(view, t),
        html.Section(
            [
                html.H2(t("submissions.templates")),
                html.P(t("submissions.templates_lede"), className="note"),
                template_form(datasets, areas, view, t),
                dcc.Link(
                    t("submissions.contracts"),
                    href=view.href("/contracts", receipt=None),
                    className="download",
                ),
            ],
            className="card templates",
        ),
    ]


def _boxes(view: View, t: Translator) -> Component:
    said = {
        "working": t("submissions.working"),
        "refused": t("submissions.refused", why="{why}"),
        "known": t("submissions.known"),
        "checking": t("submissions.checking"),
        "href": view.href("/submissions", receipt="RECEIPT"),
        "language": view.language,
        "most": _MOST_PROBLEMS,
    }
    return html.Div(
        [
            html.Div(
                [
                    dcc.Upload(
                        html.Span(t(f"submissions.{words_of}")),
                        id=box,
                        className="upload",
                        className_active="upload over",
                    )
                    for box, words_of in (("upload", "drop"), ("check-upload", "drop_to_check"))
                ],
                className="two",
            ),
            dcc.Store(id="upload-words", data=said),
            dcc.Store(id="checked"),
            html.P(id="upload-said", className="note", role="status", **aria(live="polite")),
            html.Div(id="checked-verdict", **aria(live="polite")),
        ]
    )


def checked(body: dict[str, Any], t: Translator) -> Component:
    """The verdict of a check without handing in, as the API gave it."""
    problems = [
        Problem(
            problem["row"],
            problem["column"],
            problem["value"],
            problem["rule"],
            problem["severity"],
            {speech: f"{text} {problem['fix'][speech]}" for speech, text in problem["message"].items()},
        )
        for problem in body["problems"][:_MOST_PROBLEMS]
    ]
    total = sum(body["counts"].values())
    parts: list[Component] = [
        html.H2(t("submissions.checked")),
        html.Ul(
            [
                html.Li(html.Span(t(f"outcome.{body['outcome']}"), className=f"pill {body['outcome']}")),
                html.Li(
                    html.Span(
                        t(
                            "submissions.rows",
                            accepted=t.number(body["rows_accepted"]),
                            read=t.number(body["rows_read"]),
                        ),
                        className="pill",
                    )
                ),
            ],
            className="pills",
        ),
        html.P(t("submissions.problems", n=total) if total else t("submissions.no_problems")),
    ]
    if problems:
        parts.append(data_table(problems_table(problems, t), t))
    return html.Section(parts, className="card")


def submissions_table(files: list[Submission], view: View, country: Country, t: Translator) -> Table:
    """A file a row, newest first."""
    columns = (
        Column("filename", t("column.file"), "text"),
        Column("dataset", t("column.dataset"), "text"),
        Column("state", t("column.state"), "text"),
        Column("rows_read", t("column.rows_read")),
        Column("rows_rejected", t("column.rows_rejected")),
        Column("submitted_by", t("column.by"), "text"),
        Column("received_at", t("column.received_at"), "text"),
        Column("receipt", t("column.receipt"), "text"),
    )
    rows = [
        (
            file.filename,
            _dataset(file, t),
            _state(file, t),
            file.rows_read,
            file.rows_rejected,
            file.submitted_by,
            t.moment(file.received_at, country.timezone),
            file.receipt,
        )
        for file in files
    ]
    hrefs = [view.href("/submissions", receipt=file.receipt) for file in files]
    return Table(t("submissions.list"), columns, rows, hrefs)


def _dataset(file: Submission, t: Translator) -> str:
    about = contracts().get(file.dataset or "")
    return in_language(about.title, t.language) if about else file.dataset or "–"


def _state(file: Submission, t: Translator) -> str:
    told = file.state == "withdrawn" or not file.outcome
    return t(f"state.{file.state}") if told else t(f"outcome.{file.outcome}")


def _verdict_page(view: View, country: Country, t: Translator) -> list[Component]:
    assert view.receipt is not None  # the caller looked
    file, _ = one(view.receipt, 0)
    return [
        html.Nav(
            dcc.Link(t("submissions.back"), href=view.href("/submissions", receipt=None)),
            className="crumbs",
        ),
        html.H1(file.filename, id="headline", tabIndex=-1, className="filename"),
        *outcome(view, t, "submissions"),
        html.Div(verdict(view.receipt, country, t, view), id="verdict", **aria(live="polite")),
        dcc.Interval(id="verdict-clock", interval=1000, disabled=file.state in FINAL),
        dcc.Store(id="verdict-of", data={"receipt": view.receipt, "language": view.language}),
    ]


def verdict(receipt: str, country: Country, t: Translator, view: View | None = None) -> list[Component]:
    """One file's state and problems; on its own page (`view`) what can be done with it too. Raises NotFound."""
    file, problems = one(receipt, _MOST_PROBLEMS)
    pills = [html.Span(_state(file, t), className=f"pill {file.outcome or file.state}")]
    if file.rows_read is not None:
        accepted, read = t.number(file.rows_accepted), t.number(file.rows_read)
        pills.append(html.Span(t("submissions.rows", accepted=accepted, read=read), className="pill"))
    pills.append(html.Span(_dataset(file, t), className="pill"))
    pills.append(html.Span(t.moment(file.received_at, country.timezone), className="pill"))
    parts: list[Component] = [
        html.Ul([html.Li(pill) for pill in pills], className="pills"),
        html.P([t("column.receipt"), " ", html.Span(file.receipt, className="receipt")], className="lede"),
    ]
    if file.state not in FINAL:
        return [*parts, html.P([dmc.Loader(size="xs"), " ", t("submissions.working")])]
    if file.state == "loaded":
        parts.append(html.P(t("submissions.watch"), className="lede"))
    total = file.problems
    heading = t("submissions.problems", n=total) if total else t("submissions.no_problems")
    card: list[Component] = [html.H2(heading)]
    if total and view:
        href = view.href(f"/download/annotated/{file.receipt}.xlsx", lang=t.language, receipt=None)
        card.append(html.A(t("submissions.annotated"), href=href, className="download"))
    if problems:
        card.append(data_table(problems_table(problems, t), t))
    if total > len(problems):
        card.append(html.P(t("submissions.more_problems", n=total - len(problems)), className="note"))
    if view is None:
        return [*parts, html.Section(card, className="card")]
    may = "submit" in person().actions
    if may and file.unconfirmed:
        parts.append(confirmation(file, doubts(file.receipt), view, t))
    parts.append(html.Section(card, className="card"))
    if told := changes(file.receipt, _MOST_CHANGES):
        parts.append(moved(told, country, t))
    if may and file.state != "withdrawn":
        parts.append(further(file, view, t))
    return parts


def _weight(problem: Problem, t: Translator) -> str:
    """How heavy it is, and what was said to it."""
    said = (f"{t('submissions.confirmed_by')} {problem.confirmed_by}",) if problem.confirmed_by else ()
    return " · ".join(part for part in (t(f"severity.{problem.severity}"), *said, problem.comment) if part)


def problems_table(problems: list[Problem], t: Translator) -> Table:
    """A problem a row: where it stands in the file, what was read, what is wrong and how to mend it."""
    columns = (
        Column("row_number", t("column.row"), "text"),
        Column("column_name", t("column.column"), "text"),
        Column("value", t("column.value"), "text"),
        Column("message", t("column.what"), "text"),
        Column("severity", t("column.severity"), "text"),
    )
    rows = [
        (
            "–" if problem.row_number is None else t.number(problem.row_number),
            problem.column,
            problem.value,
            t.name(problem.message, problem.rule),
            _weight(problem, t),
        )
        for problem in problems
    ]
    return Table(t("submissions.title"), columns, rows)
