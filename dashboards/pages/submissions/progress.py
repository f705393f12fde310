"""How far a file has come: received, read and checked, loaded, compiled up to the nation."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.models.submission import Submission
from dashboards.pages.submissions.queries import FilePeriod
from dashboards.server.view import View
from sala.translation.translator import Translator

_STEPS = ("received", "checked", "loaded", "compiled")


def is_done(file: Submission, periods: list[FilePeriod]) -> bool:
    """Whether nothing more will happen to it by itself."""
    return file.is_final and (file.state != "loaded" or all(period.up_to_date for period in periods))


def progress(file: Submission, periods: list[FilePeriod], view: View, t: Translator) -> Component | None:
    """The steps with those that are done, and the way to the national figure; None where nothing was loaded."""
    if file.is_final and (file.state != "loaded" or not periods):
        return None
    done = 1 if not file.is_final else 4 if is_done(file, periods) else 3
    steps = [
        html.Li(t(f"submissions.step.{step}"), className="done" if place < done else "")
        for place, step in enumerate(_STEPS)
    ]
    parts: list[Component] = [html.Ol(steps, className="progress", **aria(label=t("submissions.steps")))]
    if done == len(_STEPS):
        links = [
            dcc.Link(t.period(one.period), href=view.href("/figures", period=one.period, receipt=None))
            for one in periods
        ]
        parts.append(
            html.P([t("submissions.in_national"), *[part for link in links for part in (" ", link)]])
        )
    return html.Div(parts, className="lede")
