"""What can be done with a file that was sent, and what it moved."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from countries.model import Country
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.submissions.queries import Change, Doubt, Submission
from dashboards.server.view import View
from sala.translation.translator import Translator

_COMMENT = 500


def confirmation(file: Submission, waiting: list[Doubt], view: View, t: Translator) -> Component:
    """What looks doubtful and nobody has confirmed: each rule with a word of its own, or all together."""
    parts: list[Component] = [
        html.H2(t("submissions.unconfirmed", n=file.unconfirmed)),
        html.P(t("submissions.unconfirmed_lede"), className="lede"),
    ]
    for doubt in waiting:
        said = t.name(doubt.message, doubt.rule)
        parts.append(
            html.Div(
                [
                    html.P([html.Strong(t("submissions.times", n=doubt.count)), " ", said]),
                    _form(
                        file,
                        view,
                        "confirm",
                        [_text("comment", t("submissions.comment"), doubt.rule, required=False)],
                        t("submissions.confirm"),
                        {"rule": doubt.rule},
                    ),
                ],
                className="thread",
            )
        )
    if len(waiting) > 1:
        parts.append(
            _form(
                file,
                view,
                "confirm",
                [_text("comment", t("submissions.comment"), "all", required=False)],
                t("submissions.confirm_all"),
                {},
                strong=True,
            )
        )
    return html.Section(parts, className="card", id="unconfirmed")


def further(file: Submission, view: View, t: Translator) -> Component:
    """The file can be withdrawn, and one that was not wholly taken in tried again."""
    parts: list[Component] = []
    if file.state in ("rejected", "unreadable", "failed") or file.rows_rejected:
        parts += [
            html.P(t("submissions.retry_lede")),
            _form(file, view, "retry", [], t("submissions.retry"), {}),
        ]
    parts += [
        html.P(t("submissions.withdraw_lede")),
        _form(
            file,
            view,
            "withdraw",
            [_text("because", t("submissions.because"), "withdraw", required=True)],
            t("submissions.withdraw"),
            {},
        ),
    ]
    return html.Details([html.Summary(t("submissions.further")), *parts], className="card")


def moved(changes: list[Change], country: Country, t: Translator) -> Component:
    """What the file moved, from the top down to its own areas."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("period", t("column.period"), "text"),
        Column("before", t("column.before")),
        Column("after", t("column.after")),
        Column("difference", t("column.difference")),
    )
    rows = [
        (
            t.name(change.names, change.area_code),
            t.name(change.scheme, "–") if change.scheme else "–",
            t.period(change.period),
            _whole(change.before),
            _whole(change.after),
            _whole(change.difference),
        )
        for change in changes
    ]
    first = changes[0]
    told = [t(f"submissions.{first.kind}"), first.by, t.moment(first.at, country.timezone), first.why]
    return html.Section(
        [
            html.H2(t("submissions.moved")),
            html.P(" · ".join(part for part in told if part), className="lede"),
            data_table(Table(t("submissions.moved"), columns, rows), t),
        ],
        className="card",
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def template_form(
    datasets: list[tuple[str, str]], areas: list[tuple[str, str]], view: View, t: Translator
) -> Component:
    """A plain form that gives the XLSX template of a dataset for an area."""
    listed = [html.Option(title, value=name) for name, title in datasets]
    known = [html.Option(f"{code} {name}", value=code) for code, name in areas]
    return html.Form(
        [
            html.Label(
                [
                    html.Span(t("column.dataset")),
                    html.Select(listed, name="dataset", id="template-dataset"),
                ],
                htmlFor="template-dataset",
            ),
            html.Label(
                [html.Span(t("column.area")), html.Select(known, name="area", id="template-area")],
                htmlFor="template-area",
            ),
            dcc.Input(type="hidden", name="lang", value=view.language, id="template-lang"),
            html.Button(t("submissions.template"), type="submit", className="action"),
        ],
        action="/download/template.xlsx",
        method="get",
        className="form inline",
    )


def _form(
    file: Submission,
    view: View,
    act: str,
    fields: list[Component],
    button: str,
    hidden: dict[str, str],
    strong: bool = False,
) -> Component:
    sent = {"csrf_token": generate_csrf(), "lang": view.language if view.chosen_language else ""} | hidden
    place = f"{act}-{hidden.get('rule', 'all')}"
    kept = [dcc.Input(type="hidden", name=n, value=v, id=f"{place}-{n}") for n, v in sent.items()]
    return html.Form(
        [
            *fields,
            *kept,
            html.Button(button, type="submit", className=f"action {'strong' if strong else ''}"),
        ],
        action=f"/submissions/{file.receipt}/{act}",
        method="post",
        className="form inline",
    )


def _text(name: str, label: str, of: str, required: bool) -> Component:
    box: dict[str, Any] = {"name": name, "maxLength": _COMMENT, "rows": 1, "id": f"{name}-{of}"}
    if required:
        box["required"] = True
    return html.Label([html.Span(label), html.Textarea(**box)], htmlFor=box["id"])
