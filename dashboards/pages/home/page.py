"""Home: what waits for the reader, each with its age and one click to where it is done."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.form import form
from dashboards.pages.home.reminders import reminders_card
from dashboards.pages.home.task_address import group_address, task_address
from dashboards.queries.worklist import tasks
from dashboards.server.current_user import account
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import HOME, page
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.identity.person import Person
from transforms.reminders.worklist import KINDS, Kind, Task

_MOST = 8  # of one kind; the page of the kind has them all
_URGENT = {
    "sent_back": "late",
    "to_mend": "late",
    "reopened": "late",
    "answered": "calm",
    "to_acknowledge": "calm",
}


@page(HOME, "/inbox")
def home_page(view: View, country: Country, t: Translator) -> Page:
    """The worklist of whoever is signed in; a visitor has none, and is told so."""
    reader = account()
    title = t("home.title")
    if reader is None:
        body: list[Component] = [
            html.H1(title, id="headline", tabIndex=-1),
            html.P(t("home.visitor"), className="lede"),
        ]
        return Page(title=title, body=body, section="home")
    waiting = tasks()
    groups = [(kind, [task for task in waiting if task.kind == kind]) for kind in KINDS]
    parts: list[Component | None] = [
        html.H1(
            t("home.headline", n=len(waiting)) if waiting else t("home.nothing"), id="headline", tabIndex=-1
        ),
        *outcome(view, t, "home"),
        html.Div(
            [_group(kind, of, reader, country, view, t) for kind, of in groups if of], className="worklist"
        ),
        _figures(reader, view, t),
        reminders_card(reader.name, country, view, t),
    ]
    return Page(title=title, body=[part for part in parts if part is not None], section="home")


def _group(
    kind: Kind, of: Sequence[Task], reader: Person, country: Country, view: View, t: Translator
) -> Component:
    parts: list[Component] = [
        html.Header([html.H2(t(f"work.kind.{kind}")), html.Span(t.number(len(of)), className="count")]),
        html.Ul([_task(task, reader, country, view, t) for task in of[:_MOST]], className="items tasks"),
    ]
    if len(of) > _MOST:
        parts.append(
            dcc.Link(t("work.all", n=len(of)), href=group_address(of[0], view), className="download")
        )
    if kind == "answered":
        parts.append(form(f"{HOME}/answers", [], t("work.answers_read"), view))
    return html.Section(parts, className="card", id=f"work-{kind}")


def _task(task: Task, reader: Person, country: Country, view: View, t: Translator) -> Component:
    urgent = _URGENT.get(task.kind, "late" if task.overdue else "soon")
    return html.Li(
        [
            html.I(className=f"mark {urgent}", **aria(hidden="true")),
            html.Div(
                [
                    dcc.Link(task.title(country, t), href=task_address(task, reader, country, view)),
                    html.Small(task.facts(t)),
                ]
            ),
        ]
    )


def _figures(reader: Person, view: View, t: Translator) -> Component:
    """The way on for whoever came for the figures."""
    return html.P(
        dcc.Link(t("home.figures"), href=view.area_href(reader.area_code), className="download"),
        className="one",
    )
