"""Files that were sent: send one and watch it, the latest ones, and every problem of one of them."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.submissions.actions import (
    DONE,
    REFUSED,
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
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Words
from validators.contracts.contract import contracts, in_language

_MOST_PROBLEMS = 200
_MOST_CHANGES = 60


@page("/submissions", menu=90)
def submissions_page(view: View, country: Country, words: Words) -> Page:
    """The list with its upload box, or one file's verdict when the address names a receipt."""
    body = _overview(view, country, words) if view.receipt is None else _verdict_page(view, country, words)
    return Page(title=words("submissions.title"), body=body, section="submissions")


def _overview(view: View, country: Country, words: Words) -> list[Component]:
    files = latest()
    listed: Component = html.P(words("submissions.none"), className="empty")
    if files:
        listed = data_table(submissions_table(files, view, country, words), words)
    return [
        html.H1(words("submissions.title"), id="headline", tabIndex=-1),
        html.P(words("submissions.lede"), className="lede"),
        *_sending(view, country, words),
        html.Section(
            [html.H2(words("submissions.list"), id="files"), listed],
            className="card",
            **aria(labelledby="files"),
        ),
    ]


def _sending(view: View, country: Country, words: Words) -> list[Component]:
    """Hand a file in, have it checked, take a template: for whoever may report for an area."""
    sender = person()
    if "submit" not in sender.actions:
        return []
    datasets = [(name, in_language(about.title, words.language)) for name, about in contracts().items()]
    areas = [(place.code, words.name(place.names, place.code)) for place in for_template(sender.area_code)]
    return [
        _boxes(view, words),
        html.Section(
            [
                html.H2(words("submissions.templates")),
                html.P(words("submissions.templates_lede"), className="note"),
                template_form(datasets, areas, view, words),
                dcc.Link(
                    words("submissions.contracts"),
                    href=view.href("/contracts", receipt=None),
                    className="download",
                ),
            ],
            className="card templates",
        ),
    ]


