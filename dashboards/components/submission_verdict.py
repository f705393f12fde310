"""What was made of a file: its state, how many rows were taken, every problem at its row."""

from collections.abc import Callable, Sequence

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Noted, Table
from dashboards.models.submission import Problem, Submission
from sala.translation.translator import Translator
from validators.contracts.contract import contracts, in_language

MOST_PROBLEMS = 200
"""How many are listed on a page; the annotated file has them all."""

Beside = Callable[[Problem], tuple[str, str] | None]
"""What is said of a problem after its message, and the address to which that leads."""


def dataset_title(file: Submission, t: Translator) -> str:
    """The title of the file's dataset; its own word for one that there is no contract of."""
    about = contracts().get(file.dataset or "")
    return in_language(about.title, t.language) if about else file.dataset or "–"


def state_text(file: Submission, t: Translator) -> str:
    """The outcome of its verdict, or the state it is in without one."""
    if file.state in ("held", "failed", "withdrawn") or not file.outcome:
        return t(f"state.{file.state}")
    return t(f"outcome.{file.outcome}")


def pills(outcome: str, label: str, rows: tuple[int | None, int | None], t: Translator) -> list[Component]:
    """State and rows (accepted, read) as pills; no rows where nothing was read."""
    shown: list[Component] = [html.Span(label, className=f"pill {outcome}")]
    accepted, read = rows
    if read is not None:
        text = t("submissions.rows", accepted=t.number(accepted), read=t.number(read))
        shown.append(html.Span(text, className="pill"))
    return shown


def pill_list(shown: Sequence[Component]) -> Component:
    """The components as a list in one row."""
    return html.Ul([html.Li(pill) for pill in shown], className="pills")


def verdict_head(file: Submission, timezone: str, t: Translator) -> list[Component]:
    """State, rows, dataset, moment and receipt; while it is checked, that it is."""
    shown = pills(
        file.state if file.state in ("held", "failed") else file.outcome or file.state,
        state_text(file, t),
        (file.rows_accepted, file.rows_read),
        t,
    )
    shown.append(html.Span(dataset_title(file, t), className="pill"))
    shown.append(html.Span(t.moment(file.received_at, timezone), className="pill"))
    receipt = html.P(
        [t("column.receipt"), " ", html.Span(file.receipt, className="receipt")], className="lede"
    )
    parts = [pill_list(shown), receipt]
    if not file.is_final:
        parts.append(html.P([dmc.Loader(size="xs"), " ", t("submissions.working")]))
    return parts


def problem_card(
    count: int, problems: list[Problem], t: Translator, annotated: str = "", beside: Beside | None = None
) -> Component:
    """The problems listed, of `count` in all; `annotated` is the address of the file with each at its cell, `beside`
    what is to be said of one besides.
    """
    card: list[Component] = [
        html.H2(t("submissions.problems", n=count) if count else t("submissions.no_problems"))
    ]
    if count and annotated:
        card.append(html.A(t("submissions.annotated"), href=annotated, className="download"))
    if problems:
        card.append(data_table(problems_table(problems, t, beside), t, "stacked problems"))
    if count > len(problems):
        card.append(html.P(t("submissions.more_problems", n=count - len(problems)), className="note"))
    return html.Section(card, className="card")


def submission_verdict(
    file: Submission, problems: list[Problem], timezone: str, t: Translator
) -> list[Component]:
    """All that is known of a file, to be read."""
    head = verdict_head(file, timezone, t)
    return [*head, problem_card(file.problems, problems, t)] if file.is_final else head


def problems_table(problems: list[Problem], t: Translator, beside: Beside | None = None) -> Table:
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
            _message(problem, t, beside),
            _severity(problem, t),
        )
        for problem in problems
    ]
    return Table(t("submissions.title"), columns, rows)


def _message(problem: Problem, t: Translator, beside: Beside | None) -> Cell:
    message = t.name(problem.message, problem.rule)
    link = beside(problem) if beside else None
    return Noted(message, link=link) if link else message


def _severity(problem: Problem, t: Translator) -> str:
    """How heavy it is, who confirmed that it is right, and why."""
    confirmed = f"{t('submissions.confirmed_by')} {problem.confirmed_by}" if problem.confirmed_by else ""
    parts = (t(f"severity.{problem.severity}"), confirmed, problem.comment)
    return " · ".join(part for part in parts if part)
