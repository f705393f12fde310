"""Files that were sent: send one and watch it, the latest ones, and every problem of one of them."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.breadcrumb import breadcrumb
from dashboards.components.submission_verdict import (
    MOST_PROBLEMS,
    dataset_title,
    problem_card,
    state_text,
    verdict_head,
)
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.models.submission import Submission
from dashboards.pages.submissions.changes import changes_card
from dashboards.pages.submissions.corrections import confirmation, further
from dashboards.pages.submissions.held import held_card
from dashboards.pages.submissions.left_out import left_out_card
from dashboards.pages.submissions.mending import is_mendable, mending
from dashboards.pages.submissions.progress import is_done, progress
from dashboards.pages.submissions.queries import (
    changes,
    fault_of,
    held_returns,
    latest,
    left_out_returns,
    open_warnings,
    periods_of,
)
from dashboards.pages.submissions.sending import templates, upload_boxes
from dashboards.pages.submissions.still_standing import beside
from dashboards.queries.places import for_template
from dashboards.queries.submissions import submission
from dashboards.server.current_user import person
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.intake.submission_lookup import may_change


@page("/submissions", "/submissions/<receipt>", menu=10, group="reporting")
def submissions_page(view: View, country: Country, t: Translator, receipt: str | None = None) -> Page:
    """The list with its upload box, or one file's verdict when the address names a receipt."""
    receipt = receipt.upper() if receipt else view.receipt
    body = _one_file(receipt, view, country, t) if receipt else _overview(view, country, t)
    return Page(title=t("submissions.title"), body=body, section="submissions")


def _overview(view: View, country: Country, t: Translator) -> list[Component]:
    sender, files = person(), latest()
    sending: list[Component] = []
    files_here = "submit" in sender.actions
    if files_here:
        sending = [upload_boxes(view, t), templates(for_template(sender.area_code), view, t)]
    return [
        html.H1(t("submissions.title"), id="headline", tabIndex=-1),
        html.P(t("submissions.lede") if files_here else _who_files(country, t), className="lede"),
        *sending,
        html.Section(
            [
                html.H2(t("submissions.list"), id="files"),
                data_table(submissions_table(files, view, country, t), t)
                if files
                else html.P(t("submissions.none"), className="empty"),
            ],
            className="card",
            **aria(labelledby="files"),
        ),
    ]


def _who_files(country: Country, t: Translator) -> str:
    """Which roles may hand files in, for those who may not."""
    roles = [role for role in country.roles if "submit" in role.actions and role.visitors is None]
    return t("submissions.who_files", roles=", ".join(t.name(role.names, role.id) for role in roles))


def submissions_table(files: list[Submission], view: View, country: Country, t: Translator) -> Table:
    """A file a row, newest first."""
    columns = (
        Column("filename", t("column.file"), "text"),
        Column("dataset", t("column.dataset"), "text"),
        Column("state", t("column.state"), "text"),
        Column("rows_read", t("column.rows_read")),
        Column("rows_rejected", t("column.rows_rejected")),
        Column("submitted_by", t("column.by"), "text"),
        Column("received_at", t("column.received_at"), "moment"),
        Column("receipt", t("column.receipt"), "text"),
    )
    rows = [
        (
            file.filename,
            dataset_title(file, t),
            state_text(file, t),
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


def _one_file(receipt: str, view: View, country: Country, t: Translator) -> list[Component]:
    file, _ = submission(receipt)
    return [
        breadcrumb([(t("submissions.back"), view.href("/submissions", receipt=None))], t),
        html.H1(file.filename, id="headline", tabIndex=-1, className="filename"),
        *outcome(view, t, "submissions"),
        html.Div(verdict(receipt, view, country, t), id="verdict", **aria(live="polite")),
        html.Div(mending_place(file, view, t), id="mend"),
        dcc.Interval(id="verdict-clock", interval=1000, disabled=is_done(file, periods_of(receipt))),
        dcc.Store(id="verdict-of", data={"receipt": receipt, "language": view.language}),
    ]


def mending_place(file: Submission, view: View, t: Translator) -> Component | None:
    """Where its faulty rows are mended, as soon as its verdict stands and for those who may; else None."""
    mendable = file.is_final and is_mendable(file) and may_change(person(), file.receipt)
    return mending(file, view, t) if mendable else None


def verdict(receipt: str, view: View, country: Country, t: Translator) -> list[Component]:
    """A file's verdict, what it changed, and what can be done with it. Raises NotFound."""
    file, problems = submission(receipt, MOST_PROBLEMS)
    parts = verdict_head(file, country.timezone, t)
    if steps := progress(file, periods_of(receipt), view, t):
        parts.append(steps)
    if not file.is_final:
        return parts
    correcting = may_change(person(), receipt)
    if file.state == "failed":
        parts.append(html.P(t("submissions.failed", fault=fault_of(receipt)), className="refusal"))
    if file.state == "held":
        parts.append(held_card(file, held_returns(receipt), correcting, view, t))
    if left_out := left_out_returns(receipt):
        parts.append(left_out_card(file.receipt, left_out, correcting, view, t))
    if correcting and file.unconfirmed:
        parts.append(confirmation(file, open_warnings(receipt), view, t))
    annotated = view.href(f"/download/annotated/{receipt}.xlsx", lang=t.language, receipt=None)
    parts.append(problem_card(file.problems, problems, t, annotated, beside(file, view, t)))
    if changed := changes(receipt):
        parts.append(changes_card(changed, country.timezone, t))
    if correcting and file.state != "withdrawn":
        parts.append(further(file, view, t))
    return parts
