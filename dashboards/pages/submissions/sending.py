"""Handing a file in, having it checked without, and templates to fill in."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.form import hidden_field, select
from dashboards.components.submission_verdict import MOST_PROBLEMS, pill_list, pills, problems_table
from dashboards.components.table import data_table
from dashboards.models.area import Area
from dashboards.models.submission import Problem
from dashboards.pages.submissions.models import CheckedFile
from dashboards.server.view import View
from sala.translation.translator import Translator
from validators.contracts.contract import contracts, in_language


def upload_boxes(view: View, t: Translator) -> Component:
    """A box to hand a file in, one to have it checked, and what becomes of either."""
    messages = {
        "working": t("submissions.working"),
        "refused": t("submissions.refused", why="{why}"),
        "kept": t("submissions.kept", why="{why}"),
        "away": t("submissions.away"),
        "known": t("submissions.unchanged"),
        "checking": t("submissions.checking"),
        "href": view.href("/submissions", receipt="RECEIPT"),
        "language": view.language,
        "most": MOST_PROBLEMS,
    }
    boxes = [
        dcc.Upload(
            html.Span(t(f"submissions.{label}")),
            id=box,
            className="upload",
            className_active="upload over",
        )
        for box, label in (("upload", "drop"), ("check-upload", "drop_to_check"))
    ]
    return html.Div(
        [
            html.Div(boxes, className="two"),
            dcc.Store(id="upload-messages", data=messages),
            dcc.Store(id="checked"),
            html.P(id="upload-progress", className="note", role="status", **aria(live="polite")),
            html.Div(id="checked-verdict", **aria(live="polite")),
        ]
    )


def checked_verdict(checked: CheckedFile, t: Translator) -> Component:
    """The verdict of a check without handing in, as the API gave it."""
    problems = [
        Problem(
            problem.row,
            problem.column,
            problem.value,
            problem.rule,
            problem.severity,
            {
                language: f"{text} {problem.fix.get(language, '')}"
                for language, text in problem.message.items()
            },
        )
        for problem in checked.problems[:MOST_PROBLEMS]
    ]
    outcome: str = "held" if checked.held else checked.outcome
    label = t("state.held") if checked.held else t(f"outcome.{outcome}")
    count = sum(checked.counts.values())
    rows = checked.rows_accepted, checked.rows_read
    return html.Section(
        [
            html.H2(t("submissions.checked")),
            pill_list(pills(outcome, label, rows, t)),
            html.P(t("submissions.problems", n=count) if count else t("submissions.no_problems")),
            data_table(problems_table(problems, t), t, "stacked problems") if problems else None,
        ],
        className="card",
    )


def templates(areas: list[Area], view: View, t: Translator) -> Component:
    """A form that gives the XLSX template of a dataset for an area, and the way to what every column means."""
    datasets = [(name, in_language(about.title, t.language)) for name, about in contracts().items()]
    places = [(area.code, f"{area.code} {t.name(area.names, area.code)}") for area in areas]
    template = html.Form(
        [
            select("dataset", t("column.dataset"), datasets, of="template", chosen=view.dataset),
            select("area", t("column.area"), places, of="template"),
            hidden_field("lang", view.language, "template"),
            html.Button(t("submissions.template"), type="submit", className="action"),
        ],
        action="/download/template.xlsx",
        method="get",
        className="form inline",
    )
    contracts_href = view.href("/contracts", receipt=None)
    entry_href = view.href("/entry", receipt=None, dataset=view.dataset)
    return html.Section(
        [
            html.H2(t("submissions.templates")),
            html.P(t("submissions.templates_lede"), className="note"),
            template,
            dcc.Link(t("entry.title"), href=entry_href, className="action"),
            dcc.Link(t("submissions.contracts"), href=contracts_href, className="download"),
        ],
        className="card templates",
    )
