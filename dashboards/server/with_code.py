"""Words in which something stands as it is typed: `sala migrate`."""

from dash import html
from dash.development.base_component import Component


def with_code(text: str) -> list[Component | str]:
    """The text, what stands between backticks in it as code."""
    return [html.Code(part) if place % 2 else part for place, part in enumerate(text.split("`")) if part]
