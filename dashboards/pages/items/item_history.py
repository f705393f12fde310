"""The steps of an item as a timeline, oldest first."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.models.item import ItemStep
from sala.translation.translator import Translator


def item_history(steps: list[ItemStep], country: Country, t: Translator) -> Component:
    """A step a line: from where to where, when, by whom and why."""
    return html.Ol([_step(step, country, t) for step in steps], className="way")


def _step(step: ItemStep, country: Country, t: Translator) -> Component:
    # a question goes from where it is raised to the layer that is asked, in one step
    origin = f"{t.name(step.from_names)} › " if step.action == "raised" and step.from_names else ""
    by = f" · {step.person}" if step.person else ""
    return html.Li(
        [
            html.B(t(f"items.step.{step.action}")),
            f" {origin}{t.name(step.to_names)}",
            html.Span(f" · {t.moment(step.at, country.timezone)}{by}", className="facts"),
            html.P(step.reason, className="answer") if step.reason else None,
        ]
    )