def _boxes(view: View, words: Words) -> Component:
    said = {
        "working": words("submissions.working"),
        "refused": words("submissions.refused", why="{why}"),
        "known": words("submissions.known"),
        "checking": words("submissions.checking"),
        "href": view.href("/submissions", receipt="RECEIPT"),
        "language": view.language,
        "most": _MOST_PROBLEMS,
    }
    return html.Div(
        [
            html.Div(
                [
                    dcc.Upload(
                        html.Span(words(f"submissions.{words_of}")),
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


def checked(body: dict[str, Any], words: Words) -> Component:
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
        html.H2(words("submissions.checked")),
        html.Ul(
            [
                html.Li(html.Span(words(f"outcome.{body['outcome']}"), className=f"pill {body['outcome']}")),
                html.Li(
                    html.Span(
                        words(
                            "submissions.rows",
                            accepted=words.number(body["rows_accepted"]),
                            read=words.number(body["rows_read"]),
                        ),
                        className="pill",
                    )
                ),
            ],
            className="pills",
        ),
        html.P(words("submissions.problems", n=total) if total else words("submissions.no_problems")),
    ]
    if problems:
        parts.append(data_table(problems_table(problems, words), words))
    return html.Section(parts, className="card")


def submissions_table(files: list[Submission], view: View, country: Country, words: Words) -> Table:
    """A file a row, newest first."""
    columns = (
        Column("filename", words("column.file"), "text"),
        Column("dataset", words("column.dataset"), "text"),
        Column("state", words("column.state"), "text"),
        Column("rows_read", words("column.rows_read")),
        Column("rows_rejected", words("column.rows_rejected")),
        Column("submitted_by", words("column.by"), "text"),
        Column("received_at", words("column.received_at"), "text"),
        Column("receipt", words("column.receipt"), "text"),
    )
    rows = [
        (
            file.filename,
            _dataset(file, words),
            _state(file, words),
            file.rows_read,
            file.rows_rejected,
            file.submitted_by,
            words.moment(file.received_at, country.timezone),
            file.receipt,
        )
        for file in files
    ]
    hrefs = [view.href("/submissions", receipt=file.receipt) for file in files]
    return Table(words("submissions.list"), columns, rows, hrefs)


def _dataset(file: Submission, words: Words) -> str:
    about = contracts().get(file.dataset or "")
    return in_language(about.title, words.language) if about else file.dataset or "–"


def _state(file: Submission, words: Words) -> str:
    told = file.state == "withdrawn" or not file.outcome
    return words(f"state.{file.state}") if told else words(f"outcome.{file.outcome}")


def _verdict_page(view: View, country: Country, words: Words) -> list[Component]:
    assert view.receipt is not None  # the caller looked
    file, _ = one(view.receipt, 0)
    return [
        html.Nav(
            dcc.Link(words("submissions.back"), href=view.href("/submissions", receipt=None)),
            className="crumbs",
        ),
        html.H1(file.filename, id="headline", tabIndex=-1, className="filename"),
        *_said(view, words),
        html.Div(verdict(view.receipt, country, words, view), id="verdict", **aria(live="polite")),
        dcc.Interval(id="verdict-clock", interval=1000, disabled=file.state in FINAL),
        dcc.Store(id="verdict-of", data={"receipt": view.receipt, "language": view.language}),
    ]


def _said(view: View, words: Words) -> list[Component]:
    """What came of the form that was just sent."""
    if view.said in DONE:
        return [html.P(words(f"submissions.done.{view.said}"), className="done", role="status")]
    if view.said in REFUSED:
        return [html.P(words(f"submissions.refused.{view.said}"), className="refusal", role="alert")]
    return []


def verdict(receipt: str, country: Country, words: Words, view: View | None = None) -> list[Component]:
    """One file's state and problems; on its own page (`view`) what can be done with it too. Raises UnknownReceipt."""
    file, problems = one(receipt, _MOST_PROBLEMS)
    pills = [html.Span(_state(file, words), className=f"pill {file.outcome or file.state}")]
    if file.rows_read is not None:
        accepted, read = words.number(file.rows_accepted), words.number(file.rows_read)
        pills.append(html.Span(words("submissions.rows", accepted=accepted, read=read), className="pill"))
    pills.append(html.Span(_dataset(file, words), className="pill"))
    pills.append(html.Span(words.moment(file.received_at, country.timezone), className="pill"))
    parts: list[Component] = [
        html.Ul([html.Li(pill) for pill in pills], className="pills"),
        html.P(
            [words("column.receipt"), " ", html.Span(file.receipt, className="receipt")], className="lede"
        ),
    ]
    if file.state not in FINAL:
        return [*parts, html.P([dmc.Loader(size="xs"), " ", words("submissions.working")])]
    if file.state == "loaded":
        parts.append(html.P(words("submissions.watch"), className="lede"))
    total = file.problems
    heading = words("submissions.problems", n=total) if total else words("submissions.no_problems")
    card: list[Component] = [html.H2(heading)]
    if total and view:
        href = view.href(f"/download/annotated/{file.receipt}.xlsx", lang=words.language, receipt=None)
        card.append(html.A(words("submissions.annotated"), href=href, className="download"))
    if problems:
        card.append(data_table(problems_table(problems, words), words))
    if total > len(problems):
        card.append(html.P(words("submissions.more_problems", n=total - len(problems)), className="note"))
    if view is None:
        return [*parts, html.Section(card, className="card")]
    may = "submit" in person().actions
    if may and file.unconfirmed:
        parts.append(confirmation(file, doubts(file.receipt), view, words))
    parts.append(html.Section(card, className="card"))
    if told := changes(file.receipt, _MOST_CHANGES):
        parts.append(moved(told, country, words))
    if may and file.state != "withdrawn":
        parts.append(further(file, view, words))
    return parts


def _weight(problem: Problem, words: Words) -> str:
    """How heavy it is, and what was said to it."""
    said = (f"{words('submissions.confirmed_by')} {problem.confirmed_by}",) if problem.confirmed_by else ()
    return " · ".join(
        part for part in (words(f"severity.{problem.severity}"), *said, problem.comment) if part
    )


def problems_table(problems: list[Problem], words: Words) -> Table:
    """A problem a row: where it stands in the file, what was read, what is wrong and how to mend it."""
    columns = (
        Column("row_number", words("column.row"), "text"),
        Column("column_name", words("column.column"), "text"),
        Column("value", words("column.value"), "text"),
        Column("message", words("column.what"), "text"),
        Column("severity", words("column.severity"), "text"),
    )
    rows = [
        (
            "–" if problem.row_number is None else words.number(problem.row_number),
            problem.column,
            problem.value,
            words.name(problem.message, problem.rule),
            _weight(problem, words),
        )
        for problem in problems
    ]
    return Table(words("submissions.title"), columns, rows)
