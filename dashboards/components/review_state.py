"""The state of a compilation under review, in a word with its colour."""

from dash import html
from dash.development.base_component import Component

from sala.translation.translator import Translator


def state_pill(state: str, t: Translator) -> Component:
    """`state` is open, compiled, endorsed, returned, reopened, or none where nothing is reviewed."""
    return html.Span(t(f"review.state.{state}"), className=f"pill small {state}")
