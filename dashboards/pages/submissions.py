"""Files that were sent: send one and watch it, the latest ones, and every problem of one of them."""

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.frame.aria import aria
from dashboards.frame.shell import Page
from dashboards.frame.table import data_table
from dashboards.queries.submissions import FINAL, Problem, Submission, latest, one
from dashboards.tables import Column, Table
from dashboards.view import View
from dashboards.words import Words

_MOST_PROBLEMS = 200


def page(view: View, country: Country, words: Words) -> Page:
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
        _upload(view, words),
        html.Section(
            [html.H2(words("submissions.list"), id="files"), listed],
            className="card",
            **aria(labelledby="files"),
        ),
    ]


def _upload(view: View, words: Words) -> Component:
    said = {
        "working": words("submissions.working"),
        "refused": words("submissions.refused", why="{why}"),
        "href": view.href("/submissions", receipt="RECEIPT"),
    }
    return html.Div(
        [
            dcc.Upload(
                html.Span(words("submissions.drop")),
                id="upload",
                className="upload",
                className_active="upload over",
            ),
            dcc.Store(id="upload-words", data=said),
            html.P(id="upload-said", className="note", role="status", **aria(live="polite")),
        ]
    )


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
    key = f"dataset.{file.dataset}"
    return words(key) if words.has(key) else file.dataset or "–"


def _state(file: Submission, words: Words) -> str:
    return words(f"outcome.{file.outcome}") if file.outcome else words(f"state.{file.state}")


def _verdict_page(view: View, country: Country, words: Words) -> list[Component]:
    assert view.receipt is not None  # the caller looked
    file, _ = one(view.receipt, 0)
    return [
        html.Nav(
            dcc.Link(words("submissions.back"), href=view.href("/submissions", receipt=None)),
            className="crumbs",
        ),
        html.H1(file.filename, id="headline", tabIndex=-1, className="filename"),
        html.Div(verdict(view.receipt, country, words), id="verdict", **aria(live="polite")),
        dcc.Interval(id="verdict-clock", interval=1000, disabled=file.state in FINAL),
        dcc.Store(id="verdict-of", data={"receipt": view.receipt, "language": view.language}),
    ]


def verdict(receipt: str, country: Country, words: Words) -> list[Component]:
    """One file's state and problems. Raises UnknownReceipt."""
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
    if file.outcome in ("accepted", "partial"):
        parts.append(html.P(words("submissions.watch"), className="lede"))
    total = file.problems
    heading = words("submissions.problems", n=total) if total else words("submissions.no_problems")
    card: list[Component] = [html.H2(heading)]
    if problems:
        card.append(data_table(problems_table(problems, words), words))
    if total > len(problems):
        card.append(html.P(words("submissions.more_problems", n=total - len(problems)), className="note"))
    return [*parts, html.Section(card, className="card")]


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
            words(f"severity.{problem.severity}"),
        )
        for problem in problems
    ]
    return Table(words("submissions.title"), columns, rows)
